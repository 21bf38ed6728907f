package foromod_test

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/search"
)

// finds are what a search shows: titles of posts and texts of comments, sorted.
func (w *world) finds(userID int64, query string) []string {
	w.t.Helper()
	all := told(results(w.as(userID, "GET", "search/?page_size=100&"+query, nil).ok(200)))
	slices.Sort(all)
	return all
}

func told(hits []object) []string {
	all := []string{}
	for _, h := range hits {
		if c, ok := h["comment"].(object); ok {
			all = append(all, c["content"].(string))
		} else {
			all = append(all, h["post"].(object)["title"].(string))
		}
	}
	return all
}

func asked(words string) string { return "q=" + url.QueryEscape(words) }

// indexed has documents follow what was written, and their words counted.
func (w *world) indexed() {
	w.t.Helper()
	w.job("foro.document")
	w.job("foro.count-words")
}

// set changes rows as moderators and others do.
func (w *world) set(table string, id int64, what string) {
	w.t.Helper()
	w.exec("update "+table+" set "+what+" where id = $1", id)
}

func TestWordsAreFoundAsPeopleTypeThem(t *testing.T) {
	w := setup(t)
	for title, content := range map[string]string{
		"Fiebre aftosa": "Brote en la granja.", "Piña madura": "¿Cuándo se cosecha?", "Pina de hierro": "Para arado.", "Maíz amarillo": "Precio por quintal.",
		"Vacas con mastitis": "Ordeño dos veces al día.", "Cerca electrica": "¿Qué voltaje?", "Ñandú enfermo": "No camina.",
	} {
		w.posted(ana, object{"title": title, "content": content})
	}
	post := w.posted(luis, object{"title": "Lombrices", "content": "En el intestino."})
	w.commented(carla, post, object{"content": "Ivermectina, según el peso."})
	w.indexed()
	for words, want := range map[string][]string{
		"maiz": {"Maíz amarillo"}, "MAÍCES": {"Maíz amarillo"}, "piña": {"Piña madura"}, "pina": {"Pina de hierro"}, "piñas": {"Piña madura"}, "n\u0303andu": {"Ñandú enfermo"},
		"vaca": {"Vacas con mastitis"}, "res": {"Vacas con mastitis"}, "ganado": {"Vacas con mastitis"}, "lombriz": {"Lombrices"},
		"ordeño mastitis": {"Vacas con mastitis"}, "mastitis maíz": {}, "ivermectinas": {"Ivermectina, según el peso."},
		"fiebre aftosa": {"Fiebre aftosa"}, "cercas eléctricas": {"Cerca electrica"}, "iverm": {"Ivermectina, según el peso."}, "fieb": {"Fiebre aftosa"}, "nadaquesea": {},
	} {
		require.Equal(t, want, w.finds(0, asked(words)), words)
	}
	t.Run("ATypingErrorIsCorrectedAndSaid", func(t *testing.T) {
		page := w.as(0, "GET", "search/?"+asked("mastitsi ordeño "), nil).ok(200)
		require.Equal(t, []string{"Vacas con mastitis"}, told(results(page)))
		require.Equal(t, []any{object{"word": "mastitsi", "instead": []any{"mastitis"}}}, page["corrections"])
		require.NotContains(t, w.as(0, "GET", "search/?"+asked("mastitis"), nil).ok(200), "corrections")
	})
	t.Run("ASnippetMarksTheWordsWithoutHTML", func(t *testing.T) {
		w.posted(ana, object{"title": "Silo <b>grande</b>", "content": strings.Repeat("Bueno y barato. ", 60) + "Sirve para el sorgo <i>rojo</i>. " + strings.Repeat("Llame hoy. ", 60)})
		w.indexed()
		hit := results(w.as(0, "GET", "search/?"+asked("sorgos"), nil).ok(200))[0]
		all, marked := "", []string{}
		for _, p := range hit["snippet"].([]any) {
			part := p.(object)
			all += part["text"].(string)
			if part["match"] == true {
				marked = append(marked, part["text"].(string))
			}
		}
		require.Equal(t, []string{"sorgo"}, marked)
		require.Contains(t, all, "el sorgo <i>rojo</i>")
		require.Less(t, len([]rune(all)), 250)
	})
	t.Run("WordsInTitlesComeFirst", func(t *testing.T) {
		w.posted(ana, object{"title": "Guinche", "content": "x"})
		other := w.posted(ana, object{"title": "Otra cosa", "content": "Con guinche."})
		w.commented(ana, other, object{"content": "¡Guinche!"})
		w.indexed()
		hits := results(w.as(0, "GET", "search/?"+asked("guinche"), nil).ok(200))
		require.Equal(t, "Guinche", told(hits)[0])
		require.Len(t, hits, 3)
		has(t, hits[0], object{"type": "post", "comment": nil})
		scores := field[float64](hits, "score")
		require.True(t, slices.IsSortedFunc(scores, func(a, b float64) int { return int(1000 * (b - a)) }), scores)
		require.InDelta(t, 1, scores[0], 0.01)
		for _, h := range hits[1:] {
			require.Equal(t, float64(other), h["post"].(object)["id"])
		}
	})
}

func TestSearchesAreNarrowed(t *testing.T) {
	w := setup(t)
	community := w.place("lecheria")
	cow := w.posted(ana, object{"title": "¿Vacuna uno?", "content": "vacuna", "community_id": community, "species": []string{"bovinos"}, "tags": []string{"Fiebre-Aftosa"}})
	pig := w.posted(luis, object{"title": "Vacuna dos", "content": "vacuna", "species": []string{"porcinos"}})
	old := w.posted(luis, object{"title": "¿Vacuna tres?", "content": "vacuna"})
	onCow := w.commented(carla, cow, object{"content": "Vacuna cuatro"})
	w.commented(ana, pig, object{"content": "Vacuna cinco"})
	w.set("post", cow, "answered = true")
	w.set("post", old, "created_at = '2024-05-17 23:59:59Z'")
	w.set("comment", onCow, "created_at = '2025-01-01 00:00:00Z'")
	w.indexed()
	one, two, three, four, five := "¿Vacuna uno?", "Vacuna dos", "¿Vacuna tres?", "Vacuna cuatro", "Vacuna cinco"
	all := []string{five, four, two, three, one}
	today := w.clock().UTC().Format(time.DateOnly)
	for query, want := range map[string][]string{
		"": all, "in=posts": {two, three, one}, "in=comments": {five, four}, path("community=%d", community): {four, one}, path("community=%d", community+1): {},
		"tag=fiebre-aftosa": {four, one}, "tag=%23FIEBRE-AFTOSA": {four, one}, "tag=fiebre": {}, "tag=%25": {}, "species=bovinos": {four, one}, "species=Porcinos": {five, two},
		"author=1": {five, one}, "author=2&in=posts": {two, three}, "author=99": {}, "author=-1": {}, "question=true": {four, three, one}, "question=false": {five, two},
		"answered=true": {four, one}, "answered=false": {three}, "since=2024-05-17": all, "since=2024-05-18": {five, four, two, one}, "since=2025-01-01": {five, four, two, one},
		"since=2025-01-02": {five, two, one}, "since=" + today: {five, two, one}, "since=2999-12-31": {}, "since=0001-01-01": all,
		path("community=%d&in=posts&question=true&answered=true&species=bovinos&tag=fiebre-aftosa&author=1&since=2020-02-29", community): {one},
	} {
		slices.Sort(want)
		require.Equal(t, want, w.finds(0, "q=vacuna&"+query), query)
		require.Equal(t, want, w.finds(0, query), "without words: %s", query)
	}
	t.Run("CommentsFollowTheirPost", func(t *testing.T) {
		w.as(ana, "PATCH", path("posts/%d/", cow), object{"tags": []string{"otra"}, "species": []string{"ovinos"}, "community_id": nil}).ok(200)
		w.job("foro.document")
		require.Empty(t, w.finds(0, path("community=%d", community)))
		require.Empty(t, w.finds(0, "tag=fiebre-aftosa"))
		require.Equal(t, []string{four, one}, w.finds(0, "tag=otra&species=ovinos"))
	})
	t.Run("PostsComeWithoutComments", func(t *testing.T) {
		hit := results(w.as(0, "GET", "search/?q=vacuna&author=1&in=posts", nil).ok(200))[0]["post"].(object)
		require.Empty(t, hit["comments"])
		require.Contains(t, hit["comments_next"], path("posts/%d/comments/", cow))
		require.Len(t, results(w.as(0, "GET", "posts/?search=vacuna&author=1", nil).ok(200))[0]["comments"], 1)
	})
	t.Run("ThePostsListSearches", func(t *testing.T) {
		page := w.as(0, "GET", "posts/?search=vacunas&author=2&question=true", nil).ok(200)
		require.Equal(t, []string{three}, field[string](results(page), "title"))
		require.Len(t, results(w.as(0, "GET", "posts/?search=vacuna", nil).ok(200)), 3)
	})
	t.Run("WrongFiltersAreSaid", func(t *testing.T) {
		require.Equal(t, []any{"Fecha con formato erróneo. Use el formato YYYY-MM-DD."}, w.as(0, "GET", "search/?since=ayer", nil).ok(400)["since"])
		for _, query := range []string{"in=nada", "answered=2", "question=x", "community=x", "author=x", "page=0", "cursor=x"} {
			status := w.as(0, "GET", "search/?q=vacuna&"+query, nil).Status
			require.True(t, status == 400 || status == 404, "%s: %d", query, status)
		}
	})
}

func TestWhatIsFoundFollowsWhatIsWritten(t *testing.T) {
	w := setup(t)
	post := w.posted(ana, object{"title": "Alambre", "content": "de púas"})
	answer := w.commented(luis, post, object{"content": "Mejor madera"})
	reply := w.commented(carla, post, object{"content": "O hormigón", "parent": answer})
	other := w.posted(luis, object{"title": "Alambre liso", "content": "x"})
	w.job("foro.document")
	find := func(words string) []string { return w.finds(0, asked(words)) }
	require.Equal(t, []string{"Mejor madera"}, find("madera"))
	require.Zero(t, w.count("due"))

	t.Run("Edits", func(t *testing.T) {
		w.as(ana, "PATCH", path("posts/%d/", post), object{"title": "Postes"}).ok(200)
		w.as(luis, "PATCH", path("comments/%d/", answer), object{"content": "Mejor bambú"}).ok(200)
		w.job("foro.document")
		require.Equal(t, []string{"Alambre liso"}, find("alambre"))
		require.Equal(t, []string{"Postes"}, find("postes"))
		require.Empty(t, find("madera"))
		require.Equal(t, []string{"Mejor bambú"}, find("bambú"))
	})
	t.Run("WhatChangesNothingMakesNothingAnew", func(t *testing.T) {
		w.set("post", post, "likes = 5, title = title, content = content")
		require.Zero(t, w.count("due"))
	})
	for _, state := range []string{"hidden", "removed"} {
		t.Run("APost "+state, func(t *testing.T) {
			w.set("post", post, "state = '"+state+"'")
			for _, reader := range []int64{0, ana, luis, jefa} {
				require.Empty(t, w.finds(reader, asked("postes")), "at once, and for everybody")
				require.Empty(t, w.finds(reader, asked("bambú")))
				require.NotContains(t, w.as(reader, "GET", "search/?q=postes", nil).Raw, "púas")
			}
			w.job("foro.document")
			require.Zero(t, w.count("document where post_id = $1", post))
			require.Zero(t, w.as(0, "GET", "search/?q=hormigon", nil).ok(200)["count"])
			w.commented(ana, post, object{"content": "Sigo aquí"})
			w.job("foro.document")
			require.Zero(t, w.count("document where post_id = $1", post), "what is said on it meanwhile")
			w.set("post", post, "state = 'visible'")
			w.job("foro.document")
			require.Equal(t, []string{"Postes"}, find("postes"))
			require.Equal(t, []string{"O hormigón"}, find("hormigón"))
		})
	}
	for _, state := range []string{"hidden", "removed", "deleted"} {
		t.Run("AComment "+state, func(t *testing.T) {
			w.set("comment", answer, "state = '"+state+"'")
			require.Empty(t, w.finds(luis, asked("bambú")))
			w.job("foro.document")
			require.Zero(t, w.count("document where comment_id = $1", answer))
			require.Equal(t, []string{"O hormigón"}, find("hormigón"), "a reply stays")
			w.set("comment", answer, "state = 'visible'")
			w.job("foro.document")
			require.Equal(t, []string{"Mejor bambú"}, find("bambú"))
		})
	}
	t.Run("WhoIsGoneIsFoundWithoutAName", func(t *testing.T) {
		require.Equal(t, []string{"O hormigón"}, w.finds(0, "author=4"))
		w.event(auth.UserDeleted{UserID: carla})
		w.job("foro.forget")
		require.Empty(t, w.finds(0, "author=4"), "at once")
		w.job("foro.document")
		require.Empty(t, w.finds(0, "author=4"))
		require.Equal(t, []string{"O hormigón"}, find("hormigón"))
	})
	t.Run("Deletions", func(t *testing.T) {
		w.as(jefa, "DELETE", path("comments/%d/", reply), nil).ok(204)
		require.Empty(t, find("hormigón"))
		w.as(luis, "DELETE", path("comments/%d/", answer), nil).ok(204)
		require.Empty(t, find("bambú"))
		last := w.commented(luis, post, object{"content": "Nada de bambú"})
		w.job("foro.document")
		require.Equal(t, []string{"Nada de bambú"}, find("bambú"))
		require.Zero(t, w.count("document where comment_id in ($1, $2)", answer, reply))
		w.as(ana, "DELETE", path("posts/%d/", post), nil).ok(204)
		require.Empty(t, find("bambú"))
		w.job("foro.document")
		require.Zero(t, w.count("due"))
		require.Equal(t, 1, w.count("document"))
		require.Zero(t, w.count("document where comment_id = $1", last))
		require.Equal(t, []string{"Alambre liso"}, find("alambre"))
		require.Equal(t, 1, w.count("document where post_id = $1", other))
	})
}

func TestSearchesDoNotTellWhoAsks(t *testing.T) {
	w := setup(t)
	post := w.posted(ana, object{"title": "Secreto", "content": "Tengo deudas", "anonymous": true})
	w.commented(ana, post, object{"content": "Y un secreto más"})
	w.indexed()
	for _, reader := range []int64{0, luis} {
		raw := w.as(reader, "GET", "search/?q=secreto", nil)
		require.Len(t, results(raw.ok(200)), 2)
		require.NotContains(t, raw.Raw, "Ana")
		require.NotContains(t, raw.Raw, `"id":1,"name"`)
	}
	for _, reader := range []int64{0, luis, ana, jefa} {
		require.Empty(t, w.finds(reader, "author=1"), "whoever asks")
	}
	require.Zero(t, w.as(0, "GET", "search/?author=1", nil).ok(200)["count"], "nor does a count")
	require.Zero(t, w.as(luis, "GET", "posts/?search=secreto&author=1", nil).ok(200)["count"])
	has(t, results(w.as(jefa, "GET", "search/?q=secreto&in=posts", nil).ok(200))[0]["post"].(object)["author"].(object), object{"id": 1.})
}

func TestSearchesAreWalkedToTheEnd(t *testing.T) {
	w := setup(t)
	w.exec("insert into post (author_id, title, content, created_at) select 2, 'Trigo ' || n, 'x', now() - n * interval '1 hour' from generate_series(1, 800) n")
	w.job("foro.document")
	page := w.as(0, "GET", "search/?q=trigo&page_size=100", nil).ok(200)
	has(t, page, object{"count": 300., "previous": nil})
	w.as(0, "GET", "search/?q=trigo&page_size=100&page=3", nil).ok(200)
	w.as(0, "GET", "search/?q=trigo&page_size=100&page=4", nil).ok(404)

	w.exec("update post set state = 'hidden' where id between 100 and 250") // found until the job comes
	seen := map[float64]bool{}
	next := "search/?q=trigo&page_size=70&cursor=*"
	for pages := 0; next != ""; pages++ {
		require.Less(t, pages, 40)
		page := w.as(0, "GET", next, nil).ok(200)
		for _, h := range results(page) {
			id := h["post"].(object)["id"].(float64)
			require.False(t, seen[id], "twice")
			seen[id] = true
		}
		next = ""
		if page["next"] != nil {
			next = page["next"].(string)[len("http://foro.localhost/api/foro/"):]
		}
	}
	require.Len(t, seen, 800-151)
}

func TestManyCommentsFollowTheirPostInParts(t *testing.T) {
	w := setup(t)
	post, other := w.posted(ana, object{"title": "Largo"}), w.posted(ana, object{"title": "Corto"})
	w.exec("insert into comment (post_id, user_id, content) select $1, 2, 'Cebada ' || n from generate_series(1, 450) n", post)
	w.commented(luis, other, object{"content": "Cebada sola"})
	w.job("foro.document")
	require.Equal(t, 453, w.count("document"))
	w.exec("update post set species = '{aves}'")
	w.job("foro.document")
	require.Zero(t, w.count("due"))
	require.Equal(t, 300., w.as(0, "GET", "search/?species=aves", nil).ok(200)["count"])
	require.Equal(t, 453, w.count("document where terms @> array[$1::bigint]", search.Trait("species", "aves")))
}

func TestHostileSearchesAreAnswered(t *testing.T) {
	w := setup(t)
	w.posted(ana)
	w.indexed()
	for _, words := range []string{"", " ", "%", "'", `"`, `\`, "' or 1=1 --", "<script>", "\x00", "a\x00b", "\xff\xfe", "🐄", strings.Repeat("x", 5000), strings.Repeat("de ", 2000), "vaca & !toro | (", ":*",
		"\u202e\u200b", strings.Repeat("a b ", 500), "null", "-1", "٣٤", "ſ", "İ"} {
		for _, query := range []string{"search/?q=", "posts/?search=", "search/?tag=", "search/?species=", "search/?since=", "search/?community=", "search/?author=", "search/?cursor=", "search/?in="} {
			for _, more := range []string{"", "&cursor=*", "&page=last"} {
				got := w.as(0, "GET", query+url.QueryEscape(words)+more, nil)
				require.Less(t, got.Status, 500, "%s%q%s: %s", query, words, more, got.Raw)
			}
		}
	}
	began := "2026-01-01T00:00:00Z"
	for _, cursor := range []any{object{}, []any{}, object{"skip": -1, "began": began}, object{"skip": 301, "began": began}, object{"below": "x", "began": began}, object{"below": int64(math.MinInt64), "began": "0001-01-02T00:00:00Z"},
		object{"below": int64(math.MaxInt64), "skip": 300, "began": "9999-01-01T00:00:00Z"}} {
		got := w.as(0, "GET", "search/?q=vaca&cursor="+httpx.EncodeCursor(cursor), nil)
		require.Contains(t, []int{200, 400}, got.Status, "%v: %s", cursor, got.Raw)
	}
	for _, id := range []string{"9223372036854775807", "-9223372036854775808", "0"} {
		w.as(0, "GET", "search/?community="+id+"&author="+id, nil).ok(200)
	}
	for _, day := range []string{"9999-12-31", "0000-01-01", "2024-02-29", "1970-01-01"} {
		w.as(0, "GET", "search/?since="+day, nil).ok(200)
	}
}
