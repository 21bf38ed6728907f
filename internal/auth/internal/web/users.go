package web

import (
	"context"
	"errors"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/core"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/pg"
)

type userBody = httpx.Body[User]

func (h *handlers) me(ctx context.Context, _ *struct{}) (*userBody, error) {
	return h.show(ctx, authn.UserID(ctx))
}

type userInput struct {
	ID int64 `path:"id"`
}

func (h *handlers) get(ctx context.Context, in *userInput) (*userBody, error) {
	return h.show(ctx, in.ID)
}

func (h *handlers) show(ctx context.Context, id int64) (*userBody, error) {
	u, err := h.core.Get(ctx, id)
	if err != nil {
		return nil, notFound(err)
	}
	return httpx.OK(h.one(ctx, u)), nil
}

// notFound answers for unknown users in the contract's words.
func notFound(err error) error {
	if errors.Is(err, auth.ErrUserUnknown) {
		return errs.ErrNotFound
	}
	return err
}

type listInput struct {
	httpx.PageParams
	Search string `query:"search" doc:"Words, split at blanks and commas. The first 8 count, of the first 100 characters."`
}

// position is where a page of a cursor's walk ended.
type position struct {
	ID int64 `json:"id"`
}

func (h *handlers) list(ctx context.Context, in *listInput) (*httpx.Body[httpx.Page[User]], error) {
	p, _ := authn.From(ctx)
	search := core.ParseSearch(in.Search, p.Staff || p.Superuser)
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[store.User, position]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.Count(ctx, search, limit) },
		Rows: func(ctx context.Context, s httpx.Span[position]) ([]store.User, bool, error) {
			return pg.Peek(s.Limit, func(limit int) ([]store.User, error) {
				span := store.Span{Skip: s.Skip, Amount: limit}
				if s.After != nil {
					span.After = s.After.ID
				}
				return h.core.Page(ctx, search, span)
			})
		},
		End: func(last store.User) position { return position{last.ID} },
	}, h.all)
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}

// created is the answer to POST users/: the fields of the registration, without password and token.
type created struct {
	ID             int64   `json:"id"`
	PhoneNumber    string  `json:"phone_number"`
	FullName       string  `json:"full_name"`
	LastName       string  `json:"last_name"`
	Role           string  `json:"role"`
	Bio            *string `json:"bio"`
	Latitude       *string `json:"latitude"`
	Longitude      *string `json:"longitude"`
	ProfilePicture *string `json:"profile_picture"`
}

func (h *handlers) create(ctx context.Context, in *registerInput) (*httpx.Body[created], error) {
	picture, err := h.uploaded(ctx, "profile_picture", 0)
	if err != nil {
		return nil, err
	}
	registration := in.Body.core("")
	registration.Picture = picture
	row, err := h.core.Create(ctx, registration)
	if err != nil {
		return nil, err
	}
	u := show(ctx, row, true)
	return httpx.OK(created{u.ID, u.PhoneNumber, u.FullName, u.LastName, u.Role, u.Bio, u.Latitude, u.Longitude, u.ProfilePicture}), nil
}

type changeInput struct {
	ID   int64 `path:"id"`
	Body Changes
}

func (h *handlers) change(ctx context.Context, in *changeInput) (*userBody, error) {
	return h.apply(ctx, in.ID, in.Body)
}

type replaceInput struct {
	ID   int64 `path:"id"`
	Body whole
}

func (h *handlers) replace(ctx context.Context, in *replaceInput) (*userBody, error) {
	in.Body.Changes.PhoneNumber = httpx.Opt[string]{Sent: true, Value: in.Body.PhoneNumber}
	return h.apply(ctx, in.ID, in.Body.Changes)
}

func (h *handlers) apply(ctx context.Context, id int64, body Changes) (*userBody, error) {
	p, _ := authn.From(ctx)
	change := body.core()
	picture, err := h.uploaded(ctx, "profile_picture", id)
	if err != nil {
		return nil, err
	}
	if picture.ID != 0 {
		change.Picture = &picture
	}
	u, err := h.core.Update(ctx, p, id, change)
	if err != nil {
		return nil, notFound(err)
	}
	return httpx.OK(h.one(ctx, u)), nil
}

func (h *handlers) delete(ctx context.Context, in *userInput) (*struct{}, error) {
	p, _ := authn.From(ctx)
	return nil, notFound(h.core.Delete(ctx, p, in.ID))
}
