package core

import (
	"context"

	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// Shown is a profile and how its user is called.
type Shown[T any] struct {
	ID      int64
	UserID  int64
	Display string
	Profile T
	KM      *float64 // how far away, in lists by distance
}

// Get returns the user's profile, an empty one while the event has not made it yet.
//
// Errors: profiles.ErrUserUnknown; profiles.ErrKindMismatch for a user of another kind, or of none;
// profiles.ErrAuthUnavailable when only auth could tell.
func (p *Profiles[T]) Get(ctx context.Context, userID int64) (Shown[T], error) {
	who, err := p.person(ctx, userID)
	if err != nil {
		return Shown[T]{}, err
	}
	rows, err := p.table.Of(ctx, userID)
	if err != nil {
		return Shown[T]{}, err
	}
	if len(rows) == 1 {
		return shown(rows[0], who.DisplayName()), nil
	}
	return Shown[T]{UserID: userID, Display: who.DisplayName(), Profile: p.empty(userID)}, p.ofKind(ctx, who, false)
}

// ofKind is nil for a user whose profile is, or will be, of p's kind.
func (p *Profiles[T]) ofKind(ctx context.Context, who person, create bool) error {
	kind, ok, err := p.owners.Kind(ctx, who.ID)
	if err == nil && !ok {
		kind, err = p.first(who, create)
	}
	if err != nil {
		return err
	}
	return p.mine(kind)
}

// expected is the kind that a user's first profile will be of.
func (p *Profiles[T]) expected(who person) (profiles.Kind, error) {
	if who.away {
		return "", profiles.ErrAuthUnavailable
	}
	kind, ok := kindOf(who.Role)
	if !ok {
		return "", profiles.ErrKindMismatch
	}
	return kind, nil
}

// mine is nil for the kind of p.
func (p *Profiles[T]) mine(kind profiles.Kind) error {
	switch kind {
	case p.kind:
		return nil
	case store.Gone:
		return profiles.ErrUserUnknown
	}
	return profiles.ErrKindMismatch
}

// Page returns a part of the list of made profiles, in the order of their ids.
func (p *Profiles[T]) Page(ctx context.Context, span store.Span) (page []Shown[T], more bool, err error) {
	return p.page(ctx, span, p.table.Page)
}

// page reads one row more than is asked for, to tell whether more follow.
func (p *Profiles[T]) page(ctx context.Context, span store.Span, read func(context.Context, store.Span) ([]store.Row[T], error)) (page []Shown[T], more bool, err error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Row[T], error) {
		span.Limit = limit
		return read(ctx, span)
	})
	return p.named(ctx, rows), more, err
}

// named asks auth once for all the rows' users.
func (p *Profiles[T]) named(ctx context.Context, rows []store.Row[T]) []Shown[T] {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.UserID
	}
	users, _ := p.people(ctx, ids...) // without them the page shows ids
	out := make([]Shown[T], len(rows))
	for i, r := range rows {
		out[i] = shown(r, display(users, r.UserID))
	}
	return out
}

// Count counts the list, up to limit.
func (p *Profiles[T]) Count(ctx context.Context, limit int) (int64, error) {
	return p.table.Count(ctx, limit)
}

func shown[T any](r store.Row[T], display string) Shown[T] {
	return Shown[T]{ID: r.ID, UserID: r.UserID, Display: display, Profile: r.Profile, KM: r.KM}
}
