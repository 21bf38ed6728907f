package core

import (
	"context"

	"agrovet/internal/chat"
)

// newest are the newest messages of a person's rooms, at most limit of each, by room, oldest first.
func (c *Core) newest(ctx context.Context, mine []chat.Member, limit int) (map[int64][]Shown, error) {
	above := make(map[int64]int64, len(mine))
	for _, m := range mine {
		above[m.RoomID] = m.FromSeq
	}
	found, err := c.store.Newest(ctx, above, limit)
	if err != nil {
		return nil, err
	}
	var all []chat.Entry
	for _, entries := range found {
		all = append(all, entries...)
	}
	out := make(map[int64][]Shown, len(found))
	for _, s := range c.show(ctx, all) {
		out[s.RoomID] = append(out[s.RoomID], s)
	}
	return out, nil
}
