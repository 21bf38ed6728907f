package web

import (
	"context"

	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
)

// export is everything that auth has of a user.
type export struct {
	User     User          `json:"user"`
	Phone    string        `json:"phone_number_e164"`
	LastSeen *string       `json:"last_login" format:"date-time"`
	Sessions []session     `json:"sessions" nullable:"false"`
	Codes    []codeRequest `json:"code_requests" nullable:"false" doc:"Codes asked for in the last two days, the newest first."`
}

// codeRequest is one time that a code was asked for.
type codeRequest struct {
	Purpose   string `json:"purpose" doc:"password or phone"`
	Phone     string `json:"phone" doc:"Where the code went."`
	Address   string `json:"address" doc:"Who asked."`
	State     string `json:"state"`
	CreatedAt string `json:"created_at" format:"date-time"`
}

func (h *handlers) export(ctx context.Context, _ *struct{}) (*httpx.Body[export], error) {
	id := authn.UserID(ctx)
	u, err := h.core.Get(ctx, id)
	if err != nil {
		return nil, notFound(err)
	}
	sessions, err := h.ownSessions(ctx)
	if err != nil {
		return nil, err
	}
	requests, err := h.core.CodeRequests(ctx, id)
	if err != nil {
		return nil, err
	}
	out := export{User: h.one(ctx, u), Phone: u.Phone, Sessions: sessions, Codes: codesJSON(requests)}
	if u.LastLogin != nil {
		t := timeText(*u.LastLogin)
		out.LastSeen = &t
	}
	return httpx.OK(out), nil
}

func codesJSON(requests []store.Request) []codeRequest {
	out := make([]codeRequest, len(requests))
	for i, r := range requests {
		out[i] = codeRequest{r.Purpose, r.Phone, r.Address, r.State, timeText(r.CreatedAt)}
	}
	return out
}
