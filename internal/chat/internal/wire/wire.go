// Package wire is the JSON that chat speaks, by REST and on sockets alike: one vocabulary for all doors.
//
// What the original's clients read stands beside what newer ones need, so that every answer and every frame
// about a message is the same [Message] (contract: rest.md §6, websocket.md §4). frames.go is the frames
// that a server sends, requests.go those that clients send. The AsyncAPI document is made of these types.
package wire

import (
	"encoding/json"
	"strconv"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/media"
)

// Person is somebody in a room.
type Person struct {
	ID          int64   `json:"id"`
	FullName    string  `json:"full_name"`
	PhoneNumber string  `json:"phone_number" doc:"Only in private rooms in which this person has written; else empty."`
	Picture     *string `json:"profile_picture"`
	PictureURL  *string `json:"profile_picture_url" doc:"The same."`
}

// PersonOf shows a user.
func PersonOf(u auth.User) Person {
	p := Person{ID: u.ID, FullName: u.DisplayName()}
	if u.Picture != "" {
		p.Picture, p.PictureURL = &u.Picture, &u.Picture
	}
	return p
}

// Media is what is attached to a message.
type Media struct {
	ID          int64   `json:"id"`
	URL         string  `json:"url"`
	Description *string `json:"description"`
	Name        string  `json:"name"`
	Kind        string  `json:"kind" doc:"image, video, audio or document."`
	MIME        string  `json:"mime"`
	Size        int64   `json:"size" doc:"Bytes."`
	Width       int     `json:"width" doc:"Pixels; 0 unless it is an image."`
	Height      int     `json:"height"`
	Seconds     float64 `json:"duration" doc:"Seconds; 0 when unknown."`
	Preview     string  `json:"preview" doc:"A tiny blurred picture as a data URI; empty: none."`
}

// MediaOf shows an object.
func MediaOf(o media.Object) *Media {
	return &Media{ID: o.ID, URL: o.URL, Description: o.Description, Name: o.Name, Kind: string(o.Kind), MIME: o.MIME, Size: o.Size,
		Width: o.Width, Height: o.Height, Seconds: o.Duration.Seconds(), Preview: o.Preview}
}

// Receipt is what one person has of a message.
type Receipt struct {
	UserID      int64   `json:"user_id"`
	Delivered   bool    `json:"delivered" doc:"A device of this person said that it has the message."`
	DeliveredAt *string `json:"delivered_at" format:"date-time"`
	Read        bool    `json:"read"`
	ReadAt      *string `json:"read_at" format:"date-time"`
}

// Reply is the message that another one answers.
type Reply struct {
	Seq       int64  `json:"seq"`
	MessageID int64  `json:"message_id"`
	SenderID  int64  `json:"sender_id"`
	Content   string `json:"content" doc:"The first 100 characters; empty when it was deleted."`
}

// Message is a message, in answers and in frames.
type Message struct {
	Type           string          `json:"type" enum:"chat_message,chat.message" doc:"chat_message in frames and lists, chat.message in the answer to its sender."`
	ID             int64           `json:"id"`
	MessageID      int64           `json:"message_id" doc:"The same."`
	Room           int64           `json:"room"`
	RoomID         string          `json:"room_id" doc:"The same, as text."`
	Seq            int64           `json:"seq" doc:"The number of this entry in the room's log: 1, 2, 3 and so on, without gaps."`
	SenderID       int64           `json:"sender_id" doc:"0: somebody whose account is gone."`
	Sender         Person          `json:"sender"`
	Content        string          `json:"content"`
	Text           string          `json:"text" doc:"The same."`
	MediaID        *int64          `json:"media_id"`
	MediaURL       *string         `json:"media_url"`
	Media          *Media          `json:"media"`
	Timestamp      string          `json:"timestamp" format:"date-time"`
	CreatedAt      string          `json:"created_at" format:"date-time" doc:"The same."`
	ClientMsgID    json.RawMessage `json:"client_msg_id" doc:"What the sender calls it: a text, a number or null."`
	ReplyTo        *Reply          `json:"reply_to"`
	EditedAt       *string         `json:"edited_at" format:"date-time" doc:"Null: it is as it was sent."`
	DeletedAt      *string         `json:"deleted_at" format:"date-time" doc:"Null: it was not deleted."`
	Receipts       []Receipt       `json:"receipts" nullable:"false" doc:"Of each other member, in rooms of at most 32; in larger ones the counts tell."`
	Recipients     int             `json:"recipients" doc:"Members whom it is for."`
	DeliveredCount int             `json:"delivered_count"`
	ReadCount      int             `json:"read_count"`
	Delivered      bool            `json:"delivered" doc:"All have it."`
	DeliveredAt    *string         `json:"delivered_at" format:"date-time"`
	Read           bool            `json:"read" doc:"All have read it."`
	ReadAt         *string         `json:"read_at" format:"date-time"`
}

// MessageOf shows a message.
func MessageOf(s core.Shown) Message {
	m := Message{Type: TypeMessage, ID: s.ID, MessageID: s.ID, Room: s.RoomID, RoomID: strconv.FormatInt(s.RoomID, 10), Seq: s.Seq,
		SenderID: s.UserID, Sender: PersonOf(s.User), Content: s.Content, Text: s.Content,
		Timestamp: Written(s.CreatedAt), CreatedAt: Written(s.CreatedAt), ClientMsgID: json.RawMessage("null"),
		EditedAt: some(s.EditedAt), DeletedAt: some(s.DeletedAt), Receipts: make([]Receipt, len(s.Receipts)), Recipients: s.Recipients,
		DeliveredCount: s.DeliveredCount, ReadCount: s.ReadCount, Delivered: s.Recipients > 0 && s.DeliveredCount == s.Recipients,
		DeliveredAt: some(s.DeliveredAt), Read: s.Recipients > 0 && s.ReadCount == s.Recipients, ReadAt: some(s.ReadAt)}
	if s.ClientKey != "" {
		m.ClientMsgID = json.RawMessage(s.ClientKey)
	}
	if s.Media != nil {
		m.MediaID, m.MediaURL, m.Media = &s.Media.ID, &s.Media.URL, MediaOf(*s.Media)
	}
	if s.Reply != nil {
		m.ReplyTo = &Reply{s.Reply.Seq, s.Reply.ID, s.Reply.UserID, clip(s.Reply.Content, 100)}
	}
	for i, r := range s.Receipts {
		m.Receipts[i] = Receipt{r.UserID, !r.DeliveredAt.IsZero(), some(r.DeliveredAt), !r.ReadAt.IsZero(), some(r.ReadAt)}
	}
	return m
}

// Written is a time as answers have it: UTC with microseconds and +00:00, as the original's.
func Written(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }

// some is Written, null for no time.
func some(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := Written(t)
	return &s
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// RoomIDs are a room's id as numbers and as text, which clients expect in different frames.
type RoomIDs struct {
	Room   int64  `json:"room"`
	RoomID string `json:"room_id" doc:"The same, as text."`
}

// RoomIDsOf are both forms.
func RoomIDsOf(id int64) RoomIDs { return RoomIDs{id, strconv.FormatInt(id, 10)} }

// kindNames are the frames' types of what happens in a room beside messages.
var kindNames = map[chat.Kind]string{
	chat.Edit: TypeEdited, chat.Delete: TypeDeleted, chat.Create: TypeCreated, chat.Join: TypeJoined,
	chat.Leave: TypeLeft, chat.RoleSet: TypeRole, chat.Rename: TypeRenamed,
}
