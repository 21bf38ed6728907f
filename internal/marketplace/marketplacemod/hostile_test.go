package marketplacemod_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/marketplacemod"
)

// hostile are values that no client means.
func hostile() []string {
	return []string{
		"0", "-1", "+5", "007", "1.5", "1e3", "1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999999999",
		"NaN", "nan", "Inf", "-Infinity", "0x10", "1_000", "1,5", "٣٤", "１２", "½", "true", "null", "undefined", "[]", "{}", "last", "*", "-", ",", ".", "%", "\\", "'", `"`, "';drop table add;--",
		"\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "\u202e", "🐄🐄", "́́́", " ", "\t\n", "&&||!()", "<->", "vaca:*", `"vaca`, "-vaca", "NOT", "%zz", "a=b", "..", "../..",
		strings.Repeat("9", 400), strings.Repeat("a", 10_000), strings.Repeat("ñ ", 5_000), strings.Repeat("1,", 5_000), "0001-01-01", "9999-12-31T23:59:59Z", "1,2,3", "91,0", "0,181", "-17.78,-63.18",
		"1e308,1e308", "5e-324,0", "5e-324", "base_price", "-base_price", "price,-price", "id", "active", "sold", "kg", "bob", "new", "1",
	}
}

// forged are cursors that no list gave.
func forged() (all []string) {
	for _, position := range []string{
		`{}`, `[]`, `null`, `5`, `-5`, `1e99`, `"x"`, `{"id":"x"}`, `{"id":-1}`, `{"id":9223372036854775807}`, `{"id":9223372036854775808}`, `{"id":1.5}`,
		`{"id":1,"price":"x"}`, `{"id":1,"price":"NaN"}`, `{"id":1,"price":"1e99999999"}`, `{"id":1,"price":"Infinity"}`, `{"id":1,"price":"` + strings.Repeat("9", 9000) + `"}`, `{"id":1,"price":" 5 "}`, `{"id":1,"price":"-5"}`,
		`{"id":1,"at":"2020-01-01T00:00:00Z"}`, `{"id":1,"at":"0000-01-01T00:00:00Z"}`, `{"id":1,"at":"9999-12-31T23:59:59.999999999+23:59"}`, `{"id":1,"at":"x"}`, `{"id":1,"at":5}`,
		`{"id":1,"at":"2020-01-01T00:00:00Z","price":"5"}`, `{"km":1e308,"id":1,"seen":1}`, `{"km":-1e308,"id":-1,"seen":0}`, `{"km":1e999,"id":1}`, `{"km":"x"}`, `{"km":1,"seen":-1}`, `{"km":1,"seen":9999}`, `{"km":1,"seen":9223372036854775807}`,
		`{"began":"2020-01-01T00:00:00Z"}`, `{"began":"9999-01-01T00:00:00Z"}`, `{"began":"0000-01-01T00:00:00Z","skip":1000}`, `{"began":"2020-01-01T00:00:00Z","skip":-1}`, `{"began":"2020-01-01T00:00:00Z","skip":9223372036854775807}`,
		`{"began":"2020-01-01T00:00:00Z","below":-9223372036854775808}`, `{"began":"2020-01-01T00:00:00Z","below":9223372036854775807}`, `{"began":"2020-01-01T00:00:00Z","below":1}`, "\xff", `{"id":1,"price":"\u0000"}`,
	} {
		all = append(all, base64.RawURLEncoding.EncodeToString([]byte(position)))
	}
	return append(all, "", "*", "====", "YQ==", "é", strings.Repeat("A", 10_000))
}

// reading is a read of the module and the query parameters that it knows.
type reading struct {
	path       string
	parameters []string
}

// readings are all of them, with the id in the place of every id.
func (w *world) readings(id int64) (all []reading) {
	w.t.Helper()
	for path, item := range w.server.OpenAPI().Paths {
		path = strings.NewReplacer("/api/", "", "{id}", fmt.Sprint(id)).Replace(path)
		if item.Get == nil || strings.ContainsAny(path, "{") || !strings.HasPrefix(path, "adds/") && !strings.HasPrefix(path, "categories/") {
			continue
		}
		r := reading{path: path}
		for _, p := range item.Get.Parameters {
			if p.In == "query" {
				r.parameters = append(r.parameters, p.Name)
			}
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b reading) int { return strings.Compare(a.path, b.path) })
	require.GreaterOrEqual(w.t, len(all), 9)
	return all
}

// usual is what a route needs besides the parameter that is tried.
func usual(path string) url.Values {
	switch path {
	case "adds/nearby/":
		return url.Values{"lat": {"-17.78"}, "lon": {"-63.18"}}
	case "adds/", "adds/facets/":
		return url.Values{"base_unit": {"kg"}}
	}
	return url.Values{}
}

// sound expects an answer of the contract: never a 5xx, and refusals as JSON with a code and texts.
func sound(t testing.TB, what string, a answer) object {
	t.Helper()
	require.Less(t, a.Status, 500, "%s: %s", what, a.Raw)
	if a.Status < 400 {
		return nil
	}
	var body object
	require.NoError(t, json.Unmarshal([]byte(a.Raw), &body), "%s: %s", what, a.Raw)
	require.NotEmpty(t, body["code"], what)
	require.Greater(t, len(body), 1, "%s: %s", what, a.Raw)
	require.Less(t, len(a.Raw), 64<<10, "%s: a refusal repeats a value at most once", what)
	return body
}

// names says whether a refusal tells which parameter is wrong, or that all of it is.
func names(body object, parameter string) bool {
	_, named := body[parameter]
	return named || slices.Contains([]any{"invalid_text", "invalid_cursor", "invalid_page", "not_found", "marketplace.lat_lon_required", "not_authenticated", "forbidden"}, body["code"])
}

func TestHostileQueries(t *testing.T) {
	w := setup(t)
	leaf := w.category("Bovinos")
	id := w.published(ana, object{"category": leaf, "latitude": -17.78, "longitude": -63.18, "attributes": object{"raza": "nelore", "peso_kg": 400}})
	w.job("marketplace.count-words")
	for _, r := range w.readings(id) {
		t.Run(strings.ReplaceAll(r.path, "/", "_"), func(t *testing.T) {
			for _, p := range r.parameters {
				for _, v := range append(hostile(), forged()...) {
					q := usual(r.path)
					q.Set(p, v)
					what := r.path + "?" + q.Encode()
					body := sound(t, what, w.as(ana, "GET", what, nil))
					require.True(t, body == nil || names(body, p), "%s names another field: %v", what, body)
					if slices.Contains([]string{"ordering", "price"}, p) || p == "cursor" {
						q.Set("ordering", "price")
						sound(t, what+" by price", w.as(0, "GET", r.path+"?"+q.Encode(), nil))
						q.Set("search", "vaca")
						sound(t, what+" by price", w.as(0, "GET", r.path+"?"+q.Encode(), nil))
					}
				}
				q := usual(r.path)
				q[p] = append(q[p], "1", "2", "x")
				sound(t, r.path+"?"+q.Encode(), w.as(0, "GET", r.path+"?"+q.Encode(), nil))
			}
			for _, raw := range []string{"%", "%zz=1", "a=%ff", "=", "&&&", ";", "a;b=c", strings.Repeat("a&", 5000), "%00=1", "search[]=x", "attr.=1", "attr..min=1", "attr.raza.min.max=1"} {
				sound(t, raw, w.send(sent{method: "GET", path: r.path + "?" + raw}))
			}
		})
	}
	t.Run("Attributes", func(t *testing.T) {
		for _, name := range []string{"raza", "peso_kg", "peso_kg.min", "peso_kg.max", "vacunado", "edad_meses", "edad_meses.min", "nada", "raza.min", "peso_kg.x", strings.Repeat("k", 10_000), "'", "\x00"} {
			for _, v := range hostile() {
				q := url.Values{"category": {fmt.Sprint(leaf)}, "attr." + name: {v}}
				for _, at := range []string{"adds/?", "adds/facets/?"} {
					sound(t, at+q.Encode(), w.as(0, "GET", at+q.Encode(), nil))
				}
			}
		}
		many := url.Values{"category": {fmt.Sprint(leaf)}}
		for i := range 300 {
			many.Set(fmt.Sprintf("attr.k%d", i), "1")
		}
		require.Contains(t, w.as(0, "GET", "adds/?"+many.Encode(), nil).ok(400), "attr")
	})
	t.Run("CursorsOfOtherLists", func(t *testing.T) {
		w.published(luis, object{"latitude": -17.78, "longitude": -63.18, "category": leaf, "unit": "kg"})
		w.exec("update add set base_unit = 'kg', base_price = 5 where id = $1", id)
		var cursors []string
		lists := []string{"adds/?page_size=1", "adds/?page_size=1&ordering=created_at", "adds/?page_size=1&ordering=price", "adds/?page_size=1&ordering=-price", "adds/?page_size=1&search=vaca",
			"adds/?page_size=1&search=vaca&ordering=price", "adds/nearby/?page_size=1&lat=-17.78&lon=-63.18", "adds/my_adds/?page_size=1", "categories/?page_size=1",
			path("adds/?page_size=1&ordering=base_price&base_unit=kg&currency=BOB&category=%d", leaf)}
		for _, list := range lists {
			if next, ok := w.as(ana, "GET", list+"&cursor=*", nil).ok(200)["next"].(string); ok {
				u, err := url.Parse(next)
				require.NoError(t, err)
				cursors = append(cursors, u.Query().Get("cursor"))
			}
		}
		require.GreaterOrEqual(t, len(cursors), 8)
		for _, list := range lists {
			for _, cursor := range append(cursors, forged()...) {
				got := w.as(ana, "GET", list+"&cursor="+url.QueryEscape(cursor), nil)
				sound(t, list+cursor, got)
				require.Contains(t, []int{http.StatusOK, http.StatusBadRequest}, got.Status)
			}
		}
	})
}

func TestHostileBodies(t *testing.T) {
	w := setup(t, func(c *marketplacemod.Config) { c.Everyone = true })
	somebody := int64(1000) // another one for each advert: their number is limited
	leaf := w.category("Bovinos")
	one := path("adds/%d/", w.published(ana, object{"category": leaf}))
	kind := path("categories/%d/", leaf)
	values := []string{
		`0`, `-0`, `-1`, `1.5`, `1e3`, `1e308`, `-1e308`, `1e400`, `-1e400`, `1e-400`, `1234567890123`, `9223372036854775807`, `9223372036854775808`, `18446744073709551616`, strings.Repeat("9", 400), `0.00000000000000000000000000001`,
		`true`, `false`, `null`, `""`, `" "`, `"x"`, `"5"`, `"-0"`, `"NaN"`, `"Infinity"`, `"1e400"`, `"٣"`, `"\u0000"`, `"a\u0000b"`, `"\ud800"`, `"\u202e"`, "\"\xff\xfe\"", `"null"`, `"[]"`, `"{}"`, `"[1,2"`, `"` + strings.Repeat("9", 10_000) + `"`, `"` + strings.Repeat("ñ", 20_000) + `"`,
		`[]`, `[null]`, `[[]]`, `[{}]`, `[1,"x",null,true]`, `[0]`, `[-1]`, `[1,1,1,1,1,1,1,1]`, `["",""]`, `{}`, `{"":""}`, `{"raza":{}}`, `{"raza":["nelore"]}`, `{"raza":1e308}`, `{"peso_kg":1e308}`, `{"peso_kg":-1e308}`, `{"peso_kg":"1e400"}`, `{"peso_kg":1e400}`, `{"peso_kg":{"a":{"b":[1]}}}`,
		`{"peso_kg":[1]}`, `{"peso_kg":"NaN"}`, `{"vacunado":2}`, `{"vacunado":"maybe"}`, `{"a\u0000b":1}`, `{"` + strings.Repeat("k", 10_000) + `":1}`, `{"raza":"nelore","raza":"otra"}`, strings.Repeat("[", 5000) + strings.Repeat("]", 5000), strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000),
		"[" + strings.Repeat("1,", 200_000) + "1]", "[" + series(100_000) + "]", "{" + pairs(30_000) + "}",
	}
	adverts := []string{"title", "description", "price", "category", "condition", "location_name", "latitude", "longitude", "main_image_id", "secondary_image_ids", "currency", "unit", "country", "quantity", "negotiable", "swap", "on_request", "attributes", "status"}
	categories := []string{"name", "description", "parent", "position", "aliases", "attributes"}
	try := func(t *testing.T, user int64, method, path string, whole object, field, value string) {
		t.Helper()
		delete(whole, field)
		if field == "longitude" || field == "latitude" {
			whole[map[string]string{"longitude": "latitude", "latitude": "longitude"}[field]] = 5
		}
		b, err := json.Marshal(whole)
		require.NoError(t, err)
		raw := strings.TrimSuffix(string(b), "}") + fmt.Sprintf(`,"%s":%s}`, field, value)
		raw = strings.Replace(raw, "{,", "{", 1)
		what := fmt.Sprintf("%s %s %s=%.60s", method, path, field, value)
		got := w.send(sent{method, path, "application/json", raw, signed(user)})
		body := sound(t, what, got)
		if body != nil && got.Status == 400 {
			require.True(t, slices.ContainsFunc(keys(body), func(k string) bool {
				return k == field || field == "latitude" && k == "longitude" || strings.HasPrefix(k, field+".") || k == "detail"
			}), "%s names another field: %s", what, got.Raw)
		}
		if body == nil && method == "PATCH" {
			require.Equal(t, http.StatusOK, w.as(user, "GET", path, nil).Status, what)
		}
	}
	for _, field := range adverts {
		t.Run(field, func(t *testing.T) {
			for _, value := range values {
				try(t, ana, "PATCH", one, object{"status": "active", "category": leaf}, field, value)
				w.exec("update add set status = 'active' where publisher_id = $1", ana)
				if len(value) < 1000 {
					somebody++
					try(t, somebody, "POST", "adds/", cow(object{"category": leaf}), field, value)
				}
			}
			w.walk(jefa, "adds/", 100) // whatever was taken can be shown
			w.walk(jefa, "adds/?search=vaca&near=0,0&radius_km=500", 100)
		})
	}
	for _, field := range categories {
		t.Run("category_"+field, func(t *testing.T) {
			for i, value := range values {
				try(t, jefa, "PATCH", kind, object{}, field, value)
				if len(value) < 1000 {
					try(t, jefa, "POST", "categories/", object{"name": fmt.Sprintf("%s %d", field, i)}, field, value)
				}
			}
		})
	}
	for _, form := range []url.Values{{"attributes": {"{"}}, {"attributes": {"x"}}, {"secondary_image_ids": {"1,2,3"}}, {"secondary_image_ids": {"x"}}, {"secondary_image_ids": {"", ""}}, {"price": {"1", "2"}}, {"title": {"a", "b"}}, {"category": {"1", "x"}}, {"attributes": {"{}", "{}"}}} {
		sound(t, form.Encode(), w.form(ana, "PATCH", one, form))
		sound(t, form.Encode(), w.multipart(ana, "PATCH", one, form))
	}
}

func series(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, "%d,", i)
	}
	return b.String() + fmt.Sprint(n)
}

func pairs(n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, `"k%d":%d,`, i, i)
	}
	return b.String() + `"z":1`
}

func keys(o object) (all []string) {
	for k := range o {
		all = append(all, k)
	}
	return all
}

// FuzzQueries sends any query to any read of the module.
func FuzzQueries(f *testing.F) {
	w := setup(f)
	id := w.published(ana, object{"category": w.category("Bovinos"), "latitude": -17.78, "longitude": -63.18})
	w.job("marketplace.count-words")
	all := w.readings(id)
	for i, r := range all {
		for j, p := range r.parameters {
			values := append(hostile(), forged()...)
			f.Add(uint(i), usual(r.path).Encode()+"&"+p+"="+url.QueryEscape(values[(7*i+13*j)%len(values)]))
		}
	}
	f.Fuzz(func(t *testing.T, route uint, query string) {
		w.t = t
		r := all[route%uint(len(all))]
		if u, err := url.Parse("/?" + query); err != nil || u.RawQuery != query || strings.ContainsAny(query, " #\x00\r\n") {
			t.Skip("no request has such a query")
		}
		for _, user := range []int64{0, ana} {
			a := w.send(sent{method: "GET", path: r.path + "?" + query, headers: map[int64][]string{ana: signed(ana)}[user]})
			sound(t, r.path+"?"+query, a)
		}
	})
}

// FuzzBodies sends any body as an advert and as a category.
func FuzzBodies(f *testing.F) {
	w := setup(f)
	one := path("adds/%d/", w.published(ana))
	for _, seed := range []string{`{}`, `{"price":1e400}`, `{"attributes":{"raza":{"a":1}},"category":51}`, `{"secondary_image_ids":[1,null,"x"]}`, `{"latitude":1,"longitude":-0.0}`, `{"status":"sold"}`, `{"quantity":"1e99"}`, `title=x&price=5`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		w.t = t
		for _, kind := range []string{"application/json", "application/x-www-form-urlencoded"} {
			sound(t, body, w.send(sent{"PATCH", one, kind, body, signed(ana)}))
			sound(t, body, w.send(sent{"PATCH", "categories/1/", kind, body, signed(jefa)}))
		}
		sound(t, body, w.as(ana, "GET", "adds/my_adds/", nil))
		w.exec("update add set status = 'active'")
	})
}
