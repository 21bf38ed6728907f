package profilesmod_test

import (
	"context"
	"math"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/errs"
)

// settle makes specialists, users 101 and on, at these places.
func settle(t *testing.T, places ...[2]float64) *world {
	t.Helper()
	w := many(t, len(places))
	for i, p := range places {
		w.at(int64(101+i), p[0], p[1])
	}
	return w
}

func (w *world) at(userID int64, latitude, longitude float64) {
	w.t.Helper()
	w.as(userID, "PATCH", path("specialists/%d/", userID), object{"latitude": latitude, "longitude": longitude}).ok(200)
}

func (w *world) distance(lat1, lon1, lat2, lon2 float64) (km float64) {
	w.t.Helper()
	row := w.db.Q(context.Background()).QueryRow(context.Background(), "select distance_km($1, $2, $3, $4)", lat1, lon1, lat2, lon2)
	require.NoError(w.t, row.Scan(&km))
	return km
}

func TestDistances(t *testing.T) {
	w := setup(t)
	for _, c := range []struct {
		from, to string
		a, b     [2]float64
		km       float64
	}{
		{"London", "Paris", [2]float64{51.5074, -0.1278}, [2]float64{48.8566, 2.3522}, 343.6},
		{"Nashville", "Los Angeles", [2]float64{36.12, -86.67}, [2]float64{33.94, -118.40}, 2886.4},
		{"La Paz", "Santa Cruz", [2]float64{-16.5, -68.15}, [2]float64{-17.7833, -63.1821}, 547},
		{"the equator", "the pole", [2]float64{0, 77}, [2]float64{90, 0}, 10007.6},
		{"one side of the 180th meridian", "the other", [2]float64{0, 179.5}, [2]float64{0, -179.5}, 111.2},
		{"a point", "its opposite", [2]float64{-17, -63}, [2]float64{17, 117}, 20015.1},
		{"a point", "itself", [2]float64{-17.123, -63.456}, [2]float64{-17.123, -63.456}, 0},
	} {
		require.InDelta(t, c.km, w.distance(c.a[0], c.a[1], c.b[0], c.b[1]), max(0.1, c.km/200), "%s to %s", c.from, c.to)
		require.InDelta(t, c.km, w.distance(c.b[0], c.b[1], c.a[0], c.a[1]), max(0.1, c.km/200), "%s to %s", c.to, c.from)
	}
}

func TestNearestFirst(t *testing.T) {
	w := settle(t, [2]float64{-17.78, -63.18}, [2]float64{-17.39, -66.16}, [2]float64{-17.24, -63.25}, [2]float64{-16.5, -68.15})
	for at, want := range map[string][]int{
		"specialists/?near=-17.78,-63.18":                             {101},      // 50 km
		"specialists/?near=-17.78,-63.18&radius_km=70":                {101, 103}, // the other is 60 away
		"specialists/?near=-17.78,-63.18&radius_km=10":                {101},
		"specialists/?near=-17.78,-63.18&radius_km=500":               {101, 103, 102},
		"specialists/?near=-17.39,-66.16&radius_km=500":               {102, 104, 103, 101},
		"specialists/?near=-17.39,-66.16&radius_km=0.001":             nil,
		"specialists/?near=17.78,63.18&radius_km=500":                 nil,
		"specialists/?near=-17.39,-66.16&radius_km=500&page_size=3":   {102, 104, 103},
		"specialists/?near=-17.39,-66.16&radius_km=500&object_id=101": {101},
	} {
		require.Equal(t, want, userIDs(w.as(ana, "GET", at, nil).ok(200)), at)
	}
	page := w.as(ana, "GET", "specialists/?near=-17.39,-66.16&radius_km=500", nil).ok(200)
	require.Equal(t, 4.0, page["count"])
	for i, km := range []float64{0, 233, 309, 318} {
		got := page["results"].([]any)[i].(object)["distance_km"].(float64)
		require.InDelta(t, km, got, 8, "%d", i)
		require.InDelta(t, math.Round(got*10)/10, got, 1e-9, "one decimal")
	}
	require.Nil(t, w.as(ana, "GET", "specialists/", nil).ok(200)["results"].([]any)[0].(object)["distance_km"])
}

// Fault 31: a square of degrees is wrong across ±180° and at the poles.
func TestNearIsRightAtTheEdgesOfTheMap(t *testing.T) {
	fiji := settle(t, [2]float64{-16.8, 179.98}, [2]float64{-16.8, -179.9}, [2]float64{-16.8, 179.2}, [2]float64{-16.8, -178})
	for _, near := range []string{"-16.8,180", "-16.8,-180", "-16.8,179.99", "-16.8,-179.99"} {
		require.ElementsMatch(t, []int{101, 102}, userIDs(fiji.as(ana, "GET", "specialists/?radius_km=25&near="+near, nil).ok(200)), near)
		require.Len(t, userIDs(fiji.as(ana, "GET", "specialists/?radius_km=300&near="+near, nil).ok(200)), 4, near)
	}
	poles := settle(t, [2]float64{89.5, 0}, [2]float64{89.5, 180}, [2]float64{89, -90}, [2]float64{-89.8, 45}, [2]float64{85, 10})
	require.ElementsMatch(t, []int{101, 102, 103}, userIDs(poles.as(ana, "GET", "specialists/?near=90,0&radius_km=200", nil).ok(200)))
	require.ElementsMatch(t, []int{101, 102}, userIDs(poles.as(ana, "GET", "specialists/?near=89.6,90&radius_km=85", nil).ok(200)), "over the pole")
	require.Equal(t, []int{101, 102, 103}, userIDs(poles.as(ana, "GET", "specialists/?near=89.6,1&radius_km=300", nil).ok(200)))
	require.Equal(t, []int{104}, userIDs(poles.as(ana, "GET", "specialists/?near=-90,-120&radius_km=500", nil).ok(200)))
}

func TestWrongSearchesAreRefusedByField(t *testing.T) {
	w := setup(t)
	for query, want := range map[string][2]string{
		"near=1,2&radius_km=0":       {"radius_km", "Asegúrese de que este valor es mayor que 0."},
		"near=1,2&radius_km=-3":      {"radius_km", "Asegúrese de que este valor es mayor que 0."},
		"near=1,2&radius_km=NaN":     {"radius_km", "Asegúrese de que este valor es mayor que 0."},
		"near=1,2&radius_km=500.1":   {"radius_km", "Asegúrese de que este valor es menor o igual a 500."},
		"near=1,2&radius_km=Inf":     {"radius_km", "Asegúrese de que este valor es menor o igual a 500."},
		"near=1,2&radius_km=lejos":   {"radius_km", "Se requiere un número válido."},
		"near=1":                     {"near", "Escriba latitud y longitud separadas por una coma."},
		"near=a,b":                   {"near", "Se requiere un número válido."},
		"near=1,":                    {"near", "Se requiere un número válido."},
		"near=91,0":                  {"near", "Asegúrese de que este valor es menor o igual a 90."},
		"near=0,-180.5":              {"near", "Asegúrese de que este valor es mayor o igual a -180."},
		"near=1,2,3":                 {"near", "Se requiere un número válido."},
		"profession=Mago":            {"profession", "\"Mago\" no es una elección válida."},
		"species=bovinos,unicornios": {"species", "\"unicornios\" no es una elección válida."},
		"services=magia":             {"services", "\"magia\" no es una elección válida."},
		"verified=quizás":            {"verified", "Debe ser un booleano válido."},
	} {
		require.Equal(t, object{want[0]: []any{want[1]}, "code": "invalid"}, w.as(ana, "GET", "specialists/?"+query, nil).ok(400), query)
	}
	byID, byDistance := "eyJpZCI6MX0", "eyJpZCI6MSwia20iOjF9"
	has(t, w.as(ana, "GET", "specialists/?near=1,2&cursor="+byID, nil).ok(400), object{"code": errs.ErrCursor.Code})
	has(t, w.as(ana, "GET", "specialists/?cursor="+byDistance, nil).ok(400), object{"code": errs.ErrCursor.Code})
}

func TestFiltersCombine(t *testing.T) {
	w := settle(t, [2]float64{-17.78, -63.18}, [2]float64{-17.79, -63.19}, [2]float64{-17.39, -66.16}, [2]float64{-17.38, -66.15})
	for id, change := range map[int]object{
		101: {"profession": "Veterinario", "species": []string{"bovinos", "aves"}, "services": []string{"consultas"}, "about_us": "Ecografía reproductiva."},
		102: {"profession": "Agrónomo", "species": []string{"cultivos"}, "services": []string{"consultas", "otros"}, "location_name": "Warnes"},
		103: {"profession": "Veterinario", "species": []string{"bovinos", "otros"}, "services": []string{"cirugia"}, "about_us": "100% a domicilio"},
		104: {"profession": "Zootecnista", "species": []string{"bovinos"}},
	} {
		w.as(int64(id), "PATCH", path("specialists/%d/", id), change).ok(200)
	}
	for _, id := range []int{101, 104} {
		w.as(int64(id), "PATCH", path("specialists/%d/", id), object{"verification_title_id": 40}).ok(200)
		w.media.Put(fresh(40))
		pending := w.as(int64(id), "GET", path("specialists/%d/verification/", id), nil).ok(200)
		w.decide(pending["id"], 200)
	}
	for query, want := range map[string][]int{
		"profession=Veterinario":                       {101, 103},
		"species=bovinos":                              {101, 103, 104},
		"species=bovinos,aves":                         {101},
		"species=otros":                                {103},
		"services=otros":                               {102},
		"services=consultas&species=cultivos":          {102},
		"verified=true":                                {101, 104},
		"verified=false":                               {101, 102, 103, 104},
		"verified=true&profession=Veterinario":         {101},
		"search=ecografia":                             {101},
		"search=ECOGRAFÍA,reproductiva":                {101},
		"search=warnes":                                {102},
		"search=" + url.QueryEscape("100%"):            {103},
		"search=%25":                                   {103},
		"search=veterinario+bovinos":                   {101, 103},
		"search=veterinario&species=aves":              {101},
		"search=nada":                                  nil,
		"near=-17.4,-66.1&radius_km=100":               {103, 104},
		"near=-17.4,-66.1&radius_km=100&verified=true": {104},
		"near=-17.4,-66.1&radius_km=100&search=domici": {103},
		"near=-17.4,-66.1&radius_km=500&species=bovinos&profession=Veterinario": {103, 101},
		"near=-17.4,-66.1&radius_km=500&services=consultas,otros":               {102},
	} {
		for _, paging := range []string{"", "&cursor=*", "&page_size=1", "&cursor=*&page_size=1"} {
			require.ElementsMatch(t, want, walk(t, w, "specialists/?"+query+paging), query+paging)
		}
		require.Equal(t, float64(len(want)), w.as(ana, "GET", "specialists/?"+query, nil).ok(200)["count"], query)
	}
}

func TestAWalkByDistanceIsStable(t *testing.T) {
	var places [][2]float64
	for i := range 45 {
		places = append(places, [2]float64{-17.78, -63.18 + float64(i%9)/10}) // five at each place, and their rough places apart
	}
	w := settle(t, places...)
	w.exec("update specialist set (rough_latitude, rough_longitude, cell) = (select rough_latitude, rough_longitude, cell from specialist where user_id = 101) where user_id <= 110")
	at := "specialists/?near=-17.78,-63.18&radius_km=300"
	all := walk(t, w, at+"&page_size=100")
	require.Len(t, all, 45)
	require.Equal(t, all, walk(t, w, at+"&page_size=7"))
	require.Equal(t, all, walk(t, w, at+"&cursor=*&page_size=7"), "equal distances included")

	first := w.as(ana, "GET", at+"&cursor=*&page_size=20", nil).ok(200)
	require.Equal(t, all[:20], userIDs(first))
	w.as(jefa, "DELETE", path("specialists/%d/", all[3]), nil).ok(204)
	w.as(ana, "PATCH", "specialists/1/", object{"latitude": -17.78, "longitude": -63.18}).ok(200)
	rest := walk(t, w, strings.TrimPrefix(first["next"].(string), site+"/api/profiles/"))
	require.Equal(t, all[20:], rest, "what comes and goes in front moves nothing")
}

func TestOddSearchesAreNeverOurFault(t *testing.T) {
	w := settle(t, [2]float64{-17.39, -66.16})
	for _, odd := range []string{"%00", "%ff", "%cc%81", "%27%22--", "%F0%9F%90%84", strings.Repeat("x", 500), strings.Repeat("a+", 90)} {
		for _, at := range []string{"?search=", "?cursor=*&search=", "?near=1,1&search=", "?near=", "?species=", "?radius_km=", "?cursor="} {
			require.Less(t, w.as(ana, "GET", "specialists/"+at+odd, nil).Status, 500, at+odd)
		}
	}
	require.Equal(t, []int{101}, userIDs(w.as(ana, "GET", "specialists/?search=%cc%81", nil).ok(200)), "an accent alone is no word")
}

// A specialist without a profile row of its own yet is no surprise to a filter.
func TestFiltersLeaveTheUnmadeOut(t *testing.T) {
	w := setup(t)
	w.users.put(auth.User{ID: 77, Role: auth.Specialist})
	require.Empty(t, userIDs(w.as(ana, "GET", "specialists/?verified=true", nil).ok(200)))
	require.Equal(t, []int{77}, userIDs(w.as(ana, "GET", "specialists/?object_id=77&verified=true", nil).ok(200)), "object_id wins")
}
