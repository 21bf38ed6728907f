package marketplacemod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func TestASearchIsSavedShownChangedAndDeleted(t *testing.T) {
	w := setup(t)
	bovines := w.category("Bovinos")
	query := object{"search": "vaca", "category": path("%d", bovines), "condition": "used", "publisher": "1", "currency": "BOB", "min_price": "100.00",
		"max_price": "9000.00", "base_unit": "kg", "max_base_price": "50.00", "pictures": true, "near": "-17.78,-63.18", "radius_km": "30.5",
		"attributes": object{"raza": "nelore,brahman", "peso_kg.min": "200"}}
	made := w.as(carla, "POST", "adds/searches/", object{"name": "  Vacas cerca  ", "query": query}).ok(201)
	has(t, made, object{"name": "Vacas cerca", "query": query, "alerts": true})
	one := path("adds/searches/%v/", made["id"])
	require.Equal(t, made, w.as(carla, "GET", one, nil).ok(200))

	has(t, w.as(carla, "PATCH", one, object{"name": "Otra", "id": 77}).ok(200), object{"name": "Otra", "query": query, "id": made["id"]})
	has(t, w.as(carla, "PUT", one, object{"name": "Toros", "query": object{"search": "toro", "min_price": 5}, "alerts": false}).ok(200),
		object{"name": "Toros", "query": object{"search": "toro", "min_price": "5.00", "currency": "BOB"}, "alerts": false})
	has(t, w.as(carla, "GET", one, nil).ok(200), object{"name": "Toros", "alerts": false})
	require.Contains(t, w.as(carla, "PUT", one, object{"name": "x"}).ok(400), "query")

	for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
		w.as(0, method, one, object{}).ok(401)
		w.as(jefa, method, one, object{}).ok(404)
		w.as(carla, method, "adds/searches/999999999999999999999/", object{}).ok(404)
	}
	w.as(0, "POST", "adds/searches/", object{}).ok(401)
	w.as(carla, "DELETE", one, nil).ok(204)
	w.as(carla, "GET", one, nil).ok(404)
	require.Zero(t, w.count("search_version"))
	require.Zero(t, w.count("search_anchor"))
}

// What is wrong with a query is told as the list tells it, in the same fields with the same words.
func TestASavedQueryIsCheckedAsTheListsQueryIs(t *testing.T) {
	w := setup(t)
	bovines := path("%d", w.category("Bovinos"))
	for address, query := range map[string]object{
		"category=999":                             {"category": "999"},
		"category=x&condition=broken":              {"category": "x", "condition": "broken"},
		"publisher=-1&currency=XXX":                {"publisher": -1, "currency": "xxx"},
		"min_price=a&max_price=1.234":              {"min_price": "a", "max_price": 1.234},
		"max_base_price=3":                         {"max_base_price": 3},
		"max_base_price=3&base_unit=arroba":        {"max_base_price": "3", "base_unit": "arroba"},
		"near=1":                                   {"near": "1"},
		"near=1,2&radius_km=501":                   {"near": "1,2", "radius_km": 501},
		"category=" + bovines + "&attr.nada=1":     {"category": bovines, "attributes": object{"nada": 1}},
		"category=" + bovines + "&attr.peso_kg=xx": {"category": bovines, "attributes": object{"peso_kg": "xx"}},
	} {
		want := w.as(carla, "GET", "adds/?"+address, nil).ok(400)
		require.Equal(t, want, w.as(carla, "POST", "adds/searches/", object{"name": "x", "query": query}).ok(400), address)
	}
	for _, body := range []object{{}, {"name": "x"}, {"query": object{}}, {"name": " ", "query": object{}}, {"name": "x", "query": nil}, {"name": "x", "query": 3},
		{"name": "x", "query": object{"near": []int{1}}}, {"name": "x", "query": object{"attributes": []int{1}}}, {"name": 3, "query": object{}, "alerts": "quizás"}} {
		w.as(carla, "POST", "adds/searches/", body).ok(400)
	}
	require.Zero(t, w.count("search"))
}

func TestAPersonSavesAtMostFiftySearches(t *testing.T) {
	w := setup(t)
	for range 50 {
		w.saved(carla, object{"search": "vaca"})
	}
	require.Equal(t, "marketplace.too_many_searches", w.as(carla, "POST", "adds/searches/", object{"name": "x", "query": object{}}).ok(409)["code"])
	w.saved(luis, object{})
	page := w.as(carla, "GET", "adds/searches/", nil).ok(200)
	require.Equal(t, 50.0, page["count"])
	var ids []float64
	for address := "adds/searches/?cursor=*&page_size=20"; address != ""; {
		page := w.as(carla, "GET", address, nil).ok(200)
		ids = append(ids, field[float64](results(page), "id")...)
		address = next(page)
	}
	require.Len(t, ids, 50)
	require.IsDecreasing(t, ids)
	w.as(carla, "DELETE", path("adds/searches/%v/", ids[0]), nil).ok(204)
	w.saved(carla, object{})
}

func TestWhoIsDeletedSearchesNoMore(t *testing.T) {
	w := setup(t)
	w.saved(carla, object{"search": "vaca"})
	w.published(ana)
	w.handle()
	require.Equal(t, 1, w.count("alert"))
	w.event(auth.UserDeleted{UserID: carla})
	for _, table := range []string{"search", "search_version", "search_anchor", "alert"} {
		require.Zero(t, w.count(table), table)
	}
	w.as(carla, "POST", "adds/searches/", object{"name": "x", "query": object{}}).ok(403)
}

func TestAlertsAreListedCountedAndRead(t *testing.T) {
	w := setup(t)
	search := w.saved(carla, object{"search": "vaca"})
	var adds []int64
	for range 5 {
		adds = append(adds, w.published(ana))
	}
	w.handle()
	unread := func() float64 { return w.as(carla, "GET", "adds/alerts/count/", nil).ok(200)["count"].(float64) }
	require.Equal(t, 5.0, unread())
	page := w.as(carla, "GET", "adds/alerts/?page_size=2", nil).ok(200)
	require.Equal(t, 5.0, page["count"])
	first := results(page)[0]
	has(t, first, object{"read": false, "search": object{"id": float64(search), "name": "Búsqueda"}})
	has(t, first["add"].(object), object{"id": float64(adds[4]), "publisher_name": "Ana Flores", "price": "7500.00"})

	var seen []int64
	var ids []float64
	for address := "adds/alerts/?cursor=*&page_size=2"; address != ""; {
		page := w.as(carla, "GET", address, nil).ok(200)
		for _, r := range results(page) {
			seen, ids = append(seen, int64(r["add"].(object)["id"].(float64))), append(ids, r["id"].(float64))
		}
		address = next(page)
	}
	require.Equal(t, []int64{adds[4], adds[3], adds[2], adds[1], adds[0]}, seen)

	require.Equal(t, 3.0, w.as(carla, "POST", "adds/alerts/mark_read/", object{"up_to": ids[3]}).ok(200)["count"])
	w.as(ana, "PATCH", path("adds/%d/", adds[4]), object{"status": "paused"}).ok(200)
	require.Equal(t, 2.0, unread(), "what cannot be seen is left out")
	require.Equal(t, 4.0, w.as(carla, "GET", "adds/alerts/", nil).ok(200)["count"])
	w.as(ana, "DELETE", path("adds/%d/", adds[3]), nil).ok(204)
	w.handle()
	require.Equal(t, 4, w.count("alert"), "an advert that is deleted takes its alerts with it")
	require.Zero(t, w.as(carla, "POST", "adds/alerts/mark_read/", object{}).ok(200)["count"])
	w.as(carla, "POST", "adds/alerts/mark_read/", object{"up_to": "x"}).ok(400)
	w.as(0, "GET", "adds/alerts/", nil).ok(401)
	w.as(0, "POST", "adds/alerts/mark_read/", object{}).ok(401)
	require.Empty(t, results(w.as(luis, "GET", "adds/alerts/", nil).ok(200)), "everybody has their own")
	w.as(carla, "DELETE", path("adds/searches/%d/", search), nil).ok(204)
	require.Zero(t, w.count("alert"))
}
