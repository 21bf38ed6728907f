// Package store turns rows of schema profiles into the face's types and back. Everything runs on
// the transaction that the context carries, if any.
package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store/profilesdb"
)

// Row is a profile as a table holds it.
type Row[T any] struct {
	ID      int64 // 0 before it is inserted
	UserID  int64
	Claimed bool     // its owner has written it; else it is as the event made it
	Profile T        // its own ID and UserID are the row's
	KM      *float64 // how far away, in lists by distance
}

// Span is a part of a list in the order of ids, or of distances and ids.
type Span struct {
	After   int64   // only ids beyond it
	AfterKM float64 // in lists by distance: only what is behind this distance and id
	Skip    int
	Limit   int
}

var queries = profilesdb.New()

// Gone is the kind of a deleted user.
const Gone profiles.Kind = "gone"

// Owners is which kind of profile each user has.
type Owners struct{ DB *pg.DB }

// Kind returns the user's; ok is false for a user not known yet.
func (o Owners) Kind(ctx context.Context, userID int64) (kind profiles.Kind, ok bool, err error) {
	return found(queries.OwnerKind(ctx, o.DB.Q(ctx), userID))
}

// Lock is Kind, and keeps everybody else off the user's rows until the commit.
func (o Owners) Lock(ctx context.Context, userID int64) (kind profiles.Kind, ok bool, err error) {
	return found(queries.OwnerLock(ctx, o.DB.Q(ctx), userID))
}

func found(kind string, err error) (profiles.Kind, bool, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return profiles.Kind(kind), err == nil, err
}

// Claim locks the user, who gets the kind when there is none yet. fresh says that this was so.
func (o Owners) Claim(ctx context.Context, userID int64, kind profiles.Kind) (now profiles.Kind, fresh bool, err error) {
	n, err := queries.OwnerInsert(ctx, o.DB.Q(ctx), profilesdb.OwnerInsertParams{UserID: userID, Kind: string(kind)})
	if err != nil || n == 1 {
		return kind, n == 1, err
	}
	now, _, err = o.Lock(ctx, userID)
	return now, false, err
}

// SetKind changes the kind of a user who is locked.
func (o Owners) SetKind(ctx context.Context, userID int64, kind profiles.Kind) error {
	return queries.OwnerSetKind(ctx, o.DB.Q(ctx), profilesdb.OwnerSetKindParams{UserID: userID, Kind: string(kind)})
}

// Remove deletes all rows of the user, and remembers that the user is gone.
func (o Owners) Remove(ctx context.Context, userID int64) error {
	q := o.DB.Q(ctx)
	if err := queries.OwnerGone(ctx, q, userID); err != nil {
		return err
	}
	if err := queries.VerificationsDelete(ctx, q, userID); err != nil {
		return err
	}
	if err := queries.SpecialistDelete(ctx, q, userID); err != nil {
		return err
	}
	if err := queries.BusinessmanDelete(ctx, q, userID); err != nil {
		return err
	}
	return queries.ConsumerDelete(ctx, q, userID)
}
