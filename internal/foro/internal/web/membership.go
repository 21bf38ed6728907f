package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	joinDoc  = "Who is in it already stays so. 403 for whom its moderators have put out."
	leaveDoc = "Who is not in it stays so. 409 for its owner while there are others: they name another owner first."
)

func registerMembership(r *httpx.Router, h handlers) {
	limits := []httpx.RateLimit{{Name: "foro.joins", By: httpx.ByUser, Limit: kv.Limit{Events: 120, Period: time.Minute}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: oneCommunity + "join/", ID: "foro.communities.join", Summary: "Join a community", Doc: joinDoc, Access: httpx.Member, Limits: limits}, h.join)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: oneCommunity + "leave/", ID: "foro.communities.leave", Summary: "Leave a community", Doc: leaveDoc, Access: httpx.Member, Limits: limits}, h.leave)
}

// Joined is the answer to joining.
type Joined struct {
	Joined bool `json:"joined"`
}

func (h handlers) join(ctx context.Context, in *communityInput) (*httpx.Body[Joined], error) {
	if err := h.core.JoinCommunity(ctx, in.ID); err != nil {
		return nil, err
	}
	return httpx.OK(Joined{true}), nil
}

// Left is the answer to leaving.
type Left struct {
	Left bool `json:"left"`
}

func (h handlers) leave(ctx context.Context, in *communityInput) (*httpx.Body[Left], error) {
	if err := h.core.LeaveCommunity(ctx, in.ID); err != nil {
		return nil, err
	}
	return httpx.OK(Left{true}), nil
}
