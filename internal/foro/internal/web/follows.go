package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	followDoc     = "At most 5,000 posts, 5,000 tags and 5,000 people. Following ends a mute. It may be repeated."
	muteDoc       = "One is told nothing of it any more; it is shown in lists as before. Muting ends a follow. It may be repeated."
	mutePersonDoc = muteDoc + " What somebody does without showing their name is told all the same."
	followingDoc  = "By people whom one follows, where they show their names, and with tags that one follows; newest first. Page numbers reach the newest 200, cursors go on."
)

func registerFollows(r *httpx.Router, h handlers) {
	limits := []httpx.RateLimit{{Name: "foro.follows", By: httpx.ByUser, Limit: kv.Limit{Events: 1000, Period: time.Hour}}}
	route := func(method, path, id, summary, doc string) httpx.Route {
		rt := httpx.Route{Method: method, Path: root + path, ID: "foro." + id, Summary: summary, Doc: doc, Access: httpx.Member}
		if method != http.MethodGet {
			rt.Limits, rt.Errors = limits, []int{http.StatusNotFound}
		}
		return rt
	}
	httpx.Handle(r, route(http.MethodPost, "posts/{id}/follow/", "posts.follow", "Follow a post", followDoc), h.followPost)
	httpx.Handle(r, route(http.MethodDelete, "posts/{id}/follow/", "posts.unfollow", "Unfollow a post", ""), h.unfollowPost)
	httpx.Handle(r, route(http.MethodPost, "posts/{id}/mute/", "posts.mute", "Mute a post", muteDoc), h.mutePost)
	httpx.Handle(r, route(http.MethodDelete, "posts/{id}/mute/", "posts.unmute", "Hear of a post again", ""), h.unmutePost)
	httpx.Handle(r, route(http.MethodPost, "people/{id}/follow/", "people.follow", "Follow somebody", followDoc), h.followPerson)
	httpx.Handle(r, route(http.MethodDelete, "people/{id}/follow/", "people.unfollow", "Unfollow somebody", ""), h.unfollowPerson)
	httpx.Handle(r, route(http.MethodPost, "people/{id}/mute/", "people.mute", "Mute somebody", mutePersonDoc), h.mutePerson)
	httpx.Handle(r, route(http.MethodDelete, "people/{id}/mute/", "people.unmute", "Hear of somebody again", ""), h.unmutePerson)
	httpx.Handle(r, route(http.MethodPost, "tags/{name}/follow/", "tags.follow", "Follow a tag", followDoc), h.followTag)
	httpx.Handle(r, route(http.MethodDelete, "tags/{name}/follow/", "tags.unfollow", "Unfollow a tag", ""), h.unfollowTag)
	httpx.Handle(r, route(http.MethodGet, "posts/following/", "posts.following", "List posts that one follows", followingDoc), h.following)
	httpx.Handle(r, route(http.MethodGet, "follows/", "follows.list", "List what one follows", "The last first."), h.follows)
	httpx.Handle(r, route(http.MethodGet, "mutes/", "mutes.list", "List what one has muted", "The last first."), h.mutes)
}

// Following says whether one follows something now.
type Following struct {
	Following bool `json:"following"`
}

// Muted says whether one has muted something now.
type Muted struct {
	Muted bool `json:"muted"`
}

func isFollowing(yes bool, err error) (*httpx.Body[Following], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(Following{yes}), nil
}

func isMuted(yes bool, err error) (*httpx.Body[Muted], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(Muted{yes}), nil
}

func (h handlers) followPost(ctx context.Context, in *postInput) (*httpx.Body[Following], error) {
	return isFollowing(true, h.core.WatchPost(ctx, in.ID, false))
}

func (h handlers) unfollowPost(ctx context.Context, in *postInput) (*httpx.Body[Following], error) {
	return isFollowing(false, h.core.Unwatch(ctx, store.WatchPost, in.ID, false))
}

func (h handlers) mutePost(ctx context.Context, in *postInput) (*httpx.Body[Muted], error) {
	return isMuted(true, h.core.WatchPost(ctx, in.ID, true))
}

func (h handlers) unmutePost(ctx context.Context, in *postInput) (*httpx.Body[Muted], error) {
	return isMuted(false, h.core.Unwatch(ctx, store.WatchPost, in.ID, true))
}

type personInput struct {
	ID int64 `path:"id" doc:"The user's id."`
}

func (h handlers) followPerson(ctx context.Context, in *personInput) (*httpx.Body[Following], error) {
	return isFollowing(true, h.core.WatchPerson(ctx, in.ID, false))
}

func (h handlers) unfollowPerson(ctx context.Context, in *personInput) (*httpx.Body[Following], error) {
	return isFollowing(false, h.core.Unwatch(ctx, store.WatchPerson, in.ID, false))
}

func (h handlers) mutePerson(ctx context.Context, in *personInput) (*httpx.Body[Muted], error) {
	return isMuted(true, h.core.WatchPerson(ctx, in.ID, true))
}

func (h handlers) unmutePerson(ctx context.Context, in *personInput) (*httpx.Body[Muted], error) {
	return isMuted(false, h.core.Unwatch(ctx, store.WatchPerson, in.ID, true))
}

type tagNameInput struct {
	Name string `path:"name" doc:"The tag's name."`
}

func (h handlers) followTag(ctx context.Context, in *tagNameInput) (*httpx.Body[Following], error) {
	return isFollowing(true, h.core.FollowTag(ctx, in.Name))
}

func (h handlers) unfollowTag(ctx context.Context, in *tagNameInput) (*httpx.Body[Following], error) {
	return isFollowing(false, h.core.UnfollowTag(ctx, in.Name))
}

type followingInput struct{ httpx.PageParams }

func (h handlers) following(ctx context.Context, in *followingInput) (*httpx.Body[httpx.Page[Post]], error) {
	return httpx.Paged(httpx.List(ctx, in.PageParams, byID(h.core.CountFollowing, h.core.Following, func(last core.Shown) int64 { return last.ID }), httpx.Each(post)))
}
