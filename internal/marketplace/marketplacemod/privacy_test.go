package marketplacemod_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/platform/geo"
)

// where is the place of an advert as a reader learns it.
func where(o object) geo.Point {
	return geo.Point{Latitude: o["latitude"].(float64), Longitude: o["longitude"].(float64)}
}

// publicReads are all answers in which strangers meet an advert.
func publicReads(id int64) []string {
	return []string{path("adds/%d/", id), path("adds/%d/prices/", id), "adds/", "adds/?page_size=100&cursor=*", "adds/?search=molino", "adds/?search=molino&near=-17.7833121,-63.1821437",
		"adds/?ordering=price", "adds/?publisher=1", "adds/?condition=used", "adds/nearby/?lat=-17.7833121&lon=-63.1821437&radius_km=50", "adds/nearby/?lat=-17.7833121&lon=-63.1821437&radius_km=50&cursor=*", "adds/facets/?search=molino"}
}

func TestStrangersNeverLearnTheExactPlace(t *testing.T) {
	w := setup(t)
	exact := geo.Point{Latitude: -17.7833121, Longitude: -63.1821437}
	id := w.published(ana, object{"title": "Molino", "price": 5, "latitude": exact.Latitude, "longitude": exact.Longitude, "location_name": "Montero"})
	w.as(ana, "PATCH", path("adds/%d/", id), object{"price": 6}).ok(200)
	for _, user := range []int64{0, beto, carla} {
		for _, p := range publicReads(id) {
			got := w.as(user, "GET", p, nil)
			require.Equal(t, 200, got.Status, p)
			require.NotContains(t, got.Raw[:strings.Index(got.Raw+`"next"`, `"next"`)], "17.7833121", p)
			var body any
			require.NoError(t, json.Unmarshal([]byte(got.Raw), &body))
			for _, place := range places(body) {
				km := exact.KM(place)
				require.True(t, km > 0.5 && km < 2, "%s tells a place %.2f km away", p, km)
			}
		}
	}
	for _, user := range []int64{ana, jefa} {
		for _, p := range publicReads(id)[:1] {
			require.Equal(t, exact, where(w.as(user, "GET", p, nil).ok(200)))
		}
		require.Equal(t, exact, where(results(w.as(user, "GET", "adds/", nil).ok(200))[0]))
	}
	rough := where(w.got("adds/%d/", id))
	near := w.as(0, "GET", path("adds/nearby/?lat=%v&lon=%v&radius_km=50", exact.Latitude, exact.Longitude), nil).list()[0]
	require.InDelta(t, exact.KM(rough), near["distance_km"], 0.06, "distances are those of the rough place")
	mine := w.as(ana, "GET", path("adds/nearby/?lat=%v&lon=%v&radius_km=50", exact.Latitude, exact.Longitude), nil).list()[0]
	require.Equal(t, near["distance_km"], mine["distance_km"])
	require.Empty(t, w.as(0, "GET", path("adds/nearby/?lat=%v&lon=%v&radius_km=0.3", exact.Latitude, exact.Longitude), nil).list(), "no radius closes in on it")
	require.Empty(t, results(w.got("adds/?near=%v,%v&radius_km=0.3", exact.Latitude, exact.Longitude)))
}

// places are those of all adverts in an answer.
func places(body any) (all []geo.Point) {
	switch v := body.(type) {
	case []any:
		for _, one := range v {
			all = append(all, places(one)...)
		}
	case object:
		if lat, ok := v["latitude"].(float64); ok {
			all = append(all, geo.Point{Latitude: lat, Longitude: v["longitude"].(float64)})
		}
		for _, one := range v {
			all = append(all, places(one)...)
		}
	}
	return all
}

func TestRoughPlacesAreStable(t *testing.T) {
	w := setup(t)
	at := object{"latitude": -17.7833, "longitude": -63.1821}
	first, second, other := w.published(ana, at), w.published(ana, at), w.published(luis, at)
	rough := func(id int64) geo.Point { return where(w.got("adds/%d/", id)) }
	require.Equal(t, rough(first), rough(second), "the same publisher and place")
	require.NotEqual(t, rough(first), rough(other), "another publisher's differs")
	before := rough(first)
	for range 3 {
		w.as(ana, "PATCH", path("adds/%d/", first), object{"title": "Otra", "latitude": -17.9, "longitude": -63.3}).ok(200)
		require.NotEqual(t, before, rough(first))
		w.as(ana, "PATCH", path("adds/%d/", first), at).ok(200)
		require.Equal(t, before, rough(first), "moving it there and back draws nothing anew")
	}
}

// TestManyAdvertsDoNotCloseInOnTheFarm: fifty, ten from each of five yards, each some metres off, as
// phones are.
func TestManyAdvertsDoNotCloseInOnTheFarm(t *testing.T) {
	w := setup(t)
	farms := 0
	for farm := range 5 {
		yard := geo.Point{Latitude: -17.79 + 0.1*float64(farm), Longitude: -63.19}
		var lat, lon float64
		offsets := map[[2]float64]bool{}
		for i := range 10 {
			place := yard.Moved(float64(i), 0.004*float64(i))
			p := where(w.got("adds/%d/", w.published(ana, object{"latitude": place.Latitude, "longitude": place.Longitude})))
			lat, lon = lat+p.Latitude, lon+p.Longitude
			offsets[[2]float64{math.Round(500 * (p.Latitude - place.Latitude)), math.Round(500 * (p.Longitude - place.Longitude))}] = true
		}
		if len(offsets) > 4 { // but for rounding there is one, and few yards lie where squares meet
			continue
		}
		km := yard.KM(geo.Point{Latitude: lat / 10, Longitude: lon / 10})
		if km > 0.5 {
			farms++
		}
	}
	require.GreaterOrEqual(t, farms, 3, "the middle of many rough places is no better than one of them")
}

// TestTheSquaresOfOneOffsetAreSecret: whoever has adverts on both sides of a line between two of them shows
// two offsets, and would be on that line, if strangers knew where it is.
func TestTheSquaresOfOneOffsetAreSecret(t *testing.T) {
	w := setup(t, func(c *marketplacemod.Config) { c.Everyone = true })
	lines := map[int]bool{}
	for publisher := int64(100); publisher < 108; publisher++ {
		last := 0.0
		for i := range 22 {
			lon := -63.19 + 0.001*float64(i)
			p := where(w.got("adds/%d/", w.published(publisher, object{"latitude": 0, "longitude": lon})))
			if i > 0 && math.Abs(p.Longitude-lon-last) > 0.0015 { // rounding moves it less
				lines[i%20] = true
			}
			last = p.Longitude - lon
		}
	}
	require.Greater(t, len(lines), 1, "the lines are the same for everybody")
}

func TestOthersSeeActiveAdvertsAlone(t *testing.T) { // fault 32
	w := setup(t)
	at := object{"title": "Molino", "latitude": -17.7833121, "longitude": -63.1821437}
	id := w.published(ana, at)
	one := path("adds/%d/", id)
	hidden := func(t *testing.T, status string) {
		t.Helper()
		for _, user := range []int64{0, beto} {
			for _, p := range []string{one, one + "prices/", one + "history/"} {
				require.Contains(t, []int{401, 404}, w.as(user, "GET", p, nil).Status, p)
			}
			for _, p := range publicReads(id)[2:] {
				require.NotContains(t, w.as(user, "GET", p, nil).Raw, "Molino", "%s of %s", p, status)
			}
			for _, p := range []string{"adds/?status=" + status, "adds/?status=" + status + "&publisher=1", "adds/?status=" + status + "&search=molino"} {
				require.Zero(t, w.as(user, "GET", p, nil).ok(200)["count"], p)
			}
			require.Zero(t, w.got("adds/facets/?search=molino")["count"])
			require.Zero(t, w.got("adds/")["count"])
			for _, method := range []string{"PUT", "PATCH", "DELETE"} {
				require.Contains(t, []int{401, 404}, w.as(user, method, one, object{}).Status)
			}
		}
		require.Equal(t, []int64{id}, ids(results(w.as(ana, "GET", "adds/?status="+status, nil).ok(200))), "its publisher does")
		w.as(ana, "GET", one, nil).ok(200)
		w.as(jefa, "GET", one, nil).ok(200)
	}
	for _, status := range []string{"paused", "sold", "archived"} {
		t.Run(status, func(t *testing.T) {
			w.as(ana, "PATCH", one, object{"status": status}).ok(200)
			hidden(t, status)
			w.as(ana, "PATCH", one, object{"status": "active"}).ok(200)
			for _, p := range append(publicReads(id)[:1], publicReads(id)[2:11]...) {
				require.Contains(t, w.got2(p), "Molino", p)
			}
		})
	}
	t.Run("draft", func(t *testing.T) {
		w.as(ana, "DELETE", one, nil).ok(204)
		id = w.published(ana, at, object{"status": "draft"})
		one = path("adds/%d/", id)
		hidden(t, "draft")
	})
	t.Run("expired", func(t *testing.T) {
		w.as(ana, "PATCH", one, object{"status": "active"}).ok(200)
		w.later(61 * 24 * 3600e9)
		w.job("marketplace.expire")
		hidden(t, "expired")
	})
}

// got2 reads anonymously, whatever it is.
func (w *world) got2(path string) string {
	w.t.Helper()
	a := w.as(0, "GET", path, nil)
	require.Equal(w.t, 200, a.Status, a.Raw)
	return a.Raw
}

func TestOnesOwnListsByStatusAreFiltered(t *testing.T) {
	w := setup(t)
	leaf := w.category("Bovinos")
	used := w.published(ana, object{"status": "draft", "price": 5})
	fresh := w.published(ana, object{"status": "draft", "condition": "new", "category": leaf, "title": "Toro", "price": 9})
	w.published(luis, object{"status": "draft"})
	for query, want := range map[string][]int64{"": {fresh, used}, "&condition=new": {fresh}, "&condition=used": {used}, path("&category=%d", leaf): {fresh}, "&ordering=price": {used, fresh},
		"&search=toro": {fresh}, "&search=TORO segundo": {fresh}, "&search=vaca": {fresh, used}, "&search=lechéra": {used}, "&search=100%25": {}, path("&publisher=%d", luis): {}, "&publisher=1": {fresh, used}} {
		require.Equal(t, want, ids(results(w.as(ana, "GET", "adds/?status=draft"+strings.ReplaceAll(query, " ", "%20"), nil).ok(200))), query)
	}
}
