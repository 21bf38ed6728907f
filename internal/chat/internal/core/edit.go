package core

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// MessageByID is a message that the reader may see: a member, of what they may see of the room, and staff.
//
// Errors: errs.ErrNotFound.
func (c *Core) MessageByID(ctx context.Context, id int64) (Shown, error) {
	e, err := c.message(ctx, id)
	if err != nil {
		return Shown{}, err
	}
	return c.Receipts(ctx, c.show(ctx, []chat.Entry{e}))[0], nil
}

func (c *Core) message(ctx context.Context, id int64) (e chat.Entry, err error) {
	e, ok, err := c.store.Message(ctx, id)
	if err != nil || !ok {
		return e, or(err, errs.ErrNotFound)
	}
	if moderates(ctx) {
		return e, nil
	}
	m, ok, err := c.store.Member(ctx, e.RoomID, authn.UserID(ctx))
	if err == nil && (!ok || e.Seq <= m.FromSeq) {
		err = errs.ErrNotFound
	}
	return e, err
}

// Edit has one's own message say something else. Where it says so already, nothing changes.
//
// Errors: errs.ErrNotFound, chat.ErrNotAuthor, chat.ErrGone, chat.ErrBlocked, chat.ErrEmpty, chat.ErrTooFast;
// a wrong content.
func (c *Core) Edit(ctx context.Context, id int64, content string) (Shown, error) {
	me := authn.UserID(ctx)
	e, err := c.message(ctx, id)
	switch {
	case err != nil:
		return Shown{}, err
	case e.UserID != me:
		return Shown{}, chat.ErrNotAuthor
	}
	if err := c.flood(ctx, me); err != nil {
		return Shown{}, err
	}
	err = c.change(ctx, e.RoomID, me, func(ctx context.Context, _ *chat.Room, _ chat.Member) ([]chat.Entry, error) {
		return c.edit(ctx, id, content)
	})
	if err != nil {
		return Shown{}, err
	}
	return c.MessageByID(ctx, id)
}

// edit is Edit once the room is locked.
func (c *Core) edit(ctx context.Context, id int64, content string) ([]chat.Entry, error) {
	e, ok, err := c.store.Message(ctx, id)
	switch {
	case err != nil || !ok:
		return nil, or(err, errs.ErrNotFound)
	case !e.DeletedAt.IsZero():
		return nil, chat.ErrGone
	case e.Content == content:
		return nil, nil
	}
	if err := checkText(content, e.MediaID == 0); err != nil {
		return nil, err
	}
	if blocked, err := c.store.Blocked(ctx, e.RoomID); err != nil || blocked {
		return nil, or(err, chat.ErrBlocked)
	}
	at, err := c.store.Edit(ctx, id, content)
	if err != nil {
		return nil, err
	}
	if err := c.documentAgain(ctx, e, content); err != nil {
		return nil, err
	}
	return []chat.Entry{{RoomID: e.RoomID, Kind: chat.Edit, UserID: e.UserID, TargetID: id, TargetSeq: e.Seq, Content: content, EditedAt: at}}, nil
}

// Delete leaves of a message that there was one. Its author may, in groups also the owner and admins, and
// staff everywhere. What is deleted already stays so.
//
// Errors: errs.ErrNotFound, chat.ErrNotAuthor.
func (c *Core) Delete(ctx context.Context, id int64) error {
	me := authn.UserID(ctx)
	e, err := c.message(ctx, id)
	if err != nil {
		return err
	}
	if e.UserID != me && moderates(ctx) {
		return c.moderate(ctx, e, me)
	}
	return c.change(ctx, e.RoomID, me, func(ctx context.Context, r *chat.Room, m chat.Member) ([]chat.Entry, error) {
		if e.UserID != me && (r.Private || m.Role == chat.JustThere) {
			return nil, chat.ErrNotAuthor
		}
		return c.delete(ctx, id, me)
	})
}

// delete is Delete once the room is locked.
func (c *Core) delete(ctx context.Context, id, by int64) ([]chat.Entry, error) {
	e, ok, err := c.store.Message(ctx, id)
	if err != nil || !ok || !e.DeletedAt.IsZero() {
		return nil, err
	}
	at, err := c.store.Delete(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := c.documentAgain(ctx, e, ""); err != nil {
		return nil, err
	}
	if e.MediaID != 0 {
		if err := c.Outbox.Publish(ctx, showsMedia(id)); err != nil {
			return nil, err
		}
	}
	return []chat.Entry{{RoomID: e.RoomID, Kind: chat.Delete, UserID: by, TargetID: id, TargetSeq: e.Seq, EditedAt: e.EditedAt, DeletedAt: at}}, nil
}
