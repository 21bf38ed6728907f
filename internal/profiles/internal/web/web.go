// Package web is profiles' REST routes (contract: rest.md §4). The three kinds have the same ones.
package web

import (
	"context"
	"net/http"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/core"
	"agrovet/internal/profiles/profilesjson"
)

const root = "/api/profiles/"

// Register adds all routes.
func Register(r *httpx.Router, c *core.Core) {
	specialists := kind[profiles.Specialist, profilesjson.Specialist]{"specialists", "specialist", c.Specialists, c, specialist}
	businessmen := kind[profiles.Businessman, profilesjson.Businessman]{"businessmen", "businessman", c.Businessmen, c, businessman}
	consumers := kind[profiles.Consumer, profilesjson.Consumer]{"consumers", "consumer", c.Consumers, c, consumer}
	httpx.Handle(r, specialists.route(http.MethodGet, "", "list", "Find specialists", findDoc, httpx.Member), finder{specialists}.find)
	httpx.Handle(r, businessmen.route(http.MethodGet, "", "list", "List businessmen", listDoc, httpx.Member), businessmen.list)
	httpx.Handle(r, consumers.route(http.MethodGet, "", "list", "List consumers", listDoc, httpx.Member), consumers.list)
	register[SpecialistWhole, SpecialistPatch](r, specialists)
	register[BusinessmanWhole, BusinessmanPatch](r, businessmen)
	register[ConsumerBody, ConsumerBody](r, consumers)
	httpx.Handle(r, httpx.Route{
		Method: http.MethodPost, Path: root + "businessmen/{user_id}/", ID: "profiles.businessmen.createFor",
		Summary: "Fill a businessman's profile", Doc: "The same as POST businessmen/, with the user's id in the path.",
		Access: httpx.Self("user_id"), Status: http.StatusCreated,
	}, put[BusinessmanWhole](businessmen, c.Businessmen.Create))
	uploads(r, c)
	verifications{c}.register(r)
}

func specialist(s core.Shown[profiles.Specialist], owner bool) profilesjson.Specialist {
	out := profilesjson.NewSpecialist(s.Profile, s.Display, owner)
	out.DistanceKM = tenths(s.KM)
	return out
}

func businessman(s core.Shown[profiles.Businessman], _ bool) profilesjson.Businessman {
	return profilesjson.NewBusinessman(s.Profile, s.Display)
}

func consumer(s core.Shown[profiles.Consumer], _ bool) profilesjson.Consumer {
	return profilesjson.NewConsumer(s.Profile, s.Display)
}

// register adds the routes of one kind but its list. W is the body of a whole profile, P that of a change.
func register[W body[T], P body[T], T, J any](r *httpx.Router, k kind[T, J]) {
	one, by := "{user_id}/", "by-user/{user_id}/"
	self := httpx.Self("user_id")
	httpx.Handle(r, k.created(http.MethodPost, "", "create", "Fill one's own profile as a "+k.singular, createDoc), post[W](k))
	httpx.Handle(r, k.route(http.MethodGet, one, "get", "Show a "+k.singular, getDoc, httpx.Member), k.get)
	httpx.Handle(r, k.route(http.MethodPut, one, "replace", "Replace a "+k.singular+"'s profile", putDoc, self), put[W](k, k.profiles.Replace))
	httpx.Handle(r, k.route(http.MethodPatch, one, "change", "Change a "+k.singular+"'s profile", patchDoc, self), put[P](k, k.profiles.Change))
	httpx.Handle(r, k.route(http.MethodDelete, one, "delete", "Empty a "+k.singular+"'s profile", deleteDoc, self), k.delete)
	httpx.Handle(r, k.route(http.MethodGet, by, "getByUser", "Show a "+k.singular, getDoc, httpx.Member), k.get)
	httpx.Handle(r, k.route(http.MethodPatch, by, "changeByUser", "Change a "+k.singular+"'s profile", patchDoc, self), put[P](k, k.profiles.Change))
}

const (
	listDoc   = "Made profiles in the order of their ids. With `object_id` only that user's, which is then shown as by its own address."
	createDoc = "The user comes from the token; a `user_id` in the body is ignored. The empty profile that registration made is filled; " +
		"one that its owner has filled already, or one of another kind, is a 400 with code `profiles.exists`."
	getDoc    = "Right after a registration this is an empty profile with id 0; it is never a 404 for a user of this kind. Only the owner and staff see documents and the exact place."
	putDoc    = "Fields that are neither required nor sent stay as they are."
	patchDoc  = "Fields that are not sent stay as they are. Read-only ones are ignored. New files must be the owner's: pictures public images, documents private ones or PDFs."
	deleteDoc = "The profile is shown as one that was never filled, and leaves the list. Deleting twice is fine."
)

// kind is one kind of profile, with its way to JSON.
type kind[T, J any] struct {
	plural, singular string
	profiles         *core.Profiles[T]
	core             *core.Core
	json             func(s core.Shown[T], owner bool) J
}

func (k kind[T, J]) route(method, path, id, summary, doc string, access httpx.Access) httpx.Route {
	return httpx.Route{Method: method, Path: root + k.plural + "/" + path, ID: "profiles." + k.plural + "." + id,
		Summary: summary, Doc: doc, Access: access}
}

func (k kind[T, J]) created(method, path, id, summary, doc string) httpx.Route {
	r := k.route(method, path, id, summary, doc, httpx.Member)
	r.Status = http.StatusCreated
	return r
}

// show makes the JSON for whoever asks.
func (k kind[T, J]) show(ctx context.Context, s core.Shown[T]) J {
	return k.all(ctx, []core.Shown[T]{s})[0]
}

// all makes the JSON of a page. Media is asked once for all its files; without an answer the page is
// shown without them.
func (k kind[T, J]) all(ctx context.Context, rows []core.Shown[T]) []J {
	p, _ := authn.From(ctx)
	out := make([]J, len(rows))
	var page []profilesjson.Profile
	for i, r := range rows {
		out[i] = k.json(r, p.Is(r.UserID) || p.Staff || p.Superuser)
		if withFiles, ok := any(&out[i]).(profilesjson.Profile); ok {
			page = append(page, withFiles)
		}
	}
	if err := profilesjson.Illustrate(ctx, k.core.Media, page...); err != nil {
		k.core.Log.WarnContext(ctx, "profiles shown without their files", "profiles", len(page), "error", err)
	}
	return out
}

type userInput struct {
	UserID int64 `path:"user_id" doc:"The user's id, not the profile's."`
}

func (k kind[T, J]) get(ctx context.Context, in *userInput) (*httpx.Body[J], error) {
	s, err := k.profiles.Get(ctx, in.UserID)
	if err != nil {
		return nil, err
	}
	return httpx.OK(k.show(ctx, s)), nil
}

func (k kind[T, J]) delete(ctx context.Context, in *userInput) (*struct{}, error) {
	return nil, k.profiles.Delete(ctx, in.UserID)
}

type ownInput[B any] struct{ Body B }

// post fills the caller's own profile.
func post[B body[T], T, J any](k kind[T, J]) func(context.Context, *ownInput[B]) (*httpx.Body[J], error) {
	return func(ctx context.Context, in *ownInput[B]) (*httpx.Body[J], error) {
		if err := in.Body.check(); err != nil {
			return nil, err
		}
		s, err := k.profiles.Create(ctx, authn.UserID(ctx), in.Body.apply)
		if err != nil {
			return nil, err
		}
		return httpx.OK(k.show(ctx, s)), nil
	}
}

type changeInput[B any] struct {
	UserID int64 `path:"user_id" doc:"The user's id, not the profile's."`
	Body   B
}

// put hands what was sent to one of the ways to write a user's profile.
func put[B body[T], T, J any](k kind[T, J], write func(context.Context, int64, func(*T)) (core.Shown[T], error)) func(context.Context, *changeInput[B]) (*httpx.Body[J], error) {
	return func(ctx context.Context, in *changeInput[B]) (*httpx.Body[J], error) {
		if err := in.Body.check(); err != nil {
			return nil, err
		}
		s, err := write(ctx, in.UserID, in.Body.apply)
		if err != nil {
			return nil, err
		}
		return httpx.OK(k.show(ctx, s)), nil
	}
}
