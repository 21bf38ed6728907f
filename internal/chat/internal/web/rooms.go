package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	roomsRoot = root + "rooms/"
	oneRoom   = roomsRoot + "{id}/"

	roomsDoc  = "By last activity, newest first. Rooms that one has deleted are left out until something happens in them."
	openDoc   = "Of two people and private: the room that there is (200), or a new one (201). Else a group, of which one is the owner. One takes part oneself, whether one says so or not."
	pairDoc   = "Finds or makes the private room of oneself and somebody else."
	renameDoc = "The name of a group, for its owner and admins. Nothing else can be changed here; other fields are ignored."
	quitDoc   = "Leaves a group. A private room is no longer listed, nor what was said in it, until somebody writes there again; the other one keeps it all."
	muteDoc   = "A wish that one's devices follow: messages come all the same."
)

// roomLimits are the allowance of a user for changes of rooms, members, blocks and settings together.
var roomLimits = []httpx.RateLimit{{Name: "chat.rooms", By: httpx.ByUser, Limit: kv.Limit{Events: 1000, Period: time.Hour}}}

func registerRooms(r *httpx.Router, h rooms) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: roomsRoot, ID: "chat.rooms.list", Summary: "List one's rooms", Doc: roomsDoc, Access: httpx.Member}, h.list)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: roomsRoot, ID: "chat.rooms.create", Summary: "Open a room", Doc: openDoc,
		Access: httpx.Member, Also: []int{http.StatusCreated}, Limits: roomLimits}, h.open)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: roomsRoot + "get_or_create_private/", ID: "chat.rooms.private", Summary: "Open a private room", Doc: pairDoc,
		Access: httpx.Member, Limits: roomLimits}, h.openPrivate)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: oneRoom, ID: "chat.rooms.get", Summary: "Show a room", Access: httpx.Participant}, h.get)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: oneRoom, ID: "chat.rooms.replace", Summary: "Rename a group", Doc: renameDoc,
		Access: httpx.Participant, Limits: roomLimits}, h.rename)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: oneRoom, ID: "chat.rooms.change", Summary: "Rename a group", Doc: renameDoc,
		Access: httpx.Participant, Limits: roomLimits}, h.rename)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: oneRoom, ID: "chat.rooms.delete", Summary: "Leave or hide a room", Doc: quitDoc,
		Access: httpx.Participant, Limits: roomLimits}, h.quit)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: oneRoom + "mute/", ID: "chat.rooms.mute", Summary: "Mute a room", Doc: muteDoc,
		Access: httpx.Participant, Limits: roomLimits}, h.mute)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: oneRoom + "mute/", ID: "chat.rooms.unmute", Summary: "Unmute a room",
		Access: httpx.Participant, Limits: roomLimits}, h.unmute)
}

// rooms is the routes of rooms, of who is in them, of blocks and of settings.
type rooms struct{ core *core.Core }

func (h rooms) show(ctx context.Context, r core.RoomShown) wire.Room {
	out := wire.RoomOf(r, h.core.Now())
	absolute(ctx, &out)
	return out
}

// shown makes the answer of a single room.
func (h rooms) shown(ctx context.Context, r core.RoomShown, err error) (*httpx.Body[wire.Room], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(h.show(ctx, r)), nil
}

// PagedInput is what a list without filters is asked with.
type PagedInput struct{ httpx.PageParams }

func (h rooms) list(ctx context.Context, in *PagedInput) (*httpx.Body[httpx.Page[wire.Room]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, httpx.Source[core.RoomShown, store.ActivityPosition]{
		Count: h.core.CountListed,
		Rows: func(ctx context.Context, s httpx.Span[store.ActivityPosition]) ([]core.RoomShown, bool, error) {
			return h.core.Listed(ctx, store.ActivitySpan(s))
		},
		End: func(last core.RoomShown) store.ActivityPosition {
			return store.ActivityPosition{At: last.LastActivity, ID: last.ID}
		},
		Fits: store.ActivityPosition.Fits,
	}, httpx.Each(h.show)))
}

// OpenBody is a room that somebody wants.
type OpenBody struct {
	ParticipantsIDs httpx.Opt[[]int64] `json:"participants_ids,omitempty" doc:"Ids of users, as numbers or texts."`
	Participants    httpx.Opt[[]int64] `json:"participants,omitempty" doc:"The same, where participants_ids is not sent."`
	IsPrivate       httpx.Opt[bool]    `json:"is_private,omitempty" doc:"True unless more than two take part."`
	Name            httpx.Opt[string]  `json:"name,omitempty" maxLength:"150" doc:"Of a group."`
}

func (b OpenBody) participants() []int64 { return b.ParticipantsIDs.Or(b.Participants.Value) }

type openInput struct{ Body OpenBody }

// Opened is a room, which is new (201) or was there (200).
type Opened struct {
	Status int
	Body   wire.Room
}

func (h rooms) open(ctx context.Context, in *openInput) (*Opened, error) {
	r, made, err := h.core.Open(ctx, core.Opening{Participants: in.Body.participants(), Private: in.Body.IsPrivate.Ptr(), Name: in.Body.Name.Value})
	if err != nil {
		return nil, err
	}
	status := http.StatusOK
	if made {
		status = http.StatusCreated
	}
	return &Opened{status, h.show(ctx, r)}, nil
}

func (h rooms) openPrivate(ctx context.Context, in *openInput) (*httpx.Body[wire.Room], error) {
	r, err := h.core.OpenPrivate(ctx, in.Body.participants())
	return h.shown(ctx, r, err)
}

type roomInput struct {
	ID int64 `path:"id" doc:"The room's id."`
}

func (h rooms) get(ctx context.Context, in *roomInput) (*httpx.Body[wire.Room], error) {
	r, err := h.core.Room(ctx, in.ID)
	return h.shown(ctx, r, err)
}

type renameInput struct {
	ID   int64 `path:"id" doc:"The room's id."`
	Body struct {
		Name httpx.Opt[string] `json:"name,omitempty" maxLength:"150"`
	}
}

func (h rooms) rename(ctx context.Context, in *renameInput) (*httpx.Body[wire.Room], error) {
	if name := in.Body.Name.Ptr(); name != nil {
		if err := h.core.Rename(ctx, in.ID, *name); err != nil {
			return nil, err
		}
	}
	r, err := h.core.Room(ctx, in.ID)
	return h.shown(ctx, r, err)
}

func (h rooms) quit(ctx context.Context, in *roomInput) (*struct{}, error) {
	return nil, h.core.Quit(ctx, in.ID)
}

type muteInput struct {
	ID   int64 `path:"id" doc:"The room's id."`
	Body struct {
		Until httpx.Opt[time.Time] `json:"until,omitempty" doc:"Not sent, or null: for ever."`
	}
}

// Muted is until when a room does not disturb one.
type Muted struct {
	MutedUntil string `json:"muted_until" format:"date-time" doc:"The year 9999: for ever."`
}

func (h rooms) mute(ctx context.Context, in *muteInput) (*httpx.Body[Muted], error) {
	until := in.Body.Until.Or(core.Forever)
	if err := h.core.Mute(ctx, in.ID, until); err != nil {
		return nil, err
	}
	return httpx.OK(Muted{wire.Time(until)}), nil
}

func (h rooms) unmute(ctx context.Context, in *roomInput) (*struct{}, error) {
	return nil, h.core.Unmute(ctx, in.ID)
}
