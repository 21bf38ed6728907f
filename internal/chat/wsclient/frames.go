package wsclient

import (
	"encoding/json"
	"fmt"

	"agrovet/internal/chat/internal/wire"
)

// What the server sends, by the type in [Frame].
type (
	Message     = wire.Message     // chat_message
	Changed     = wire.Changed     // message_edited, message_deleted
	Happened    = wire.Happened    // room_created, member_joined, member_left, role_changed, room_renamed
	Delivered   = wire.Delivered   // message_delivered
	Read        = wire.Read        // messages_read
	Ack         = wire.Ack         // the answer of [Client.Send]
	ErrorFrame  = wire.Error       // error
	Welcome     = wire.Welcome     // welcome
	RoomState   = wire.RoomState   // a room in a welcome
	RoomAdded   = wire.RoomAdded   // room_added
	RoomGone    = wire.RoomGone    // room_gone
	Typing      = wire.Typing      // typing
	Presence    = wire.Presence    // presence.online, presence.offline
	OnlineUsers = wire.OnlineUsers // online_users_list
	Notice      = wire.Notice      // notification
)

// Frame is what the server sent. Its bytes are read only when somebody decodes them.
type Frame struct {
	head
	Raw json.RawMessage // valid until the handler returns
}

// head is what the client itself needs of a frame.
type head struct {
	Type     string          `json:"type"`
	Room     int64           `json:"room"` // 0: it is of no room
	Seq      int64           `json:"seq"`  // of entries: the number in the room's log
	SenderID int64           `json:"sender_id"`
	UserID   int64           `json:"user_id"`
	Key      json.RawMessage `json:"client_msg_id"`
}

// entryTypes are the frames that are lines of a room's log.
var entryTypes = map[string]bool{wire.TypeMessage: true, wire.TypeEdited: true, wire.TypeDeleted: true, wire.TypeCreated: true,
	wire.TypeJoined: true, wire.TypeLeft: true, wire.TypeRole: true, wire.TypeRenamed: true}

// Entry says whether the frame is a line of its room's log: a message, or what else happened there.
func (f Frame) Entry() bool { return entryTypes[f.Type] && f.Seq > 0 }

// As decodes a frame as the type that its [Frame.Type] names.
func As[T any](f Frame) (v T, err error) {
	if err = json.Unmarshal(f.Raw, &v); err != nil {
		err = fmt.Errorf("decode a %s frame: %w", f.Type, err)
	}
	return v, err
}

// parse reads a frame.
func parse(b []byte) (f Frame, err error) {
	f.Raw = b
	err = json.Unmarshal(b, &f.head)
	return f, err
}
