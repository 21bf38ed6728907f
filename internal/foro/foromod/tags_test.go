package foromod_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/platform/errs"
)

func tagsOf(o object) (tags []string) {
	for _, t := range o["tags"].([]any) {
		tags = append(tags, t.(string))
	}
	return tags
}

func TestTagsAreGivenOrFoundInTheText(t *testing.T) {
	w := setup(t)
	for name, c := range map[string]struct {
		body object
		want []string
	}{
		"Given":              {object{"tags": []string{"Vacunación", "#AFTOSA", "plan-2026", "a_b", "ñandú"}}, []string{"a_b", "aftosa", "plan-2026", "vacunacion", "ñandu"}},
		"EachOnce":           {object{"tags": []string{"vaca", "#Vaca", " VACA ", "váca"}}, []string{"vaca"}},
		"NoneGiven":          {object{"tags": []string{}, "content": "#vaca"}, nil},
		"Found":              {object{"title": "#Aftosa en Montero", "content": "(#fiebre-aftosa), ¿#Vacunación_2026? #vacas."}, []string{"aftosa", "fiebre-aftosa", "vacas", "vacunacion_2026"}},
		"OtherScripts":       {object{"content": "#Корова #奶牛 #بقرة"}, []string{"корова", "بقرة", "奶牛"}},
		"NeitherNumbersNor":  {object{"content": "#1 a#b https://x.bo/#frag &#39; ## #- #_ # vaca"}, nil},
		"AtMostFive":         {object{"content": "#f #e #d #c #b #a"}, []string{"b", "c", "d", "e", "f"}},
		"NotTooLong":         {object{"content": "#" + strings.Repeat("x", 41) + " #" + strings.Repeat("y", 40)}, []string{strings.Repeat("y", 40)}},
		"CombiningCharacter": {object{"content": "#Vacunacio\u0301n"}, []string{"vacunacion"}},
	} {
		t.Run(name, func(t *testing.T) {
			made := w.as(ana, "POST", "posts/", with(object{"title": "a", "content": "b"}, c.body)).ok(201)
			require.Equal(t, c.want, tagsOf(made))
			require.Equal(t, made, w.as(ana, "GET", path("posts/%.0f/", made["id"]), nil).ok(200))
			for _, tag := range c.want {
				require.Contains(t, w.ids(0, "posts/?tag="+url.QueryEscape("#"+strings.ToUpper(tag))), int64(made["id"].(float64)), tag)
			}
		})
	}
	for name, wrong := range map[string]any{"TooMany": []string{"a", "b", "c", "d", "e", "f"}, "TooLong": []string{strings.Repeat("ñ", 41)}, "Blank": []string{" "}, "Empty": []string{""}, "Words": []string{"dos palabras"},
		"Signs": []string{"a+b"}, "Emoji": []string{"🐄"}, "OnlySigns": []string{"-_-"}, "TwoMarks": []string{"##a"}, "Ordinal": []string{"aªb"}, "AMarkAlone": []string{"\u0301"}, "Null": nil, "Object": object{"a": 1}} {
		t.Run("Not"+name, func(t *testing.T) {
			require.Contains(t, w.as(ana, "POST", "posts/", object{"title": "a", "content": "b", "tags": wrong}).ok(400), "tags")
		})
	}
}

func TestTagsFollowTheText(t *testing.T) {
	w := setup(t)
	one := path("posts/%d/", w.posted(ana, object{"content": "#uno #dos"}))
	edit := func(body object) []string {
		t.Helper()
		o := w.as(ana, "PATCH", one, body).ok(200)
		require.Equal(t, o, w.as(0, "GET", one, nil).ok(200))
		return tagsOf(o)
	}
	require.Equal(t, []string{"dos", "tres"}, edit(object{"content": "#dos #tres"}))
	require.Equal(t, []string{"dado", "dos"}, edit(object{"tags": []string{"dado", "dos"}}))
	require.Equal(t, []string{"cuatro", "dado", "dos"}, edit(object{"content": "#dos #tres #cuatro"}), "what was given stays, and what was taken away")
	require.Equal(t, []string{"dado"}, edit(object{"content": "nada"}))
	require.Nil(t, edit(object{"tags": []string{}}))
	require.Equal(t, []string{"a"}, tagsOf(w.as(ana, "PATCH", one, object{"title": "#b", "tags": []string{"A"}}).ok(200)))
	require.Equal(t, 1, w.count("tag where posts_count > 0"))
}

func TestTagsInUseAreListed(t *testing.T) {
	w := setup(t)
	for i := range 4 {
		w.posted(ana, object{"tags": []string{"vaca", "vacuna", "vacunacion", "toro"}[i:]})
	}
	hidden := w.posted(ana, object{"tags": []string{"vaca", "secreta"}})
	names := func(query string) []string {
		t.Helper()
		return field[string](results(w.as(0, "GET", "tags/?"+query, nil).ok(200)), "name")
	}
	require.Equal(t, []string{"toro", "vacunacion", "vacuna", "vaca", "secreta"}, names(""))
	w.exec("update post set state = 'removed' where id = $1", hidden)
	require.Equal(t, []string{"toro", "vacunacion", "vacuna", "vaca"}, names(""), "what nobody sees is not counted")
	require.Equal(t, []float64{4, 3, 2, 1}, field[float64](results(w.as(0, "GET", "tags/", nil).ok(200)), "posts_count"))
	for _, search := range []string{"V", "va", "%23VÁC", "vac"} {
		require.Equal(t, []string{"vacunacion", "vacuna", "vaca"}, names("search="+search), search)
		require.Equal(t, []string{"vacuna"}, names("page_size=1&page=2&search="+search), search)
	}
	require.Equal(t, []string{"vacunacion"}, names("search=vacunac"))
	for _, none := range []string{"x", "%25", "_", "a+b", "va%20ca", "🐄", "vacz"} {
		require.Empty(t, names("search="+none), none)
	}
	page := w.as(0, "GET", "tags/?cursor=*&page_size=3", nil).ok(200)
	require.Nil(t, page["count"])
	_, query, _ := strings.Cut(page["next"].(string), "?")
	require.Equal(t, []string{"vaca"}, names(query))
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	w.exec("update post set state = 'visible' where id = $1", hidden)
	require.Equal(t, []float64{4, 3, 2, 2, 1}, field[float64](results(w.as(0, "GET", "tags/", nil).ok(200)), "posts_count"))
}

// TestNewTagsMeet: people who use the same new tags in another order at the same time all get them, and are counted.
func TestNewTagsMeet(t *testing.T) {
	w := setup(t)
	const n = 24
	atOnce(n, func(i int) {
		tags := []string{"a", "b", "c", "d", "e"}
		tags[i%5], tags[0] = tags[0], tags[i%5]
		got := w.as(int64(100+i), "POST", "posts/", object{"title": "a", "content": "b", "tags": tags})
		require.Equal(t, 201, got.Status, got.Raw)
		if i%3 == 0 {
			id := path("posts/%.0f/", got.ok(201)["id"])
			require.Equal(t, 200, w.as(int64(100+i), "PATCH", id, object{"tags": []string{"c", "z"}}).Status)
		}
	})
	require.Equal(t, []string{"a 16", "b 16", "c 24", "d 16", "e 16", "z 8"}, w.texts("select name || ' ' || posts_count from tag order by name"))
}

func TestMentions(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "posts/", object{"title": "a", "content": "@luis", "mention_ids": []int64{beto, luis, luis, ana}}).ok(201)
	require.Equal(t, []any{object{"id": float64(luis), "name": "Luis Paz"}, object{"id": float64(beto), "name": "User 3"}}, made["mentions"], "each once, without the writer")
	one := path("posts/%.0f/", made["id"])
	require.Equal(t, made, w.as(ana, "GET", one, nil).ok(200))
	require.Equal(t, []string{"1", "1"}, w.texts("select post_id::text from mention"))

	mentioned := func(body object) []float64 {
		t.Helper()
		o := w.as(ana, "PATCH", one, body).ok(200)
		require.Equal(t, o, w.as(0, "GET", one, nil).ok(200))
		rows := []object{}
		for _, m := range o["mentions"].([]any) {
			rows = append(rows, m.(object))
		}
		return field[float64](rows, "id")
	}
	require.Equal(t, []float64{2, 4}, mentioned(object{"mention_ids": []int64{carla, luis}}))
	require.Equal(t, []float64{2, 4}, mentioned(object{"title": "b"}))
	require.Equal(t, []any{"Clave primaria \"777\" inválida - objeto no existe."}, w.as(ana, "PATCH", one, object{"mention_ids": []int64{carla, 777}}).ok(400)["mention_ids"])
	require.Contains(t, w.as(ana, "PATCH", one, object{"mention_ids": []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}).ok(400), "mention_ids")
	require.Empty(t, mentioned(object{"mention_ids": []int64{}}))

	t.Run("OfWhomIsGoneIsDropped", func(t *testing.T) {
		w.exec("insert into person (user_id, gone) values ($1, true) on conflict (user_id) do update set gone = true", luis)
		require.Equal(t, []float64{3}, mentioned(object{"mention_ids": []int64{luis, beto}}))
		require.Len(t, w.as(ana, "POST", "posts/", object{"title": "a", "content": "b", "mention_ids": []int64{luis, beto}}).ok(201)["mentions"], 1)
	})
	t.Run("WithoutAuthNobodyIsMentionedAnew", func(t *testing.T) {
		w.users.away(true)
		defer w.users.away(false)
		require.Equal(t, foro.ErrAuthUnavailable.Code, w.as(ana, "PATCH", one, object{"mention_ids": []int64{carla}}).ok(503)["code"])
		require.Equal(t, 201, w.as(ana, "POST", "posts/", object{"title": "a", "content": "b"}).Status)
		require.Equal(t, []float64{3}, mentioned(object{"mention_ids": []int64{beto}, "title": "c"}), "who was mentioned before stays")
	})
	t.Run("WithoutMediaNothingNewIsShown", func(t *testing.T) {
		w.media.Fail(errs.ErrUnavailable)
		defer w.media.Fail(nil)
		require.Equal(t, foro.ErrMediaUnavailable.Code, w.as(ana, "PATCH", one, object{"media_id": 5}).ok(503)["code"])
		require.Equal(t, 200, w.as(ana, "PATCH", one, object{"title": "d"}).Status)
	})
}

func TestSpeciesAndPlace(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "posts/", object{"title": "a", "content": "b", "species": []string{"cultivos", "bovinos", "cultivos"}, "latitude": -17.78333, "longitude": "-63.18199"}).ok(201)
	has(t, made, object{"species": []any{"cultivos", "bovinos"}, "latitude": -17.8, "longitude": -63.2})
	require.Equal(t, []string{"-17.8 -63.2"}, w.texts("select latitude || ' ' || longitude from post"), "the exact place is nowhere")
	one := path("posts/%.0f/", made["id"])
	require.Equal(t, made, w.as(0, "GET", one, nil).ok(200))
	for name, c := range map[string]struct{ lat, lon, wantLat, wantLon any }{
		"Pole": {90, 180, 90., 180.}, "Zero": {-0.04, 0.04, 0., 0.}, "Below": {-89.96, -179.95, -90., -180.}, "None": {nil, nil, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			has(t, w.as(ana, "PATCH", one, object{"latitude": c.lat, "longitude": c.lon}).ok(200), object{"latitude": c.wantLat, "longitude": c.wantLon})
			require.NotContains(t, w.as(0, "GET", one, nil).Raw, "-0,")
		})
	}
	for name, wrong := range map[string]object{"OneOfBoth": {"latitude": 1}, "TheOther": {"longitude": 1}, "OneNull": {"latitude": 1, "longitude": nil}, "TooFarNorth": {"latitude": 90.01, "longitude": 0},
		"TooFarEast": {"latitude": 0, "longitude": 180.5}, "Text": {"latitude": "norte", "longitude": 0}, "Huge": {"latitude": 1e300, "longitude": 0}, "NoSpecies": {"species": []string{"unicornios"}},
		"TooManySpecies": {"species": []string{"bovinos", "ovinos", "caprinos", "porcinos", "equinos", "aves"}}, "NullSpecies": {"species": nil}} {
		t.Run(name, func(t *testing.T) {
			for _, at := range []string{"posts/", "drafts/"} {
				require.Equal(t, 400, w.as(ana, "POST", at, with(object{"title": "a", "content": "b"}, wrong)).Status, at)
			}
			require.Equal(t, 400, w.as(ana, "PATCH", one, wrong).Status)
		})
	}
	require.Equal(t, []any{fmt.Sprintf("%q no es una elección válida.", "unicornios")}, w.as(ana, "POST", "posts/", object{"title": "a", "content": "b", "species": []string{"unicornios"}}).ok(400)["species"])
}
