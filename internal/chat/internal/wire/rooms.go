package wire

import (
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
)

// Participant is somebody who is in a room.
type Participant struct {
	Person
	Role     string `json:"role" enum:"owner,admin,member"`
	JoinedAt string `json:"joined_at" format:"date-time"`
}

// ParticipantOf shows one.
func ParticipantOf(p core.Participant) Participant {
	out := Participant{PersonOf(p.User), string(p.Role), Time(p.JoinedAt)}
	out.PhoneNumber = p.Phone
	return out
}

// Room is a room as its members see it (contract: rest.md §6).
type Room struct {
	ID                int64         `json:"id"`
	Name              string        `json:"name"`
	Participants      []Participant `json:"participants" nullable:"false" doc:"At most 50: owner, admins, then by when they joined; the reader is always among them. In a private room id 0 stands for somebody whose account is gone."`
	ParticipantsCount int           `json:"participants_count" doc:"All who are in it."`
	IsPrivate         bool          `json:"is_private" doc:"Of two people, who never change."`
	AboutAddID        *int64        `json:"about_add_id" doc:"The advert that a private room is about; null: none."`
	CreatedBy         int64         `json:"created_by" doc:"0: somebody whose account is gone."`
	CreatedAt         string        `json:"created_at" format:"date-time"`
	LastActivity      string        `json:"last_activity" format:"date-time"`
	Role              string        `json:"role" enum:"owner,admin,member" doc:"The reader's."`
	MutedUntil        *string       `json:"muted_until" format:"date-time" doc:"Null: the reader has not muted it. The year 9999: for ever."`
	UnreadCount       int           `json:"unread_count" doc:"Messages of others that the reader has not read; 100: 100 or more."`
	LastSeq           int64         `json:"last_seq" doc:"Of the newest entry of the log."`
	FromSeq           int64         `json:"from_seq" doc:"The entries above it are the reader's to see."`
	ReadSeq           int64         `json:"read_seq" doc:"The reader has read all up to it."`
	DeliveredSeq      int64         `json:"delivered_seq" doc:"A device of the reader's has all up to it."`
	Messages          []Message     `json:"messages" nullable:"false" doc:"The newest 20, oldest first."`
	LastMessage       *Message      `json:"last_message"`
}

// RoomOf shows a room at a time.
func RoomOf(r core.RoomShown, now time.Time) Room {
	out := Room{ID: r.ID, Name: r.Name, Participants: make([]Participant, len(r.Participants)), ParticipantsCount: r.Members, IsPrivate: r.Private,
		CreatedBy: r.CreatedBy, CreatedAt: Time(r.CreatedAt), LastActivity: Time(r.LastActivity), Role: string(r.Member.Role),
		MutedUntil: MutedUntil(r.Member, now), UnreadCount: r.Unread, LastSeq: r.LastSeq, FromSeq: r.Member.FromSeq, ReadSeq: r.Member.ReadSeq,
		DeliveredSeq: r.Member.DeliveredSeq, Messages: make([]Message, len(r.Messages))}
	if r.AboutAddID != 0 {
		out.AboutAddID = &r.AboutAddID
	}
	for i, p := range r.Participants {
		out.Participants[i] = ParticipantOf(p)
	}
	for i, m := range r.Messages {
		out.Messages[i] = MessageOf(m)
	}
	if n := len(out.Messages); n > 0 {
		out.LastMessage = &out.Messages[n-1]
	}
	return out
}

// MutedUntil is until when a room does not disturb a member; null when that has passed.
func MutedUntil(m chat.Member, now time.Time) *string {
	if !m.MutedUntil.After(now) {
		return nil
	}
	s := Time(m.MutedUntil)
	return &s
}

// Block is that somebody wants nothing of another in private.
type Block struct {
	UserID    int64  `json:"user_id"`
	CreatedAt string `json:"created_at" format:"date-time"`
	User      Person `json:"user"`
}

// BlockOf shows one.
func BlockOf(b core.BlockShown) Block { return Block{b.BlockedID, Time(b.At), PersonOf(b.Blocked)} }

// Time is a time as most answers have it: UTC with microseconds and Z (contract: rest.md §1).
func Time(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }
