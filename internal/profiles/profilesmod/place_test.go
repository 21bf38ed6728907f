package profilesmod_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/profiles"
)

// number reads a decimal of an answer.
func number(t testing.TB, v any) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(v.(string), 64)
	require.NoError(t, err)
	return n
}

func TestTheExactPlaceIsTheOwnersAndStaffs(t *testing.T) {
	w := setup(t)
	exact := object{"latitude": "-17.3894512", "longitude": "-66.1567893"}
	has(t, w.as(ana, "PATCH", "specialists/1/", object{"latitude": -17.3894512, "longitude": "-66.1567893", "location_name": "Cercado"}).ok(200), exact)
	var rough object
	for range 3 {
		for reader, owner := range map[int64]bool{ana: true, jefa: true, beto: false, carla: false} {
			for _, at := range []string{"specialists/1/", "specialists/by-user/1/", "specialists/", "specialists/?cursor=*", "specialists/?object_id=1",
				"specialists/?near=-17.39,-66.16", "specialists/?near=-17.39,-66.16&cursor=*&page_size=1"} {
				a := w.as(reader, "GET", at, nil)
				o := a.ok(200)
				if list, ok := o["results"].([]any); ok {
					o = list[0].(object)
				}
				if owner {
					has(t, o, exact)
					continue
				}
				for _, digits := range []string{"17.3894", "66.1567"} {
					require.NotContains(t, a.Raw, digits)
				}
				if rough == nil {
					rough = object{"latitude": o["latitude"], "longitude": o["longitude"], "location_name": "Cercado"}
				}
				has(t, o, rough)
			}
		}
	}
	lat, lon := number(t, rough["latitude"]), number(t, rough["longitude"])
	away := w.distance(-17.3894512, -66.1567893, lat, lon)
	require.Greater(t, away, 0.5)
	require.Less(t, away, 2.0)
	require.Len(t, strings.Split(rough["latitude"].(string), ".")[1], 3)

	found := func(reader int64, lat, lon any, radius float64) int {
		return len(userIDs(w.as(reader, "GET", path("specialists/?near=%v,%v&radius_km=%v", lat, lon, radius), nil).ok(200)))
	}
	require.Zero(t, found(beto, -17.3894512, -66.1567893, 0.5), "a search sees the rough place alone")
	require.Equal(t, 1, found(beto, rough["latitude"], rough["longitude"], 0.001))

	cards, err := w.module.Service().Cards(t.Context(), ana)
	require.NoError(t, err)
	require.Equal(t, lat, cards[ana].Specialist.Place.Rough.Latitude)
}

func TestRoughPlacesAreDrawnAnewForNobody(t *testing.T) {
	w := settle(t, [2]float64{-17.39, -66.16}, [2]float64{-17.39, -66.16})
	place := func(id int) [2]any {
		o := w.as(ana, "GET", path("specialists/%d/", id), nil).ok(200)
		return [2]any{o["latitude"], o["longitude"]}
	}
	first := place(101)
	require.NotEqual(t, first, place(102), "of each their own")
	w.at(101, 5, 5)
	w.at(101, -17.39, -66.16)
	require.Equal(t, first, place(101))
	w.as(101, "PATCH", "specialists/101/", object{"show_place": false}).ok(200)
	w.as(101, "PATCH", "specialists/101/", object{"show_place": true, "about_us": "x"}).ok(200)
	require.Equal(t, first, place(101))
	w.as(jefa, "DELETE", "specialists/101/", nil).ok(204)
	w.at(101, -17.39, -66.16)
	require.Equal(t, first, place(101), "also in a new profile")

	// Not a copy of the tests' database, in which the key is drawn already.
	other := over(t, pgtest.SchemaIn(t, pgtest.Database(t), "profiles"), bus.New(bus.Config{}))
	other.users.put(auth.User{ID: 101, FullName: "Persona 0", Role: auth.Specialist})
	other.created(101)
	other.at(101, -17.39, -66.16)
	got := other.as(ana, "GET", "specialists/101/", nil).ok(200)
	require.NotEqual(t, first, [2]any{got["latitude"], got["longitude"]}, "another installation has another key")
}

// Whoever the user is and wherever, the rough place is 0.5 to 2 km away.
func TestTheRing(t *testing.T) {
	var places [][2]float64
	for i := range 60 {
		places = append(places, [2]float64{[]float64{-17.4, 0, 60, 89.5, -89.9}[i%5], []float64{-66, 180, -179.999, 0}[i%4]})
	}
	w := settle(t, places...)
	for i, p := range places {
		o := w.as(ana, "GET", path("specialists/%d/", 101+i), nil).ok(200)
		away := w.distance(p[0], p[1], number(t, o["latitude"]), number(t, o["longitude"]))
		require.Greater(t, away, 0.5, "%v", p)
		require.Less(t, away, 2.0, "%v", p)
	}
}

func TestHiddenPlacesAreNotFound(t *testing.T) {
	w := settle(t, [2]float64{-17.39, -66.16})
	w.as(101, "PATCH", "specialists/101/", object{"show_place": false, "location_name": "Tiquipaya"}).ok(200)
	require.Empty(t, userIDs(w.as(jefa, "GET", "specialists/?near=-17.39,-66.16", nil).ok(200)))
	require.Empty(t, userIDs(w.as(ana, "GET", "specialists/?search=tiquipaya", nil).ok(200)))
	hidden := w.as(ana, "GET", "specialists/101/", nil).ok(200)
	has(t, hidden, object{"latitude": nil, "longitude": nil, "location_name": "", "show_place": false})
	has(t, w.as(101, "GET", "specialists/101/", nil).ok(200), object{"latitude": "-17.3900000", "location_name": "Tiquipaya"})
	w.as(101, "PATCH", "specialists/101/", object{"show_place": true}).ok(200)
	require.Equal(t, []int{101}, userIDs(w.as(ana, "GET", "specialists/?search=tiquipaya", nil).ok(200)))
	w.as(101, "PATCH", "specialists/101/", object{"latitude": nil, "longitude": nil}).ok(200)
	require.Empty(t, userIDs(w.as(ana, "GET", "specialists/?near=-17.39,-66.16", nil).ok(200)))
}

func TestWrongPlacesAndWordsAreRefused(t *testing.T) {
	w := setup(t)
	required, valid := "Este campo es requerido.", "Se requiere un número válido."
	for _, c := range []struct {
		change      object
		field, text string
	}{
		{object{"latitude": 1}, "longitude", required},
		{object{"longitude": "1"}, "latitude", required},
		{object{"latitude": 90.1, "longitude": 0}, "latitude", "Asegúrese de que este valor es menor o igual a 90."},
		{object{"latitude": "-91", "longitude": 0}, "latitude", "Asegúrese de que este valor es mayor o igual a -90."},
		{object{"latitude": 0, "longitude": 180.5}, "longitude", "Asegúrese de que este valor es menor o igual a 180."},
		{object{"latitude": "acá", "longitude": 0}, "latitude", valid},
		{object{"latitude": "1e1", "longitude": 0}, "latitude", valid},
		{object{"latitude": "1.12345678", "longitude": 0}, "latitude", "Asegúrese de que no haya más de 7 decimales."},
		{object{"location_name": strings.Repeat("ñ", 256)}, "location_name", "Asegúrese de que este campo no tenga más de 255 caracteres."},
		{object{"species": []string{"unicornios"}}, "species", "\"unicornios\" no es una elección válida."},
		{object{"services": []string{"magia"}}, "services", "\"magia\" no es una elección válida."},
		{object{"species": nil}, "species", "Este campo no puede ser nulo."},
	} {
		require.Equal(t, object{c.field: []any{c.text}, "code": "invalid"}, w.as(ana, "PATCH", "specialists/1/", c.change).ok(400), "%v", c.change)
	}
	has(t, w.as(ana, "PATCH", "specialists/1/", object{"species": []string{"aves", "bovinos", "aves"}, "services": []string{}}).ok(200),
		object{"species": []any{"aves", "bovinos"}, "services": []any{}})
	w.at(ana, -17.39, -66.16)
	has(t, w.as(ana, "PATCH", "specialists/1/", object{"latitude": "-17.4"}).ok(200), object{"latitude": "-17.4000000", "longitude": "-66.1600000"})
}

// The words stand in the face, in the API's choices and in the table: the same in all three.
func TestAllWordsAreTaken(t *testing.T) {
	w := setup(t)
	got := w.as(ana, "PATCH", "specialists/1/", object{"species": profiles.Species, "services": profiles.Services}).ok(200)
	require.Len(t, got["species"], len(profiles.Species))
	require.Len(t, got["services"], len(profiles.Services))
}
