package authtest

import (
	"context"
	"fmt"
	"sync"

	"agrovet/internal/auth"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Fake is an auth.Service in memory. The zero Fake knows nobody.
type Fake struct {
	mu     sync.Mutex
	users  map[int64]auth.User
	phones map[int64]string
	tokens map[string]authn.Principal
	err    error
}

var _ auth.Service = (*Fake)(nil)

// Add makes a user known and returns a token of theirs.
func (f *Fake) Add(u auth.User) (token string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.users == nil {
		f.users, f.tokens = map[int64]auth.User{}, map[string]authn.Principal{}
	}
	f.users[u.ID] = u
	token = fmt.Sprintf("token-of-%d", u.ID)
	f.tokens[token] = authn.Principal{UserID: u.ID, Role: string(u.Role), SessionID: u.ID}
	return token
}

// SetPhone gives a user a number, in E.164.
func (f *Fake) SetPhone(userID int64, phone string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.phones == nil {
		f.phones = map[int64]string{}
	}
	f.phones[userID] = phone
}

// Fail makes every question fail with err; nil ends that.
func (f *Fake) Fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// Users returns the known ones.
func (f *Fake) Users(_ context.Context, ids ...int64) (map[int64]auth.User, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	found := make(map[int64]auth.User, len(ids))
	for _, id := range ids {
		if u, ok := f.users[id]; ok {
			found[id] = u
		}
	}
	return found, nil
}

// PhoneNumbers returns those that SetPhone gave.
func (f *Fake) PhoneNumbers(_ context.Context, ids ...int64) (map[int64]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	found := make(map[int64]string, len(ids))
	for _, id := range ids {
		if n, ok := f.phones[id]; ok {
			found[id] = n
		}
	}
	return found, nil
}

// Authenticate knows the tokens that Add returned.
func (f *Fake) Authenticate(_ context.Context, token string) (authn.Principal, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return authn.Principal{}, f.err
	}
	p, ok := f.tokens[token]
	if !ok {
		return p, errs.ErrTokenInvalid
	}
	return p, nil
}

// End makes a token invalid.
func (f *Fake) End(token string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.tokens, token)
}
