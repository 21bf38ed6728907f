package core

// Draft is a message that somebody wants to send.
type Draft struct {
	RoomID, SenderID int64
	Content          string
	MediaID, ReplyTo int64  // 0: none
	ClientKey        string // what the sender calls it, as JSON: a string or a number; empty: nothing
}
