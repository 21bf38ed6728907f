package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	changePostDoc = "By its author or staff. What it said before is kept: history/. With If-Match: only when the post is of that version, else 412. Without tags these follow the text."
	deletePostDoc = "By its author or staff, with all comments and reactions. `foro.post.deleted` follows."
	historyDoc    = "Title, text and file before each change of them, the last first; for all who see the post."
)

func registerEdits(r *httpx.Router, h handlers) {
	one, refusals := root+"posts/{id}/", []int{http.StatusForbidden, http.StatusNotFound, http.StatusPreconditionFailed}
	limits := []httpx.RateLimit{{Name: "foro.edits", By: httpx.ByUser, Limit: kv.Limit{Events: 10 * maxPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "foro.posts.replace", Summary: "Rewrite a post", Doc: changePostDoc, Access: httpx.Member, Errors: refusals, Limits: limits}, h.replacePost)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: one, ID: "foro.posts.change", Summary: "Change a post", Doc: changePostDoc, Access: httpx.Member, Errors: refusals, Limits: limits}, h.changePost)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "foro.posts.delete", Summary: "Delete a post", Doc: deletePostDoc, Access: httpx.Member, Errors: refusals}, h.deletePost)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one + "history/", ID: "foro.posts.history", Summary: "Show what a post said before", Doc: historyDoc, Access: httpx.Anyone}, h.history)
}

type changePostInput struct {
	ID int64 `path:"id" doc:"The post's id."`
	httpx.MatchParams
	Body PostBody
}

func (h handlers) replacePost(ctx context.Context, in *changePostInput) (*httpx.Body[Post], error) {
	return h.editPost(ctx, in, map[string]bool{"title": in.Body.Title.Sent, "content": in.Body.Content.Sent})
}

func (h handlers) changePost(ctx context.Context, in *changePostInput) (*httpx.Body[Post], error) {
	return h.editPost(ctx, in, nil)
}

// editPost checks what was sent once it is clear that the caller may change the post.
func (h handlers) editPost(ctx context.Context, in *changePostInput, sent map[string]bool) (*httpx.Body[Post], error) {
	if err := h.core.Editable(ctx, in.ID); err != nil {
		return nil, err
	}
	if err := required(sent); err != nil {
		return nil, err
	}
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	s, err := h.core.Change(ctx, in.ID, core.Edit{Version: in.Version(), Change: func(p *foro.Post) {
		in.Body.apply(p)
		if in.Body.IsQuestion.Sent {
			p.Question = in.Body.IsQuestion.Or(core.Asks(p.Title))
		}
	}})
	return shown(ctx, s, err)
}

type deletePostInput struct {
	ID int64 `path:"id" doc:"The post's id."`
	httpx.MatchParams
}

func (h handlers) deletePost(ctx context.Context, in *deletePostInput) (*struct{}, error) {
	return nil, h.core.Delete(ctx, in.ID, in.Version())
}
