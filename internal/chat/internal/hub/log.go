package hub

import "context"

// Log is the rooms' logs, as far as they are stored.
type Log interface {
	// Last is how far the logs of rooms are; rooms that are not there are left out.
	Last(ctx context.Context, rooms []int64) (map[int64]int64, error)
	// After are the entries of rooms that are wanted, by room, in order.
	After(ctx context.Context, wants []Want) (map[int64][]Entry, error)
}

// Want asks for the entries of a room above one, at most Limit.
type Want struct {
	Room, After int64
	Limit       int
}

// Entry is a line of a room's log.
type Entry struct {
	Seq   int64
	From  int64 // who did it
	Out   int64 // who is in the room no more because of it; 0: nobody
	Frame *Frame
}
