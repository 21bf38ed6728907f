package core

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// inParticipants is the field that names people of a new room.
const inParticipants = "participants_ids"

// Opening is a room that somebody wants.
type Opening struct {
	Participants []int64
	Private      *bool // nil: private, unless there are more than two
	Name         string
}

// Open finds or makes the private room of the caller and somebody else, or makes a group, of which the caller
// is the owner.
//
// Errors: chat.ErrSelf, ErrTwo, ErrNotYours, ErrNoUsers, ErrBlocked, ErrCannotAdd, ErrFull, ErrAuthUnavailable.
func (c *Core) Open(ctx context.Context, o Opening) (shown RoomShown, made bool, err error) {
	people := slices.Compact(slices.Sorted(slices.Values(o.Participants)))
	var r chat.Room
	switch {
	case o.Private != nil && !*o.Private, o.Private == nil && len(people) > 2:
		r, err = c.openGroup(ctx, people, o.Name)
		made = true
	case len(people) == 1 && len(o.Participants) > 1:
		err = chat.ErrSelf
	default:
		r, made, err = c.openPair(ctx, people)
	}
	if err != nil {
		return shown, false, err
	}
	shown, err = c.Room(ctx, r.ID)
	return shown, made, err
}

// OpenPrivate finds or makes the private room of the caller and somebody else.
//
// Errors: those of Open.
func (c *Core) OpenPrivate(ctx context.Context, people []int64) (RoomShown, error) {
	if len(people) == 2 && people[0] == people[1] {
		return RoomShown{}, chat.ErrSelf
	}
	r, _, err := c.openPair(ctx, people)
	if err != nil {
		return RoomShown{}, err
	}
	return c.Room(ctx, r.ID)
}

func (c *Core) openPair(ctx context.Context, people []int64) (r chat.Room, made bool, err error) {
	me := authn.UserID(ctx)
	switch i := slices.Index(people, me); {
	case len(people) != 2:
		return r, false, chat.ErrTwo
	case i < 0:
		return r, false, chat.ErrNotYours
	default:
		return c.pair(ctx, me, people[1-i], 0)
	}
}

// RoomAbout finds or makes the private room of two people about an advert; see chat.Service.
func (c *Core) RoomAbout(ctx context.Context, userID, otherID, addID int64) (roomID int64, err error) {
	if userID == otherID {
		return 0, chat.ErrSelf
	}
	r, _, err := c.pair(ctx, userID, otherID, addID)
	if errors.Is(err, chat.ErrNoUsers) {
		err = errs.ErrNotFound.Wrap(err)
	}
	return r.ID, err
}

// pair finds or makes the private room of two people. For the first of them it is listed again.
func (c *Core) pair(ctx context.Context, me, other, addID int64) (r chat.Room, made bool, err error) {
	p := store.Pair{Low: min(me, other), High: max(me, other), AboutAddID: addID}
	r, found, err := c.store.RoomOf(ctx, p)
	switch {
	case err != nil:
		return r, false, err
	case found:
		return r, false, c.store.Unhide(ctx, r.ID, me)
	}
	if err := c.exist(ctx, inParticipants, other); err != nil {
		return r, false, err
	}
	err = c.DB.Tx(ctx, func(ctx context.Context) error {
		r, made, err = c.makePair(ctx, p, me, other)
		return err
	})
	return r, made, err
}

// makePair makes the private room of two people, unless somebody else just has.
func (c *Core) makePair(ctx context.Context, p store.Pair, me, other int64) (r chat.Room, made bool, err error) {
	if err := c.keep(ctx, me, inParticipants, other); err != nil {
		return r, false, err
	}
	if blocked, err := c.store.BlockBetween(ctx, me, other); err != nil || blocked {
		return r, false, or(err, chat.ErrBlocked)
	}
	r, made, err = c.store.MakePair(ctx, p, fmt.Sprintf("Chat: User %d & User %d", p.Low, p.High), me)
	if err == nil && !made {
		r, _, err = c.store.RoomOf(ctx, p)
	}
	if err != nil || !made {
		return r, false, err
	}
	return r, true, c.fill(ctx, r, map[int64]chat.Role{p.Low: chat.JustThere, p.High: chat.JustThere})
}

// fill puts the first members into a room that was just made, and tells of it.
func (c *Core) fill(ctx context.Context, r chat.Room, roles map[int64]chat.Role) error {
	members, err := c.store.AddMembers(ctx, r.ID, 0, roles)
	if err != nil {
		return err
	}
	ids := make([]int64, len(members))
	for i, m := range members {
		ids[i] = m.UserID
	}
	slices.Sort(ids)
	c.settled(ctx, r.ID, ids...)
	return c.Outbox.Publish(ctx, chat.RoomCreated{RoomID: r.ID, ParticipantIDs: ids, Private: r.Private})
}
