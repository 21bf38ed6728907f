package core

import (
	"context"
	"errors"
	"reflect"

	"agrovet/internal/auth"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// edit is what somebody does to a profile.
type edit[T any] struct {
	change func(*T)
	whole  bool // the required fields must have values
	create bool // only a profile that its owner has not written yet
	// then is what follows in place of the rules' follow; nil: those.
	then func(ctx context.Context, before T, r *store.Row[T]) error
}

// Create fills the user's profile for the first time. One that an event has made and its owner has
// not changed yet counts as not there: clients register, which makes it, and then POST. A user
// without a role may choose any kind.
//
// Errors: profiles.ErrProfileExists, also for a profile of another kind; profiles.ErrUserUnknown;
// profiles.ErrAuthUnavailable when only auth could tell the kind; profiles.ErrMediaUnavailable when
// there are new files; wrong fields.
func (p *Profiles[T]) Create(ctx context.Context, userID int64, change func(*T)) (Shown[T], error) {
	out, err := p.write(ctx, userID, edit[T]{change: change, whole: true, create: true})
	if errors.Is(err, profiles.ErrKindMismatch) {
		err = profiles.ErrProfileExists.Wrap(err)
	}
	return out, err
}

// Replace changes the user's profile like Change, and insists on the required fields.
func (p *Profiles[T]) Replace(ctx context.Context, userID int64, change func(*T)) (Shown[T], error) {
	return p.write(ctx, userID, edit[T]{change: change, whole: true})
}

// Change changes the user's profile, and makes it when the event has not yet.
//
// Errors: profiles.ErrUserUnknown, profiles.ErrKindMismatch, profiles.ErrAuthUnavailable when only
// auth could tell the kind, profiles.ErrMediaUnavailable when there are new files; wrong fields.
func (p *Profiles[T]) Change(ctx context.Context, userID int64, change func(*T)) (Shown[T], error) {
	return p.write(ctx, userID, edit[T]{change: change})
}

// Delete empties the user's profile: it is not listed any more, and shown as one that was never
// filled. Its owner may fill it again, and get another id. Deleting twice is fine.
//
// Errors: as Change.
func (p *Profiles[T]) Delete(ctx context.Context, userID int64) error {
	who, err := p.person(ctx, userID)
	if err != nil {
		return err
	}
	return p.DB.Tx(ctx, func(ctx context.Context) error {
		if err := p.lock(ctx, who, false); err != nil {
			return err
		}
		row, err := p.row(ctx, userID)
		if err != nil || row.ID == 0 {
			return err
		}
		if err := p.table.Delete(ctx, userID); err != nil {
			return err
		}
		return errors.Join(p.showFiles(ctx, userID, row.Profile, p.empty(userID)), p.ended(ctx, row))
	})
}

func (p *Profiles[T]) write(ctx context.Context, userID int64, e edit[T]) (Shown[T], error) {
	who, err := p.person(ctx, userID)
	if err != nil {
		return Shown[T]{}, err
	}
	if err := p.admit(ctx, who, e); err != nil {
		return Shown[T]{}, err
	}
	var row store.Row[T]
	err = p.DB.Tx(ctx, func(ctx context.Context) error {
		if err := p.lock(ctx, who, e.create); err != nil {
			return err
		}
		if row, err = p.row(ctx, userID); err != nil {
			return err
		}
		row, err = p.apply(ctx, row, e)
		return err
	})
	return shown(row, who.DisplayName()), err
}

// lock takes the user's rows until the commit, and sees to it that the user's profile is of p's kind.
func (p *Profiles[T]) lock(ctx context.Context, who person, create bool) error {
	kind, ok, err := p.owners.Lock(ctx, who.ID)
	if err == nil && !ok {
		kind, err = p.claim(ctx, who, create)
	}
	if err != nil {
		return err
	}
	return p.mine(kind)
}

// claim makes the user one of p's kind when that is the first profile's.
func (p *Profiles[T]) claim(ctx context.Context, who person, create bool) (profiles.Kind, error) {
	kind, err := p.first(who, create)
	if err != nil || kind != p.kind {
		return kind, err
	}
	kind, _, err = p.owners.Claim(ctx, who.ID, kind)
	return kind, err
}

// first is the kind of a user's first profile: the role's, or p's for who creates one without a role.
func (p *Profiles[T]) first(who person, create bool) (profiles.Kind, error) {
	if create && !who.away && who.Role == auth.NoRole {
		return p.kind, nil
	}
	return p.expected(who)
}

// row is the user's row; its ID is 0 when there is none.
func (p *Profiles[T]) row(ctx context.Context, userID int64) (store.Row[T], error) {
	rows, err := p.table.Of(ctx, userID)
	if err == nil && len(rows) == 1 {
		return rows[0], nil
	}
	return store.Row[T]{UserID: userID, Profile: p.empty(userID)}, err
}

// apply edits the row and stores what has really changed, with its events.
func (p *Profiles[T]) apply(ctx context.Context, r store.Row[T], e edit[T]) (store.Row[T], error) {
	if e.create && r.Claimed {
		return r, profiles.ErrProfileExists
	}
	before := r
	e.change(&r.Profile)
	p.tidy(&r.Profile)
	if wrong := p.check(before.Profile, r.Profile, e.whole); len(wrong) > 0 {
		return before, errs.InvalidFields(wrong...)
	}
	if err := p.finish(ctx, before.Profile, &r.Profile); err != nil {
		return before, err
	}
	changed := !reflect.DeepEqual(before.Profile, r.Profile)
	r.Claimed = before.Claimed || changed || e.create
	r, err := p.save(ctx, before, r, changed)
	if err != nil {
		return before, err
	}
	return r, p.after(ctx, before.Profile, &r, e)
}

// save writes the row, if there is anything to write.
func (p *Profiles[T]) save(ctx context.Context, before, r store.Row[T], changed bool) (store.Row[T], error) {
	switch {
	case r.ID == 0:
		return p.insert(ctx, r)
	case changed:
		return r, errors.Join(p.table.Update(ctx, r), p.updated(ctx, r))
	case r.Claimed != before.Claimed:
		return r, p.table.Update(ctx, r)
	}
	return r, nil
}

// after is what comes of a change: media learns what is shown now, and the kind's rules follow.
func (p *Profiles[T]) after(ctx context.Context, before T, r *store.Row[T], e edit[T]) error {
	if err := p.showFiles(ctx, r.UserID, before, r.Profile); err != nil {
		return err
	}
	if e.then != nil {
		return e.then(ctx, before, r)
	}
	return p.follow(ctx, before, r)
}

// insert stores a new profile and tells of it.
func (p *Profiles[T]) insert(ctx context.Context, r store.Row[T]) (store.Row[T], error) {
	id, err := p.table.Insert(ctx, r)
	if err == nil {
		err = p.publish(ctx, profiles.Created{ProfileID: id, UserID: r.UserID, ProfileType: p.kind})
	}
	if err != nil {
		return r, err
	}
	return p.row(ctx, r.UserID) // now the profile knows its id
}

func (p *Profiles[T]) updated(ctx context.Context, r store.Row[T]) error {
	return p.publish(ctx, profiles.Updated{ProfileID: r.ID, UserID: r.UserID, ProfileType: p.kind})
}

func (b *base) publish(ctx context.Context, e bus.Payload) error { return b.Outbox.Publish(ctx, e) }
