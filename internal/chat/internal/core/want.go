package core

// Want asks for the entries of a room above one, at most Limit.
type Want struct {
	RoomID, After int64
	Limit         int
}
