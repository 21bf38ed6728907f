package web

import (
	"context"
	"net/http"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/httpx"
)

const (
	membersDoc = "By when they joined."
	addDoc     = "Owner and admins of a group may; at most 1,024 are in it. They see what happens from now on. Who is in it already stays as they are; nobody is added by somebody whom they block."
	removeDoc  = "Oneself: leaves the group. Others: the owner may put out everybody, admins those who are neither. When the owner leaves, the admin who has been there longest is the next, else the member."
	roleDoc    = "The owner may. There is one: who gives this away is an admin from then on."
)

func registerMembers(r *httpx.Router, h rooms) {
	list, one := oneRoom+"members/", oneRoom+"members/{user_id}/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: list, ID: "chat.members.list", Summary: "List who is in a room", Doc: membersDoc, Access: httpx.Participant}, h.members)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: list, ID: "chat.members.add", Summary: "Add people to a group", Doc: addDoc,
		Access: httpx.Participant, Limits: roomLimits}, h.add)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "chat.members.remove", Summary: "Put somebody out of a group, or leave", Doc: removeDoc,
		Access: httpx.Participant, Limits: roomLimits}, h.remove)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: one, ID: "chat.members.role", Summary: "Give a role", Doc: roleDoc,
		Access: httpx.Participant, Limits: roomLimits}, h.role)
}

type membersInput struct {
	ID int64 `path:"id" doc:"The room's id."`
	httpx.PageParams
}

func (h rooms) members(ctx context.Context, in *membersInput) (*httpx.Body[httpx.Page[wire.Participant]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.Participant, store.ActivityPosition]{
		Count: func(ctx context.Context, _ int) (int64, error) { return h.core.CountMembers(ctx, in.ID) },
		Rows: func(ctx context.Context, s httpx.Span[store.ActivityPosition]) ([]core.Participant, bool, error) {
			return h.core.Members(ctx, in.ID, store.ActivitySpan(s))
		},
		End: func(last core.Participant) store.ActivityPosition {
			return store.ActivityPosition{At: last.JoinedAt, ID: last.UserID}
		},
		Fits: store.ActivityPosition.Fits,
	}, httpx.Each(participant)))
}

func participant(ctx context.Context, p core.Participant) wire.Participant {
	out := wire.ParticipantOf(p)
	absolutePerson(ctx, &out.Person)
	return out
}

type addInput struct {
	ID   int64 `path:"id" doc:"The room's id."`
	Body struct {
		UserIDs []int64 `json:"user_ids,omitempty" maxItems:"1024" doc:"Whom to add."`
	}
}

func (h rooms) add(ctx context.Context, in *addInput) (*httpx.Body[wire.Room], error) {
	if err := h.core.Add(ctx, in.ID, in.Body.UserIDs); err != nil {
		return nil, err
	}
	r, err := h.core.Room(ctx, in.ID)
	return h.shown(ctx, r, err)
}

type memberInput struct {
	ID     int64 `path:"id" doc:"The room's id."`
	UserID int64 `path:"user_id" doc:"The member's id."`
}

func (h rooms) remove(ctx context.Context, in *memberInput) (*struct{}, error) {
	return nil, h.core.Remove(ctx, in.ID, in.UserID)
}

type roleInput struct {
	ID     int64 `path:"id" doc:"The room's id."`
	UserID int64 `path:"user_id" doc:"The member's id."`
	Body   struct {
		Role httpx.Opt[string] `json:"role,omitempty" enum:"owner,admin,member"`
	}
}

func (h rooms) role(ctx context.Context, in *roleInput) (*httpx.Body[wire.Room], error) {
	if err := h.core.SetRole(ctx, in.ID, in.UserID, chat.Role(in.Body.Role.Value)); err != nil {
		return nil, err
	}
	r, err := h.core.Room(ctx, in.ID)
	return h.shown(ctx, r, err)
}
