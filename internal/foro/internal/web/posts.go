package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	createPostDoc = "`foro.post.created` follows. Text is plain text; links and emoji are fine, HTML is shown as it is written."
	maxPerHour    = 120
)

func registerPosts(r *httpx.Router, h handlers) {
	limits := []httpx.RateLimit{{Name: "foro.posts", By: httpx.ByUser, Limit: kv.Limit{Events: maxPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root + "posts/", ID: "foro.posts.create", Summary: "Write a post", Doc: createPostDoc,
		Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, h.createPost)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "posts/{id}/", ID: "foro.posts.get", Summary: "Show a post", Access: httpx.Anyone}, h.getPost)
}

type createPostInput struct{ Body PostBody }

func (h handlers) createPost(ctx context.Context, in *createPostInput) (*httpx.Body[Post], error) {
	if err := required(map[string]bool{"title": in.Body.Title.Sent, "content": in.Body.Content.Sent}); err != nil {
		return nil, err
	}
	if err := in.Body.check(); err != nil {
		return nil, err
	}
	var p foro.Post
	in.Body.apply(&p)
	p.Anonymous, p.Question = in.Body.Anonymous.Or(false), in.Body.IsQuestion.Or(core.Asks(p.Title))
	s, err := h.core.Publish(ctx, p)
	return shown(ctx, s, err)
}

func shown(ctx context.Context, s core.Shown, err error) (*httpx.Body[Post], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(post(ctx, s)), nil
}

type postInput struct {
	ID int64 `path:"id" doc:"The post's id."`
}

type getPostInput struct {
	ID      int64  `path:"id" doc:"The post's id."`
	Browser string `header:"User-Agent"`
}

func (h handlers) getPost(ctx context.Context, in *getPostInput) (*httpx.Body[Post], error) {
	s, err := h.core.Get(ctx, in.ID)
	if err == nil {
		h.core.Look(ctx, s, httpx.Address(ctx), in.Browser)
	}
	return shown(ctx, s, err)
}

// required tells which fields are not there, all at once.
func required(sent map[string]bool) error {
	var wrong []errs.Field
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if !sent[name] {
			wrong = append(wrong, errs.Field{Name: name, Text: errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}})
		}
	}
	if len(wrong) > 0 {
		return errs.InvalidFields(wrong...)
	}
	return nil
}

// set takes over what was sent; null is the zero value.
func set[T any](to *T, from httpx.Opt[T]) {
	if from.Sent {
		*to = from.Value
	}
}
