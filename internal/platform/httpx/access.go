package httpx

import (
	"strconv"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// Access is a route's rule: who may. Rules about a resource that only the module knows ([Owner])
// are stated here and enforced in the module's core; the routes' table test checks that they are.
type Access struct {
	name      string
	anonymous bool
	service   bool // the only routes where a service credential counts
	allow     func(p authn.Principal, param func(string) string) bool
}

// String is the rule in words, as the API's documentation shows it.
func (a Access) String() string { return a.name }

// Anonymous says whether the route is open to those who are not signed in.
func (a Access) Anonymous() bool { return a.anonymous }

// Stated says whether a rule was given at all.
func (a Access) Stated() bool { return a.name != "" }

// The rules.
var (
	// Anyone may, signed in or not. A bad token is refused all the same (decision D4).
	Anyone = Access{name: "anyone", anonymous: true}
	// Member is any signed-in person.
	Member = Access{name: "member", allow: func(p authn.Principal, _ func(string) string) bool { return p.UserID != 0 }}
	// Staff runs the platform.
	Staff = Access{name: "staff", allow: func(p authn.Principal, _ func(string) string) bool { return p.Staff || p.Superuser }}
	// Service is another module of this installation, with the service credential.
	Service = Access{name: "service", service: true, allow: func(p authn.Principal, _ func(string) string) bool { return p.Service != "" }}
	// Owner is the signed-in person to whom the thing in the path belongs, or staff. The core checks.
	Owner = Access{name: "owner or staff", allow: Member.allow}
)

// Participant is a signed-in person who takes part in the thing in the path. The core checks.
var Participant = Access{name: "participant", allow: Member.allow}

// Moderator is a signed-in person who looks after the place of the thing in the path, or staff. The core checks.
var Moderator = Access{name: "moderator or staff", allow: Member.allow}

// Self is the user whose id stands in the path under the parameter's name, or staff.
func Self(param string) Access {
	return Access{name: "self or staff", allow: func(p authn.Principal, get func(string) string) bool {
		id, err := strconv.ParseInt(get(param), 10, 64)
		return p.Staff || p.Superuser || err == nil && p.Is(id)
	}}
}

// check refuses whoever may not.
func (a Access) check(p authn.Principal, signedIn bool, param func(string) string) error {
	switch {
	case a.anonymous:
		return nil
	case !signedIn:
		return errs.ErrUnauthenticated
	case !a.allow(p, param):
		return errs.ErrForbidden
	}
	return nil
}
