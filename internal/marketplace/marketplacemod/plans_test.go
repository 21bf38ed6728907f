package marketplacemod_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/search/pgindex"
)

// large are the tables that no query may read from beginning to end.
var large = map[string]bool{"add": true, "listing": true, "term": true, "word": true, "add_image": true, "add_transition": true, "add_price_history": true, "publisher": true}

// TestNoQueryReadsALargeTable explains every query of the store on 20,000 adverts, as the server has it
// prepared on the product's connection: with the plan that it has for all values of its arguments.
func TestNoQueryReadsALargeTable(t *testing.T) {
	w := setup(t)
	made, err := w.module.Fill(t.Context(), marketplacemod.Fill{Total: 20_000})
	require.NoError(t, err)
	require.Equal(t, 20_000, made)
	for name, q := range w.queries() {
		t.Run(name, func(t *testing.T) {
			plans := w.plans(t, q.run)
			require.NotEmpty(t, plans)
			used := map[string]bool{}
			for statement, plan := range plans {
				plan.walk(func(n node) {
					require.False(t, n.Type == "Seq Scan" && large[n.Relation], "reads all of %s: %s", n.Relation, statement)
					require.False(t, n.Type == "Bitmap Index Scan" && strings.HasSuffix(n.Index, "_pkey") && strings.Contains(statement, "matches"), "reads all of %s: %s", n.Index, statement)
					used[n.Index] = true
				})
			}
			for _, index := range q.by {
				require.True(t, used[index], "not by %s, but by %v", index, used)
			}
			for _, index := range q.notBy {
				require.False(t, used[index], "by %s", index)
			}
		})
	}
}

// query is something that is asked of the store, and indexes that answer it, or must not: a whole index
// is a large table as well.
type query struct {
	run       func(context.Context, store.Store) error
	by, notBy []string
}

func (w *world) queries() map[string]query {
	all := map[string]query{}
	w.lists(all)
	w.distances(all)
	w.searches(all)
	w.others(all)
	return all
}

// lists are the lists by date and price: each scope in each order, the first page and one behind it.
func (w *world) lists(all map[string]query) {
	leaf, root := w.category("Bovinos"), w.category("Animales en pie")
	for _, scope := range []struct {
		name, index string
		list        store.List
	}{
		{"all", "add_", store.List{Status: "active"}},
		{"root", "add_root_", store.List{Status: "active", RootID: root}},
		{"leaf", "add_category_", store.List{Status: "active", CategoryID: leaf}},
		{"publisher", "", store.List{Status: "active", PublisherID: 1 << 40}},
		{"publisher's leaf", "", store.List{Status: "active", PublisherID: 1 << 40, CategoryID: leaf}},
		{"one's own", "", store.List{PublisherID: 1 << 40}},
		{"one's own sold", "", store.List{Status: "sold", PublisherID: 1 << 40}},
		{"one's own drafts of a root", "", store.List{Status: "draft", PublisherID: 1 << 40, RootID: root}},
	} {
		for order, index := range map[store.Order]string{store.Newest: "newest", store.Oldest: "newest", store.Cheapest: "price", store.Dearest: "price",
			store.BaseUp: "comparable", store.BaseDown: "comparable"} {
			l := scope.list
			l.Order, l.Currency, l.BaseUnit = order, "BOB", "kg"
			if index == "comparable" && l.RootID+l.CategoryID == 0 {
				continue // only within a category
			}
			if index != "comparable" {
				l.Currency, l.BaseUnit = "", ""
			}
			for _, without := range [][]int64{nil, {7, 8}} {
				l.Without = without
				q := query{run: func(ctx context.Context, s store.Store) error { return walk(ctx, s, l) }}
				if scope.index != "" {
					q.by = []string{scope.index + index}
				} else {
					q.notBy = []string{"add_newest", "add_price", "add_root_newest", "add_root_price", "add_category_newest", "add_category_price", "add_expiry", "add_pkey"}
				}
				all[fmt.Sprintf("list of %s by %s without %d", scope.name, order, len(without))] = q
				all[fmt.Sprintf("count of %s by %s without %d", scope.name, order, len(without))] = query{run: func(ctx context.Context, s store.Store) error {
					_, err := s.Count(ctx, l, 10_000)
					return err
				}}
			}
		}
	}
}

func walk(ctx context.Context, s store.Store, l store.List) error {
	after := store.Position{ID: 5000, At: time.Now().Add(-1000 * time.Hour), Price: "100.00"}
	for _, span := range []store.Span{{Limit: 21}, {Limit: 21, Skip: 40}, {Limit: 21, After: &after}} {
		if _, err := s.IDs(ctx, l, span); err != nil {
			return err
		}
	}
	return nil
}

// distances are the lists by distance around places of every kind.
func (w *world) distances(all map[string]query) {
	leaf, root := w.category("Bovinos"), w.category("Animales en pie")
	for name, at := range map[string]geo.Point{"the equator": {}, "Montero": {Latitude: -17.34, Longitude: -63.25}, "60 north": {Latitude: 60, Longitude: 20},
		"180 degrees": {Latitude: -17, Longitude: 179.9}, "the date line from the east": {Latitude: 40, Longitude: -179.99}, "a pole": {Latitude: -90}} {
		for radius, n := range map[string]store.Near{"": {}, " in a leaf": {CategoryID: leaf}, " in a root": {RootID: root}, " without some": {Without: []int64{7}}} {
			for _, km := range []float64{5, 500} {
				n.Circle = geo.Circle{Center: at, KM: km}
				index := map[string]string{" in a leaf": "add_category_near", " in a root": "add_root_near"}[radius]
				if index == "" {
					index = "add_near"
				}
				all[fmt.Sprintf("%v km around %s%s", km, name, radius)] = query{by: []string{index}, run: func(ctx context.Context, s store.Store) error {
					if _, err := s.Near(ctx, n, store.NearSpan{AfterKM: -1, Limit: 21}); err != nil {
						return err
					}
					_, err := s.Near(ctx, n, store.NearSpan{AfterKM: 3, AfterID: 77, Seen: 400, Limit: 21})
					return err
				}}
				all[fmt.Sprintf("count of %v km around %s%s", km, name, radius)] = query{by: []string{index}, run: func(ctx context.Context, s store.Store) error {
					_, err := s.NearCount(ctx, n, 10_000)
					return err
				}}
			}
		}
	}
}

// searches are queries of rare, frequent and absent words, and of traits, ranges and places. The newest
// adverts are never read one by one, but when nothing at all is asked for.
func (w *world) searches(all map[string]query) {
	words := func(text string) []search.Group { return search.New(search.Default()).In("BO").Query(text).Groups }
	used := search.Trait("condition", "used")
	for name, f := range map[string]store.Find{
		"a frequent word": {Groups: words("precio")}, "a rare word": {Groups: words("melipona")}, "an absent word": {Groups: words("xyzzy")},
		"a word with synonyms": {Groups: words("vaca")}, "a phrase": {Groups: words("cerca eléctrica")}, "several words": {Groups: words("precio entrega vaca")},
		"a frequent and a rare one": {Groups: words("precio melipona")},
		"a trait":                   {Must: []int64{used}}, "a word and a trait": {Groups: words("precio"), Must: []int64{used}},
		"choices": {Any: [][]int64{{search.Trait("attr.raza", "nelore"), search.Trait("attr.raza", "holstein")}}},
		"a range": {Groups: words("precio"), Range: []store.Range{{Column: "price", Min: "100", Max: "900"}, {Attribute: "peso_kg", Min: "300"}, {Attribute: "vencimiento", Date: true, Max: "2030-01-01"}}},
		"near":    {Groups: words("precio"), Near: &geo.Circle{Center: geo.Point{Latitude: -17, Longitude: -63}, KM: 50}, Without: []int64{4, 5}},
	} {
		for _, order := range []store.Order{"", store.Newest, store.Oldest, store.Cheapest, store.Dearest, store.BaseDown} {
			for _, below := range []int64{0, 9000} {
				all[fmt.Sprintf("search for %s by %s below %d", name, order, below)] = query{by: []string{"listing_terms"}, run: func(ctx context.Context, s store.Store) error {
					_, err := s.Find(ctx, f, store.FindSpan{Below: below, Order: order, Now: time.Now(), Limit: 21})
					return err
				}}
			}
		}
		all["facets of "+name] = query{by: []string{"listing_terms"}, run: func(ctx context.Context, s store.Store) error {
			_, err := s.Facets(ctx, f)
			return err
		}}
	}
	all["facets of everything"] = query{by: []string{"listing_pkey"}, run: func(ctx context.Context, s store.Store) error {
		_, err := s.Facets(ctx, store.Find{})
		return err
	}}
	all["words"] = query{by: []string{"word_pkey", "word_pieces"}, run: func(ctx context.Context, s store.Store) error {
		w := pgindex.Words{Index: s.Index()}
		_, err := w.Known(ctx, "vaca", "toro")
		if err == nil {
			_, err = w.Prefix(ctx, "va", 10)
		}
		if err == nil {
			_, err = w.Similar(ctx, search.Pieces("vacca"), 50)
		}
		return err
	}}
}

// others are single adverts, jobs and events.
func (w *world) others(all map[string]query) {
	for name, run := range map[string]func(context.Context, store.Store) error{
		"one advert":    func(ctx context.Context, s store.Store) error { _, _, err := s.Get(ctx, 100, false); return err },
		"one to change": func(ctx context.Context, s store.Store) error { _, _, err := s.Get(ctx, 100, true); return err },
		"a page":        func(ctx context.Context, s store.Store) error { _, err := s.ByIDs(ctx, 3, 5, 7); return err },
		"expired":       func(ctx context.Context, s store.Store) error { _, err := s.Expired(ctx, time.Now(), 200); return err },
		"expiring": func(ctx context.Context, s store.Store) error {
			_, err := s.Expiring(ctx, time.Now(), time.Now().Add(72*time.Hour), 200)
			return err
		},
		"a publisher's": func(ctx context.Context, s store.Store) error {
			_, err := s.OfPublisher(ctx, 1<<40, 17, 200)
			return err
		},
		"with a picture": func(ctx context.Context, s store.Store) error { _, err := s.WithImage(ctx, 4); return err },
		"history":        func(ctx context.Context, s store.Store) error { _, err := s.Transitions(ctx, 5, 0, 200); return err },
		"prices":         func(ctx context.Context, s store.Store) error { _, err := s.Prices(ctx, 5, 200); return err },
		"uncounted": func(ctx context.Context, s store.Store) error {
			return s.Index().CountNew(ctx, func(ctx context.Context, ids []int64) ([]map[string]int, error) {
				_, err := s.Texts(ctx, ids)
				return nil, err
			})
		},
		"a used category": func(ctx context.Context, s store.Store) error { _, err := s.CategoryUsed(ctx, 3); return err },
		"a publisher": func(ctx context.Context, s store.Store) error {
			_, err := s.LockPublisher(ctx, 5, time.Now())
			return err
		},
		"a document": func(ctx context.Context, s store.Store) error {
			return s.Enlist(ctx, 100, store.Document{Terms: []int64{search.TermOf("vac")}})
		},
		"the feed": func(ctx context.Context, s store.Store) error {
			if _, err := s.Feed(ctx, 1, store.Span{Limit: 21}); err != nil {
				return err
			}
			_, err := s.CountFeed(ctx, 1, 10_000)
			return err
		},
		"favourites": func(ctx context.Context, s store.Store) error {
			_, err := s.Favourites(ctx, 1, store.IDSpan{Limit: 21})
			return err
		},
		"whom an advert is to be told": func(ctx context.Context, s store.Store) error {
			one, _, err := s.Listed(ctx, 100)
			if err == nil {
				_, err = s.Candidates(ctx, one, one.Terms, time.Now())
			}
			if err == nil {
				_, err = s.Matches(ctx, 100, 0, []store.Find{{Must: []int64{5}, Range: []store.Range{{Attribute: "peso_kg", Min: "1"}}}})
			}
			return err
		},
		"a usual price": func(ctx context.Context, s store.Store) error {
			_, _, err := s.UsualPrice(ctx, 3, "BOB", "kg")
			return err
		},
		"a deletion": func(ctx context.Context, s store.Store) error { return s.Delete(ctx, 100) },
		"an update": func(ctx context.Context, s store.Store) error {
			row, _, err := s.Get(ctx, 101, true)
			if err == nil {
				row.Status = marketplace.StatusPaused
				err = s.Update(ctx, &row, true)
			}
			return err
		},
	} {
		all[name] = query{run: run}
	}
}

// node is one of a plan's.
type node struct {
	Type     string `json:"Node Type"`
	Relation string `json:"Relation Name"`
	Index    string `json:"Index Name"`
	Plans    []node `json:"Plans"`
}

func (n node) walk(f func(node)) {
	f(n)
	for _, p := range n.Plans {
		p.walk(f)
	}
}

// errUndone ends a transaction that is to leave nothing.
var errUndone = errors.New("undone")

// plans are those of the statements that run has a new connection prepare, by statement. What it does is
// undone.
func (w *world) plans(t *testing.T, run func(context.Context, store.Store) error) map[string]node {
	t.Helper()
	conn, err := w.db.Acquire(t.Context())
	require.NoError(t, err)
	db, err := pg.Open(conn.Conn().Config().ConnString(), "marketplace", pg.Options{MaxConns: 1})
	conn.Release()
	require.NoError(t, err)
	defer db.Close()
	plans := map[string]node{}
	err = db.Tx(t.Context(), func(ctx context.Context) error {
		if err := run(ctx, store.Store{DB: db}); err != nil {
			return err
		}
		rows, err := db.Q(ctx).Query(ctx, "select name, statement, cardinality(parameter_types) from pg_prepared_statements", pgx.QueryExecModeExec)
		if err != nil {
			return err
		}
		type prepared struct {
			Name, Statement string
			Arguments       int
		}
		all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[prepared])
		for _, p := range all {
			if plans[p.Statement], err = explain(ctx, db, p.Name, p.Arguments); err != nil {
				return err
			}
		}
		return errors.Join(err, errUndone)
	})
	require.ErrorIs(t, err, errUndone)
	return plans
}

func explain(ctx context.Context, db *pg.DB, name string, arguments int) (node, error) {
	values := ""
	if arguments > 0 {
		values = "(" + strings.TrimSuffix(strings.Repeat("null,", arguments), ",") + ")"
	}
	var text []byte
	var plans []struct{ Plan node }
	err := db.Q(ctx).QueryRow(ctx, "explain (format json) execute "+pgx.Identifier{name}.Sanitize()+values, pgx.QueryExecModeSimpleProtocol).Scan(&text)
	if err == nil {
		err = json.Unmarshal(text, &plans)
	}
	if err != nil {
		return node{}, err
	}
	return plans[0].Plan, nil
}
