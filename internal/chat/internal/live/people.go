package live

import (
	"context"
	"slices"
	"time"
)

// presenceRoom is up to how many members a room has whose members know of each other's presence.
const presenceRoom = 50

// people is what presence asks of the rules.
type people struct{ *Live }

// Partners are those who may know whether a person is there.
func (p people) Partners(ctx context.Context, userID int64) ([]int64, error) {
	_, users, err := p.rules.Partners(ctx, userID, presenceRoom)
	return users, err
}

// Seen notes that people are there, or were.
func (p people) Seen(ctx context.Context, userIDs []int64, at time.Time) error {
	return p.rules.Seen(ctx, userIDs, at)
}

// LastSeen is when a person was last seen, unless they hide it.
func (p people) LastSeen(ctx context.Context, asker, userID int64) (time.Time, error) {
	seen, err := p.rules.LastSeen(ctx, asker, userID)
	return seen[userID], err
}

// Online are the people who are there of whom a person may know it, oneself included; with some, those of
// them.
func (l *Live) Online(ctx context.Context, userID int64, some []int64) ([]int64, error) {
	partners, err := people{l}.Partners(ctx, userID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(partners, userID) {
		partners = append(partners, userID)
	}
	if len(some) > 0 {
		partners = slices.DeleteFunc(partners, func(id int64) bool { return !slices.Contains(some, id) })
	}
	online, err := l.Hub.Online(ctx, partners)
	slices.Sort(online)
	return online, err
}
