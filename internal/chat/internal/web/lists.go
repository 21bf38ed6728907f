package web

import (
	"context"
	"strconv"
	"strings"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

type messagesInput struct {
	httpx.PageParams
	Room   string `query:"room" doc:"Only of this room."`
	Before int64  `query:"before" minimum:"1" doc:"With room: the newest below this seq."`
	After  int64  `query:"after" minimum:"1" doc:"With room: the oldest above this seq."`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" doc:"In place of page_size."`
}

// Place is where a walk through messages stands: behind an id of all rooms, or at a number of one.
type Place struct {
	ID    int64 `json:"i,omitempty"`
	Seq   int64 `json:"s,omitempty"`
	Older bool  `json:"o,omitempty"` // it goes back
}

func (h handlers) messages(ctx context.Context, in *messagesInput) (*httpx.Body[httpx.Page[wire.Message]], error) {
	if in.Limit != 0 {
		in.PageSize = in.Limit
	}
	if in.Room == "" {
		page, err := httpx.List(ctx, in.PageParams, h.mine(authn.UserID(ctx)), messages)
		return httpx.OK(page), err
	}
	room, err := roomParam(in.Room)
	if err != nil {
		return nil, err
	}
	if in.ByCursor() || in.Before != 0 || in.After != 0 {
		return h.walk(ctx, in, room)
	}
	page, err := httpx.List(ctx, in.PageParams, h.ofRoom(room, authn.UserID(ctx)), messages)
	return httpx.OK(page), err
}

// mine are the messages of all rooms of a person.
func (h handlers) mine(userID int64) httpx.Source[core.Shown, Place] {
	return httpx.Source[core.Shown, Place]{
		Count: func(ctx context.Context, _ int) (int64, error) { return h.core.CountMine(ctx, userID) },
		Rows: func(ctx context.Context, s httpx.Span[Place]) ([]core.Shown, bool, error) {
			after := int64(0)
			if s.After != nil {
				after = s.After.ID
			}
			return h.core.Mine(ctx, userID, after, s.Skip, s.Limit)
		},
		End:  func(last core.Shown) Place { return Place{ID: last.ID} },
		Fits: func(p Place) bool { return p.Seq == 0 },
	}
}

// ofRoom are the messages of one room, by page numbers.
func (h handlers) ofRoom(room, userID int64) httpx.Source[core.Shown, Place] {
	return httpx.Source[core.Shown, Place]{
		Count: func(ctx context.Context, limit int) (int64, error) {
			return h.core.CountMessages(ctx, room, userID, limit)
		},
		Rows: func(ctx context.Context, s httpx.Span[Place]) ([]core.Shown, bool, error) {
			return h.core.MessagesAfter(ctx, room, userID, 0, s.Skip, s.Limit)
		},
	}
}

// walk goes through a room by numbers, in either direction.
func (h handlers) walk(ctx context.Context, in *messagesInput, room int64) (*httpx.Body[httpx.Page[wire.Message]], error) {
	at := Place{Seq: in.After}
	if in.Before != 0 {
		at = Place{Seq: in.Before, Older: true}
	}
	if in.ByCursor() {
		if err := in.Position(&at); err != nil {
			return nil, err
		}
		if at.ID != 0 {
			return nil, errs.ErrCursor
		}
	}
	var rows []core.Shown
	var more bool
	var err error
	if at.Older {
		rows, more, err = h.core.Before(ctx, room, authn.UserID(ctx), at.Seq, in.Size())
	} else {
		rows, more, err = h.core.MessagesAfter(ctx, room, authn.UserID(ctx), at.Seq, 0, in.Size())
	}
	if err != nil {
		return nil, err
	}
	end := ""
	switch {
	case more && at.Older:
		end = httpx.EncodeCursor(Place{Seq: rows[0].Seq, Older: true})
	case more:
		end = httpx.EncodeCursor(Place{Seq: rows[len(rows)-1].Seq})
	}
	return httpx.OK(httpx.CursorPage(ctx, end, messages(ctx, rows))), nil
}

type lastInput struct {
	Room  string `query:"room" doc:"The room's id."`
	Limit int    `query:"limit" minimum:"1" maximum:"100" doc:"50 when not given."`
}

func (h handlers) lastMessages(ctx context.Context, in *lastInput) (*httpx.Body[[]wire.Message], error) {
	room, err := roomParam(in.Room)
	if err != nil {
		return nil, err
	}
	if in.Limit == 0 {
		in.Limit = 50
	}
	rows, err := h.core.Newest(ctx, room, authn.UserID(ctx), in.Limit)
	if err != nil {
		return nil, err
	}
	return httpx.OK(messages(ctx, rows)), nil
}

// ReadBody says what was read.
type ReadBody struct {
	Room       httpx.Opt[string] `json:"room,omitempty" doc:"The room's id, as a number or a text."`
	RoomID     httpx.Opt[string] `json:"room_id,omitempty" doc:"The same, where room is not sent."`
	Seq        httpx.Opt[int64]  `json:"seq,omitempty" doc:"All up to this entry."`
	MessageIDs []int64           `json:"message_ids,omitempty" nullable:"true" doc:"All up to the newest of these messages, at most 1,000."`
}

type readInput struct{ Body ReadBody }

func (h handlers) markRead(ctx context.Context, in *readInput) (*httpx.Body[wire.Updated], error) {
	text := in.Body.Room.Or(in.Body.RoomID.Value)
	room, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || room <= 0 {
		return nil, chat.ErrRoomInvalid
	}
	var ids []int64
	if seq := in.Body.Seq.Value; seq <= 0 && len(in.Body.MessageIDs) > 0 {
		ids, err = h.core.ReadMessages(ctx, room, authn.UserID(ctx), in.Body.MessageIDs)
	} else {
		ids, err = h.core.Read(ctx, room, authn.UserID(ctx), seq)
	}
	if err != nil {
		return nil, err
	}
	return httpx.OK(wire.Updated{Updated: ids}), nil
}
