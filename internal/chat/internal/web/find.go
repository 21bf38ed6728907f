package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const findDoc = "Messages of one's own rooms that have all the words, in any form, or words that mean the same; newest first, by cursors. New messages are found after some seconds."

func registerFind(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "messages/search/", ID: "chat.messages.search", Summary: "Search in one's messages", Doc: findDoc, Access: httpx.Member,
		Errors: []int{http.StatusNotFound}, Limits: []httpx.RateLimit{{Name: "chat.search", By: httpx.ByUser, Limit: kv.Limit{Events: 120, Period: time.Minute}}}}, h.find)
}

type findInput struct {
	Q      string `query:"q" maxLength:"200" doc:"Words."`
	Room   string `query:"room" doc:"Only in this room."`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" doc:"20 when not given."`
	Cursor string `query:"cursor" doc:"Take what next carries."`
}

func (h handlers) find(ctx context.Context, in *findInput) (*httpx.Body[httpx.Page[wire.Found]], error) {
	var room int64
	var at Place
	if in.Room != "" {
		var err error
		if room, err = roomParam(in.Room); err != nil {
			return nil, err
		}
	}
	if in.Cursor != "" && in.Cursor != "*" {
		if err := httpx.DecodeCursor(in.Cursor, &at); err != nil {
			return nil, err
		}
	}
	if in.Limit == 0 {
		in.Limit = httpx.DefaultPageSize
	}
	rows, more, err := h.core.Find(ctx, authn.UserID(ctx), room, in.Q, max(0, at.ID), in.Limit)
	if err != nil {
		return nil, err
	}
	end := ""
	if more && len(rows) > 0 {
		end = httpx.EncodeCursor(Place{ID: rows[len(rows)-1].ID})
	}
	return httpx.OK(httpx.CursorPage(ctx, end, found(ctx, rows))), nil
}

func found(ctx context.Context, rows []core.Found) []wire.Found {
	out := make([]wire.Found, len(rows))
	for i, f := range rows {
		out[i] = wire.FoundOf(f)
		out[i].Message = shown(ctx, out[i].Message)
	}
	return out
}
