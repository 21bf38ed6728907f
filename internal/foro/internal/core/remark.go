package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/media"
	"agrovet/internal/platform/errs"
)

// Remark is a comment with what a reader sees beside it.
type Remark struct {
	foro.Comment
	Author Who
	Object *media.Object       // nil: none, or media does not answer
	Own    []foro.ReactionType // the reader's
}

// Comment returns one comment.
//
// Errors: errs.ErrNotFound, also for one of a post that the reader may not see.
func (c *Core) Comment(ctx context.Context, id int64) (Remark, error) {
	m, ok, err := c.store.Comment(ctx, id, false)
	if err == nil && !ok {
		err = errs.ErrNotFound
	}
	if err != nil {
		return Remark{}, err
	}
	p, err := c.seen(ctx, m.PostID)
	if err != nil {
		return Remark{}, err
	}
	moderator, err := c.moderates(ctx, p.CommunityID)
	if err != nil {
		return Remark{}, err
	}
	return c.remarks(ctx, []foro.Comment{m}, moderator)[0], nil
}

// remarks asks the other modules for everything beside comments at once. What was deleted or taken away keeps
// its place without its text; moderators and its author read on.
func (c *Core) remarks(ctx context.Context, all []foro.Comment, moderator bool) []Remark {
	var authors, files []int64
	for i, m := range all {
		if m.State == foro.Deleted || m.State != foro.Visible && !moderator && !is(ctx, m.UserID) {
			all[i].Content, all[i].MediaID, all[i].UserID, all[i].Anonymous = "", 0, 0, false
		}
		if id := shownAs(ctx, all[i].UserID, all[i].Anonymous); id != 0 {
			authors = append(authors, id)
		}
		files = append(files, one(all[i].MediaID)...)
	}
	people, objects, reactions := c.people(ctx, authors), c.objects(ctx, files), c.ownToComments(ctx, all)
	out := make([]Remark, len(all))
	for i, m := range all {
		out[i] = Remark{Comment: m, Author: author(ctx, people, m.UserID, m.Anonymous), Own: reactions[m.ID]}
		if o, ok := objects[m.MediaID]; ok {
			out[i].Object = &o
		}
	}
	return out
}
