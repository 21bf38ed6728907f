package web

import (
	"context"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
)

// Who is somebody as the forum shows them (contract: rest.md §7).
type Who struct {
	ID               int64   `json:"id" doc:"0: they ask without their name, or their account is gone."`
	Name             string  `json:"name"`
	FullName         string  `json:"full_name" doc:"The same as name, for older clients."`
	Avatar           *string `json:"avatar"`
	ProfilePicture   *string `json:"profile_picture" doc:"The same as avatar, for older clients."`
	Role             string  `json:"role"`
	Profession       *string `json:"profession,omitempty" doc:"Of specialists."`
	VerificationType *string `json:"verification_type,omitempty" doc:"Of verified specialists: graduated, student, title."`
	IsVerified       *bool   `json:"is_verified,omitempty" doc:"Of specialists, by staff's decision."`
	IsStudent        *bool   `json:"is_student,omitempty"`
	IsTitled         *bool   `json:"is_titled,omitempty"`
	BusinessType     *string `json:"business_type,omitempty" doc:"Of businessmen."`
	BusinessName     *string `json:"business_name,omitempty"`
	Anonymous        bool    `json:"anonymous,omitempty" doc:"They do not show their name; staff and they themselves see it."`
}

// How those are called who have no name here.
var (
	nobody = errs.Text{ES: "Anónimo", EN: "Anonymous"}
	gone   = errs.Text{ES: "Usuario eliminado", EN: "Deleted user"}
)

// who makes the JSON of somebody.
func who(ctx context.Context, w core.Who) Who {
	picture := text(httpx.Absolute(ctx, w.User.Picture))
	out := Who{ID: w.User.ID, Name: w.User.DisplayName(), Avatar: picture, ProfilePicture: picture, Role: w.User.Role.Display(), Anonymous: w.Anonymous}
	switch {
	case w.User.ID != 0:
	case w.Anonymous:
		out.Name = nobody.In(httpx.Lang(ctx))
	default:
		out.Name = gone.In(httpx.Lang(ctx))
	}
	out.FullName = out.Name
	switch {
	case w.Card.Specialist != nil:
		s := w.Card.Specialist
		v := s.Verification
		out.Profession, out.IsVerified = new(s.Profession), new(v.Verified)
		out.VerificationType = text(string(v.Type))
		out.IsStudent = new(v.Verified && v.Type == profiles.Student)
		out.IsTitled = new(v.Verified && (v.Type == profiles.Graduated || v.Type == profiles.Title))
	case w.Card.Businessman != nil:
		out.BusinessType, out.BusinessName = new(w.Card.Businessman.BusinessType), new(w.Card.Businessman.BusinessName)
	}
	return out
}
