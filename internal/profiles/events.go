package profiles

import (
	"strconv"

	"agrovet/internal/platform/bus"
)

// Topic carries profiles' events, keyed by user id (decision D11).
const Topic = "profiles.events"

// Created: a user has a profile now.
type Created struct {
	ProfileID   int64 `json:"profile_id"`
	UserID      int64 `json:"user_id"`
	ProfileType Kind  `json:"profile_type"`
}

// Updated: a profile changed.
type Updated struct {
	ProfileID   int64 `json:"profile_id"`
	UserID      int64 `json:"user_id"`
	ProfileType Kind  `json:"profile_type"`
}

// VerificationChanged: a specialist's verification was asked for, decided or ended. Staff's reason goes
// along, so that whoever tells the specialist need not ask.
type VerificationChanged struct {
	ProfileID int64             `json:"profile_id"`
	UserID    int64             `json:"user_id"`
	State     VerificationState `json:"state"`
	Reason    string            `json:"reason"` // of a rejection, else empty
}

// Kinds and keys, in the contract's words (events.md §3).
func (Created) Kind() bus.Kind { return bus.Kind{Topic: Topic, Type: "profile.created"} }
func (Updated) Kind() bus.Kind { return bus.Kind{Topic: Topic, Type: "profile.updated"} }
func (VerificationChanged) Kind() bus.Kind {
	return bus.Kind{Topic: Topic, Type: "profile.verification_changed"}
}
func (e Created) Key() string             { return strconv.FormatInt(e.UserID, 10) }
func (e Updated) Key() string             { return strconv.FormatInt(e.UserID, 10) }
func (e VerificationChanged) Key() string { return strconv.FormatInt(e.UserID, 10) }
