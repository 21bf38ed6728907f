package web

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilesjson"
)

// User is a user as REST answers show them (contract: rest.md §2).
type User struct {
	ID                 int64                     `json:"id"`
	FullName           string                    `json:"full_name"`
	LastName           string                    `json:"last_name"`
	PhoneNumber        string                    `json:"phone_number" doc:"As its owner writes it. Empty for everybody but the user and staff."`
	Role               string                    `json:"role" doc:"Specialist, businessman or consumer; empty when there is none."`
	Bio                *string                   `json:"bio"`
	ProfilePicture     *string                   `json:"profile_picture"`
	Latitude           *string                   `json:"latitude" doc:"Degrees with 7 decimals. Null for everybody but the user and staff."`
	Longitude          *string                   `json:"longitude"`
	DateJoined         string                    `json:"date_joined" format:"date-time"`
	IsActive           bool                      `json:"is_active" doc:"Known to the user and staff; everybody else reads true."`
	IsStaff            bool                      `json:"is_staff" doc:"Known to the user and staff; everybody else reads false."`
	SpecialistProfile  *profilesjson.Specialist  `json:"specialist_profile"`
	BusinessmanProfile *profilesjson.Businessman `json:"businessman_profile"`
	ConsumerProfile    *profilesjson.Consumer    `json:"consumer_profile"`
}

// timeFormat is the original's: ISO 8601, microseconds, UTC.
const timeFormat = "2006-01-02T15:04:05.000000Z"

func timeText(t time.Time) string { return t.UTC().Format(timeFormat) }

// private says whether the principal sees everything of the user.
func private(p authn.Principal, userID int64) bool { return p.Is(userID) || p.Staff || p.Superuser }

// show makes the JSON of a user for whoever asks, without profile.
func show(ctx context.Context, u store.User, everything bool) User {
	out := User{ID: u.ID, FullName: u.FullName, LastName: u.LastName, Role: auth.Role(u.Role).Display(), Bio: u.Bio,
		DateJoined: timeText(u.DateJoined), IsActive: true}
	if u.Picture != "" {
		picture := httpx.Absolute(ctx, u.Picture)
		out.ProfilePicture = &picture
	}
	if everything {
		out.PhoneNumber, out.Latitude, out.Longitude = u.PhoneTyped, degrees(u.Latitude), degrees(u.Longitude)
		out.IsActive, out.IsStaff = u.IsActive, u.IsStaff
	}
	return out
}

func degrees(d *float64) *string {
	if d == nil {
		return nil
	}
	s := strconv.FormatFloat(*d, 'f', 7, 64)
	return &s
}

// one shows one user with the profile.
func (h *handlers) one(ctx context.Context, u store.User) User {
	return h.all(ctx, []store.User{u})[0]
}

// self shows a user to themselves, also before the request has a principal (registration, login).
func (h *handlers) self(ctx context.Context, u store.User) User {
	return h.one(authn.With(ctx, authn.Principal{UserID: u.ID}), u)
}

// all shows users with their profiles, which are asked for together. Without profiles' answer the
// page is shown all the same.
func (h *handlers) all(ctx context.Context, users []store.User) []User {
	p, _ := authn.From(ctx)
	cards, known := h.cards(ctx, users)
	out := make([]User, len(users))
	for i, u := range users {
		everything := private(p, u.ID)
		out[i] = show(ctx, u, everything)
		if known {
			nest(&out[i], card(cards, u), displayName(u), everything)
		}
	}
	h.illustrate(ctx, out)
	return out
}

// illustrate puts the files of the nested profiles in, asking media once for all of them.
func (h *handlers) illustrate(ctx context.Context, users []User) {
	var page []profilesjson.Profile
	for i := range users {
		if p := users[i].SpecialistProfile; p != nil {
			page = append(page, p)
		}
		if p := users[i].BusinessmanProfile; p != nil {
			page = append(page, p)
		}
	}
	if err := profilesjson.Illustrate(ctx, h.files, page...); err != nil {
		slog.WarnContext(ctx, "profiles shown without files", "error", err)
	}
}

// cards are the users' profiles; known is false when they cannot be had.
func (h *handlers) cards(ctx context.Context, users []store.User) (cards map[int64]profiles.Card, known bool) {
	if h.profiles == nil || len(users) == 0 {
		return nil, false
	}
	ids := make([]int64, len(users))
	for i, u := range users {
		ids[i] = u.ID
	}
	cards, err := h.profiles.Cards(ctx, ids...)
	if err != nil {
		slog.WarnContext(ctx, "users shown without profiles", "error", err)
	}
	return cards, err == nil
}

// card is the user's profile, or the empty one that an event is about to make: after a registration,
// or after a change of the role, which the profile follows.
func card(cards map[int64]profiles.Card, u store.User) profiles.Card {
	card, ok := cards[u.ID]
	if ok && (u.Role == "" || kindOf(card) == profiles.Kind(u.Role)) {
		return card
	}
	empty, _ := profiles.Empty(profiles.Kind(u.Role), u.ID)
	return empty
}

func kindOf(c profiles.Card) profiles.Kind {
	switch {
	case c.Specialist != nil:
		return profiles.KindSpecialist
	case c.Businessman != nil:
		return profiles.KindBusinessman
	}
	return profiles.KindConsumer
}

func displayName(u store.User) string {
	return auth.User{ID: u.ID, FullName: u.FullName}.DisplayName()
}

func nest(to *User, c profiles.Card, display string, owner bool) {
	switch {
	case c.Specialist != nil:
		p := profilesjson.NewSpecialist(*c.Specialist, display, owner)
		to.SpecialistProfile = &p
	case c.Businessman != nil:
		p := profilesjson.NewBusinessman(*c.Businessman, display)
		to.BusinessmanProfile = &p
	case c.Consumer != nil:
		p := profilesjson.NewConsumer(*c.Consumer, display)
		to.ConsumerProfile = &p
	}
}
