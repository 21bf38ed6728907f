package core

import (
	"context"
	"sync"

	"agrovet/internal/chat"
)

// settling has only one goroutine at a time tell the line who is in a room. Two changes of one membership
// may be told in the other order than they were made; so what is told is what is stored now, and the last to
// tell has seen both. Between processes At says which is the newer.
type settling [64]sync.Mutex

// settled has the line told, after the commit, whether people are in a room now.
func (c *Core) settled(ctx context.Context, roomID int64, people ...int64) {
	late := c.DB.Outside(ctx)
	c.DB.AfterCommit(ctx, func() { c.settle(late, roomID, people) })
}

func (c *Core) settle(ctx context.Context, roomID int64, people []int64) {
	ctx, cancel := context.WithTimeout(ctx, tellWithin)
	defer cancel()
	one := &c.settling[uint64(roomID)%uint64(len(c.settling))]
	one.Lock()
	defer one.Unlock()
	now, err := c.store.Settled(ctx, roomID, people)
	if err != nil { // better that somebody has to connect anew than that they hear what is not for them
		c.Log.WarnContext(ctx, "it is not known who is in a room, so they hear no more of it", "room", roomID, "error", err)
	}
	var added []chat.Member
	var removed []int64
	for _, id := range people {
		if m, ok := now.There[id]; ok {
			added = append(added, m)
		} else {
			removed = append(removed, id)
		}
	}
	at := At{RoomID: roomID, Seq: now.LastSeq, Members: now.Members}
	if len(added) > 0 {
		c.Line.Added(ctx, at, added)
	}
	if len(removed) > 0 {
		c.Line.Removed(ctx, at, removed...)
	}
}
