package wire

import (
	"encoding/json"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
)

// The types of frames that a server sends. Those of the original are in its words.
const (
	TypeMessage     = "chat_message"      // [Message]; an entry of a room's log
	TypeEdited      = "message_edited"    // [Changed]; an entry
	TypeDeleted     = "message_deleted"   // [Changed]; an entry
	TypeCreated     = "room_created"      // [Happened]; an entry
	TypeJoined      = "member_joined"     // [Happened]; an entry
	TypeLeft        = "member_left"       // [Happened]; an entry
	TypeRole        = "role_changed"      // [Happened]; an entry
	TypeRenamed     = "room_renamed"      // [Happened]; an entry
	TypeDelivered   = "message_delivered" // [Delivered]
	TypeRead        = "messages_read"     // [Read]
	TypeAck         = "ack"               // [Ack]
	TypeError       = "error"             // [Error]
	TypeWelcome     = "welcome"           // [Welcome]
	TypeResumed     = "resumed"           // [Resumed]
	TypeTooFar      = "too_far"           // [TooFar]
	TypeRoomAdded   = "room_added"        // [RoomAdded]: one's own membership began, or a hidden room is back
	TypeRoomGone    = "room_gone"         // [RoomGone]: one's own membership ended
	TypeTyping      = "typing"            // [Typing]
	TypeOnline      = "presence.online"   // [Presence]
	TypeOffline     = "presence.offline"  // [Presence]
	TypeOnlineUsers = "online_users_list" // [OnlineUsers]
	TypePong        = "pong"              // [Pong]
	TypeNotice      = "notification"      // [Notice]
	TypeReconnect   = "reconnect"         // [Reconnect]
)

// Changed tells that a message says something else now, or nothing any more.
type Changed struct {
	Type string `json:"type" enum:"message_edited,message_deleted"`
	RoomIDs
	Seq        int64   `json:"seq" doc:"Of this entry."`
	MessageID  int64   `json:"message_id"`
	MessageSeq int64   `json:"message_seq"`
	UserID     int64   `json:"user_id" doc:"Who did it."`
	Content    string  `json:"content" doc:"What the message says now."`
	Text       string  `json:"text" doc:"The same."`
	EditedAt   *string `json:"edited_at" format:"date-time"`
	DeletedAt  *string `json:"deleted_at" format:"date-time"`
	Timestamp  string  `json:"timestamp" format:"date-time" doc:"When it happened."`
}

// Happened is what happens in a room beside messages.
type Happened struct {
	Type string `json:"type" enum:"room_created,member_joined,member_left,role_changed,room_renamed"`
	RoomIDs
	Seq       int64   `json:"seq"`
	UserID    int64   `json:"user_id" doc:"Who did it; 0: somebody whose account is gone."`
	User      Person  `json:"user"`
	MemberID  int64   `json:"member_id,omitempty" doc:"Whom it is about."`
	Member    *Person `json:"member,omitempty"`
	Name      string  `json:"name,omitempty" doc:"The room's, of room_created and room_renamed."`
	Role      string  `json:"role,omitempty" enum:"owner,admin,member" doc:"Of role_changed."`
	Timestamp string  `json:"timestamp" format:"date-time"`
}

// Delivered tells the author that a device of somebody has a message, and all before it.
type Delivered struct {
	Type string `json:"type" enum:"message_delivered"`
	RoomIDs
	MessageID int64   `json:"message_id" doc:"The author's newest that was delivered now."`
	Seq       int64   `json:"seq" doc:"All up to it."`
	UserID    int64   `json:"user_id" doc:"Who has it: one of user_ids."`
	UserIDs   []int64 `json:"user_ids" nullable:"false" doc:"All who have it as of now."`
}

// Read tells that somebody has read messages.
type Read struct {
	Type string `json:"type" enum:"messages_read"`
	RoomIDs
	MessageIDs []int64 `json:"message_ids" nullable:"false" doc:"What was read now: the newest 100 of them."`
	Seq        int64   `json:"seq" doc:"All up to it."`
	UserID     int64   `json:"user_id" doc:"Who read: one of user_ids."`
	UserIDs    []int64 `json:"user_ids" nullable:"false" doc:"All who have read as of now."`
}

// Ack tells the sender that a message is stored, and as what.
type Ack struct {
	Type        string          `json:"type" enum:"ack"`
	ClientMsgID json.RawMessage `json:"client_msg_id"`
	RoomIDs
	MessageID int64  `json:"message_id"`
	Seq       int64  `json:"seq"`
	Timestamp string `json:"timestamp" format:"date-time"`
	Repeated  bool   `json:"repeated" doc:"It was stored before, under the same client_msg_id."`
}

// Error tells that a frame was not obeyed.
type Error struct {
	Type        string          `json:"type" enum:"error"`
	Code        string          `json:"code" doc:"Stable, as in REST answers."`
	Detail      string          `json:"detail"`
	ClientMsgID json.RawMessage `json:"client_msg_id" doc:"Of the frame; null: it had none."`
	RetryAfter  float64         `json:"retry_after,omitempty" doc:"Seconds."`
}

// Welcome is the first frame of /ws/.
type Welcome struct {
	Type      string      `json:"type" enum:"welcome"`
	UserID    int64       `json:"user_id"`
	Heartbeat float64     `json:"heartbeat" doc:"Seconds between the server's pings. Whoever has heard nothing for twice as long connects anew."`
	Rooms     []RoomState `json:"rooms" nullable:"false" doc:"All of one's rooms."`
}

// RoomState is how far a room is, and how far one is oneself.
type RoomState struct {
	Room         int64 `json:"room"`
	LastSeq      int64 `json:"last_seq"`
	FromSeq      int64 `json:"from_seq" doc:"The entries above it are one's own to see."`
	DeliveredSeq int64 `json:"delivered_seq"`
	ReadSeq      int64 `json:"read_seq"`
}

// Resumed tells that all entries of a room up to seq were sent, and that those behind it come live.
type Resumed struct {
	Type string `json:"type" enum:"resumed"`
	RoomIDs
	Seq int64 `json:"seq"`
}

// TooFar tells that too much is missing to be sent here: read the newest by REST, and go on from seq, behind
// which everything comes live.
type TooFar struct {
	Type string `json:"type" enum:"too_far"`
	RoomIDs
	Seq int64 `json:"seq"`
}

// RoomAdded tells of a room that is one's own from now on; its entries come live.
type RoomAdded struct {
	Type string `json:"type" enum:"room_added"`
	RoomState
}

// RoomGone tells that a room is not one's own any more.
type RoomGone struct {
	Type string `json:"type" enum:"room_gone"`
	RoomIDs
}

// Typing tells that somebody is writing: for the next six seconds, unless it is said again.
type Typing struct {
	Type string `json:"type" enum:"typing"`
	RoomIDs
	UserID int64 `json:"user_id"`
}

// Presence tells that somebody came or went.
type Presence struct {
	Type     string  `json:"type" enum:"presence.online,presence.offline"`
	UserID   int64   `json:"user_id"`
	LastSeen *string `json:"last_seen,omitempty" format:"date-time" doc:"Of presence.offline, unless the person hides it."`
}

// OnlineUsers are those of the people whom one shares a room with, oneself included, who are online.
type OnlineUsers struct {
	Type  string  `json:"type" enum:"online_users_list"`
	Users []int64 `json:"users" nullable:"false"`
}

// Pong answers a ping.
type Pong struct {
	Type string `json:"type" enum:"pong"`
}

// Notice is what another part of the platform tells a member.
type Notice struct {
	Type string          `json:"type" enum:"notification"`
	Kind string          `json:"kind" doc:"The event's type, such as add.alert."`
	ID   string          `json:"id" doc:"The event's id: the same notice may come twice."`
	Data json.RawMessage `json:"data" doc:"The event's data."`
}

// Reconnect comes before the server closes: come back, and resume, after so long.
type Reconnect struct {
	Type  string  `json:"type" enum:"reconnect"`
	After float64 `json:"after" doc:"Seconds."`
}

// EntryOf is the frame of an entry of a room's log.
func EntryOf(s core.Shown) any {
	switch s.Kind {
	case chat.Message:
		return MessageOf(s)
	case chat.Edit, chat.Delete:
		return Changed{Type: kindNames[s.Kind], RoomIDs: RoomIDsOf(s.RoomID), Seq: s.Seq, MessageID: s.TargetID, MessageSeq: s.TargetSeq, UserID: s.UserID,
			Content: s.Content, Text: s.Content, EditedAt: some(s.EditedAt), DeletedAt: some(s.DeletedAt), Timestamp: Written(s.CreatedAt)}
	}
	h := Happened{Type: kindNames[s.Kind], RoomIDs: RoomIDsOf(s.RoomID), Seq: s.Seq, UserID: s.UserID, User: PersonOf(s.User),
		MemberID: s.TargetID, Timestamp: Written(s.CreatedAt)}
	if s.TargetID != 0 {
		p := PersonOf(s.Target)
		h.Member = &p
	}
	if s.Kind == chat.RoleSet {
		h.Role = s.Content
	} else {
		h.Name = s.Content
	}
	return h
}
