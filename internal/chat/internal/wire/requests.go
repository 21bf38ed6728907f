package wire

import "encoding/json"

// The types of frames that clients send.
const (
	AskSend      = "chat_message"     // [Send]
	AskRead      = "mark_read"        // [MarkRead]
	AskDelivered = "delivered"        // [MarkDelivered]
	AskResume    = "resume"           // [Resume]
	AskTyping    = "typing"           // [IsTyping]
	AskPing      = "ping"             // answered by [Pong]
	AskOnline    = "get_online_users" // [GetOnline], answered by [OnlineUsers]
)

// Send asks to store a message. On a room's own socket the room need not be said, and must not be another.
type Send struct {
	Type        string          `json:"type" enum:"chat_message"`
	Room        RoomRef         `json:"room_id,omitempty"`
	Text        string          `json:"text,omitempty" maxLength:"4000"`
	Content     string          `json:"content,omitempty" doc:"In place of text."`
	MediaID     *int64          `json:"media_id,omitempty"`
	ReplyTo     *int64          `json:"reply_to,omitempty" doc:"seq of a message in the room."`
	ClientMsgID json.RawMessage `json:"client_msg_id,omitempty" doc:"A text or a number, at most 100 characters. Sending it again, whenever, makes no second message."`
}

// MarkRead tells that the member has read a room up to an entry.
type MarkRead struct {
	Type       string  `json:"type" enum:"mark_read"`
	Room       RoomRef `json:"room_id,omitempty"`
	Seq        int64   `json:"seq,omitempty" doc:"All up to it; 0: up to message_ids, or all there is."`
	MessageIDs []int64 `json:"message_ids,omitempty" doc:"All up to the newest of these."`
}

// MarkDelivered tells that this device has all entries of rooms up to some.
type MarkDelivered struct {
	Type  string           `json:"type" enum:"delivered"`
	Rooms map[string]int64 `json:"rooms" doc:"seq by room id."`
}

// Resume tells what this device has, and asks for what it lacks. Rooms that are not named come live from now on.
type Resume struct {
	Type  string           `json:"type" enum:"resume"`
	Rooms map[string]int64 `json:"rooms" doc:"The last seq that this device has, by room id."`
}

// IsTyping tells that the member is writing.
type IsTyping struct {
	Type string  `json:"type" enum:"typing"`
	Room RoomRef `json:"room_id,omitempty"`
}

// GetOnline asks who is online.
type GetOnline struct {
	Type  string  `json:"type" enum:"get_online_users"`
	Users []int64 `json:"users,omitempty" doc:"Of these; empty: of the people of one's private rooms and small groups."`
}
