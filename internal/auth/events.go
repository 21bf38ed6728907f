package auth

import (
	"strconv"

	"agrovet/internal/platform/bus"
)

// Topic carries auth's events, keyed by user id.
const Topic = "user.events"

// UserCreated: somebody has an account now. The only event with a phone number (decision D12).
type UserCreated struct {
	UserID      int64  `json:"user_id"`
	PhoneNumber string `json:"phone_number"` // E.164
	FullName    string `json:"full_name"`
	Role        Role   `json:"role"`
}

// UserUpdated: what others show of a user changed. It carries the whole of it.
type UserUpdated struct {
	UserID         int64  `json:"user_id"`
	FullName       string `json:"full_name"`
	LastName       string `json:"last_name"`
	ProfilePicture string `json:"profile_picture"`
	Role           Role   `json:"role"`
	IsActive       bool   `json:"is_active"`
}

// UserDeleted: the account is gone; every module removes or anonymises what it has of the user.
type UserDeleted struct {
	UserID int64 `json:"user_id"`
}

// RoleChanged: the user has another role now.
type RoleChanged struct {
	UserID   int64 `json:"user_id"`
	Role     Role  `json:"role"`
	Previous Role  `json:"previous_role"`
}

// LoggedIn: a session was made with phone and password.
type LoggedIn struct {
	UserID int64 `json:"user_id"`
}

// PasswordReset: the password was set anew by a code; all sessions ended.
type PasswordReset struct {
	UserID int64 `json:"user_id"`
}

// SessionsEnded: sessions of the user are over, and whoever holds their tokens is to be turned away.
type SessionsEnded struct {
	UserID     int64   `json:"user_id"`
	SessionIDs []int64 `json:"session_ids"` // empty: all
}

func kind(t string) bus.Kind { return bus.Kind{Topic: Topic, Type: t} }

func key(id int64) string { return strconv.FormatInt(id, 10) }

// Kinds and keys, in the contract's words (events.md §3).
func (UserCreated) Kind() bus.Kind   { return kind("user.created") }
func (UserUpdated) Kind() bus.Kind   { return kind("user.updated") }
func (UserDeleted) Kind() bus.Kind   { return kind("user.deleted") }
func (RoleChanged) Kind() bus.Kind   { return kind("user.role_changed") }
func (LoggedIn) Kind() bus.Kind      { return kind("user.logged_in") }
func (PasswordReset) Kind() bus.Kind { return kind("user.password_reset") }
func (SessionsEnded) Kind() bus.Kind { return kind("user.sessions_ended") }
func (e UserCreated) Key() string    { return key(e.UserID) }
func (e UserUpdated) Key() string    { return key(e.UserID) }
func (e UserDeleted) Key() string    { return key(e.UserID) }
func (e RoleChanged) Key() string    { return key(e.UserID) }
func (e LoggedIn) Key() string       { return key(e.UserID) }
func (e PasswordReset) Key() string  { return key(e.UserID) }
func (e SessionsEnded) Key() string  { return key(e.UserID) }

// InternalTopic carries events that never leave this installation's own bus.
const InternalTopic = "auth.internal"

// CodeRequested: a code is to be made and sent. It says which request, never the code.
type CodeRequested struct {
	CodeID int64 `json:"code_id"`
}

// Kind and key; every request is a key of its own, so that one failing number delays no other.
func (CodeRequested) Kind() bus.Kind {
	return bus.Kind{Topic: InternalTopic, Type: "auth.code_requested", Internal: true}
}
func (e CodeRequested) Key() string { return key(e.CodeID) }
