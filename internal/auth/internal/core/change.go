package core

import (
	"context"
	"reflect"
	"strings"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
)

// ErrPhoneByCode says how to change one's number.
var ErrPhoneByCode = errs.New(errs.Invalid, "auth.phone_needs_code",
	"Para cambiar de número, confirme el nuevo con un código: POST /api/auth/phone/change/.",
	"To change the number, confirm the new one with a code: POST /api/auth/phone/change/.")

// Change is what is to become of a user; nil leaves a field as it is.
type Change struct {
	FullName, LastName *string
	Role               *string
	Phone              *string  // another line only by staff; another spelling of the same one by its owner
	Bio                **string // to nil: cleared
	Latitude           **string // as in Place; to nil or blank: cleared
	Longitude          **string
	Active             *bool // by staff
	Staff, Superuser   *bool // by superusers
	Password           *NewPassword
	Picture            *Picture // uploaded before, as the user's
}

// Update changes a user in the name of by. Users change themselves, staff changes members, superusers
// everybody. What by may not change of a user, and what stays as it is, is ignored, because clients
// send whole objects back. A new password ends the user's other sessions.
//
// Errors: auth.ErrUserUnknown, errs.ErrForbidden; field errors, among them ErrPhoneByCode; those of
// ChangePassword.
func (c *Core) Update(ctx context.Context, by authn.Principal, id int64, change Change) (u store.User, err error) {
	var fresh secret
	if change.Password != nil {
		if fresh, err = c.newSecretFor(ctx, by, id, change); err != nil {
			return u, err
		}
	}
	err = c.tx(ctx, func(ctx context.Context) error {
		old, err := c.lockFor(ctx, by, id)
		if err != nil {
			return err
		}
		if change.Password != nil {
			if err := c.setSecret(ctx, old, fresh, ownSession(by, id)); err != nil {
				return err
			}
		}
		if u, err = c.update(ctx, by, old, change); err == nil && change.Picture != nil {
			u, err = c.setPicture(ctx, u, *change.Picture)
		}
		return err
	})
	return u, err
}

// newSecretFor is newSecret for a change that is otherwise fine: all that is wrong is told together,
// and before the hash, which is the expensive part.
func (c *Core) newSecretFor(ctx context.Context, by authn.Principal, id int64, change Change) (s secret, err error) {
	u, err := c.store.ByID(ctx, id)
	if err == nil {
		err = may(by, u)
	}
	if err != nil {
		return s, err
	}
	_, err = c.apply(by, u, change)
	if err := allFields(err, checkPassword(change.Password.Fresh, u.Phone, change.Password.Field)); err != nil {
		return s, err
	}
	return c.newSecret(ctx, by, u, *change.Password)
}

// lockFor finds a user whom by may change and nobody else changes until the commit.
func (c *Core) lockFor(ctx context.Context, by authn.Principal, id int64) (store.User, error) {
	u, err := c.store.Lock(ctx, id)
	if err != nil {
		return u, err
	}
	return u, may(by, u)
}

// may refuses whoever may not change the user. Staff is changed by superusers alone, or anybody of
// the staff could become a superuser by giving one another number or password.
func may(by authn.Principal, u store.User) error {
	if by.Is(u.ID) || by.Superuser || by.Staff && !u.IsStaff && !u.IsSuperuser {
		return nil
	}
	return errs.ErrForbidden
}

// ownSession is the session that stays when by changes the user's password.
func ownSession(by authn.Principal, id int64) int64 {
	if by.Is(id) {
		return by.SessionID
	}
	return 0
}

// update writes the changes of a user, who is locked, and tells of them.
func (c *Core) update(ctx context.Context, by authn.Principal, old store.User, change Change) (store.User, error) {
	row, err := c.apply(by, old, change)
	if err != nil {
		return old, err
	}
	u, err := c.store.Update(ctx, row)
	if err != nil {
		return u, err
	}
	return u, c.tell(ctx, old, u)
}

// apply works out the changed row.
func (c *Core) apply(by authn.Principal, old store.User, change Change) (row store.Changes, err error) {
	row = unchanged(old)
	set(&row.FullName, trimmed(change.FullName))
	set(&row.LastName, trimmed(change.LastName))
	set(&row.Bio, change.Bio)
	if by.Staff || by.Superuser {
		set(&row.IsActive, change.Active)
	}
	if by.Superuser {
		set(&row.IsStaff, change.Staff)
		set(&row.IsSuperuser, change.Superuser)
	}
	return row, allFields(c.applyPhone(by, &row, change.Phone), applyRole(&row, change.Role),
		applyPlace(&row.Latitude, change.Latitude, latitude), applyPlace(&row.Longitude, change.Longitude, longitude))
}

func applyPlace(to **float64, text **string, read func(*string) (*float64, error)) error {
	if text == nil {
		return nil
	}
	v, err := read(*text)
	if err == nil {
		*to = v
	}
	return err
}

// unchanged is the row as it is.
func unchanged(u store.User) store.Changes {
	return store.Changes{ID: u.ID, Phone: u.Phone, PhoneTyped: u.PhoneTyped, Role: u.Role, FullName: u.FullName,
		LastName: u.LastName, Bio: u.Bio, Latitude: u.Latitude, Longitude: u.Longitude,
		IsActive: u.IsActive, IsStaff: u.IsStaff, IsSuperuser: u.IsSuperuser}
}

func set[T any](to *T, value *T) {
	if value != nil {
		*to = *value
	}
}

func trimmed(s *string) *string {
	if s == nil {
		return nil
	}
	t := strings.TrimSpace(*s)
	return &t
}

// applyRole ignores an empty role: nobody becomes a user without a profile.
func applyRole(row *store.Changes, role *string) error {
	if role == nil {
		return nil
	}
	r, err := parseRole(*role)
	if err == nil && r != auth.NoRole {
		row.Role = string(r)
	}
	return err
}

// applyPhone takes over another spelling of the same line. Another line is for staff to set, and not
// even for them when it is their own: that needs proof.
func (c *Core) applyPhone(by authn.Principal, row *store.Changes, typed *string) error {
	if typed == nil || strings.TrimSpace(*typed) == "" || strings.TrimSpace(*typed) == row.PhoneTyped {
		return nil
	}
	number, err := c.parsePhone(*typed, "phone_number")
	if err != nil {
		return err
	}
	if number != row.Phone && (by.Is(row.ID) || !by.Staff && !by.Superuser) {
		return ErrPhoneByCode.At("phone_number")
	}
	row.Phone, row.PhoneTyped = number, strings.TrimSpace(*typed)
	return nil
}

// tell publishes what really changed, and drops cached rights.
func (c *Core) tell(ctx context.Context, old, u store.User) error {
	if rights(old) != rights(u) {
		if err := c.forgetUser(ctx, u.ID); err != nil {
			return err
		}
	}
	if !u.IsActive && old.IsActive {
		if err := c.EndOtherSessions(ctx, u.ID, 0); err != nil {
			return err
		}
	}
	if shown(old) != shown(u) || !reflect.DeepEqual(old.Bio, u.Bio) {
		if err := c.publish(ctx, shown(u)); err != nil {
			return err
		}
	}
	if old.Role != u.Role {
		return c.publish(ctx, auth.RoleChanged{UserID: u.ID, Role: auth.Role(u.Role), Previous: auth.Role(old.Role)})
	}
	return nil
}

// userRights are what a session's principal is made of.
type userRights struct {
	role                     string
	active, staff, superuser bool
}

func rights(u store.User) userRights {
	return userRights{u.Role, u.IsActive, u.IsStaff, u.IsSuperuser}
}

func shown(u store.User) auth.UserUpdated {
	return auth.UserUpdated{UserID: u.ID, FullName: u.FullName, LastName: u.LastName, ProfilePicture: u.Picture,
		Role: auth.Role(u.Role), IsActive: u.IsActive}
}

// Delete removes a user in the name of by, with everything that auth has of them; the other modules
// follow the event.
//
// Errors: auth.ErrUserUnknown, errs.ErrForbidden.
func (c *Core) Delete(ctx context.Context, by authn.Principal, id int64) error {
	return c.tx(ctx, func(ctx context.Context) error {
		if _, err := c.lockFor(ctx, by, id); err != nil {
			return err
		}
		if err := c.forgetUser(ctx, id); err != nil {
			return err
		}
		if err := c.store.Delete(ctx, id); err != nil {
			return err
		}
		if err := c.store.ForgetTaken(ctx, id); err != nil {
			return err
		}
		return c.publish(ctx, auth.UserDeleted{UserID: id}, auth.SessionsEnded{UserID: id, SessionIDs: []int64{}})
	})
}
