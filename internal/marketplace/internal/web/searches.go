package web

import (
	"context"
	"math"
	"net/http"
	"time"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
)

const (
	searchesRoot = root + "searches/"
	alertsRoot   = root + "alerts/"

	searchesDoc = "One's own, newest first."
	saveDoc     = "With `alerts`, which is on unless it is said otherwise, adverts that are published or come to match from now on alert, each once. " +
		"At most 50, else 409 with code `marketplace.too_many_searches`."
	changeSearchDoc = "Adverts of before alert by what the search looked for when they were published. No advert alerts twice for one search, however often both change. " +
		"Fields that are not sent stay as they are; `query` is replaced whole."
	deleteSearchDoc = "With its alerts."
	alertsDoc       = "Adverts that one's saved searches found, newest first. Those of adverts that cannot be seen now (sold, paused, deleted, of a publisher whom one blocks) " +
		"are left out, and come back with their adverts."
	readDoc = "Marks one's alerts as read: those up to `up_to`, all without it. Answers with how many are unread then."
)

// registerSearches adds the routes of what is the caller's own. Staff sees no more than others: what people
// look for is theirs.
func registerSearches(r *httpx.Router, c *core.Core) {
	h, one := searches{handlers{c}}, searchesRoot+"{id}/"
	limits := []httpx.RateLimit{{Name: "marketplace.searches", By: httpx.ByUser, Limit: kv.Limit{Events: maxPerHour, Period: time.Hour}}}
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: searchesRoot, ID: "marketplace.searches.list", Summary: "List one's saved searches", Doc: searchesDoc, Access: httpx.Member}, h.list)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: searchesRoot, ID: "marketplace.searches.create", Summary: "Save a search", Doc: saveDoc,
		Access: httpx.Member, Status: http.StatusCreated, Limits: limits}, h.create)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: one, ID: "marketplace.searches.get", Summary: "Show a saved search", Access: httpx.Member}, h.get)
	httpx.Handle(r, httpx.Route{Method: http.MethodPut, Path: one, ID: "marketplace.searches.replace", Summary: "Replace a saved search",
		Doc: changeSearchDoc + " Name and query must be sent.", Access: httpx.Member, Limits: limits}, h.replace)
	httpx.Handle(r, httpx.Route{Method: http.MethodPatch, Path: one, ID: "marketplace.searches.change", Summary: "Change a saved search", Doc: changeSearchDoc, Access: httpx.Member, Limits: limits}, h.change)
	httpx.Handle(r, httpx.Route{Method: http.MethodDelete, Path: one, ID: "marketplace.searches.delete", Summary: "Delete a saved search", Doc: deleteSearchDoc, Access: httpx.Member}, h.delete)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: alertsRoot, ID: "marketplace.alerts.list", Summary: "List one's alerts", Doc: alertsDoc, Access: httpx.Member}, h.alerts)
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: alertsRoot + "count/", ID: "marketplace.alerts.count", Summary: "Count one's unread alerts",
		Doc: "Counted up to 10,000, without those that the list leaves out.", Access: httpx.Member}, h.unread)
	httpx.Handle(r, httpx.Route{Method: http.MethodPost, Path: alertsRoot + "mark_read/", ID: "marketplace.alerts.mark_read", Summary: "Mark alerts as read", Doc: readDoc, Access: httpx.Member}, h.read)
}

// searches are the routes of saved searches and their alerts.
type searches struct{ handlers }

// SavedSearch is a saved search as REST answers show it.
type SavedSearch struct {
	ID        int64      `json:"id"`
	Name      string     `json:"name"`
	Query     SavedQuery `json:"query"`
	Alerts    bool       `json:"alerts" doc:"Whether adverts alert that it finds."`
	CreatedAt string     `json:"created_at" format:"date-time"`
	UpdatedAt string     `json:"updated_at" format:"date-time"`
}

func savedSearch(s core.Search) SavedSearch {
	return SavedSearch{s.ID, s.Name, saved(s.Wanted), s.Alerts, written(s.CreatedAt), written(s.UpdatedAt)}
}

// SearchBody is what clients send of a saved search.
type SearchBody struct {
	Name   httpx.Opt[string]     `json:"name,omitempty" nullable:"false" minLength:"1" maxLength:"120"`
	Query  httpx.Opt[SavedQuery] `json:"query,omitempty" nullable:"false"`
	Alerts httpx.Opt[bool]       `json:"alerts,omitempty" nullable:"false"`
}

// whole tells which fields are missing of a whole search.
func (b SearchBody) whole() error {
	var missing []errs.Field
	for _, f := range []struct {
		name string
		sent bool
	}{{"name", b.Name.Sent}, {"query", b.Query.Sent}} {
		if !f.sent {
			missing = append(missing, errs.Field{Name: f.name, Text: errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}})
		}
	}
	if len(missing) > 0 {
		return errs.InvalidFields(missing...)
	}
	return nil
}

// edit reads the body; the query is checked as the list's is.
func (h searches) edit(ctx context.Context, b SearchBody) (core.SearchEdit, error) {
	e := core.SearchEdit{Name: b.Name.Ptr(), Alerts: b.Alerts.Ptr()}
	q := b.Query.Ptr()
	if q == nil {
		return e, nil
	}
	in, params := q.filters()
	w, _, err := h.filters(ctx, in, params)
	e.Wanted = &w
	return e, err
}

type saveInput struct{ Body SearchBody }

func (h searches) create(ctx context.Context, in *saveInput) (*httpx.Body[SavedSearch], error) {
	if err := in.Body.whole(); err != nil {
		return nil, err
	}
	e, err := h.edit(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	e.Alerts = new(in.Body.Alerts.Or(true))
	return one(h.core.SaveSearch(ctx, e))
}

func one(s core.Search, err error) (*httpx.Body[SavedSearch], error) {
	if err != nil {
		return nil, err
	}
	return httpx.OK(savedSearch(s)), nil
}

type searchInput struct {
	ID int64 `path:"id" doc:"The search's id."`
}

func (h searches) get(ctx context.Context, in *searchInput) (*httpx.Body[SavedSearch], error) {
	return one(h.core.Search(ctx, in.ID))
}

func (h searches) delete(ctx context.Context, in *searchInput) (*struct{}, error) {
	return nil, h.core.DeleteSearch(ctx, in.ID)
}

type changeSearchInput struct {
	ID   int64 `path:"id" doc:"The search's id."`
	Body SearchBody
}

func (h searches) replace(ctx context.Context, in *changeSearchInput) (*httpx.Body[SavedSearch], error) {
	return h.put(ctx, in, in.Body.whole)
}

func (h searches) change(ctx context.Context, in *changeSearchInput) (*httpx.Body[SavedSearch], error) {
	return h.put(ctx, in, func() error { return nil })
}

// put checks what was sent once it is clear that the search is the caller's.
func (h searches) put(ctx context.Context, in *changeSearchInput, whole func() error) (*httpx.Body[SavedSearch], error) {
	if _, err := h.core.Search(ctx, in.ID); err != nil {
		return nil, err
	}
	if err := whole(); err != nil {
		return nil, err
	}
	e, err := h.edit(ctx, in.Body)
	if err != nil {
		return nil, err
	}
	return one(h.core.ChangeSearch(ctx, in.ID, e))
}

func below(after *idPosition) int64 {
	if after == nil {
		return math.MaxInt64
	}
	return after.ID
}

type searchesInput struct{ httpx.PageParams }

func (h searches) list(ctx context.Context, in *searchesInput) (*httpx.Body[httpx.Page[SavedSearch]], error) {
	page, err := httpx.List(ctx, in.PageParams, httpx.Source[core.Search, idPosition]{
		Count: func(ctx context.Context, _ int) (int64, error) { return h.core.CountSearches(ctx) },
		Rows: func(ctx context.Context, s httpx.Span[idPosition]) ([]core.Search, bool, error) {
			return h.core.Searches(ctx, below(s.After), s.Skip, s.Limit)
		},
		End: func(last core.Search) idPosition { return idPosition{last.ID} },
	}, func(_ context.Context, rows []core.Search) []SavedSearch {
		out := make([]SavedSearch, len(rows))
		for i, s := range rows {
			out[i] = savedSearch(s)
		}
		return out
	})
	if err != nil {
		return nil, err
	}
	return httpx.OK(page), nil
}
