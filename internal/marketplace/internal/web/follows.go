package web

import (
	"context"
	"net/http"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	followsRoot = "/api/follows/"

	followDoc    = "Any signed-in user may, at most 5,000 people. The user is named by `following` or `following_id`, as a number or a text."
	followersDoc = "Newest first."
	standingDoc  = "Counted up to 10,000."
	feedDoc      = "Active adverts of those whom one follows, newest first: a bare array of at most 200, or pages with `page` (of the newest 1,000) or `cursor`."
)

// peopleLimits are the allowance of a user for following, favourites and blocks together.
var peopleLimits = []httpx.RateLimit{{Name: "marketplace.people", By: httpx.ByUser, Limit: kv.Limit{Events: 1000, Period: time.Hour}}}

func registerFollows(r *httpx.Router, h handlers) {
	one := followsRoot + "{id}/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: followsRoot, ID: "marketplace.follows.list", Summary: "List whom one follows",
		Doc: "In the order in which one began to.", Access: httpx.Member}, h.following)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: followsRoot, ID: "marketplace.follows.create", Summary: "Follow a user", Doc: followDoc,
		Access: httpx.Member, Status: http.StatusCreated, Limits: peopleLimits, Errors: []int{http.StatusNotFound}}, h.follow)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: followsRoot + "followers/", ID: "marketplace.follows.followers", Summary: "List one's followers",
		Doc: followersDoc, Access: httpx.Member}, h.followers)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: followsRoot + "users/{user_id}/", ID: "marketplace.follows.standing", Summary: "Count a user's followers",
		Doc: standingDoc, Access: httpx.Member}, h.standing)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "marketplace.follows.get", Summary: "Show one of one's follows", Access: httpx.Member}, h.followByID)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "marketplace.follows.delete", Summary: "Unfollow a user", Access: httpx.Owner,
		Limits: peopleLimits}, h.unfollow)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "following_adds/", ID: "marketplace.adds.following", Summary: "List adverts of those whom one follows",
		Doc: feedDoc, Access: httpx.Member, Unauthenticated: errNotSignedIn}, h.feed)
}

// Follow is that one person follows another, as REST answers show it (contract: rest.md §5).
type Follow struct {
	ID          int64  `json:"id"`
	FollowerID  int64  `json:"follower_id"`
	FollowingID int64  `json:"following_id"`
	CreatedAt   string `json:"created_at" format:"date-time"`
	Follower    Person `json:"follower"`
	Following   Person `json:"following"`
}

// Person is how somebody is shown.
type Person struct {
	ID      int64   `json:"id"`
	Name    string  `json:"name" doc:"The full name, else User and the id."`
	Picture *string `json:"picture"`
}

func personOf(ctx context.Context, u auth.User) Person {
	return Person{u.ID, u.DisplayName(), text(httpx.Absolute(ctx, u.Picture))}
}

func follow(ctx context.Context, f core.FollowShown) Follow {
	return Follow{f.ID, f.FollowerID, f.FollowingID, written(f.CreatedAt), personOf(ctx, f.Follower), personOf(ctx, f.Following)}
}

// FollowBody names whom to follow.
type FollowBody struct {
	Following   httpx.Opt[int64] `json:"following,omitempty" doc:"A user's id."`
	FollowingID httpx.Opt[int64] `json:"following_id,omitempty" doc:"The same, where following is not sent."`
}

type followInput struct{ Body FollowBody }

func (h handlers) follow(ctx context.Context, in *followInput) (*httpx.Body[Follow], error) {
	userID := in.Body.Following.Ptr()
	if userID == nil {
		userID = in.Body.FollowingID.Ptr()
	}
	if userID == nil {
		return nil, marketplace.ErrFollowWhom
	}
	return followed(ctx)(h.core.Follow(ctx, *userID))
}

// followed makes the answer of a single follow.
func followed(ctx context.Context) func(core.FollowShown, error) (*httpx.Body[Follow], error) {
	return func(f core.FollowShown, err error) (*httpx.Body[Follow], error) {
		if err != nil {
			return nil, err
		}
		return httpx.OK(follow(ctx, f)), nil
	}
}

type followIDInput struct {
	ID int64 `path:"id" doc:"The follow's id."`
}

func (h handlers) followByID(ctx context.Context, in *followIDInput) (*httpx.Body[Follow], error) {
	return followed(ctx)(h.core.FollowByID(ctx, in.ID))
}

// Detail says what happened.
type Detail struct {
	Detail string `json:"detail"`
}

func (h handlers) unfollow(ctx context.Context, in *followIDInput) (*httpx.Body[Detail], error) {
	if err := h.core.Unfollow(ctx, in.ID); err != nil {
		return nil, err
	}
	if httpx.Lang(ctx) == "en" {
		return httpx.OK(Detail{"You no longer follow this user."}), nil
	}
	return httpx.OK(Detail{"Has dejado de seguir a este usuario."}), nil
}

// Standing is how many follow a person and are followed by them.
type Standing struct {
	UserID       int64  `json:"user_id"`
	Followers    int64  `json:"followers"`
	Following    int64  `json:"following"`
	FollowedByMe bool   `json:"followed_by_me"`
	FollowID     *int64 `json:"follow_id" doc:"One's own follow of them, to unfollow by; null: there is none."`
}

type userInput struct {
	UserID int64 `path:"user_id" doc:"The user's id."`
}

func (h handlers) standing(ctx context.Context, in *userInput) (*httpx.Body[Standing], error) {
	s, err := h.core.Standing(ctx, in.UserID, httpx.MaxCount)
	if err != nil {
		return nil, err
	}
	return httpx.OK(Standing{in.UserID, s.Followers, s.Following, s.FollowID != 0, some(s.FollowID)}), nil
}

func (h handlers) feed(ctx context.Context, in *mineInput) (*httpx.Body[httpx.ArrayOrPage[Add]], error) {
	return httpx.ListOrArray(ctx, in.PageParams, httpx.Source[core.Shown, store.Position]{
		Count: h.core.CountFeed,
		Rows: func(ctx context.Context, s httpx.Span[store.Position]) ([]core.Shown, bool, error) {
			return h.core.Feed(ctx, store.Span(s))
		},
		End:  func(last core.Shown) store.Position { return last.End(store.Newest) },
		Fits: func(p store.Position) bool { return p.Fits(store.Newest) },
	}, adds)
}
