package web

import (
	"context"
	"fmt"
	"net/http"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

const (
	listCommentsDoc = "The newest first, replies as well, each with the beginning of what answers it. With `post` those of a post, with `parent` the replies to a comment; " +
		"with `post` and `ordering=-popularity` those on the post itself, the most popular first."
	threadDoc  = "Those on the post itself, the most popular first, each with the beginning of what answers it. What was deleted or taken away keeps its place without its text."
	repliesDoc = "Direct replies, the oldest first, each with the beginning of what answers it."
)

func registerThreads(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "comments/", ID: "foro.comments.list", Summary: "List comments", Doc: listCommentsDoc, Access: httpx.Anyone}, h.listComments)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "posts/{id}/comments/", ID: "foro.posts.comments", Summary: "List comments on a post", Doc: threadDoc, Access: httpx.Anyone}, h.thread)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "comments/{id}/replies/", ID: "foro.comments.replies", Summary: "List replies to a comment", Doc: repliesDoc, Access: httpx.Anyone}, h.replies)
}

// remarkPosition is where a page of a list of comments ends.
type remarkPosition struct {
	ID         int64 `json:"id"`
	Popularity *int  `json:"popularity,omitempty"` // in lists by it
}

// endOf is where a page ends whose last row this is.
func endOf(last *core.Remark, popular bool) remarkPosition {
	p := remarkPosition{ID: last.ID}
	if popular {
		p.Popularity = new(last.Popularity())
	}
	return p
}

// remarks is where a list of comments comes from.
func remarks(l core.Remarks) httpx.Source[*core.Remark, remarkPosition] {
	return httpx.Source[*core.Remark, remarkPosition]{
		Count: l.Count,
		Rows: func(ctx context.Context, s httpx.Span[remarkPosition]) ([]*core.Remark, bool, error) {
			span := store.RemarkSpan{Skip: s.Skip, Limit: s.Limit}
			if s.After != nil {
				span.After = s.After.ID
				if s.After.Popularity != nil {
					span.Popularity = *s.After.Popularity
				}
			}
			return l.Rows(ctx, span)
		},
		End:  func(last *core.Remark) remarkPosition { return endOf(last, l.Popular()) },
		Fits: func(p remarkPosition) bool { return p.ID > 0 && (p.Popularity != nil) == l.Popular() },
	}
}

func pageOfComments(ctx context.Context, p httpx.PageParams, l core.Remarks, err error) (*httpx.Body[httpx.Page[Comment]], error) {
	if err != nil {
		return nil, err
	}
	return httpx.Paged(httpx.List(ctx, p, remarks(l), httpx.Each(comment)))
}

// CommentsInput is what the list of comments is asked with.
type CommentsInput struct {
	httpx.PageParams
	Post     int64  `query:"post" minimum:"1" doc:"Of this post."`
	Parent   int64  `query:"parent" minimum:"1" doc:"Replies to this comment."`
	Ordering string `query:"ordering" doc:"-popularity, with post. Anything else is ignored."`
}

func (h handlers) listComments(ctx context.Context, in *CommentsInput) (*httpx.Body[httpx.Page[Comment]], error) {
	l, err := h.core.Newest(ctx, in.Post, in.Parent, in.Ordering == "-popularity")
	return pageOfComments(ctx, in.PageParams, l, err)
}

// OfInput is what a list of what belongs to something is asked with.
type OfInput struct {
	httpx.PageParams
	ID int64 `path:"id"`
}

func (h handlers) thread(ctx context.Context, in *OfInput) (*httpx.Body[httpx.Page[Comment]], error) {
	l, err := h.core.On(ctx, in.ID)
	return pageOfComments(ctx, in.PageParams, l, err)
}

func (h handlers) replies(ctx context.Context, in *OfInput) (*httpx.Body[httpx.Page[Comment]], error) {
	l, err := h.core.Replies(ctx, in.ID)
	return pageOfComments(ctx, in.PageParams, l, err)
}

// goesOn is the address of the page behind the last of some comments in a list; without any, of the first page.
func goesOn(ctx context.Context, shown []*core.Remark, popular bool, path string, id int64) *string {
	cursor := "*"
	if len(shown) > 0 {
		cursor = httpx.EncodeCursor(endOf(shown[len(shown)-1], popular))
	}
	return new(httpx.Absolute(ctx, fmt.Sprintf(root+path+"?cursor=%s", id, cursor)))
}

// comments are some of a thread.
func comments(ctx context.Context, all []*core.Remark) []Comment {
	out := make([]Comment, len(all))
	for i, r := range all {
		out[i] = comment(ctx, r)
	}
	return out
}

// whos is some people.
func whos(ctx context.Context, all []core.Who) []Who {
	out := make([]Who, len(all))
	for i, w := range all {
		out[i] = who(ctx, w)
	}
	return out
}
