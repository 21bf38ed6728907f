package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/auth/internal/store/authdb"
	"agrovet/internal/platform/errs"
)

// EndedSession is a session that is no more.
type EndedSession struct {
	ID   int64
	Hash []byte
}

// AddSession makes a session and ends the user's oldest beyond most, which it returns.
func (s Store) AddSession(ctx context.Context, userID int64, hash []byte, device string, most int) (id int64, ended []EndedSession, err error) {
	id, err = s.q.SessionInsert(ctx, s.DB.Q(ctx), authdb.SessionInsertParams{UserID: userID, TokenHash: hash, Device: device})
	if err != nil {
		return 0, nil, err
	}
	rows, err := s.q.SessionsTrim(ctx, s.DB.Q(ctx), authdb.SessionsTrimParams{UserID: userID, Most: int32(most)})
	for _, r := range rows {
		ended = append(ended, EndedSession{r.ID, r.TokenHash})
	}
	return id, ended, err
}

// Holder finds who holds a token. Errors: errs.ErrTokenInvalid.
func (s Store) Holder(ctx context.Context, hash []byte, idle time.Duration) (Holder, error) {
	h, err := s.q.SessionPrincipal(ctx, s.DB.Q(ctx), authdb.SessionPrincipalParams{TokenHash: hash, IdleSince: since(idle)})
	if errors.Is(err, pgx.ErrNoRows) {
		return Holder{}, errs.ErrTokenInvalid
	}
	return h, err
}

// Sessions lists a user's sessions, the last used first, 100 at most.
func (s Store) Sessions(ctx context.Context, userID int64, idle time.Duration) ([]Session, error) {
	return s.q.SessionsOf(ctx, s.DB.Q(ctx), authdb.SessionsOfParams{UserID: userID, IdleSince: since(idle)})
}

// EndSession ends one session of the user and returns it. Errors: errs.ErrNotFound.
func (s Store) EndSession(ctx context.Context, id, userID int64) (EndedSession, error) {
	hash, err := s.q.SessionDelete(ctx, s.DB.Q(ctx), authdb.SessionDeleteParams{ID: id, UserID: userID})
	if errors.Is(err, pgx.ErrNoRows) {
		return EndedSession{}, errs.ErrNotFound
	}
	return EndedSession{id, hash}, err
}

// EndOthers ends all sessions of the user but the one to keep (0 keeps none) and returns them.
func (s Store) EndOthers(ctx context.Context, userID, keep int64) (ended []EndedSession, err error) {
	rows, err := s.q.SessionsDeleteOthers(ctx, s.DB.Q(ctx), authdb.SessionsDeleteOthersParams{UserID: userID, Keep: keep})
	for _, r := range rows {
		ended = append(ended, EndedSession{r.ID, r.TokenHash})
	}
	return ended, err
}

// Hashes are the hashes of a user's tokens.
func (s Store) Hashes(ctx context.Context, userID int64) ([][]byte, error) {
	return s.q.SessionHashes(ctx, s.DB.Q(ctx), userID)
}

// Touch notes that the sessions are in use.
func (s Store) Touch(ctx context.Context, ids []int64) error {
	return s.q.SessionsTouch(ctx, s.DB.Q(ctx), ids)
}

// PurgeSessions removes some of the sessions that ended by themselves and says how many.
func (s Store) PurgeSessions(ctx context.Context, idle time.Duration) (int64, error) {
	return s.q.SessionsPurge(ctx, s.DB.Q(ctx), since(idle))
}
