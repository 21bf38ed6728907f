package web

import (
	"agrovet/internal/auth/internal/core"
	"agrovet/internal/platform/httpx"
)

// Person has the fields of a user that clients send, in registrations and changes alike.
type Person struct {
	FullName  httpx.Opt[string] `json:"full_name" nullable:"false" maxLength:"150" required:"false"`
	LastName  httpx.Opt[string] `json:"last_name" nullable:"false" maxLength:"150" required:"false"`
	Role      httpx.Opt[string] `json:"role" required:"false" doc:"specialist, businessman or consumer, in any case."`
	Bio       httpx.Opt[string] `json:"bio" maxLength:"10000" required:"false"`
	Latitude  httpx.Opt[string] `json:"latitude" format:"decimal" required:"false" doc:"Degrees from -90 to 90, at most 7 decimals; a number or a text."`
	Longitude httpx.Opt[string] `json:"longitude" format:"decimal" required:"false" doc:"Degrees from -180 to 180."`
}

// registration is the body of POST register/ and users/.
type registration struct {
	Person
	PhoneNumber string            `json:"phone_number" minLength:"1" maxLength:"32"`
	Password    string            `json:"password" minLength:"1" maxLength:"1024"`
	Device      httpx.Opt[string] `json:"device" maxLength:"200" required:"false" doc:"What to call this session; else the User-Agent."`
}

// Changes is the body of PATCH users/{id}/.
type Changes struct {
	Person
	PhoneNumber     httpx.Opt[string] `json:"phone_number" maxLength:"32" required:"false"`
	Password        httpx.Opt[string] `json:"password" maxLength:"1024" required:"false" doc:"A new password; one's own needs current_password."`
	CurrentPassword httpx.Opt[string] `json:"current_password" maxLength:"1024" required:"false"`
	IsActive        httpx.Opt[bool]   `json:"is_active" required:"false" doc:"Changed by staff only, else ignored."`
	IsStaff         httpx.Opt[bool]   `json:"is_staff" required:"false" doc:"Changed by superusers only, else ignored."`
	IsSuperuser     httpx.Opt[bool]   `json:"is_superuser" required:"false" doc:"Changed by superusers only, else ignored."`
}

// whole is the body of PUT users/{id}/.
type whole struct {
	Changes
	PhoneNumber string `json:"phone_number" minLength:"1" maxLength:"32"`
}

// core is the registration for the rules. The device is the body's, else the given one.
func (b registration) core(device string) core.Registration {
	return core.Registration{Phone: b.PhoneNumber, Password: b.Password, Role: b.Role.Or(""),
		FullName: b.FullName.Or(""), LastName: b.LastName.Or(""), Bio: b.Bio.Ptr(),
		Place: core.Place{Latitude: b.Latitude.Ptr(), Longitude: b.Longitude.Ptr()}, Device: b.Device.Or(device)}
}

// core is the change for the rules. An empty password is none: forms send the field along.
func (b Changes) core() core.Change {
	c := core.Change{FullName: b.FullName.Ptr(), LastName: b.LastName.Ptr(), Role: b.Role.Ptr(), Phone: b.PhoneNumber.Ptr(),
		Bio: clearable(b.Bio), Latitude: clearable(b.Latitude), Longitude: clearable(b.Longitude),
		Active: b.IsActive.Ptr(), Staff: b.IsStaff.Ptr(), Superuser: b.IsSuperuser.Ptr()}
	if fresh := b.Password.Or(""); fresh != "" {
		c.Password = &core.NewPassword{Current: b.CurrentPassword.Or(""), Fresh: fresh, Field: "password"}
	}
	return c
}

// clearable is nil for a field that was not sent, and points to nil for one that is to be cleared.
func clearable(f httpx.Opt[string]) **string {
	if !f.Sent {
		return nil
	}
	value := f.Ptr()
	return &value
}
