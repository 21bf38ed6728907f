package marketplacemod_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/media"
)

// found are the titles that a search shows, sorted.
func (w *world) found(query string) []string {
	w.t.Helper()
	page := w.got("adds/?page_size=100&%s", query)
	all := titles(page)
	slices.Sort(all)
	require.Equal(w.t, float64(len(all)), w.got("adds/facets/?%s", query)["count"], "facets count the same: %s", query)
	return all
}

func searched(words string) string { return "search=" + url.QueryEscape(words) }

func TestWordsAreFoundAsPeopleTypeThem(t *testing.T) {
	w := setup(t)
	for title, description := range map[string]string{
		"Piña madura": "Cosecha de abril.", "Pina de hierro": "Para tractor.", "Maíz amarillo": "Por quintal.", "Chancho criollo": "Gordo.", "Cerdos Landrace": "Lechones.",
		"Vacas Holstein": "De ordeño.", "Tractor John Deere": "Motor nuevo, arado de discos.", "Camión Ñandú": "4x4 de 10 toneladas",
	} {
		w.published(ana, object{"title": title, "description": description})
	}
	w.job("marketplace.count-words")
	for words, want := range map[string][]string{
		"maiz": {"Maíz amarillo"}, "MAÍZ": {"Maíz amarillo"}, "máiz": {"Maíz amarillo"}, "maíces": {"Maíz amarillo"},
		"piña": {"Piña madura"}, "pina": {"Pina de hierro"}, "piñas": {"Piña madura"}, "ñandu": {"Camión Ñandú"}, "n\u0303andu": {"Camión Ñandú"},
		"vaca": {"Vacas Holstein"}, "vacas": {"Vacas Holstein"}, "cerdo": {"Cerdos Landrace", "Chancho criollo"}, "chanchos": {"Cerdos Landrace", "Chancho criollo"}, "puerco": {"Cerdos Landrace", "Chancho criollo"},
		"ganado":                   {"Vacas Holstein"},
		"tractor":                  {"Pina de hierro", "Tractor John Deere"},
		"tractor motor":            {"Tractor John Deere"},
		"motor tractor":            {"Tractor John Deere"},
		"tractor,motor":            {"Tractor John Deere"},
		"tractor de la motor":      {"Tractor John Deere"},
		"tractor maíz":             {},
		"discos":                   {"Tractor John Deere"},
		`"john deere"`:             {"Tractor John Deere"},
		"john & deere | !motor":    {"Tractor John Deere"},
		"deere:* <-> motor":        {"Tractor John Deere"},
		"-deere":                   {"Tractor John Deere"},
		"tractor 🚜🚜":               {"Pina de hierro", "Tractor John Deere"},
		"4x4":                      {"Camión Ñandú"},
		"nadaquesea":               {},
		"%":                        {"Camión Ñandú", "Cerdos Landrace", "Chancho criollo", "Maíz amarillo", "Pina de hierro", "Piña madura", "Tractor John Deere", "Vacas Holstein"}, // asks for nothing
		"🐄":                        {"Camión Ñandú", "Cerdos Landrace", "Chancho criollo", "Maíz amarillo", "Pina de hierro", "Piña madura", "Tractor John Deere", "Vacas Holstein"},
		strings.Repeat("x", 5000):  {},
		strings.Repeat("de ", 900): {"Camión Ñandú", "Cerdos Landrace", "Chancho criollo", "Maíz amarillo", "Pina de hierro", "Piña madura", "Tractor John Deere", "Vacas Holstein"},
		"tract":                    {"Pina de hierro", "Tractor John Deere"}, // still being typed
		"lech":                     {"Cerdos Landrace"},
		"john de":                  {"Tractor John Deere"},
	} {
		require.Equal(t, want, w.found(searched(words)), words)
	}
	t.Run("ATypingErrorIsCorrectedAndSaid", func(t *testing.T) {
		page := w.got("adds/?%s", searched("tracctor motor "))
		require.Equal(t, []string{"Tractor John Deere"}, titles(page))
		require.Equal(t, []any{object{"word": "tracctor", "instead": []any{"tractor"}}}, page["corrections"])
		require.NotContains(t, w.got("adds/?%s", searched("tractor")), "corrections")
		require.Equal(t, 1.0, w.got("adds/facets/?%s", searched("tracctor motor "))["count"])
		require.Equal(t, []string{"Tractor John Deere"}, field[string](w.walk(0, "adds/?"+searched("tracctor motor "), 1), "title"))
	})
	t.Run("TheCategoryAndWhatAttributesSayAreFound", func(t *testing.T) {
		w.published(ana, object{"title": "Lote", "description": "x", "category": w.category("Bovinos"), "attributes": object{"raza": "nelore"}, "location_name": "Chiquitos"})
		for _, words := range []string{"bovinos lote", "nelore", "animales en pie", "chiquitos"} {
			require.Equal(t, []string{"Lote"}, w.found(searched(words)), words)
		}
	})
	t.Run("WordsInTheTitleComeFirst", func(t *testing.T) {
		w.published(ana, object{"title": "Guinche", "description": "x"})
		w.published(ana, object{"title": "Otra cosa", "description": "Con guinche."})
		require.Equal(t, []string{"Guinche", "Otra cosa"}, titles(w.got("adds/?%s", searched("guinche"))))
	})
	t.Run("ASnippetMarksTheWords", func(t *testing.T) {
		w.published(ana, object{"title": "Silo <b>metálico</b>", "description": strings.Repeat("Bueno y barato. ", 60) + "Para 30 toneladas de sorgo, casi nuevo. " + strings.Repeat("Llame hoy. ", 60)})
		row := results(w.got("adds/?%s", searched("sorgos")))[0]
		all, marked := "", []string{}
		for _, p := range objects(row["snippet"]) {
			all += p["text"].(string)
			if p["match"] == true {
				marked = append(marked, p["text"].(string))
			}
		}
		require.Equal(t, []string{"sorgo"}, marked)
		require.Contains(t, all, "toneladas de sorgo")
		require.Less(t, len([]rune(all)), 250)
		require.NotContains(t, results(w.got("adds/?publisher=1"))[0], "snippet")
	})
	t.Run("WhatChangedIsFoundAsItIs", func(t *testing.T) {
		id := w.published(ana, object{"title": "Alambre", "description": "x"})
		w.as(ana, "PATCH", path("adds/%d/", id), object{"title": "Postes"}).ok(200)
		require.Empty(t, w.found(searched("alambre")))
		require.Equal(t, []string{"Postes"}, w.found(searched("postes")))
		w.as(ana, "DELETE", path("adds/%d/", id), nil).ok(204)
		require.Empty(t, w.found(searched("postes")))
	})
}

// goods are adverts of every kind, and what a reader may narrow them by, for comparing with brute force.
func (w *world) goods(n int) []object {
	w.t.Helper()
	bovines, pigs, seeds := w.category("Bovinos"), w.category("Porcinos"), w.category("Semillas y plantas")
	units := []string{"kg", "arroba", "quintal", "tonelada", "cabeza", "libra"}
	var all []object
	for i := range n {
		o := cow(object{"title": fmt.Sprint("Ganado ", i), "price": fmt.Sprint(1+i*37%400, ".5"), "unit": units[i%len(units)], "currency": []string{"BOB", "USD"}[i%5/4],
			"condition": []string{"new", "used", "semi_new"}[i%3], "latitude": -17.5 - 0.01*float64(i%40), "longitude": -63.2})
		switch i % 4 {
		case 0:
			o["category"], o["attributes"] = bovines, object{"raza": []string{"nelore", "brahman", "criollo"}[i%3], "peso_kg": 100 + i, "vacunado": i%8 == 0}
		case 1:
			o["category"], o["attributes"] = pigs, object{"peso_kg": 50 + i}
		case 2:
			o["category"] = seeds
		}
		if i%3 == 0 {
			o["main_image_id"] = w.media.Put(media.Object{Kind: media.Image})
		}
		if i%11 == 0 {
			o["on_request"] = true
		}
		id := w.published(1000+int64(i%40), o)
		all = append(all, w.as(jefa, "GET", path("adds/%d/", id), nil).ok(200))
	}
	return all
}

func number(v any) float64 {
	f, _ := json.Number(fmt.Sprint(v)).Float64()
	return f
}

func TestFiltersAreBruteForce(t *testing.T) {
	w := setup(t, everyone)
	all := w.goods(160)
	animals, bovines := float64(w.category("Animales en pie")), float64(w.category("Bovinos"))
	below := map[any]bool{float64(w.category("Porcinos")): true, bovines: true, animals: true}
	said := func(o object) bool { return o["on_request"] == false }
	attribute := func(o object, name string) any { return o["attributes"].(object)[name] }
	for query, want := range map[string]func(o object) bool{
		"condition=new":                 func(o object) bool { return o["condition"] == "new" },
		"currency=USD":                  func(o object) bool { return o["currency"] == "USD" },
		"currency=usd":                  func(o object) bool { return o["currency"] == "USD" },
		path("category=%.0f", animals):  func(o object) bool { return below[o["category"]] },
		path("category=%.0f", bovines):  func(o object) bool { return o["category"] == bovines },
		"pictures=true":                 func(o object) bool { return o["main_image"] != nil },
		"min_price=100":                 func(o object) bool { return said(o) && o["currency"] == "BOB" && number(o["price"]) >= 100 },
		"max_price=100.5&currency=USD":  func(o object) bool { return said(o) && o["currency"] == "USD" && number(o["price"]) <= 100.5 },
		"min_price=38.5&max_price=38.5": func(o object) bool { return said(o) && o["currency"] == "BOB" && number(o["price"]) == 38.5 },
		"min_price=200&max_price=100":   func(object) bool { return false },
		"publisher=1003":                func(o object) bool { return o["publisher_id"] == 1003.0 },
		"base_unit=kg&max_base_price=5": func(o object) bool {
			return o["base_unit"] == "kg" && o["currency"] == "BOB" && number(o["base_price"]) <= 5
		},
		"base_unit=cabeza&min_base_price=100": func(o object) bool {
			return o["base_unit"] == "cabeza" && o["currency"] == "BOB" && number(o["base_price"]) >= 100
		},
		"base_unit=kg&min_base_price=0.5&max_base_price=9&currency=USD&condition=used": func(o object) bool {
			return o["base_unit"] == "kg" && o["currency"] == "USD" && o["condition"] == "used" && number(o["base_price"]) >= 0.5 && number(o["base_price"]) <= 9
		},
		path("category=%.0f&attr.raza=nelore", bovines):         func(o object) bool { return attribute(o, "raza") == "nelore" },
		path("category=%.0f&attr.raza=nelore,brahman", bovines): func(o object) bool { return slices.Contains([]any{"nelore", "brahman"}, attribute(o, "raza")) },
		path("category=%.0f&attr.vacunado=true", bovines):       func(o object) bool { return attribute(o, "vacunado") == true },
		path("category=%.0f&attr.peso_kg.min=120&attr.peso_kg.max=150.5", bovines): func(o object) bool {
			return o["category"] == bovines && number(attribute(o, "peso_kg")) >= 120 && number(attribute(o, "peso_kg")) <= 150.5
		},
		path("category=%.0f&attr.peso_kg.min=120", animals): func(o object) bool { return below[o["category"]] && number(attribute(o, "peso_kg")) >= 120 },
		path("category=%.0f&attr.raza=criollo&pictures=true&condition=used&search=ganado", bovines): func(o object) bool {
			return attribute(o, "raza") == "criollo" && o["main_image"] != nil && o["condition"] == "used"
		},
		"search=ganado&condition=semi_new&currency=BOB&min_price=50&pictures=true": func(o object) bool {
			return o["condition"] == "semi_new" && o["currency"] == "BOB" && said(o) && number(o["price"]) >= 50 && o["main_image"] != nil
		},
	} {
		t.Run(query, func(t *testing.T) {
			var expected []int64
			for _, o := range all {
				if want(o) {
					expected = append(expected, int64(o["id"].(float64)))
				}
			}
			sortedIDs := func(rows []object) []int64 {
				got := ids(rows)
				slices.Sort(got)
				return slices.Clip(append([]int64(nil), got...))
			}
			require.Equal(t, expected, sortedIDs(w.walk(0, "adds/?"+query, 13)))
			require.Equal(t, expected, sortedIDs(w.walk(0, "adds/?ordering=price&"+query, 9)))
			require.Equal(t, expected, sortedIDs(w.follow(0, "adds/?page_size=17&"+query)))
			require.Equal(t, float64(len(expected)), w.got("adds/?%s", query)["count"])
			require.Equal(t, counted(all, want, below, animals), facetsOf(w.got("adds/facets/?%s", query)))
			prices := []float64{}
			for _, r := range w.walk(0, "adds/?ordering=-price&"+query, 10) {
				prices = append(prices, -number(r["price"]))
			}
			require.True(t, slices.IsSorted(prices), "ordered: %v", prices)
		})
	}
	t.Run("ByComparablePrice", func(t *testing.T) {
		for _, ordering := range []string{"base_price", "-base_price"} {
			rows := w.walk(0, path("adds/?category=%.0f&base_unit=kg&currency=BOB&ordering=%s", animals, ordering), 7)
			require.NotEmpty(t, rows)
			var prices []float64
			for _, r := range rows {
				require.Equal(t, "kg", r["base_unit"])
				require.Equal(t, "BOB", r["currency"])
				prices = append(prices, number(r["base_price"]))
			}
			if ordering == "-base_price" {
				slices.Reverse(prices)
			}
			require.True(t, slices.IsSorted(prices), "%v", prices)
			n := 0
			for _, o := range all {
				if o["base_unit"] == "kg" && o["base_price"] != nil && o["currency"] == "BOB" && below[o["category"]] {
					n++
				}
			}
			require.Len(t, rows, n, "arrobas, quintals and pounds among them")
		}
		require.Contains(t, w.as(0, "GET", "adds/?ordering=base_price", nil).ok(400), "ordering")
	})
}

func everyone(c *marketplacemod.Config) { c.Everyone = true }

// counted is what facets say of the adverts that are wanted.
func counted(all []object, want func(object) bool, below map[any]bool, animals float64) map[string]map[string]float64 {
	out := map[string]map[string]float64{"roots": {}, "categories": {}, "conditions": {}, "currencies": {}, "count": {"": 0}}
	for _, o := range all {
		if !want(o) {
			continue
		}
		out["count"][""]++
		out["conditions"][o["condition"].(string)]++
		out["currencies"][o["currency"].(string)]++
		if c, ok := o["category"].(float64); ok {
			out["categories"][fmt.Sprintf("%.0f", c)]++
			if below[c] {
				c = animals
			}
			out["roots"][fmt.Sprintf("%.0f", c)]++
		}
	}
	return out
}

func facetsOf(facets object) map[string]map[string]float64 {
	out := map[string]map[string]float64{"count": {"": facets["count"].(float64)}}
	for name, list := range facets {
		if rows, ok := list.([]any); ok {
			out[name] = map[string]float64{}
			for _, f := range objects(rows) {
				out[name][f["value"].(string)] = f["count"].(float64)
			}
		}
	}
	return out
}

func TestWalksShowEachAdvertOnce(t *testing.T) {
	w := setup(t, everyone)
	var all []int64
	for i := range 310 {
		all = append(all, w.published(1000+int64(i%10), object{"title": fmt.Sprint("Ternero ", i), "price": i % 7, "latitude": -17.78 + 0.0001*float64(i), "longitude": -63.18}))
	}
	same := w.clock()
	w.exec("update add set created_at = $1 where id % 3 = 0", same) // many at the same moment
	w.exec("update listing set created_at = (select created_at from add where id = add_id)")
	for _, list := range []string{"adds/", "adds/?ordering=created_at", "adds/?ordering=price", "adds/?ordering=-price", "adds/?search=ternero", "adds/?search=ternero&ordering=price", "adds/?search=ternero&ordering=-created_at",
		"adds/?condition=used", "adds/?search=ternero&near=-17.78,-63.18&radius_km=100", "adds/?near=-17.78,-63.18&radius_km=100", "adds/nearby/?lat=-17.78&lon=-63.18&radius_km=100"} {
		t.Run(list, func(t *testing.T) {
			for _, n := range []int{100, 7} {
				got := ids(w.walk(0, list, n))
				require.Len(t, got, len(all))
				slices.Sort(got)
				require.Equal(t, all, got)
			}
		})
	}
	t.Run("AlsoWhileOthersComeAndGo", func(t *testing.T) {
		seen := map[int64]int{}
		next := "adds/?page_size=50&cursor=*"
		for i := 0; ; i++ {
			page := w.got("%s", strings.ReplaceAll(next, "%", "%%"))
			for _, id := range ids(results(page)) {
				seen[id]++
			}
			w.published(2000+int64(i), object{"title": "Nuevo"})
			link, ok := page["next"].(string)
			if !ok {
				break
			}
			_, next, _ = strings.Cut(link, "/api/")
		}
		for _, id := range all {
			require.Equal(t, 1, seen[id], "of those that were there all the time each once")
		}
		require.LessOrEqual(t, len(seen), len(all)+1)
	})
	t.Run("NearestFirst", func(t *testing.T) {
		rows := w.walk(0, "adds/nearby/?lat=-17.78&lon=-63.18&radius_km=100", 40)
		require.True(t, slices.IsSorted(field[float64](rows, "distance_km")))
		require.Len(t, w.as(0, "GET", "adds/nearby/?lat=-17.78&lon=-63.18&radius_km=100", nil).list(), 200, "a bare array is bounded (fault 31)")
		require.Len(t, w.as(0, "GET", "adds/nearby/?lat=-17.78&lon=-63.18&radius_km=100&page_size=5", nil).list(), 5)
		page := w.got("adds/nearby/?lat=-17.78&lon=-63.18&radius_km=100&page=2")
		require.Equal(t, 310.0, page["count"])
		require.Equal(t, ids(rows[20:40]), ids(results(page)))
	})
}

// copies makes n adverts more like the one, by SQL: with its words they are found, too.
func (w *world) copies(id int64, n int) {
	w.t.Helper()
	columns := strings.Join(w.texts(`select column_name from information_schema.columns where table_schema = current_schema() and table_name = 'add' and column_name not in ('id', 'price', 'created_at') order by 1`), ", ")
	w.exec(fmt.Sprintf(`insert into add (price, created_at, %[1]s) select price + i %% 50, created_at - (i %% 700) * interval '1 hour', %[1]s from add, generate_series(1, $2) i where id = $1`, columns), id, n)
	columns = strings.Join(w.texts(`select column_name from information_schema.columns where table_schema = current_schema() and table_name = 'listing' and column_name not in ('add_id', 'price', 'created_at') order by 1`), ", ")
	w.exec(fmt.Sprintf(`insert into listing (add_id, price, created_at, %[1]s) select add.id, add.price, add.created_at, %[2]s from add, listing l where l.add_id = $1 and add.id > $1`,
		columns, "l."+strings.ReplaceAll(columns, ", ", ", l.")), id)
}

// TestASearchGoesOnBehindThoseThatAreRankedTogether, whichever way the index is asked.
func TestASearchGoesOnBehindThoseThatAreRankedTogether(t *testing.T) {
	w := setup(t)
	w.copies(w.published(ana, object{"title": "Ternero", "latitude": -17.78, "longitude": -63.18}), 1999) // ids of one bucket
	for _, frequent := range []bool{false, true} {
		w.job("marketplace.count-words")
		if frequent {
			w.exec("update term set n = 1000000")
		}
		for _, list := range []string{"adds/?search=ternero", "adds/?search=ternero&ordering=price", "adds/?search=ternero&ordering=-created_at&condition=used", "adds/?near=-17.78,-63.18&radius_km=100", "adds/?condition=used"} {
			rows := ids(w.walk(0, list, 97))
			require.Len(t, rows, 2000, list)
			slices.Sort(rows)
			require.Len(t, slices.Compact(rows), 2000, list)
			last := w.got("adds/?page=last&%s", strings.TrimPrefix(list, "adds/?"))
			require.Equal(t, float64(store.Window), last["count"], "pages with numbers show the newest of them")
		}
	}
	require.Equal(t, 1000.0, w.got("adds/facets/?search=ternero")["count"])
}

func TestNearby(t *testing.T) { // fault 31
	w := setup(t)
	leaf := w.category("Bovinos")
	near := w.published(ana, object{"latitude": -17.78, "longitude": -63.18, "category": leaf})
	w.published(ana, object{"latitude": -17.78, "longitude": -62.0})
	w.published(ana) // nowhere
	edge := w.published(luis, object{"latitude": 10, "longitude": 179.99})
	pole := w.published(luis, object{"latitude": 89.99, "longitude": 10})
	for query, want := range map[string][]int64{
		"lat=-17.78&lon=-63.18":                                                  {near},
		"lat=-17.78&lon=-63.18&radius_km=5":                                      {near},
		"lat=-17.78&lon=-63.18&radius_km=":                                       {near},
		"lat=0&lon=0":                                                            {},
		"lat=10&lon=-179.99&radius_km=10":                                        {edge},
		"lat=10&lon=-180&radius_km=10":                                           {edge},
		"lat=10&lon=180&radius_km=10":                                            {edge},
		"lat=89.99&lon=-170&radius_km=10":                                        {pole},
		"lat=90&lon=0&radius_km=500":                                             {pole},
		path("lat=-17.78&lon=-63.18&category=%d", leaf):                          {near},
		path("lat=-17.78&lon=-63.18&category=%d", w.category("Animales en pie")): {near},
		path("lat=-17.78&lon=-63.18&category=%d", w.category("Porcinos")):        {},
	} {
		require.Equal(t, want, ids(w.as(0, "GET", "adds/nearby/?"+query, nil).list()), query)
	}
	for _, query := range []string{"", "lat=1", "lon=1", "lat=&lon=1"} {
		require.Equal(t, "lat and lon are required params", w.as(0, "GET", "adds/nearby/?"+query, nil).ok(400)["detail"], query)
	}
	const number, most = "Se requiere un número válido.", "Asegúrese de que este valor es menor o igual a %s."
	for query, want := range map[string]object{
		"lat=x&lon=1":                {"lat": number},
		"lat=x&lon=y":                {"lat": number, "lon": number},
		"lat=1,2&lon=3":              {"lat": number},
		"lat=91&lon=1":               {"lat": fmt.Sprintf(most, "90")},
		"lat=1&lon=181":              {"lon": fmt.Sprintf(most, "180")},
		"lat=1&lon=NaN":              {"lon": number},
		"lat=1&lon=1&radius_km=x":    {"radius_km": number},
		"lat=1&lon=1&radius_km=501":  {"radius_km": fmt.Sprintf(most, "500")},
		"lat=1&lon=1&radius_km=Inf":  {"radius_km": fmt.Sprintf(most, "500")},
		"lat=1&lon=1&radius_km=0":    {"radius_km": "Asegúrese de que este valor es mayor que 0."},
		"lat=1&lon=1&radius_km=-1":   {"radius_km": "Asegúrese de que este valor es mayor que 0."},
		"lat=1&lon=1&category=99999": {"category": "Escoja una opción válida. Esa opción no está entre las disponibles."},
	} {
		wrongFields(w.as(0, "GET", "adds/nearby/?"+query, nil), want)
	}
}

func TestFacetsAreSortedAndBounded(t *testing.T) {
	w := setup(t)
	for i := range 6 {
		w.published(ana, object{"condition": []string{"new", "used", "used", "new", "used", "semi_new"}[i]})
	}
	facets := w.got("adds/facets/")
	require.Equal(t, []string{"used", "new", "semi_new"}, field[string](objects(facets["conditions"]), "value"))
	require.Equal(t, 6.0, facets["count"])
	require.Equal(t, slices.Sorted(maps.Keys(facets)), []string{"categories", "conditions", "count", "currencies", "roots"})
	require.Contains(t, w.as(0, "GET", "adds/facets/?condition=x", nil).ok(400), "condition")
	require.Contains(t, w.as(ana, "GET", "adds/facets/?status=paused", nil).ok(400), "status", "active adverts alone are counted")
}
