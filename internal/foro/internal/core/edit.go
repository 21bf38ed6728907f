package core

import (
	"context"
	"slices"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

// Edit is what somebody does to a post.
type Edit struct {
	Version int // only when the post is this version; 0: whatever it is
	// Change writes into a copy of the post, perhaps several times. Tags are nil there: those that it sets replace
	// the post's, else they follow the text.
	Change func(*foro.Post)
}

// apply is the post as the edit wants it. What its author cannot change stays as it is.
func (e Edit) apply(before foro.Post) foro.Post {
	wanted := before
	wanted.Tags = nil
	e.Change(&wanted)
	after := before
	after.Title, after.Content, after.MediaID, after.CommunityID, after.Question = wanted.Title, wanted.Content, wanted.MediaID, wanted.CommunityID, wanted.Question
	after.Tags, after.Mentions, after.Species, after.Place = wanted.Tags, wanted.Mentions, wanted.Species, wanted.Place
	return after
}

// Change changes a post of the caller's; staff changes anybody's. Whoever changes one does so one after another.
// What changes nothing is not stored, nor counted as a version.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden; foro.ErrSuspended; foro.ErrChanged, ErrRemoved, ErrMediaUnavailable,
// ErrAuthUnavailable; wrong fields.
func (c *Core) Change(ctx context.Context, id int64, e Edit) (Shown, error) {
	before, ok, err := c.store.Post(ctx, id, false)
	if err = c.editable(ctx, before, ok, e.Version, err); err != nil {
		return Shown{}, err
	}
	after := e.apply(before)
	if err := c.prepare(ctx, before, &after); err != nil {
		return Shown{}, err
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		if _, err := c.admit(ctx, before.CommunityID, after.CommunityID); err != nil {
			return err
		}
		staying, err := c.store.Stay(ctx, after.Mentions)
		if err != nil {
			return err
		}
		before, err := c.locked(ctx, id, e.Version)
		if err != nil {
			return err
		}
		after = e.apply(before)
		if err := shape(before, &after); err != nil {
			return err
		}
		after.Mentions = slices.DeleteFunc(after.Mentions, func(id int64) bool { return !slices.Contains(staying, id) })
		return c.save(ctx, before, &after)
	})
	if err != nil {
		return Shown{}, err
	}
	return c.show(ctx, after)
}

// locked is a post that the caller may change, locked until the commit.
func (c *Core) locked(ctx context.Context, id int64, version int) (foro.Post, error) {
	p, ok, err := c.store.Post(ctx, id, true)
	if err = c.editable(ctx, p, ok, version, err); err != nil {
		return p, err
	}
	all, err := c.store.Posts(ctx, id) // with tags and mentions
	if err != nil {
		return p, err
	}
	return all[0], nil
}

// Editable says whether the caller may change a post.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden; foro.ErrRemoved.
func (c *Core) Editable(ctx context.Context, id int64) error {
	p, ok, err := c.store.Post(ctx, id, false)
	return c.editable(ctx, p, ok, 0, err)
}

func (c *Core) editable(ctx context.Context, p foro.Post, ok bool, version int, err error) error {
	err = c.owned(ctx, p, ok, version, err)
	if err == nil && p.State == foro.Removed && !staff(ctx) {
		err = foro.ErrRemoved
	}
	return err
}

// owned says whether a post that was looked for is there, the caller's or the caller staff, and of the version.
func (c *Core) owned(ctx context.Context, p foro.Post, ok bool, version int, err error) error {
	if err == nil && ok {
		ok, err = c.sees(ctx, p)
	}
	switch {
	case err != nil:
		return err
	case !ok:
		return errs.ErrNotFound
	case !is(ctx, p.AuthorID) && !staff(ctx):
		return errs.ErrForbidden
	case version != 0 && version != p.Version:
		return foro.ErrChanged
	}
	return nil
}

// save stores what has changed of a post that is locked, if anything has.
func (c *Core) save(ctx context.Context, before foro.Post, p *foro.Post) error {
	edited := before.Title != p.Title || before.Content != p.Content || before.MediaID != p.MediaID
	tagged, mentioned := !slices.Equal(before.Tags, p.Tags), !slices.Equal(before.Mentions, p.Mentions)
	if !edited && !tagged && !mentioned && before.CommunityID == p.CommunityID && before.Question == p.Question &&
		slices.Equal(before.Species, p.Species) && samePlace(before.Place, p.Place) {
		return nil
	}
	if before.CommunityID != p.CommunityID {
		if err := c.inCommunity(ctx, p.CommunityID, p.AuthorID); err != nil {
			return err
		}
	}
	if edited {
		if err := c.store.KeepRevision(ctx, before); err != nil {
			return err
		}
	}
	if err := c.store.UpdatePost(ctx, p, edited); err != nil {
		return err
	}
	if mentioned {
		if err := c.store.SetMentions(ctx, p.ID, p.Mentions); err != nil {
			return err
		}
		if err := c.mentionsAdded(ctx, foro.Target{PostID: p.ID}, without(p.Mentions, before.Mentions)); err != nil {
			return err
		}
	}
	if tagged {
		if err := c.store.SetTags(ctx, p.ID, p.Tags); err != nil {
			return err
		}
	}
	return c.changed(ctx, before, *p)
}

// changed is what follows from a change of a post.
func (c *Core) changed(ctx context.Context, before, after foro.Post) error {
	if err := c.examine(ctx, content{post: after}, before.Title+"\n"+before.Content); err != nil {
		return err
	}
	return c.showFiles(ctx, postPlace(after.ID), before.MediaID, after.MediaID)
}
