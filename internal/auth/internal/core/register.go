package core

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/errs"
)

// Registration is what somebody says of themselves.
type Registration struct {
	Phone    string // as typed
	Password string
	Role     string // any spelling; empty is consumer
	FullName string
	LastName string
	Bio      *string
	Place    Place
	Device   string  // that registers
	Picture  Picture // uploaded before, by nobody
}

// SignedIn is a user with a fresh session. The token is known to the caller alone.
type SignedIn struct {
	User  store.User
	Token string
}

// Register makes an account and signs it in.
//
// Errors: field errors about phone_number, password, role and place, all at once; auth.ErrPhoneTaken, also
// when the number lives in the original; auth.ErrBusy; auth.ErrUnavailable when the original is to be asked and is away.
func (c *Core) Register(ctx context.Context, r Registration) (SignedIn, error) {
	row, err := c.prepare(ctx, r)
	if err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err = c.tx(ctx, func(ctx context.Context) error {
		if in.User, err = c.add(ctx, r.Picture, row); err != nil {
			return err
		}
		in.Token, err = c.newSession(ctx, in.User.ID, r.Device)
		return err
	})
	return in, err
}

// Create makes an account for somebody else, without signing in. For staff.
//
// Errors: as Register.
func (c *Core) Create(ctx context.Context, r Registration) (u store.User, err error) {
	row, err := c.prepare(ctx, r)
	if err != nil {
		return u, err
	}
	err = c.tx(ctx, func(ctx context.Context) error {
		u, err = c.add(ctx, r.Picture, row)
		return err
	})
	return u, err
}

// prepare checks a registration and hashes its password.
func (c *Core) prepare(ctx context.Context, r Registration) (row store.NewUser, err error) {
	role, roleErr := defaultRole(r.Role)
	number, phoneErr := c.parsePhone(r.Phone, "phone_number")
	lat, latErr := latitude(r.Place.Latitude)
	lon, lonErr := longitude(r.Place.Longitude)
	if err := allFields(phoneErr, checkPassword(r.Password, r.Phone, "password"), roleErr, latErr, lonErr); err != nil {
		return row, err
	}
	if _, err := c.store.ByPhone(ctx, number); err == nil {
		return row, auth.ErrPhoneTaken.At("phone_number") // before the hash, which is the expensive part
	} else if !errors.Is(err, auth.ErrUserUnknown) {
		return row, err
	}
	if _, lives, err := c.findThere(ctx, number); err != nil {
		return row, err
	} else if lives {
		return row, auth.ErrPhoneTaken.At("phone_number")
	}
	hash, err := c.hash(ctx, r.Password, number, "password")
	return store.NewUser{Phone: number, PhoneTyped: strings.TrimSpace(r.Phone), Password: hash, Role: string(role),
		FullName: strings.TrimSpace(r.FullName), LastName: strings.TrimSpace(r.LastName), Bio: r.Bio,
		Latitude: lat, Longitude: lon}, err
}

// add inserts a user and tells the others.
func (c *Core) add(ctx context.Context, p Picture, row store.NewUser) (store.User, error) {
	if err := c.apart(ctx); err != nil {
		return store.User{}, err
	}
	u, err := c.store.Insert(ctx, row)
	if err != nil {
		return u, err
	}
	created := auth.UserCreated{UserID: u.ID, PhoneNumber: u.Phone, FullName: u.FullName, Role: auth.Role(u.Role)}
	if err := c.publish(ctx, created); err != nil {
		return u, err
	}
	return c.firstPicture(ctx, u, p)
}

// parseRole reads a role. Errors: about the field role, in the contract's words.
func parseRole(s string) (auth.Role, error) {
	role, ok := auth.ParseRole(s)
	if !ok {
		return role, errs.New(errs.Invalid, auth.ErrRoleInvalid.Code, fmt.Sprintf("\"%s\" no es una elección válida.", s),
			fmt.Sprintf("\"%s\" is not a valid choice.", s)).At("role")
	}
	return role, nil
}

// defaultRole is the role of a registration: whoever does not say is a consumer, so that nobody is
// without a profile.
func defaultRole(s string) (auth.Role, error) {
	role, err := parseRole(s)
	if role == auth.NoRole {
		role = auth.Consumer
	}
	return role, err
}

// allFields joins errors about fields into one answer that names them all.
func allFields(all ...error) error {
	var fields []errs.Field
	code := ""
	for _, err := range all {
		var e *errs.Error
		switch {
		case err == nil:
		case errors.As(err, &e) && len(e.Fields) > 0:
			fields, code = append(fields, e.Fields...), e.Code
		default:
			return err
		}
	}
	if len(fields) == 0 {
		return nil
	}
	joined := errs.InvalidFields(fields...)
	if len(fields) == 1 {
		joined.Code = code
	}
	return joined
}
