package marketplacemod_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/marketplacemod"
)

// herd publishes adverts of many kinds, all by ana, and returns their ids.
func (w *world) herd() (ids []int64) {
	w.t.Helper()
	cattle, pigs, tractors := w.category("Bovinos"), w.category("Porcinos"), w.category("Tractores e implementos")
	at := func(lat, lon float64) object { return object{"latitude": lat, "longitude": lon} }
	for _, o := range []object{
		{},
		{"category": cattle, "attributes": object{"raza": "nelore", "peso_kg": 320, "vacunado": true}, "price": 18, "unit": "kg"},
		{"category": cattle, "attributes": object{"raza": "holstein", "peso_kg": "450.5"}, "price": 250, "unit": "arroba", "main_image_id": 7},
		{"title": "Novillo gordo", "description": "Listo.", "category": cattle, "price": 20, "unit": "kg", "latitude": -17.8, "longitude": -63.2},
		{"title": "Chancho de engorde", "description": "Grande.", "category": pigs, "price": 900, "condition": "new"},
		{"title": "Tractor", "description": "Massey, con rastra.", "category": tractors, "price": 15000, "currency": "USD"},
		{"title": "Ivermectina", "description": "Frasco.", "category": w.category("Antiparasitarios"), "attributes": object{"vencimiento": "2027-05-01"}},
		{"title": "Antibiótico", "description": "Frasco.", "category": w.category("Medicamentos y salud animal"), "attributes": object{"vencimiento": "2026-12-31"}},
		{"title": "Carne de res", "description": "Por kilo.", "on_request": true, "condition": "new"},
		{"title": "Toro en Chukotka", "description": "Frío.", "latitude": 66.0, "longitude": 179.9},
		{"title": "Toro en Wrangel", "description": "Más frío.", "latitude": 66.1, "longitude": -179.9},
		{"title": "Caña dulce", "description": "Por carga.", "condition": "semi_new", "latitude": -89.99, "longitude": 10.0},
		{"title": "Maíz", "description": "Grano seco.", "price": 0, "latitude": -17.3, "longitude": -66.1},
		at(-17.75, -63.15), at(10, 20),
	} {
		ids = append(ids, w.published(ana, o))
	}
	return ids
}

// One truth: of everything that was published, a search alerts of what the list finds for it.
func TestSearchesAlertOfWhatTheListFinds(t *testing.T) {
	w := setup(t)
	animals, cattle, medicine := path("%d", w.category("Animales en pie")), path("%d", w.category("Bovinos")), path("%d", w.category("Medicamentos y salud animal"))
	queries := []object{
		{}, {"search": "vaca"}, {"search": "vacas lecheras"}, {"search": "res"}, {"search": "ganado"}, {"search": "hacienda"}, {"search": "cerdo"}, {"search": "elote"},
		{"search": "caña de azúcar"}, {"search": "carne vacuna"}, {"search": "holstein"}, {"search": "de la"}, {"search": "novillo gordo"}, {"search": "novillo flaco"},
		{"category": animals}, {"category": cattle}, {"category": cattle, "search": "vaca"}, {"category": animals, "condition": "new"}, {"condition": "semi_new"},
		{"currency": "USD"}, {"min_price": "7000"}, {"max_price": "900"}, {"min_price": "18", "max_price": "20"}, {"min_price": "18.01", "max_price": "19.99"},
		{"min_price": "9", "max_price": "8"}, {"base_unit": "kg", "max_base_price": "20"}, {"base_unit": "kg", "min_base_price": "21"}, {"base_unit": "ha", "min_base_price": "1"},
		{"pictures": true}, {"publisher": "1"}, {"publisher": "2"}, {"category": cattle, "attributes": object{"raza": "nelore"}},
		{"category": cattle, "attributes": object{"raza": "nelore,holstein", "peso_kg.min": 400}}, {"category": cattle, "attributes": object{"peso_kg": "450.5"}},
		{"category": medicine, "attributes": object{"vencimiento.min": "2027-01-01"}}, {"category": medicine, "attributes": object{"vencimiento": "2026-12-31"}},
		{"category": cattle, "attributes": object{"vacunado": true}}, {"category": animals, "attributes": object{"peso_kg.max": 330, "peso_kg.min": "320"}},
		{"near": "-17.78,-63.18", "radius_km": "20"}, {"near": "-17.78,-63.18", "radius_km": "500"}, {"near": "-17.78,-63.18", "radius_km": "0.1"},
		{"near": "66,180", "radius_km": "100"}, {"near": "66,-180", "radius_km": "100", "search": "toro"}, {"near": "-90,0", "radius_km": "300"}, {"near": "90,0", "radius_km": "500"},
		{"near": "10,20", "search": "vaca", "max_price": "8000", "condition": "used"},
	}
	saved := make([]int64, len(queries))
	for i, q := range queries {
		saved[i] = w.saved([]int64{carla, nadie}[i%2], q)
	}
	adverts := w.herd()
	w.handle()

	found := 0
	for i, q := range queries {
		want, got := []float64{}, []float64{}
		listed := w.as(carla, "GET", "adds/?page_size=100&"+address(q), nil).ok(200)
		if listed["corrections"] == nil { // a saved search means what it says
			want = field[float64](results(listed), "id")
		}
		slices.Sort(want)
		for _, a := range w.alerts() {
			if search, add, _ := strings.Cut(a, " "); search == fmt.Sprint(saved[i]) {
				var id float64
				_, err := fmt.Sscan(add, &id)
				require.NoError(t, err)
				got = append(got, id)
			}
		}
		slices.Sort(got)
		require.Equal(t, want, got, "%v", q)
		found += len(got)
	}
	require.Greater(t, found, 4*len(adverts), "the searches find something")
	require.Equal(t, found, w.count("alert"))
}

// address is a query as the list's parameters.
func address(q object) string {
	v := url.Values{}
	for name, value := range q {
		if attributes, ok := value.(object); ok {
			for key, value := range attributes {
				v.Set("attr."+key, fmt.Sprint(value))
			}
			continue
		}
		v.Set(name, fmt.Sprint(value))
	}
	return v.Encode()
}

func TestOnlyNewsAlerts(t *testing.T) {
	w := setup(t)
	dear, fits, hidden := w.published(ana, object{"price": 500}), w.published(ana, object{"price": 90}), w.published(ana, object{"price": 90})
	w.handle()
	change := func(id int64, o object) {
		w.as(ana, "PATCH", path("adds/%d/", id), o).ok(200)
		w.handle()
	}
	change(hidden, object{"status": "paused"})
	search := w.saved(carla, object{"search": "vaca", "max_price": 100})
	require.Empty(t, w.alerts(), "what was there when it was saved is no news")

	change(fits, object{"description": "Vaca sana y mansa."})
	w.as(ana, "POST", path("adds/%d/renew/", fits), nil).ok(200)
	w.handle()
	require.Empty(t, w.alerts(), "nor is what matched before it was changed")
	change(dear, object{"price": 200})
	require.Empty(t, w.alerts(), "nor what does not match")
	change(dear, object{"price": 100})
	change(hidden, object{"status": "active"})
	want := []string{path("%d %d", search, dear), path("%d %d", search, hidden)}
	require.Equal(t, want, w.alerts(), "the price has fallen, and it is shown again")
	for i := range 10 {
		change(dear, object{"price": 300 + i})
		change(dear, object{"price": 50 + i})
		change(hidden, object{"status": "paused"})
		change(hidden, object{"status": "active"})
	}
	require.Equal(t, want, w.alerts(), "once")
	require.Zero(t, w.count("listing_before"), "nothing is kept")
}

// What an advert was before is compared whole: words, place and attributes, too.
func TestAnAdvertThatComesToMatchIsNews(t *testing.T) {
	for name, c := range map[string]struct{ query, before, change object }{
		"Words":     {object{"search": "preñada"}, object{}, object{"description": "Vaca preñada."}},
		"Number":    {object{"attributes": object{"peso_kg.min": 400}}, object{"attributes": object{"peso_kg": 399.9}}, object{"attributes": object{"peso_kg": 400}}},
		"Choice":    {object{"attributes": object{"raza": "gyr"}}, object{"attributes": object{"raza": "nelore"}}, object{"attributes": object{"raza": "gyr"}}},
		"Base":      {object{"base_unit": "kg", "max_base_price": 20}, object{"unit": "kg", "price": 21}, object{"price": 20}},
		"Place":     {object{"near": "0,0", "radius_km": 100}, object{"latitude": 3, "longitude": 0}, object{"latitude": 0.1, "longitude": 0}},
		"Currency":  {object{"currency": "USD"}, object{}, object{"currency": "USD"}},
		"Condition": {object{"condition": "new"}, object{}, object{"condition": "new"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := setup(t)
			cattle := w.category("Bovinos")
			c.query["category"] = path("%d", cattle)
			c.before["category"] = cattle
			id := w.published(ana, c.before)
			w.handle()
			search := w.saved(carla, c.query)
			w.as(ana, "PATCH", path("adds/%d/", id), object{"title": "Vaca"}).ok(200)
			w.handle()
			require.Empty(t, w.alerts())
			w.as(ana, "PATCH", path("adds/%d/", id), c.change).ok(200)
			w.handle()
			want := []string{path("%d %d", search, id)}
			require.Equal(t, want, w.alerts())
			other := w.saved(luis, c.query)
			w.as(ana, "PATCH", path("adds/%d/", id), object{"title": "Vaca mansa"}).ok(200)
			w.handle()
			require.Equal(t, want, w.alerts(), "no news to %d", other)
		})
	}
}

func TestDraftsAndWhatIsGoneMeanwhileDoNotAlert(t *testing.T) {
	w := setup(t)
	search := w.saved(carla, object{})
	draft, paused, deleted := w.published(ana, object{"status": "draft"}), w.published(ana), w.published(ana)
	w.as(ana, "PATCH", path("adds/%d/", paused), object{"status": "paused"}).ok(200)
	w.as(ana, "DELETE", path("adds/%d/", deleted), nil).ok(204)
	w.handle()
	require.Empty(t, w.alerts())
	w.as(ana, "PATCH", path("adds/%d/", draft), object{"status": "active"}).ok(200)
	w.handle()
	require.Equal(t, []string{path("%d %d", search, draft)}, w.alerts())
}

func TestNobodyIsAlertedOfTheirOwn(t *testing.T) {
	w := setup(t)
	w.saved(ana, object{"search": "vaca"})
	search := w.saved(luis, object{"search": "vaca"})
	id := w.published(ana)
	w.handle()
	require.Equal(t, []string{path("%d %d", search, id)}, w.alerts())
}

// The search as it stood: an event is compared with the searches of when it happened.
func TestAnAdvertIsFoundByTheSearchAsItStood(t *testing.T) {
	w := setup(t)
	early := w.published(ana)
	search := w.saved(carla, object{"search": "vaca"})
	one := path("adds/searches/%d/", search)
	cow, pig := w.published(ana), w.published(ana, object{"title": "Chancho", "description": "Gordo."})
	w.as(carla, "PATCH", one, object{"query": object{"search": "chancho"}}).ok(200)
	late, otherPig := w.published(ana), w.published(ana, object{"title": "Cerdo", "description": "Gordo."})
	w.as(carla, "PATCH", one, object{"query": object{"search": "caballo"}, "name": "Otra"}).ok(200)
	w.handle()
	require.Equal(t, []string{path("%d %d", search, cow), path("%d %d", search, otherPig)}, w.alerts(), "not %d %d %d", early, pig, late)
	page := results(w.as(carla, "GET", "adds/alerts/", nil).ok(200))
	require.Equal(t, "Otra", page[1]["search"].(object)["name"])
}

func TestASearchDoesNotSeeWhatAnAdvertBecameLater(t *testing.T) {
	w := setup(t)
	first := w.saved(carla, object{"search": "vaca", "max_price": 100})
	id := w.published(ana, object{"price": 500})
	w.as(carla, "PATCH", path("adds/searches/%d/", first), object{"query": object{"search": "caballo"}}).ok(200)
	second := w.saved(luis, object{"search": "vaca", "max_price": 100})
	w.as(ana, "PATCH", path("adds/%d/", id), object{"price": 50}).ok(200)
	w.as(ana, "PATCH", path("adds/%d/", id), object{"title": "Vaca mansa"}).ok(200)
	w.handle()
	require.Equal(t, []string{path("%d %d", second, id)}, w.alerts(), "the price fell when the first search looked for something else")
}

func TestAlertsAreSwitchedOffAndOn(t *testing.T) {
	w := setup(t)
	search := w.saved(carla, object{"search": "vaca"})
	one := path("adds/searches/%d/", search)
	before := w.published(ana)
	w.as(carla, "PATCH", one, object{"alerts": false}).ok(200)
	off := w.published(ana)
	w.as(carla, "PATCH", one, object{"alerts": false, "query": object{"search": "vaca lechera"}}).ok(200)
	w.as(carla, "PATCH", one, object{"alerts": true}).ok(200)
	w.as(carla, "PATCH", one, object{"alerts": true, "name": "Lecheras", "query": object{"search": "vaca lechera"}}).ok(200)
	require.Equal(t, 2, w.count("search_version"), "a search that looks for the same is the same")
	after := w.published(ana)
	w.handle()
	require.Equal(t, []string{path("%d %d", search, before), path("%d %d", search, after)}, w.alerts(), "not %d", off)
	silent := int64(w.as(carla, "POST", "adds/searches/", object{"name": "x", "query": object{}, "alerts": false}).ok(201)["id"].(float64))
	w.published(ana)
	w.handle()
	require.Zero(t, w.count("alert where search_id = $1", silent))
}

func TestAnAlertComesOnceHoweverOftenItsEventDoes(t *testing.T) {
	w := setup(t)
	for range 5 {
		w.saved(carla, object{"search": "vaca"})
	}
	w.published(ana)
	events := w.pending()
	require.Len(t, events, 1)
	var all errgroup.Group
	for range 10 {
		all.Go(func() error { return w.take(again(events[0], events[0].OccurredAt)) })
	}
	require.NoError(t, all.Wait())
	require.Len(t, w.alerts(), 5)
	require.Equal(t, 5, w.count("alert"))
	require.NoError(t, w.take(again(events[0], time.Now().Add(-time.Hour))))
	require.Len(t, w.alerts(), 5)
}

func TestACategoryThatIsGoneFindsNothing(t *testing.T) {
	w := setup(t)
	id := int64(w.as(jefa, "POST", "categories/", object{"name": "Llamas", "parent": w.category("Animales en pie")}).ok(201)["id"].(float64))
	search := w.saved(carla, object{"category": path("%d", id)})
	shown := w.published(ana, object{"category": id})
	w.handle()
	require.Equal(t, []string{path("%d %d", search, shown)}, w.alerts())
	w.as(ana, "DELETE", path("adds/%d/", shown), nil).ok(204)
	w.as(jefa, "DELETE", path("categories/%d/", id), nil).ok(204)
	w.job("marketplace.anchor-searches") // it has the anchor of every advert now
	w.published(ana)
	w.handle()
	require.Zero(t, w.count("alert"))
}

// Anchors are chosen when a search is saved; synonyms may be others later.
func TestAnchorsFollowTheSynonyms(t *testing.T) {
	w := setup(t)
	search := w.saved(carla, object{"search": "zampoña"})
	file := t.TempDir() + "/synonyms.txt"
	write(t, file, "zampoña, siku\n")
	other := over(t, w, func(c *marketplacemod.Config) { c.SynonymsFile = file })
	siku := object{"title": "Siku", "description": "De caña."}
	missed := other.published(ana, siku)
	other.handle()
	require.Empty(t, w.alerts(), "%d", missed)
	other.job("marketplace.anchor-searches")
	id := other.published(ana, siku)
	other.handle()
	require.Equal(t, []string{path("%d %d", search, id)}, w.alerts())
	before := w.count("search_anchor")
	other.job("marketplace.anchor-searches")
	require.Equal(t, before, w.count("search_anchor"))
}

func TestVersionsThatEndedLongAgoAreRemoved(t *testing.T) {
	w := setup(t)
	search := w.saved(carla, object{"search": "vaca"})
	for _, word := range []string{"toro", "buey"} {
		w.as(carla, "PATCH", path("adds/searches/%d/", search), object{"query": object{"search": word}}).ok(200)
	}
	w.job("marketplace.purge-searches")
	require.Equal(t, 3, w.count("search_version"))
	_, err := w.db.Q(t.Context()).Exec(t.Context(), "update search_version set from_at = from_at - interval '31 days', until_at = until_at - interval '31 days'")
	require.NoError(t, err)
	w.job("marketplace.purge-searches")
	require.Equal(t, 1, w.count("search_version"))
	require.Equal(t, 1, w.count("search_version where until_at is null"))
	w.event(auth.UserDeleted{UserID: carla})
}

// The event of the alert says who is told what of which search.
func TestAnAlertIsPublished(t *testing.T) {
	w := setup(t)
	search := w.saved(carla, object{"search": "vaca"})
	id := w.published(ana)
	w.handle()
	require.JSONEq(t, path(`{"add_id":%d,"user_id":%d,"search_id":%d,"search":"Búsqueda","title":"Vaca lechera Holstein"}`, id, carla, search),
		w.texts("select data::text from outbox where type = $1", marketplace.Alert{}.Kind().Type)[0])
}
