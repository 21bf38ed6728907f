package web

import (
	"context"
	"math"
	"net/http"
	"strings"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	listCommunitiesDoc  = "Those with most members first, then the newest. A bare array of 200 at most when neither `page` nor `cursor` is given, else a page."
	foundCommunityDoc   = "The caller owns it and is in it. Names and slugs are unique in whatever case."
	changeCommunityDoc  = "By its owner or staff; of a standard community by staff alone."
	endCommunityDoc     = changeCommunityDoc + " Its posts stay, in no community."
	maxFoundedPerHour   = 20
	communities         = root + "communities/"
	oneCommunity        = communities + "{id}/"
	maxCommunityChanges = 120
)

// communityWrites is shared by what owners and moderators do.
var communityWrites = []httpx.RateLimit{{Name: "foro.communities", By: httpx.ByUser, Limit: kv.Limit{Events: maxCommunityChanges, Period: time.Minute}}}

func registerCommunities(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: communities, ID: "foro.communities.list", Summary: "List communities", Doc: listCommunitiesDoc, Access: httpx.Anyone}, h.communities)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: communities, ID: "foro.communities.create", Summary: "Make a community", Doc: foundCommunityDoc, Access: httpx.Member,
		Status: http.StatusCreated, Limits: []httpx.RateLimit{{Name: "foro.communities.create", By: httpx.ByUser, Limit: kv.Limit{Events: maxFoundedPerHour, Period: time.Hour}}}}, h.found)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: communities + "by-slug/{slug}/", ID: "foro.communities.bySlug", Summary: "Show a community by its slug", Access: httpx.Anyone}, h.communityBySlug)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: oneCommunity, ID: "foro.communities.get", Summary: "Show a community", Access: httpx.Anyone}, h.community)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: oneCommunity, ID: "foro.communities.replace", Summary: "Change a community", Doc: changeCommunityDoc, Access: httpx.Owner, Limits: communityWrites}, h.replaceCommunity)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: oneCommunity, ID: "foro.communities.change", Summary: "Change a community in parts", Doc: changeCommunityDoc, Access: httpx.Owner, Limits: communityWrites}, h.changeCommunity)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: oneCommunity, ID: "foro.communities.delete", Summary: "Delete a community", Doc: endCommunityDoc, Access: httpx.Owner, Limits: communityWrites}, h.endCommunity)
	registerCovers(r, h)
}

// CommunityBody is what clients write of a community. Fields that are not sent stay as they are.
type CommunityBody struct {
	Name             httpx.Opt[string] `json:"name,omitempty" nullable:"false" minLength:"1" maxLength:"100"`
	Slug             httpx.Opt[string] `json:"slug,omitempty" nullable:"false" minLength:"1" maxLength:"120" doc:"Letters, digits, - and _. When it is not sent one is made of the name."`
	ShortDescription httpx.Opt[string] `json:"short_description,omitempty" nullable:"false" maxLength:"255"`
	Description      httpx.Opt[string] `json:"description,omitempty" nullable:"false" maxLength:"20000"`
}

// apply takes over what was sent; whole, as for PUT, wants a name.
func (b CommunityBody) apply(m *foro.Community, whole bool) error {
	if whole {
		if err := required(map[string]bool{"name": b.Name.Sent}); err != nil {
			return err
		}
	}
	set(&m.Name, b.Name)
	set(&m.Slug, b.Slug)
	set(&m.ShortDescription, b.ShortDescription)
	set(&m.Description, b.Description)
	m.Name, m.Slug = strings.Join(strings.Fields(m.Name), " "), strings.TrimSpace(m.Slug)
	m.ShortDescription, m.Description = strings.TrimSpace(m.ShortDescription), strings.TrimSpace(m.Description)
	return nil
}

type communitiesInput struct {
	httpx.PageParams
	Search string `query:"search" doc:"Words, or their beginnings, that the name or the short description has."`
	Mine   bool   `query:"mine" doc:"Those that the caller is in."`
}

func (h handlers) communities(ctx context.Context, in *communitiesInput) (*httpx.Body[httpx.ArrayOrPage[Community]], error) {
	d := store.Directory{Words: store.WantedWords(in.Search)}
	if in.Mine {
		d.MemberID = authn.UserID(ctx)
		if d.MemberID == 0 {
			return httpx.ListOrArray(ctx, in.PageParams, noCommunities, httpx.Each(community))
		}
	}
	return httpx.ListOrArray(ctx, in.PageParams, httpx.Source[core.Place, store.Size]{
		Count: func(ctx context.Context, limit int) (int64, error) { return h.core.CountCommunities(ctx, d, limit) },
		Rows: func(ctx context.Context, s httpx.Span[store.Size]) ([]core.Place, bool, error) {
			return h.core.Communities(ctx, d, store.SizeSpan(s))
		},
		End:  func(last core.Place) store.Size { return store.Size{Members: last.Members, ID: last.ID} },
		Fits: func(s store.Size) bool { return s.Members >= 0 && s.Members <= math.MaxInt32 },
	}, httpx.Each(community))
}

// noCommunities are those of nobody.
var noCommunities = httpx.Source[core.Place, store.Size]{
	Count: func(context.Context, int) (int64, error) { return 0, nil },
	Rows:  func(context.Context, httpx.Span[store.Size]) ([]core.Place, bool, error) { return nil, false, nil },
}

type foundInput struct{ Body CommunityBody }

func (h handlers) found(ctx context.Context, in *foundInput) (*httpx.Body[Community], error) {
	var m foro.Community
	if err := in.Body.apply(&m, true); err != nil {
		return nil, err
	}
	p, err := h.core.Found(ctx, m)
	return placed(ctx, p, err)
}

func placed(ctx context.Context, p core.Place, err error) (*httpx.Body[Community], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(community(ctx, p)), nil
}

type communityInput struct {
	ID int64 `path:"id" doc:"The community's id."`
}

func (h handlers) community(ctx context.Context, in *communityInput) (*httpx.Body[Community], error) {
	p, err := h.core.Community(ctx, in.ID)
	return placed(ctx, p, err)
}

type slugInput struct {
	Slug string `path:"slug" doc:"In any case."`
}

func (h handlers) communityBySlug(ctx context.Context, in *slugInput) (*httpx.Body[Community], error) {
	p, err := h.core.CommunityBySlug(ctx, in.Slug)
	return placed(ctx, p, err)
}

type changeCommunityInput struct {
	ID   int64 `path:"id" doc:"The community's id."`
	Body CommunityBody
}

func (h handlers) replaceCommunity(ctx context.Context, in *changeCommunityInput) (*httpx.Body[Community], error) {
	return h.putCommunity(ctx, in, true)
}

func (h handlers) changeCommunity(ctx context.Context, in *changeCommunityInput) (*httpx.Body[Community], error) {
	return h.putCommunity(ctx, in, false)
}

func (h handlers) putCommunity(ctx context.Context, in *changeCommunityInput, whole bool) (*httpx.Body[Community], error) {
	p, err := h.core.ChangeCommunity(ctx, in.ID, func(m *foro.Community) error { return in.Body.apply(m, whole) })
	return placed(ctx, p, err)
}

func (h handlers) endCommunity(ctx context.Context, in *communityInput) (*struct{}, error) {
	return nil, h.core.EndCommunity(ctx, in.ID)
}
