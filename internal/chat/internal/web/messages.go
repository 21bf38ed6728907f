package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/httpx"
)

const (
	listDoc = "Oldest first. Of all one's rooms, where page numbers reach the oldest 500 and cursors go on; or of one, as `room`: then also the newest below a number with " +
		"`before`, or the oldest above one with `after`, at most `limit`, where `next` goes on in the same direction."
	sendDoc = "A text, a file, or both: `media_id` is an uploaded file of one's own; a multipart form may carry the file itself as `image`, `file` or `media`. Sending the same " +
		"`client_msg_id` again, whenever, makes no second message: the answer is the stored one, with `repeated`."
	editDoc   = "The text alone, by its author. What it said before is kept for staff. Saving the same text changes nothing."
	deleteDoc = "By its author, in groups also by the owner and admins, and by staff. An empty message stays in its place."
	lastDoc   = "The newest `limit`, oldest first: a bare array."
	readDoc   = "All of the room, or up to `seq`, or up to the newest of `message_ids`. The answer has those that were not read before."

	maxUpload     = 128 << 20 // bytes of a request with a file
	uploadTimeout = 10 * time.Minute
)

// fileFields are where a file comes from, in this order.
var fileFields = []string{"image", "file", "media"}

func registerMessages(r *httpx.Router, h handlers) {
	all, one := root+"messages/", root+"messages/{id}/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: all, ID: "chat.messages.list", Summary: "List messages", Doc: listDoc, Access: httpx.Member}, h.messages)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: all, ID: "chat.messages.send", Summary: "Send a message", Doc: sendDoc, Access: httpx.Member,
		Status: http.StatusCreated, Files: fileFields, MaxBody: maxUpload, Timeout: uploadTimeout, Errors: []int{http.StatusNotFound, http.StatusBadGateway}}, h.send)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: all + "last_messages/", ID: "chat.messages.last", Summary: "List the newest messages of a room", Doc: lastDoc,
		Access: httpx.Member, Errors: []int{http.StatusNotFound}}, h.lastMessages)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: all + "mark_read/", ID: "chat.messages.markRead", Summary: "Mark messages as read", Doc: readDoc,
		Access: httpx.Member, Errors: []int{http.StatusNotFound}}, h.markRead)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "chat.messages.get", Summary: "Show a message", Access: httpx.Owner}, h.message)
	for _, method := range []string{http.MethodPut, http.MethodPatch} {
		httpx.Handle(r, httpx.Route{Method: method, Path: one, ID: "chat.messages." + strings.ToLower(method), Summary: "Change a message", Doc: editDoc, Access: httpx.Member}, h.edit)
	}
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "chat.messages.delete", Summary: "Delete a message", Doc: deleteDoc, Access: httpx.Owner}, h.deleteMessage)
	registerFind(r, h)
	registerLog(r, h)
	registerModeration(r, h)
}

func shown(ctx context.Context, m wire.Message) wire.Message {
	absoluteMessage(ctx, &m)
	return m
}

func messages(ctx context.Context, rows []core.Shown) []wire.Message {
	out := make([]wire.Message, len(rows))
	for i, s := range rows {
		out[i] = shown(ctx, wire.MessageOf(s))
	}
	return out
}

// roomParam reads a room's id from the query.
//
// Errors: chat.ErrRoomParam.
func roomParam(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id <= 0 {
		return 0, chat.ErrRoomParam
	}
	return id, nil
}

type sendInput struct{ Body MessageBody }

func (h handlers) send(ctx context.Context, in *sendInput) (*httpx.Body[wire.Sent], error) {
	d, err := in.Body.draft(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.attach(ctx, &d); err != nil {
		return nil, err
	}
	s, repeated, err := h.core.Send(ctx, d)
	if err != nil {
		return nil, err
	}
	m := messages(ctx, h.core.Receipts(ctx, []core.Shown{s}))[0]
	m.Type = wire.AnswerSent
	return httpx.OK(wire.Sent{Message: m, Repeated: repeated}), nil
}

// MessagePath names a message.
type MessagePath struct {
	ID int64 `path:"id" doc:"The message's id."`
}

func answer(ctx context.Context, s core.Shown, err error) (*httpx.Body[wire.Message], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(shown(ctx, wire.MessageOf(s))), nil
}

func (h handlers) message(ctx context.Context, in *MessagePath) (*httpx.Body[wire.Message], error) {
	s, err := h.core.MessageByID(ctx, in.ID)
	return answer(ctx, s, err)
}

type editInput struct {
	MessagePath
	Body MessageBody
}

func (h handlers) edit(ctx context.Context, in *editInput) (*httpx.Body[wire.Message], error) {
	if !in.Body.Content.Sent && !in.Body.Text.Sent {
		s, err := h.core.MessageByID(ctx, in.ID)
		return answer(ctx, s, err)
	}
	s, err := h.core.Edit(ctx, in.ID, in.Body.content())
	return answer(ctx, s, err)
}

func (h handlers) deleteMessage(ctx context.Context, in *MessagePath) (*struct{}, error) {
	return nil, h.core.Delete(ctx, in.ID)
}
