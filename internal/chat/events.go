package chat

import (
	"strconv"

	"agrovet/internal/platform/bus"
)

// Topic carries chat's events, keyed by room id (contract: events.md §3).
const Topic = "chat.events"

// MessageSent: a message is stored.
type MessageSent struct {
	MessageID int64 `json:"message_id"`
	RoomID    int64 `json:"room_id"`
	SenderID  int64 `json:"sender_id"`
	Seq       int64 `json:"seq"`
}

// RoomCreated: there is a new room.
type RoomCreated struct {
	RoomID         int64   `json:"room_id"`
	ParticipantIDs []int64 `json:"participants_ids"`
	Private        bool    `json:"is_private"`
}

func kind(t string) bus.Kind { return bus.Kind{Topic: Topic, Type: t} }

func key(id int64) string { return strconv.FormatInt(id, 10) }

// Kinds and keys.
func (MessageSent) Kind() bus.Kind { return kind("chat.message.sent") }
func (RoomCreated) Kind() bus.Kind { return kind("chat.room.created") }
func (e MessageSent) Key() string  { return key(e.RoomID) }
func (e RoomCreated) Key() string  { return key(e.RoomID) }
