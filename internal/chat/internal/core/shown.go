package core

import (
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/media"
)

// Shown is an entry with what is shown of it.
type Shown struct {
	chat.Entry
	User   auth.User     // who did it; of somebody who is gone: the id alone
	Target auth.User     // whom it is about, of Join, Leave and RoleSet
	Media  *media.Object // nil: none, or media is away
	Reply  *chat.Entry   // the message that it answers; nil: none

	// Of messages, as far as they were asked for: what the other members have got and read.
	Receipts       []Receipt // of rooms of at most MaxReceipts others
	Recipients     int       // other members whom it is for
	DeliveredCount int
	ReadCount      int
	DeliveredAt    time.Time // when the last of all got it; zero: not all have, or it is not known
	ReadAt         time.Time
}

// MaxReceipts is up to how many others receipts are listed one by one.
const MaxReceipts = 31

// Receipt is what one member has of a message.
type Receipt struct {
	UserID      int64
	DeliveredAt time.Time // zero: not
	ReadAt      time.Time // zero: not
}

// Marked is that a member has got, or read, more of a room than before.
type Marked struct {
	RoomID int64
	UserID int64
	Read   bool  // else delivered; reading is getting, too
	After  int64 // the entries above it,
	UpTo   int64 // up to this one
	// Messages are those among them that others wrote, newest first, at most 100.
	Messages []MarkedMessage
}

// MarkedMessage is a message that somebody got or read.
type MarkedMessage struct {
	ID       int64
	Seq      int64
	SenderID int64
}
