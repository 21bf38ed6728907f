package living

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"agrovet/internal/auth/internal/store"
)

// Person is somebody as the original's auth tells of them (contract: rest.md §2, User) or its user.created does
// (events.md §3), which has less.
type Person struct {
	ID        int64
	Phone     string
	FullName  string
	LastName  string
	Role      string
	Bio       *string
	Picture   string // URL
	Latitude  *float64
	Longitude *float64
	Joined    time.Time
	Inactive  bool
}

// Errors of persons who cannot become users.
var (
	errNoID     = errors.New("no id")
	errNoNumber = errors.New("no telephone number")
	errInactive = errors.New("inactive")
)

// Newcomer is the user that the person becomes, with this password; country is where numbers without a country code
// are from.
//
// Errors: a person without id or number, whom nobody could sign in as; an inactive one.
func (p Person) Newcomer(country, password string) (n store.Newcomer, err error) {
	number := Phone(p.Phone, country)
	switch {
	case p.ID <= 0:
		return n, errNoID
	case number == "":
		return n, errNoNumber
	case p.Inactive:
		return n, errInactive
	}
	n = store.Newcomer{ID: p.ID, Phone: number, PhoneTyped: clip(p.Phone, 32), Password: password,
		FullName: clip(p.FullName, 150), LastName: clip(p.LastName, 150), Bio: p.Bio, DateJoined: p.Joined}
	n.Role, _ = Role(p.Role)
	n.Latitude, n.Longitude = place(p.Latitude, p.Longitude)
	if picture := clip(p.Picture, 501); len(picture) <= 500 { // half an address is none
		n.Picture = picture
	}
	if p.Bio != nil {
		n.Bio = new(clip(*p.Bio, maxInput))
	}
	if p.Joined.IsZero() {
		n.DateJoined = time.Now()
	}
	return n, nil
}

// clip is a text as the database can keep it, of so many characters at most.
func clip(s string, most int) string {
	s = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), ""))
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// told is a person in the original's JSON. Numbers may be texts there, and most fields null or absent.
type told struct {
	ID        json.Number  `json:"id"`
	UserID    json.Number  `json:"user_id"` // in events
	Phone     string       `json:"phone_number"`
	FullName  string       `json:"full_name"`
	LastName  string       `json:"last_name"`
	Role      string       `json:"role"`
	Bio       *string      `json:"bio"`
	Picture   string       `json:"profile_picture"`
	Latitude  *json.Number `json:"latitude"`
	Longitude *json.Number `json:"longitude"`
	Joined    *time.Time   `json:"date_joined"`
	Active    *bool        `json:"is_active"`
}

func (t told) person() Person {
	id, err := t.ID.Int64()
	if err != nil {
		id, _ = t.UserID.Int64() // 0: none
	}
	p := Person{ID: id, Phone: t.Phone, FullName: t.FullName, LastName: t.LastName, Role: t.Role, Bio: t.Bio, Picture: t.Picture,
		Latitude: degrees(t.Latitude), Longitude: degrees(t.Longitude), Inactive: t.Active != nil && !*t.Active}
	if t.Joined != nil {
		p.Joined = *t.Joined
	}
	return p
}

func degrees(n *json.Number) *float64 {
	if n == nil {
		return nil
	}
	v, err := n.Float64()
	if err != nil {
		return nil
	}
	return &v
}

// Created reads the data of the original's user.created. Errors: it is not of that shape.
func Created(data []byte) (Person, error) {
	var t told
	err := json.Unmarshal(data, &t)
	return t.person(), err
}
