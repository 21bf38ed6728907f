package core

import (
	"context"
	"fmt"

	"agrovet/internal/chat"
)

// Send stores a message and has it shown to those who are connected. repeated says that the sender had sent
// it before, under the same key: then s is what was stored, whatever this draft says. When ctx ends before
// it returns, the message may be stored all the same.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember, chat.ErrBlocked, chat.ErrEmpty, chat.ErrTooFast,
// chat.ErrMediaUnavailable; wrong fields.
func (c *Core) Send(ctx context.Context, d Draft) (s Shown, repeated bool, err error) {
	if err := c.flood(ctx, d.SenderID); err != nil {
		return s, false, err
	}
	if err := c.check(ctx, d); err != nil {
		return c.sentBefore(ctx, d, err)
	}
	e := chat.Entry{RoomID: d.RoomID, Kind: chat.Message, UserID: d.SenderID, Content: d.Content, MediaID: d.MediaID, ReplyTo: d.ReplyTo, ClientKey: d.ClientKey}
	var done sent
	if c.DB.InTx(ctx) { // of a request that is repeated or undone as a whole
		done, err = one(c.write(ctx, []chat.Entry{e}))
	} else if done, err = c.sends.ask(ctx, e); err == nil && done.busy {
		done, err = c.late.ask(ctx, e)
	}
	if err != nil {
		return s, false, err
	}
	return done.Shown, done.repeated, done.err
}

// flood takes one from what a person may write now. When nobody counts, it lets pass.
//
// Errors: chat.ErrTooFast.
func (c *Core) flood(ctx context.Context, userID int64) error {
	d, err := c.KV.Allow(ctx, fmt.Sprintf("chat:send:%d", userID), c.cfg.PerSender)
	if err != nil {
		c.Log.WarnContext(ctx, "messages of a person are not counted", "user", userID, "error", err)
		return nil
	}
	if !d.Allowed {
		return chat.ErrTooFast.After(d.RetryAfter)
	}
	return nil
}

// check finds what is wrong with a draft before anything is locked.
func (c *Core) check(ctx context.Context, d Draft) error {
	if err := checkText(d.Content, d.MediaID == 0); err != nil {
		return err
	}
	if d.ReplyTo < 0 {
		return errReply
	}
	return c.claim(ctx, d.SenderID, d.MediaID)
}

// sentBefore is the message that was stored under the key of a draft that is refused now; without one, it
// stays refused.
func (c *Core) sentBefore(ctx context.Context, d Draft, refused error) (s Shown, repeated bool, err error) {
	if d.ClientKey == "" {
		return s, false, refused
	}
	if _, _, err := c.Member(ctx, d.RoomID, d.SenderID); err != nil {
		return s, false, err
	}
	stored, ok, err := c.store.StoredUnder(ctx, d.RoomID, d.SenderID, d.ClientKey)
	if err != nil || !ok {
		return s, false, or(err, refused)
	}
	return c.show(ctx, []chat.Entry{stored})[0], true, nil
}
