package marketplacemod_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestConventions is rest.md §1 for adverts and categories, a line each.
func TestConventions(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"main_image_id": 1})
	one := path("adds/%d/", id)
	for name, check := range map[string]func(t *testing.T){
		"PathsAnswerWithAndWithoutTheirSlash": func(t *testing.T) {
			for _, p := range []string{"adds/", one, "categories/", path("categories/%d/", w.category("Semillas")), "adds/units/", "adds/facets/", one + "prices/"} {
				slashed := w.as(0, "GET", p, nil)
				bare := w.as(0, "GET", strings.TrimSuffix(p, "/"), nil)
				require.Equal(t, 200, slashed.Status, p)
				require.Equal(t, slashed.Raw, bare.Raw, p)
			}
			w.as(ana, "PATCH", strings.TrimSuffix(one, "/"), object{"title": "Vaca"}).ok(200)
			require.Equal(t, "Vaca", w.got("adds/%d/", id)["title"], "a body is not lost")
		},
		"AnIDThatIsNoNumberNamesNothing": func(t *testing.T) {
			for _, bad := range []string{"abc", "1.5", "-1", "0", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "٣", "1e3", "%20", "12abc"} {
				for _, p := range []string{"adds/%s/", "categories/%s/", "adds/%s/prices/"} {
					require.Equal(t, object{"detail": "No encontrado.", "code": "not_found"}, w.as(0, "GET", path(p, bad), nil).ok(404), p, bad)
				}
				for _, p := range []string{"adds/%s/", "adds/%s/history/", "adds/%s/renew/"} {
					method := map[string]string{"adds/%s/": "PATCH", "adds/%s/history/": "GET", "adds/%s/renew/": "POST"}[p]
					w.as(ana, method, path(p, bad), object{}).ok(404)
				}
			}
		},
		"BothTokenSchemesWork": func(t *testing.T) {
			for _, scheme := range []string{"Token", "Bearer", "token", "bearer"} {
				w.as(0, "GET", "adds/my_adds/", nil, "Authorization", scheme+" 1").list()
				w.as(0, "PATCH", one, object{}, "Authorization", scheme+" 1").ok(200)
			}
		},
		"ABadTokenOnAPublicReadIs401": func(t *testing.T) { // decision D4, fault 26
			for _, p := range []string{"adds/", one, "categories/", "adds/nearby/?lat=1&lon=1"} {
				for _, scheme := range []string{"Token", "Bearer"} {
					require.Equal(t, object{"detail": "Token inválido.", "code": "token_invalid"}, w.as(0, "GET", p, nil, "Authorization", scheme+" nobody").ok(401))
				}
				require.Equal(t, "Cabecera token inválida. Las credenciales no fueron suministradas.", w.as(0, "GET", p, nil, "Authorization", "Token").ok(401)["detail"])
				require.Equal(t, "Cabecera token inválida. La cadena token no debe contener espacios.", w.as(0, "GET", p, nil, "Authorization", "Token a b").ok(401)["detail"])
			}
		},
		"NoCredentialsIs401WithAChallenge": func(t *testing.T) {
			for _, r := range [][2]string{{"POST", "adds/"}, {"PUT", one}, {"PATCH", one}, {"DELETE", one}, {"POST", one + "renew/"}, {"GET", one + "history/"},
				{"POST", "categories/"}, {"PUT", "categories/1/"}, {"PATCH", "categories/1/"}, {"DELETE", "categories/1/"}} {
				got := w.as(0, r[0], r[1], object{})
				require.Equal(t, object{"detail": "Las credenciales de autenticación no se proveyeron.", "code": "not_authenticated"}, got.ok(401))
				require.Equal(t, "Token", got.Header.Get("WWW-Authenticate"))
			}
		},
		"AStrangerIsForbidden": func(t *testing.T) {
			for _, r := range [][2]string{{"PUT", one}, {"PATCH", one}, {"DELETE", one}, {"POST", one + "renew/"}, {"GET", one + "history/"}, {"POST", "categories/"}, {"DELETE", "categories/1/"}} {
				require.Equal(t, "Usted no tiene permiso para realizar esta acción.", w.as(beto, r[0], r[1], object{}).ok(403)["detail"], r)
			}
		},
		"AnotherTypeOfBodyIs415": func(t *testing.T) {
			got := w.send(sent{"POST", "adds/", "text/plain", "vaca", signed(ana)})
			require.Equal(t, "Tipo de medio \"text/plain\" incompatible en la solicitud.", got.ok(415)["detail"])
		},
		"MalformedJSONIs400": func(t *testing.T) {
			for _, body := range []string{"{", `{"title":}`, "[1,", "{} x", "nul"} {
				require.Contains(t, w.send(sent{"POST", "adds/", "application/json", body, signed(ana)}).ok(400)["detail"], "JSON parse error - ", body)
			}
			for _, body := range []string{"[]", "5", `"x"`, "null"} {
				w.send(sent{"POST", "adds/", "application/json", body, signed(ana)}).ok(400)
			}
		},
		"AMethodThatIsNotThereIs405": func(t *testing.T) {
			for _, r := range [][2]string{{"PUT", "adds/"}, {"DELETE", "adds/"}, {"PATCH", "categories/"}} {
				got := w.as(ana, r[0], r[1], object{})
				require.Equal(t, fmt.Sprintf("Método %q no permitido.", r[0]), got.ok(405)["detail"])
				require.NotEmpty(t, got.Header.Get("Allow"))
			}
		},
		"AnUnknownPathIsJSON": func(t *testing.T) { // fault 59
			require.Equal(t, "No encontrado.", w.as(0, "GET", "adds/1/nothing/", nil).ok(404)["detail"])
		},
		"FormsAreTaken": func(t *testing.T) {
			fields := url.Values{"title": {"Toro"}, "description": {"Manso."}, "price": {"12.5"}, "condition": {"new"}, "category": {path("%d", w.category("Bovinos"))},
				"main_image_id": {"11"}, "secondary_image_ids": {"12", "13"}, "negotiable": {"true"}, "attributes": {`{"raza":"nelore"}`}, "latitude": {"-17.8"}, "longitude": {"-63.2"}, "nada": {"x"}}
			for _, send := range []func(int64, string, string, url.Values) answer{w.form, w.multipart} {
				got := send(ana, "POST", "adds/", fields).ok(201)
				has(t, got, object{"title": "Toro", "price": "12.50", "condition": "new", "category": float64(w.category("Bovinos")), "negotiable": true, "latitude": -17.8})
				require.Equal(t, 11.0, got["main_image"].(object)["id"])
				require.Len(t, got["secondary_images"], 2)
				require.Equal(t, "nelore", got["attributes"].(object)["raza"])
				at := path("adds/%.0f/", got["id"])
				has(t, send(ana, "PATCH", at, url.Values{"price": {"9"}, "secondary_image_ids": {"[14]"}, "category": {""}, "main_image_id": {"0"}}).ok(200),
					object{"price": "9.00", "category": nil, "main_image": nil, "title": "Toro"})
			}
		},
		"UnknownAndReadOnlyFieldsAreIgnored": func(t *testing.T) {
			got := w.as(ana, "POST", "adds/", cow(object{"id": 4711, "publisher_id": luis, "publisher": "x", "publisher_name": 5, "created_at": "nunca", "updated_at": nil,
				"version": 40, "main_image": object{"id": 9}, "secondary_images": "x", "expires_at": 1, "removed": true, "foo": []int{1}, "distance_km": "far", "base_price": "1", "snippet": 7})).ok(201)
			has(t, got, object{"publisher_id": 1.0, "publisher_name": "Ana Flores", "version": 1.0, "main_image": nil, "removed": nil})
			require.NotEqual(t, 4711.0, got["id"])
		},
		"TimesHaveMicrosecondsAndZ": func(t *testing.T) {
			got := w.got("adds/%d/", id)
			for _, f := range []string{"created_at", "updated_at", "expires_at"} {
				require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`, got[f])
			}
		},
		"TextsAreSpanishUnlessEnglishIsAskedFor": func(t *testing.T) {
			require.Equal(t, "No encontrado.", w.as(0, "GET", "adds/999999/", nil, "Accept-Language", "fr").ok(404)["detail"])
			require.Equal(t, "Not found.", w.as(0, "GET", "adds/999999/", nil, "Accept-Language", "en").ok(404)["detail"])
		},
		"ReadsCanBeAskedForAgain": func(t *testing.T) {
			for _, p := range []string{one, "adds/", "categories/", "adds/?search=vaca"} {
				first := w.as(0, "GET", p, nil)
				tag := first.Header.Get("ETag")
				require.NotEmpty(t, tag, p)
				again := w.as(0, "GET", p, nil, "If-None-Match", tag)
				require.Equal(t, 304, again.Status, p)
				require.Empty(t, again.Raw)
			}
			tag := w.as(0, "GET", one, nil).Header.Get("ETag")
			w.as(ana, "PATCH", one, object{"title": "Otra vaca"}).ok(200)
			w.as(0, "GET", one, nil, "If-None-Match", tag).ok(200)
		},
	} {
		t.Run(name, check)
	}
}

func TestPagesAreTheContracts(t *testing.T) {
	w := setup(t)
	require.Equal(t, object{"count": 0.0, "next": nil, "previous": nil, "results": []any{}}, w.got("adds/"), "an empty page 1 is there")
	w.seed(45)
	root := "http://marketplace.localhost/api/adds/"
	links := func(page object) [2]any { return [2]any{page["next"], page["previous"]} }

	first := w.got("adds/?publisher=2&foo=bar")
	require.Equal(t, 45.0, w.got("adds/")["count"])
	require.Len(t, results(w.got("adds/")), 20)
	require.Equal(t, [2]any{root + "?page=2", nil}, links(w.got("adds/")))
	require.Equal(t, [2]any{root + "?page=3", root}, links(w.got("adds/?page=2")), "the link to page 1 has no page")
	require.Equal(t, [2]any{nil, root + "?page=2"}, links(w.got("adds/?page=3")))
	require.Len(t, results(w.got("adds/?page=3")), 5)
	require.Equal(t, w.got("adds/?page=3")["results"], w.got("adds/?page=last")["results"])
	require.Equal(t, root+"?foo=bar&page=2&publisher=2", first["next"], "links keep the other parameters")
	for _, bad := range []string{"4", "0", "-1", "abc", "1.5", "99999999999999999999", "LAST", " "} {
		require.Equal(t, "Página inválida.", w.as(0, "GET", "adds/?page="+url.QueryEscape(bad), nil).ok(404)["detail"], bad)
	}
	require.Equal(t, w.got("adds/")["results"], w.got("adds/?page=1")["results"])

	require.Len(t, results(w.got("adds/?page_size=7")), 7)
	require.Len(t, results(w.got("adds/?page_size=100")), 45)
	for _, bad := range []string{"101", "0", "-5", "x", "1e9"} {
		require.Contains(t, w.as(0, "GET", "adds/?page_size="+bad, nil).ok(400), "page_size")
	}
	all := ids(results(w.got("adds/?page_size=100")))
	require.Equal(t, all, ids(w.walk(0, "adds/", 7)), "by cursor it is the same list")
	require.Equal(t, all, ids(w.follow(0, "adds/?page_size=8")), "and by next")
	require.Equal(t, "Cursor inválido.", w.as(0, "GET", "adds/?cursor=abc", nil).ok(400)["detail"])
}

// seed makes n active adverts of luis by SQL, which have no search documents; each newer than the one before.
func (w *world) seed(n int) {
	w.t.Helper()
	w.exec(`insert into add (publisher_id, title, description, condition, price, currency, unit, status, created_at, updated_at, expires_at)
		select $2, 'Anuncio ' || i, 'Descripción', 'new', i, 'BOB', 'unidad', 'active', now() + i * interval '1 second', now(), now() + interval '60 days'
		from generate_series(1, $1) i`, n, luis)
}
