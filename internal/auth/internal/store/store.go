// Package store keeps auth's rows. It is the only one to speak to the generated queries, and turns
// what the database says into auth's errors.
package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store/authdb"
	"agrovet/internal/platform/pg"
)

// The rows, as they stand in the tables.
type (
	User    = authdb.User
	Code    = authdb.Code
	Session = authdb.SessionsOfRow
	NewUser = authdb.UserInsertParams
	Changes = authdb.UserUpdateParams
	NewCode = authdb.CodeInsertParams
	Lately  = authdb.CodesLatelyRow
	Request = authdb.CodesOfRow
	Holder  = authdb.SessionPrincipalRow
)

// States and purposes of codes.
const (
	Waiting = "waiting" // to be sent
	Sent    = "sent"    // the code lives
	Failed  = "failed"  // the sender refuses the number for good
	// "used" and "replaced" are set by the queries.

	ForPassword = "password" // its subject is the number
	ForPhone    = "phone"    // its subject is the user's id
)

// Store is auth's schema.
type Store struct {
	DB *pg.DB
	q  authdb.Queries
}

// interpret turns the driver's errors into auth's.
func interpret(err error) error {
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return auth.ErrUserUnknown
	case pg.Violates(err, "users_phone"):
		return auth.ErrPhoneTaken.At("phone_number").Wrap(err)
	}
	return err
}

// Insert makes a user. Errors: auth.ErrPhoneTaken.
func (s Store) Insert(ctx context.Context, u NewUser) (User, error) {
	u.Searchable = Searchable(u.FullName, u.LastName, u.Role)
	row, err := s.q.UserInsert(ctx, s.DB.Q(ctx), u)
	return row, interpret(err)
}

// ByID finds a user. Errors: auth.ErrUserUnknown.
func (s Store) ByID(ctx context.Context, id int64) (User, error) {
	row, err := s.q.UserByID(ctx, s.DB.Q(ctx), id)
	return row, interpret(err)
}

// Lock finds a user whom nobody else changes until the transaction ends. Errors: auth.ErrUserUnknown.
func (s Store) Lock(ctx context.Context, id int64) (User, error) {
	row, err := s.q.UserForUpdate(ctx, s.DB.Q(ctx), id)
	return row, interpret(err)
}

// ByPhone finds a user by the canonical number. Errors: auth.ErrUserUnknown.
func (s Store) ByPhone(ctx context.Context, phone string) (User, error) {
	row, err := s.q.UserByPhone(ctx, s.DB.Q(ctx), phone)
	return row, interpret(err)
}

// Shown returns what others may know of these users.
func (s Store) Shown(ctx context.Context, ids []int64) (map[int64]auth.User, error) {
	rows, err := s.q.UsersByIDs(ctx, s.DB.Q(ctx), ids)
	all := make(map[int64]auth.User, len(rows))
	for _, r := range rows {
		all[r.ID] = auth.User{ID: r.ID, FullName: r.FullName, LastName: r.LastName, Picture: r.Picture,
			Role: auth.Role(r.Role), Active: r.IsActive}
	}
	return all, err
}

// Phones returns the canonical numbers of these users.
func (s Store) Phones(ctx context.Context, ids []int64) (map[int64]string, error) {
	rows, err := s.q.PhonesByIDs(ctx, s.DB.Q(ctx), ids)
	all := make(map[int64]string, len(rows))
	for _, r := range rows {
		all[r.ID] = r.Phone
	}
	return all, err
}

// Update writes a user's changed fields. Errors: auth.ErrPhoneTaken.
func (s Store) Update(ctx context.Context, c Changes) (User, error) {
	c.Searchable = Searchable(c.FullName, c.LastName, c.Role)
	row, err := s.q.UserUpdate(ctx, s.DB.Q(ctx), c)
	return row, interpret(err)
}

// SetPassword replaces the hash.
func (s Store) SetPassword(ctx context.Context, id int64, hash string) error {
	return s.q.UserSetPassword(ctx, s.DB.Q(ctx), authdb.UserSetPasswordParams{ID: id, Password: hash})
}

// Rehash replaces the hash if it still is the old one, and says whether it was.
func (s Store) Rehash(ctx context.Context, id int64, old, hash string) (bool, error) {
	n, err := s.q.UserRehash(ctx, s.DB.Q(ctx), authdb.UserRehashParams{ID: id, Old: old, New: hash})
	return n == 1, err
}

// LoggedIn notes the time of a sign-in.
func (s Store) LoggedIn(ctx context.Context, id int64) error {
	return s.q.UserLoggedIn(ctx, s.DB.Q(ctx), id)
}

// Delete removes a user with sessions and codes. Errors: auth.ErrUserUnknown.
func (s Store) Delete(ctx context.Context, id int64) error {
	n, err := s.q.UserDelete(ctx, s.DB.Q(ctx), id)
	if err == nil && n == 0 {
		return auth.ErrUserUnknown
	}
	return err
}

// Span is a part of a list in the order of ids.
type Span struct {
	After  int64 // only higher ids
	Skip   int
	Amount int
}

// Page lists users.
func (s Store) Page(ctx context.Context, search Search, span Span) ([]User, error) {
	if len(search.Words) > 0 {
		return s.search(ctx, search, span)
	}
	return s.q.UserPage(ctx, s.DB.Q(ctx), authdb.UserPageParams{After: span.After, Amount: int32(span.Amount), Skip: int32(span.Skip)})
}

// Count counts users, up to most.
func (s Store) Count(ctx context.Context, search Search, most int) (int64, error) {
	if len(search.Words) > 0 {
		return s.searchCount(ctx, search, most)
	}
	return s.q.UserCount(ctx, s.DB.Q(ctx), int32(most))
}

// since is the time before which an unused session has ended.
func since(idle time.Duration) time.Time { return time.Now().Add(-idle) }

// SetPicture gives a user another picture; an empty one is none.
func (s Store) SetPicture(ctx context.Context, id int64, url string, mediaID int64) (User, error) {
	row, err := s.q.UserSetPicture(ctx, s.DB.Q(ctx), authdb.UserSetPictureParams{ID: id, Picture: url, PictureID: mediaID})
	return row, interpret(err)
}

// WithPicture returns the ids of users whose picture is the object of media.
func (s Store) WithPicture(ctx context.Context, mediaID int64) ([]int64, error) {
	return s.q.UsersWithPicture(ctx, s.DB.Q(ctx), mediaID)
}
