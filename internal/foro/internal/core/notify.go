package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/bus"
)

// tell tells people of something that happened at a post, each of them at most once and as the first of what they
// are listed as and want to be told. Nobody is told of what they did themselves or may not see. It runs in the
// transaction of the event's inbox row; what is told live is told by an event.
func (c *Core) tell(ctx context.Context, p foro.Post, cause store.Cause, people []store.Told) error {
	people = concerned(p, cause, people)
	if len(people) == 0 {
		return nil
	}
	ids := one(cause.ActorID)
	for _, t := range people {
		ids = append(ids, t.UserID)
	}
	readers, err := c.store.Readers(ctx, cause, ids)
	if err != nil {
		return err
	}
	if _, there := readers[cause.ActorID]; !there && cause.ActorID != 0 {
		return nil // their account is gone, and what they did is going
	}
	people = wanting(readers, people)
	if len(people) == 0 {
		return nil
	}
	notices, err := c.store.Notify(ctx, cause, people)
	if err != nil {
		return err
	}
	for i, n := range notices {
		if p.Anonymous && n.UserID == p.AuthorID { // the event would tell who asks
			notices[i].PostID, notices[i].CommentID = 0, 0
		}
	}
	return c.tellLive(ctx, readers, notices)
}

// concerned are those of people who may be told.
func concerned(p foro.Post, cause store.Cause, people []store.Told) (some []store.Told) {
	for _, t := range people {
		sees := cause.Must || p.State == foro.Visible || t.UserID == p.AuthorID
		if t.UserID != 0 && t.UserID != cause.ActorID && sees {
			some = append(some, t)
		}
	}
	return some
}

// wanting are those of people who want to be told, each once.
func wanting(readers map[int64]foro.NoticePreference, people []store.Told) (some []store.Told) {
	done := map[int64]bool{}
	for _, t := range people {
		if wants, ok := readers[t.UserID]; ok && !done[t.UserID] && wants.Wants(t.Type) {
			done[t.UserID] = true
			some = append(some, t)
		}
	}
	return some
}

// tellLive publishes the notices for those who want to be told at once.
func (c *Core) tellLive(ctx context.Context, readers map[int64]foro.NoticePreference, notices []foro.Noticed) error {
	var now []bus.Payload
	for _, n := range notices {
		if wants := readers[n.UserID]; wants.Live && (wants.Quiet == nil || !wants.Quiet.Within(c.Now())) {
			now = append(now, n)
		}
	}
	return c.publish(ctx, now...)
}
