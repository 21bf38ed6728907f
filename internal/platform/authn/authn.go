// Package authn says who makes a request. Auth implements [Authenticator]; the HTTP middleware
// asks it once per request and puts the [Principal] into the context, where every module finds it.
// An internal call carries the principal and never checks a token again.
package authn

import (
	"context"
	"time"
)

// Principal is who acts: a person with a session, or another module of this installation.
type Principal struct {
	UserID    int64
	Role      string // "specialist", "businessman", "consumer"; lower case
	Staff     bool
	Superuser bool
	SessionID int64
	Service   string    // the calling module's name when the credential is a service's; UserID is then 0
	Expires   time.Time // the session ends then, unless it is used before
}

// Is says whether the principal is this user.
func (p Principal) Is(userID int64) bool { return p.UserID != 0 && p.UserID == userID }

// Authenticator turns a bearer token into a principal.
//
// Errors: errs.ErrTokenInvalid for a token that is unknown, expired or revoked, or whose user is
// inactive; errs.ErrUnavailable when that cannot be found out now.
type Authenticator interface {
	Authenticate(ctx context.Context, token string) (Principal, error)
}

type key struct{}

// With returns a context that carries the principal.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, key{}, p)
}

// From returns the principal of the context; ok is false for an anonymous request.
func From(ctx context.Context) (p Principal, ok bool) {
	p, ok = ctx.Value(key{}).(Principal)
	return p, ok
}

// UserID is the acting person's id, 0 when anonymous.
func UserID(ctx context.Context) int64 {
	p, _ := From(ctx)
	return p.UserID
}
