package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/chat"
)

// Sent is what came of a draft.
type Sent struct {
	Shown
	Repeated bool  // its sender had sent it before, under the same key: Shown is what was stored, whatever the draft says
	Err      error // it was refused
}

// Send stores a message and has it shown to those who are connected. When ctx ends before it returns, the
// message may be stored all the same.
//
// Errors: chat.ErrNoRoom, chat.ErrNotMember, chat.ErrBlocked, chat.ErrEmpty, chat.ErrTooFast,
// chat.ErrMediaUnavailable; wrong fields.
func (c *Core) Send(ctx context.Context, d Draft) (s Shown, repeated bool, err error) {
	all := c.SendAll(ctx, []Draft{d})
	return all[0].Shown, all[0].Repeated, all[0].Err
}

// SendAll is Send for messages that follow each other: they are stored in their order, in one transaction.
func (c *Core) SendAll(ctx context.Context, drafts []Draft) []Sent {
	out := make([]Sent, len(drafts))
	var messages []chat.Entry
	var at []int
	for i, d := range drafts {
		if err := c.admit(ctx, d); err != nil {
			out[i] = c.sentBefore(ctx, d, err)
			continue
		}
		at = append(at, i)
		messages = append(messages, chat.Entry{RoomID: d.RoomID, Kind: chat.Message, UserID: d.SenderID, Content: d.Content, MediaID: d.MediaID,
			ReplyTo: d.ReplyTo, ClientKey: d.ClientKey})
	}
	for i, s := range c.deliver(ctx, messages) {
		out[at[i]] = Sent{s.Shown, s.repeated, s.err}
	}
	return out
}

// deliver has messages stored together with those of others. What is for rooms that somebody else holds waits
// for them, in its order.
func (c *Core) deliver(ctx context.Context, messages []chat.Entry) (out []sent) {
	if len(messages) == 0 {
		return nil
	}
	var err error
	if c.DB.InTx(ctx) { // of a request that is repeated or undone as a whole
		out, err = one(c.write(ctx, [][]chat.Entry{messages}))
	} else if out, err = c.sends.ask(ctx, messages); err == nil {
		err = c.deliverLate(ctx, messages, out)
	}
	if err != nil {
		out = make([]sent, len(messages))
		for i := range out {
			out[i].err = err
		}
	}
	return out
}

func (c *Core) deliverLate(ctx context.Context, messages []chat.Entry, out []sent) error {
	var late []chat.Entry
	var at []int
	for i, s := range out {
		if s.busy {
			late, at = append(late, messages[i]), append(at, i)
		}
	}
	if len(late) == 0 {
		return nil
	}
	done, err := c.late.ask(ctx, late)
	for i, s := range done {
		out[at[i]] = s
	}
	return err
}

// admit finds what speaks against a draft before anything is locked.
func (c *Core) admit(ctx context.Context, d Draft) error {
	if err := c.flood(ctx, d.SenderID); err != nil {
		return err
	}
	return c.check(ctx, d)
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
func (c *Core) sentBefore(ctx context.Context, d Draft, refused error) Sent {
	if d.ClientKey == "" || errors.Is(refused, chat.ErrTooFast) {
		return Sent{Err: refused}
	}
	if _, _, err := c.Member(ctx, d.RoomID, d.SenderID); err != nil {
		return Sent{Err: err}
	}
	stored, ok, err := c.store.StoredUnder(ctx, d.RoomID, d.SenderID, d.ClientKey)
	if err != nil || !ok {
		return Sent{Err: or(err, refused)}
	}
	return Sent{Shown: c.show(ctx, []chat.Entry{stored})[0], Repeated: true}
}
