package core

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Publish makes a post of the caller. Without tags (nil) it gets those that are in its text.
//
// Errors: foro.ErrAccountGone, ErrSuspended, ErrTooManyPosts; foro.ErrMediaUnavailable, ErrAuthUnavailable; wrong
// fields.
func (c *Core) Publish(ctx context.Context, p foro.Post) (Shown, error) {
	p.AuthorID, p.State = authn.UserID(ctx), foro.Visible
	if err := c.prepare(ctx, foro.Post{AuthorID: p.AuthorID}, &p); err != nil {
		return Shown{}, err
	}
	err := c.DB.Tx(ctx, func(ctx context.Context) error {
		who, err := c.admit(ctx, p.CommunityID)
		if err != nil {
			return err
		}
		if err := c.newcomer(ctx, who, false); err != nil {
			return err
		}
		return c.write(ctx, &p)
	})
	if err != nil {
		return Shown{}, err
	}
	return c.showNew(ctx, p)
}

// prepare brings a post into shape and asks the other modules about what it refers to and did not before: ahead
// of the transaction, so that nothing is locked meanwhile.
func (c *Core) prepare(ctx context.Context, before foro.Post, p *foro.Post) error {
	if err := shape(before, p); err != nil {
		return err
	}
	if err := c.exist(ctx, without(p.Mentions, before.Mentions)); err != nil || p.MediaID == before.MediaID {
		return err
	}
	return c.claim(ctx, cmp.Or(p.AuthorID, authn.UserID(ctx)), p.MediaID) // staff edits also where the account is gone
}

// write stores a new post that was prepared, of somebody who was admitted.
func (c *Core) write(ctx context.Context, p *foro.Post) error {
	if err := c.inCommunity(ctx, p.CommunityID, p.AuthorID); err != nil {
		return err
	}
	staying, err := c.store.Stay(ctx, p.Mentions)
	if err != nil {
		return err
	}
	p.Mentions = staying
	if err := c.store.InsertPost(ctx, p); err != nil {
		return err
	}
	if err := c.store.AddMentions(ctx, p.ID, p.Mentions); err != nil {
		return err
	}
	if err := c.store.AddTags(ctx, p.ID, p.Tags); err != nil {
		return err
	}
	return c.published(ctx, *p)
}

// published is what follows from a new post.
func (c *Core) published(ctx context.Context, p foro.Post) error {
	if err := c.showFiles(ctx, postPlace(p.ID), 0, p.MediaID); err != nil {
		return err
	}
	if err := c.examine(ctx, content{post: p}, ""); err != nil {
		return err
	}
	return c.publish(ctx, foro.PostCreated{PostID: p.ID, AuthorID: known(p.AuthorID, p.Anonymous), Title: p.Title})
}

// known is what everybody may know of who wrote something.
func known(userID int64, anonymous bool) int64 {
	if anonymous {
		return 0
	}
	return userID
}

// Asks says whether a title is a question, when its writer does not.
func Asks(title string) bool {
	return strings.HasPrefix(title, "¿") || strings.HasSuffix(title, "?")
}

// inCommunity says whether a community, unless it is none, is there for somebody to write in.
//
// Errors: foro.ErrBanned; a wrong field.
func (c *Core) inCommunity(ctx context.Context, id, userID int64) error {
	if id == 0 {
		return nil
	}
	banned, ok, err := c.store.Banned(ctx, id, userID)
	switch {
	case err != nil:
		return err
	case !ok:
		return noKey("community_id", id)
	case banned:
		return foro.ErrBanned
	}
	return nil
}

// notBanned refuses whom a community, unless it is none, keeps out.
//
// Errors: foro.ErrBanned.
func (c *Core) notBanned(ctx context.Context, id, userID int64) error {
	if id == 0 {
		return nil
	}
	banned, _, err := c.store.Banned(ctx, id, userID)
	if err == nil && banned {
		err = foro.ErrBanned
	}
	return err
}

// one is a list of an id, of none for 0.
func one(id int64) []int64 {
	if id == 0 {
		return nil
	}
	return []int64{id}
}

// noKey is the contract's error for what refers to nothing (rest.md §1.1).
func noKey(field string, id int64) error {
	return errs.InField(field, fmt.Sprintf("Clave primaria \"%d\" inválida - objeto no existe.", id), fmt.Sprintf("Invalid pk \"%d\" - object does not exist.", id))
}
