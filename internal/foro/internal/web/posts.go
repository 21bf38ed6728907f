package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
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

// PostBody is what clients write of a post. Fields that are not sent stay as they are.
type PostBody struct {
	Title       httpx.Opt[string] `json:"title,omitempty" nullable:"false" minLength:"1" maxLength:"255"`
	Content     httpx.Opt[string] `json:"content,omitempty" nullable:"false" minLength:"1" maxLength:"20000"`
	MediaID     httpx.Opt[int64]  `json:"media_id,omitempty" minimum:"1" doc:"A public file of the writer; null: none."`
	CommunityID httpx.Opt[int64]  `json:"community_id,omitempty" minimum:"1"`
	Community   httpx.Opt[int64]  `json:"community,omitempty" minimum:"1" doc:"The same as community_id, for older clients."`
	IsQuestion  httpx.Opt[bool]   `json:"is_question,omitempty" doc:"When it is not said: whether the title is written as a question."`
	Anonymous   httpx.Opt[bool]   `json:"anonymous,omitempty" nullable:"false" doc:"Others do not learn who asks. It cannot be changed later."`
}

// apply takes over what was sent.
func (b PostBody) apply(p *foro.Post) {
	set(&p.Title, b.Title)
	set(&p.Content, b.Content)
	set(&p.MediaID, b.MediaID)
	set(&p.CommunityID, b.Community)
	set(&p.CommunityID, b.CommunityID)
	p.Title, p.Content = strings.TrimSpace(p.Title), strings.TrimSpace(p.Content)
}

type createPostInput struct{ Body PostBody }

func (h handlers) createPost(ctx context.Context, in *createPostInput) (*httpx.Body[Post], error) {
	if err := required(map[string]bool{"title": in.Body.Title.Sent, "content": in.Body.Content.Sent}); err != nil {
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
