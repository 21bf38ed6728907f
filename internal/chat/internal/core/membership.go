package core

import "agrovet/internal/chat"

// Membership is a room, and what somebody is in it.
type Membership struct {
	chat.Room
	Member  chat.Member
	Members int
}
