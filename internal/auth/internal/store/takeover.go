package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/auth/internal/store/authdb"
)

// Newcomer is a person of the original as the user that they become.
type Newcomer = authdb.UserTakeParams

// Take makes a user of a person of the original; fresh is false when their id or their number is somebody's.
func (s Store) Take(ctx context.Context, n Newcomer) (u User, fresh bool, err error) {
	n.Searchable = Searchable(n.FullName, n.LastName, n.Role)
	u, err = s.q.UserTake(ctx, s.DB.Q(ctx), n)
	if errors.Is(err, pgx.ErrNoRows) {
		return u, false, nil
	}
	return u, err == nil, err
}

// TakenOver says whether the person was taken over, even if they have been deleted since.
func (s Store) TakenOver(ctx context.Context, id int64) (bool, error) {
	_, err := s.q.TakenOver(ctx, s.DB.Q(ctx), id)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// NoteTaken notes that the person was taken over.
func (s Store) NoteTaken(ctx context.Context, id int64) error {
	return s.q.TakenOverNote(ctx, s.DB.Q(ctx), id)
}

// TakeToken makes a session of the token that the original gave a user, unless it has ended here: then it is false.
func (s Store) TakeToken(ctx context.Context, id int64, hash []byte) (bool, error) {
	n, err := s.q.TakenOverToken(ctx, s.DB.Q(ctx), authdb.TakenOverTokenParams{ID: id, TokenHash: hash})
	if err != nil || n == 0 {
		return false, err
	}
	return true, s.q.SessionTake(ctx, s.DB.Q(ctx), authdb.SessionTakeParams{UserID: id, TokenHash: hash})
}

// CloseTokens keeps tokens of the original from coming back.
func (s Store) CloseTokens(ctx context.Context, hashes [][]byte) error {
	return s.q.TakenOverCloseTokens(ctx, s.DB.Q(ctx), hashes)
}

// CloseTaken keeps the token that the original gave a user from coming back.
func (s Store) CloseTaken(ctx context.Context, id int64) error {
	return s.q.TakenOverClose(ctx, s.DB.Q(ctx), id)
}

// ForgetTaken forgets all of somebody but that they have been here.
func (s Store) ForgetTaken(ctx context.Context, id int64) error {
	return s.q.TakenOverForget(ctx, s.DB.Q(ctx), id)
}

// sqlc cannot read this one. The lock keeps two processes from moving the sequence after one another, back to ids
// that were given out in between; it is read again once the lock is held.
const (
	lockIDs = "select pg_advisory_xact_lock(hashtext('auth.user_ids'))"
	moveIDs = `select setval(seq::regclass, $2 - 1) from pg_get_serial_sequence($1, 'id') seq
		where coalesce(pg_sequence_last_value(seq::regclass), 0) < $2 - 1`
)

// IDsFrom has new users begin at this id, if they have not come that far. In a transaction.
func (s Store) IDsFrom(ctx context.Context, first int64) error {
	if _, err := s.DB.Q(ctx).Exec(ctx, lockIDs); err != nil {
		return err
	}
	_, err := s.DB.Q(ctx).Exec(ctx, moveIDs, s.DB.Schema+".users", first)
	return err
}
