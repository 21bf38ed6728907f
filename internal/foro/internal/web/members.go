package web

import (
	"context"
	"net/http"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

const (
	membersDoc = "Who has been there for longest first."
	roleDoc    = "By its owner or staff; of a standard community, which has no owner, by staff alone. Who becomes the owner takes the place of the one before, who moderates from then on."
	putOutDoc  = "By its owner, a moderator or staff. They cannot come back, also when they were not in it. Moderators put out members alone; when staff puts out the owner, the longest moderator, else the longest member, is the next one."
	liftDoc    = "By its owner, a moderator or staff."
)

func registerMembers(r *httpx.Router, h handlers) {
	registerMembership(r, h)
	members, bans := oneCommunity+"members/", oneCommunity+"bans/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: members, ID: "foro.members.list", Summary: "List the members of a community", Doc: membersDoc, Access: httpx.Member}, h.members)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: members + "{user_id}/", ID: "foro.members.role", Summary: "Say what somebody is in a community", Doc: roleDoc,
		Access: httpx.Owner, Limits: communityWrites}, h.setRole)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: members + "{user_id}/", ID: "foro.members.putOut", Summary: "Put somebody out of a community", Doc: putOutDoc,
		Access: httpx.Participant, Limits: communityWrites}, h.putOut)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: bans, ID: "foro.bans.list", Summary: "List who is kept out of a community", Doc: "The newest first. " + liftDoc, Access: httpx.Participant}, h.bans)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: bans + "{user_id}/", ID: "foro.bans.lift", Summary: "Let somebody come back to a community", Doc: liftDoc,
		Access: httpx.Participant, Limits: communityWrites}, h.lift)
}

// Member is somebody in a community.
type Member struct {
	User     Who    `json:"user"`
	Role     string `json:"role" doc:"owner, moderator or member"`
	JoinedAt string `json:"joined_at" format:"date-time"`
}

func member(ctx context.Context, m core.Membership) Member {
	return Member{User: who(ctx, m.Who), Role: string(m.Role), JoinedAt: written(m.JoinedAt)}
}

type membersInput struct {
	httpx.PageParams
	ID   int64  `path:"id" doc:"The community's id."`
	Role string `query:"role" enum:"owner,moderator,member" doc:"Those who are this."`
}

func (h handlers) members(ctx context.Context, in *membersInput) (*httpx.Body[httpx.Page[Member]], error) {
	role := foro.Role(in.Role)
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Membership, store.Since]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			return h.core.CountMembers(ctx, in.ID, role, limit)
		},
		Rows: func(ctx context.Context, s httpx.Span[store.Since]) ([]core.Membership, bool, error) {
			return h.core.Members(ctx, in.ID, role, store.SinceSpan(s))
		},
		End: func(last core.Membership) store.Since { return store.Since{At: last.JoinedAt, ID: last.UserID} },
	}, httpx.Each(member)))
}

type setRoleInput struct {
	ID     int64 `path:"id" doc:"The community's id."`
	UserID int64 `path:"user_id" doc:"The member's id."`
	Body   struct {
		Role httpx.Opt[string] `json:"role,omitempty" nullable:"false" doc:"owner, moderator or member"`
	}
}

func (h handlers) setRole(ctx context.Context, in *setRoleInput) (*httpx.Body[Member], error) {
	m, err := h.core.SetRole(ctx, in.ID, in.UserID, foro.Role(in.Body.Role.Value))
	if err != nil {
		return nil, err
	}
	return httpx.OK(member(ctx, m)), nil
}

type memberInput struct {
	ID     int64 `path:"id" doc:"The community's id."`
	UserID int64 `path:"user_id" doc:"The person's id."`
}

func (h handlers) putOut(ctx context.Context, in *memberInput) (*struct{}, error) {
	return nil, h.core.PutOut(ctx, in.ID, in.UserID)
}

// Ban keeps somebody out of a community.
type Ban struct {
	User      Who    `json:"user"`
	By        Who    `json:"by" doc:"Who put them out."`
	CreatedAt string `json:"created_at" format:"date-time"`
}

func ban(ctx context.Context, b core.Exclusion) Ban {
	return Ban{User: who(ctx, b.Who), By: who(ctx, b.By), CreatedAt: written(b.At)}
}

type bansInput struct {
	httpx.PageParams
	ID int64 `path:"id" doc:"The community's id."`
}

func (h handlers) bans(ctx context.Context, in *bansInput) (*httpx.Body[httpx.Page[Ban]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Exclusion, store.Since]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.CountBans(ctx, in.ID, limit) },
		Rows: func(ctx context.Context, s httpx.Span[store.Since]) ([]core.Exclusion, bool, error) {
			return h.core.Bans(ctx, in.ID, store.SinceSpan(s))
		},
		End: func(last core.Exclusion) store.Since { return store.Since{At: last.At, ID: last.UserID} },
	}, httpx.Each(ban)))
}

func (h handlers) lift(ctx context.Context, in *memberInput) (*struct{}, error) {
	return nil, h.core.LiftBan(ctx, in.ID, in.UserID)
}
