// Package web is the marketplace's REST routes (contract: rest.md §5).
package web

import (
	"context"
	"math"
	"net/http"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const root = "/api/adds/"

const (
	listDoc = "Newest first. With `search` or a filter that the list has no index for, the newest 300 adverts that match are counted and ranked by where the words " +
		"stand, freshness and, with `near`, distance, unless `ordering` says otherwise; a cursor goes on to the next ones. Attributes of a category are filtered by " +
		"`attr.<key>=value`, `attr.<key>.min=` and `attr.<key>.max=`. Others than active adverts are shown to their publishers alone, and narrowed by category, condition " +
		"and search, which then looks for the words as they are."
	createDoc = "The roles that may publish are configured. `add.created` follows, unless it is a draft."
	changeDoc = "Fields that are not sent stay as they are; read-only ones are ignored. `status` follows the life of an advert: a draft becomes active or archived; " +
		"an active one paused, sold or archived; a paused one active, sold or archived; a sold one active again or archived; an archived one active; an expired one " +
		"active, sold or archived. Else 409 with code `marketplace.illegal_transition`. With If-Match: only when the advert is of that version, else 412."
	deleteDoc   = "For good. To keep it, change its status to archived."
	mineDoc     = "All of one's own, newest first: a bare array of at most 200, or pages with `page` or `cursor`."
	nearbyDoc   = "Active adverts within a radius, nearest first: a bare array of at most 200, or pages with `page` or `cursor`; counted up to 2,000, and walked up to 10,000. Distances are those of the places that others see, for everybody."
	renewDoc    = "An active or expired advert is active for a whole lifetime from now on."
	historyDoc  = "Changes of the status, newest first, at most 200."
	pricesDoc   = "What was asked for it, newest first, at most 200."
	facetsDoc   = "Counts the newest 1,000 adverts that match by category, condition and currency."
	contactDoc  = "Opens, or finds, the private chat with the publisher about this advert. 503 with code `chat.unavailable` where chat does not run."
	unitsDoc    = "What prices are for. Sizes differ by country where `varies`; `source` says where a size comes from."
	viewsDoc    = "Whoever is neither its publisher nor staff counts in `views`, once a day (UTC); the number follows within seconds."
	maxPerHour  = 120
	writeLimits = "marketplace.adds"
)

// Register adds all routes.
func Register(r *httpx.Router, c *core.Core) {
	h := handlers{c}
	limits := []httpx.RateLimit{{Name: writeLimits, By: httpx.ByUser, Limit: kv.Limit{Events: maxPerHour, Period: time.Hour}}}
	one := root + "{id}/"
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root, ID: "marketplace.adds.list", Summary: "Find adverts", Doc: listDoc, Access: httpx.Anyone}, h.list)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: root, ID: "marketplace.adds.create", Summary: "Publish an advert", Doc: createDoc,
		Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, h.create)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "my_adds/", ID: "marketplace.adds.mine", Summary: "List one's own adverts", Doc: mineDoc, Access: httpx.Member, Unauthenticated: errNotSignedIn}, h.mine)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "nearby/", ID: "marketplace.adds.nearby", Summary: "List adverts near a place", Doc: nearbyDoc, Access: httpx.Anyone}, h.nearby)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "facets/", ID: "marketplace.adds.facets", Summary: "Count adverts by what they are", Doc: facetsDoc, Access: httpx.Anyone}, h.facets)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "units/", ID: "marketplace.units", Summary: "List units of prices", Doc: unitsDoc, Access: httpx.Anyone}, h.units)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "marketplace.adds.get", Summary: "Show an advert", Doc: viewsDoc, Access: httpx.Anyone}, h.get)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "marketplace.adds.replace", Summary: "Replace an advert", Doc: changeDoc + " Title, description, price and condition must be sent.",
		Access: httpx.Owner, Errors: []int{http.StatusPreconditionFailed}}, h.replace)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: one, ID: "marketplace.adds.change", Summary: "Change an advert", Doc: changeDoc,
		Access: httpx.Owner, Errors: []int{http.StatusPreconditionFailed}}, h.change)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "marketplace.adds.delete", Summary: "Delete an advert", Doc: deleteDoc,
		Access: httpx.Owner, Errors: []int{http.StatusPreconditionFailed}}, h.delete)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: one + "renew/", ID: "marketplace.adds.renew", Summary: "Renew an advert", Doc: renewDoc, Access: httpx.Owner}, h.renew)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one + "history/", ID: "marketplace.adds.history", Summary: "Show the life of an advert", Doc: historyDoc, Access: httpx.Owner}, h.history)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one + "prices/", ID: "marketplace.adds.prices", Summary: "Show the prices of an advert", Doc: pricesDoc, Access: httpx.Anyone}, h.prices)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: one + "contact/", ID: "marketplace.adds.contact", Summary: "Write to the publisher of an advert", Doc: contactDoc,
		Access: httpx.Member, Limits: []httpx.RateLimit{{Name: "marketplace.contact", By: httpx.ByUser, Limit: kv.Limit{Events: 60, Period: time.Hour}}}}, h.contact)
	registerCategories(r, c)
	registerFollows(r, h)
	registerFavourites(r, h)
	registerBlocks(r, h)
	registerReports(r, c)
	registerModeration(r, c)
	registerSearches(r, c)
}

// handlers are the routes of adverts.
type handlers struct{ core *core.Core }

type createInput struct{ Body AddBody }

func (h handlers) create(ctx context.Context, in *createInput) (*httpx.Body[Add], error) {
	if err := in.Body.check(true); err != nil {
		return nil, err
	}
	var a marketplace.Add
	in.Body.apply(&a)
	s, err := h.core.Publish(ctx, a)
	return shown(ctx, s, err)
}

func shown(ctx context.Context, s core.Shown, err error) (*httpx.Body[Add], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(add(ctx, s)), nil
}

type addInput struct {
	ID int64 `path:"id" doc:"The advert's id."`
}

type getInput struct {
	ID      int64  `path:"id" doc:"The advert's id."`
	Browser string `header:"User-Agent"`
}

func (h handlers) get(ctx context.Context, in *getInput) (*httpx.Body[Add], error) {
	s, err := h.core.Get(ctx, in.ID)
	if err == nil {
		h.core.Look(ctx, s, httpx.Address(ctx), in.Browser)
	}
	return shown(ctx, s, err)
}

type changeInput struct {
	ID int64 `path:"id" doc:"The advert's id."`
	httpx.MatchParams
	Body AddBody
}

func (h handlers) replace(ctx context.Context, in *changeInput) (*httpx.Body[Add], error) {
	return h.put(ctx, in, true)
}

func (h handlers) change(ctx context.Context, in *changeInput) (*httpx.Body[Add], error) {
	return h.put(ctx, in, false)
}

// put checks what was sent once it is clear that the caller may change the advert.
func (h handlers) put(ctx context.Context, in *changeInput, whole bool) (*httpx.Body[Add], error) {
	if err := h.core.Mine(ctx, in.ID); err != nil {
		return nil, err
	}
	if err := in.Body.check(whole); err != nil {
		return nil, err
	}
	s, err := h.core.Change(ctx, in.ID, core.Edit{Version: in.Version(), Change: in.Body.apply})
	return shown(ctx, s, err)
}

type deleteInput struct {
	ID int64 `path:"id" doc:"The advert's id."`
	httpx.MatchParams
}

func (h handlers) delete(ctx context.Context, in *deleteInput) (*struct{}, error) {
	return nil, h.core.Delete(ctx, in.ID, in.Version())
}

func (h handlers) renew(ctx context.Context, in *addInput) (*httpx.Body[Add], error) {
	s, err := h.core.Renew(ctx, in.ID)
	return shown(ctx, s, err)
}

// Contact is where to write.
type Contact struct {
	RoomID int64 `json:"room_id" doc:"The chat room."`
}

func (h handlers) contact(ctx context.Context, in *addInput) (*httpx.Body[Contact], error) {
	room, err := h.core.Contact(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return httpx.OK(Contact{room}), nil
}

// Step is a change of an advert's status.
type Step struct {
	Version  int    `json:"version"`
	At       string `json:"at" format:"date-time"`
	ActorID  *int64 `json:"actor_id" doc:"The user who did it; null: it came with time, or with an event."`
	Previous string `json:"previous" doc:"Empty: the advert was made."`
	Status   string `json:"status"`
}

func (h handlers) history(ctx context.Context, in *addInput) (*httpx.Body[[]Step], error) {
	steps, err := h.core.History(ctx, in.ID, 0, httpx.MaxArray)
	if err != nil {
		return nil, err
	}
	out := make([]Step, len(steps))
	for i, s := range steps {
		out[i] = Step{s.Version, written(s.At), some(s.ActorID), string(s.Previous), string(s.Status)}
	}
	return httpx.OK(out), nil
}

// OldPrice is what was asked from a moment on.
type OldPrice struct {
	At        string `json:"at" format:"date-time"`
	Price     string `json:"price"`
	Currency  string `json:"currency"`
	Unit      string `json:"unit"`
	OnRequest bool   `json:"on_request"`
}

func (h handlers) prices(ctx context.Context, in *addInput) (*httpx.Body[[]OldPrice], error) {
	prices, err := h.core.Prices(ctx, in.ID, httpx.MaxArray)
	if err != nil {
		return nil, err
	}
	out := make([]OldPrice, len(prices))
	for i, p := range prices {
		out[i] = OldPrice{written(p.At), p.Amount, p.Currency, p.Unit, p.OnRequest}
	}
	return httpx.OK(out), nil
}

// errNotSignedIn is the contract's for a member's own lists (rest.md §5).
var errNotSignedIn = errs.New(errs.Unauthenticated, errs.ErrUnauthenticated.Code, "No autenticado", "Not signed in")

// tenths rounds a distance to what is shown of it.
func tenths(km float64) float64 { return math.Round(km*10) / 10 }
