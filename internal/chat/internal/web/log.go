package web

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"strings"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

const (
	logDoc = "Messages, and what else happened in the room, in one sequence without gaps: what a socket would have sent. Behind `after`, or the last before `before`; " +
		"without either, from the beginning."
	logsDoc = "For whoever was away: `rooms=12:345,13:2` means having room 12 up to 345, and 13 up to 2; at most 500 rooms. Of rooms that lack more than 1,000 entries none " +
		"is sent, but `too_far`. One answer has at most 2,000 entries; where `more` is true, ask again behind the last one."
)

func registerLog(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "rooms/{id}/log/", ID: "chat.rooms.log", Summary: "Read a room's log", Doc: logDoc, Access: httpx.Member}, h.log)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "log/", ID: "chat.log", Summary: "Read what is missing of several rooms", Doc: logsDoc, Access: httpx.Member}, h.logs)
}

type logInput struct {
	ID     int64 `path:"id" doc:"The room's id."`
	After  int64 `query:"after" minimum:"0" doc:"What one has already."`
	Before int64 `query:"before" minimum:"1" doc:"Back from here."`
	Limit  int   `query:"limit" minimum:"1" maximum:"500" doc:"100 when not given."`
}

func (h handlers) log(ctx context.Context, in *logInput) (*httpx.Body[wire.Log], error) {
	if in.Limit == 0 {
		in.Limit = 100
	}
	read, at := h.core.LogAfter, min(in.After, math.MaxInt64/2)
	if in.Before != 0 {
		read, at = h.core.LogBefore, in.Before
	}
	part, err := read(ctx, in.ID, authn.UserID(ctx), at, in.Limit)
	if err != nil {
		return nil, err
	}
	return httpx.OK(logOf(ctx, part)), nil
}

func logOf(ctx context.Context, p core.Part) wire.Log {
	return wire.LogOf(p, func(m wire.Message) wire.Message { return shown(ctx, m) })
}

type logsInput struct {
	Rooms string `query:"rooms" doc:"Pairs of a room's id and the last seq that one has."`
}

func (h handlers) logs(ctx context.Context, in *logsInput) (*httpx.Body[wire.Logs], error) {
	has, err := pairs(in.Rooms)
	if err != nil {
		return nil, err
	}
	parts, err := h.core.Missing(ctx, authn.UserID(ctx), has)
	if err != nil {
		return nil, err
	}
	out := wire.Logs{Rooms: make([]wire.Log, len(parts)), Gone: []int64{}}
	mine := map[int64]bool{}
	for i, p := range parts {
		out.Rooms[i], mine[p.RoomID] = logOf(ctx, p), true
	}
	for _, w := range has {
		if !mine[w.RoomID] {
			out.Gone = append(out.Gone, w.RoomID)
		}
	}
	return httpx.OK(out), nil
}

var errPairs = errs.InField("rooms", "Se espera sala:número, separados por comas, hasta 500 salas distintas.", "Expected room:number, separated by commas, at most 500 different rooms.")

// pairs reads "12:345,13:2".
func pairs(text string) (has []core.Want, err error) {
	seen := map[int64]bool{}
	for pair := range strings.SplitSeq(text, ",") {
		room, seq, ok := strings.Cut(strings.TrimSpace(pair), ":")
		id, err := strconv.ParseInt(room, 10, 64)
		if !ok || err != nil || id <= 0 || seen[id] || len(has) == core.MaxWants {
			return nil, errPairs
		}
		after, err := strconv.ParseInt(seq, 10, 64)
		if err != nil || after < 0 {
			return nil, errPairs
		}
		seen[id] = true
		has = append(has, core.Want{RoomID: id, After: min(after, math.MaxInt64/2)})
	}
	return has, nil
}
