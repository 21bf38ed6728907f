package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store/authdb"
)

// Lately counts the requests of the last hour. Other requests wait until the transaction ends, so
// the counts hold.
func (s Store) Lately(ctx context.Context, phone, address string) (Lately, error) {
	if err := s.q.CodesLock(ctx, s.DB.Q(ctx)); err != nil {
		return Lately{}, err
	}
	return s.q.CodesLately(ctx, s.DB.Q(ctx), authdb.CodesLatelyParams{Phone: phone, Address: address})
}

// AddCode notes a request; earlier ones of the same subject and purpose end.
func (s Store) AddCode(ctx context.Context, c NewCode) (int64, error) {
	err := s.q.CodesReplace(ctx, s.DB.Q(ctx), authdb.CodesReplaceParams{Purpose: c.Purpose, Subject: c.Subject})
	if err != nil {
		return 0, err
	}
	return s.q.CodeInsert(ctx, s.DB.Q(ctx), c)
}

// LockCode finds a request. ok is false when it is gone.
func (s Store) LockCode(ctx context.Context, id int64) (c Code, ok bool, err error) {
	c, err = s.q.CodeForUpdate(ctx, s.DB.Q(ctx), id)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

// CodesOf are the requests of a user that are still known, the newest 100.
func (s Store) CodesOf(ctx context.Context, userID int64) ([]Request, error) {
	return s.q.CodesOf(ctx, s.DB.Q(ctx), &userID)
}

// CodeSent keeps the hash of the code on its way.
func (s Store) CodeSent(ctx context.Context, id int64, hash, salt []byte) error {
	return s.q.CodeSent(ctx, s.DB.Q(ctx), authdb.CodeSentParams{ID: id, Hash: hash, Salt: salt})
}

// EndCode ends a request in the given state.
func (s Store) EndCode(ctx context.Context, id int64, state string) error {
	return s.q.CodeEnd(ctx, s.DB.Q(ctx), authdb.CodeEndParams{ID: id, State: state})
}

// Guess takes one of the guesses of the code that the subject may still enter, and returns it.
//
// Errors: auth.ErrCodeInvalid when there is none, or no guess is left.
func (s Store) Guess(ctx context.Context, purpose, subject string, most int) (Code, error) {
	c, err := s.q.CodeGuess(ctx, s.DB.Q(ctx), authdb.CodeGuessParams{Purpose: purpose, Subject: subject, Most: int16(most)})
	if errors.Is(err, pgx.ErrNoRows) {
		return Code{}, auth.ErrCodeInvalid
	}
	return c, err
}

// UseCode ends a code that was entered. Errors: auth.ErrCodeInvalid when somebody else just did.
func (s Store) UseCode(ctx context.Context, id int64) error {
	n, err := s.q.CodeUse(ctx, s.DB.Q(ctx), id)
	if err == nil && n == 0 {
		return auth.ErrCodeInvalid
	}
	return err
}

// PurgeCodes removes some of the requests that no limit needs any more and says how many.
func (s Store) PurgeCodes(ctx context.Context) (int64, error) {
	return s.q.CodesPurge(ctx, s.DB.Q(ctx))
}
