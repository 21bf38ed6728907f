package web

import (
	"context"
	"net/http"
	"strings"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
)

const (
	listPostsDoc   = "Newest first. All filters must be true of each. An author's list shows none on which they do not show their name, but to themselves and staff, who see all of it."
	feedDoc        = "Newest first. Page numbers reach the newest 1,000; cursors go on."
	byCommunityDoc = "Newest first; by `id`, or else by `slug`."
	tagsDoc        = "Those in use, the most used first."
)

func registerLists(r *httpx.Router, h handlers) {
	posts := root + "posts/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: posts, ID: "foro.posts.list", Summary: "List posts", Doc: listPostsDoc, Access: httpx.Anyone}, h.listPosts)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: posts + "feed/", ID: "foro.posts.feed", Summary: "List posts of one's communities", Doc: feedDoc, Access: httpx.Member}, h.feed)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: posts + "by-community/", ID: "foro.posts.by_community", Summary: "List a community's posts", Doc: byCommunityDoc,
		Access: httpx.Anyone, Errors: []int{http.StatusNotFound}}, h.byCommunity)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "tags/", ID: "foro.tags.list", Summary: "List tags", Doc: tagsDoc, Access: httpx.Anyone}, h.tags)
}

// ListPostsInput is what the list is asked with.
type ListPostsInput struct {
	httpx.PageParams
	Community int64  `query:"community" doc:"The community's id."`
	Author    int64  `query:"author" doc:"The author's id."`
	Tag       string `query:"tag" doc:"A tag, spelled in any way."`
	Question  string `query:"question" enum:"true,false" doc:"Only questions, or only what is none."`
	Search    string `query:"search" doc:"Words; what has them is ranked as by search/."`
}

func (h handlers) listPosts(ctx context.Context, in *ListPostsInput) (*httpx.Body[httpx.Page[Post]], error) {
	if strings.TrimSpace(in.Search) != "" {
		return h.searchPosts(ctx, in.PageParams, core.Wanted{Text: in.Search, CommunityID: in.Community, AuthorID: in.Author, Tag: in.Tag, Question: choice(in.Question)})
	}
	l := store.List{CommunityID: in.Community, AuthorID: in.Author, Question: choice(in.Question)}
	if in.Tag != "" {
		var ok bool
		if l.Tag, ok = core.FoldTag(in.Tag); !ok {
			return httpx.Paged(httpx.List(ctx, in.PageParams, nothing[core.Shown, idPosition](), posts))
		}
	}
	return httpx.Paged(httpx.List(ctx, in.PageParams, h.source(core.Scope(ctx, l)), posts))
}

func (h handlers) source(l store.List) httpx.Source[core.Shown, idPosition] {
	return byID(
		func(ctx context.Context, limit int) (int64, error) { return h.core.CountList(ctx, l, limit) },
		func(ctx context.Context, s store.IDSpan) ([]core.Shown, bool, error) { return h.core.List(ctx, l, s) },
		postID)
}

func postID(s core.Shown) int64 { return s.ID }

func posts(ctx context.Context, rows []core.Shown) []Post { return httpx.Each(post)(ctx, rows) }

// pagedInput is what a list without filters is asked with.
type pagedInput struct{ httpx.PageParams }

func (h handlers) feed(ctx context.Context, in *pagedInput) (*httpx.Body[httpx.Page[Post]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, byID(h.core.CountFeed, h.core.Feed, postID), posts))
}

type byCommunityInput struct {
	httpx.PageParams
	ID   int64  `query:"id" doc:"The community's id."`
	Slug string `query:"slug" doc:"The community's slug."`
}

func (h handlers) byCommunity(ctx context.Context, in *byCommunityInput) (*httpx.Body[httpx.Page[Post]], error) {
	id, err := h.core.CommunityOf(ctx, in.ID, in.Slug)
	if err != nil {
		return nil, err
	}
	return httpx.Paged(httpx.List(ctx, in.PageParams, h.source(store.List{CommunityID: id}), posts))
}
