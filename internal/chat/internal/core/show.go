package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/media"
)

// show adds names, files, and what messages answer, all at once for all. What cannot be had now is left
// out: a log with placeholders is better than none.
func (c *Core) show(ctx context.Context, entries []chat.Entry) []Shown {
	people, files := c.people(ctx, entries), c.files(ctx, entries)
	replies := c.replies(ctx, entries)
	out := make([]Shown, len(entries))
	for i, e := range entries {
		out[i] = Shown{Entry: e, User: person(people, e.UserID), Reply: replies[place{e.RoomID, e.ReplyTo}]}
		switch e.Kind {
		case chat.Join, chat.Leave, chat.RoleSet:
			out[i].Target = person(people, e.TargetID)
		}
		if o, ok := files[e.MediaID]; ok {
			out[i].Media = &o
		}
	}
	return out
}

func person(known map[int64]auth.User, id int64) auth.User {
	if u, ok := known[id]; ok {
		return u
	}
	return auth.User{ID: id}
}

// people are those who did something, and whom they did it to.
func (c *Core) people(ctx context.Context, entries []chat.Entry) map[int64]auth.User {
	ids := map[int64]bool{}
	for _, e := range entries {
		ids[e.UserID] = true
		if e.Kind == chat.Join || e.Kind == chat.Leave || e.Kind == chat.RoleSet {
			ids[e.TargetID] = true
		}
	}
	return c.users(ctx, keys(ids))
}

// files are what is attached.
func (c *Core) files(ctx context.Context, entries []chat.Entry) map[int64]media.Object {
	ids := map[int64]bool{}
	for _, e := range entries {
		ids[e.MediaID] = true
	}
	wanted := keys(ids)
	if len(wanted) == 0 || c.Media == nil {
		return nil
	}
	files, err := c.Media.Objects(ctx, wanted...)
	if err != nil {
		c.Log.WarnContext(ctx, "messages are shown without files", "error", err)
	}
	return files
}

// place is where an entry stands.
type place struct{ room, seq int64 }

// replies are the messages that are answered.
func (c *Core) replies(ctx context.Context, entries []chat.Entry) map[place]*chat.Entry {
	var rooms, seqs []int64
	for _, e := range entries {
		if e.ReplyTo != 0 {
			rooms, seqs = append(rooms, e.RoomID), append(seqs, e.ReplyTo)
		}
	}
	if len(seqs) == 0 {
		return nil
	}
	found, err := c.store.EntriesAt(ctx, rooms, seqs)
	if err != nil {
		c.Log.WarnContext(ctx, "messages are shown without what they answer", "error", err)
	}
	out := make(map[place]*chat.Entry, len(found))
	for _, e := range found {
		out[place{e.RoomID, e.Seq}] = &e
	}
	return out
}

// keys are the ids of a set, without 0.
func keys(set map[int64]bool) (ids []int64) {
	for id := range set {
		if id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}
