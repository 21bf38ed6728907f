package foromod_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
)

func TestDraftsAreOnesOwn(t *testing.T) {
	w := setup(t)
	require.Equal(t, 401, w.as(0, "GET", "drafts/", nil).Status)
	empty := w.as(ana, "POST", "drafts/", object{}).ok(201)
	has(t, empty, object{"title": "", "content": "", "media": nil, "community": nil, "is_question": nil, "anonymous": false, "tags": []any{}, "species": []any{}, "mentions": []any{}, "latitude": nil, "version": 1.})
	made := w.as(ana, "POST", "drafts/", object{"title": " Mi vaca ", "media_id": 7, "community_id": w.place("vacas"), "is_question": false, "anonymous": true, "tags": []string{"#Fiebre"},
		"species": []string{"bovinos"}, "mention_ids": []int64{luis, ana}, "latitude": -17.783, "longitude": -63.18}).ok(201)
	has(t, made, object{"title": "Mi vaca", "is_question": false, "anonymous": true, "tags": []any{"fiebre"}, "latitude": -17.8, "longitude": -63.2, "mentions": []any{object{"id": 2., "name": "Luis Paz"}}})
	require.Equal(t, 7., made["media"].(object)["id"])
	require.Equal(t, []string{"-17.8"}, w.texts("select latitude::text from draft where latitude is not null"), "not even here")
	one := path("drafts/%.0f/", made["id"])
	require.Equal(t, "[7]", w.shows("foro/"+one[:len(one)-1]))
	require.Equal(t, made, w.as(ana, "GET", one, nil).ok(200))
	w.bothWays(ana, "drafts/?", int64(made["id"].(float64)), int64(empty["id"].(float64)))
	w.bothWays(luis, "drafts/?")

	for _, other := range []int64{luis, jefa} {
		for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
			require.Equal(t, 404, w.as(other, method, one, object{"title": "x"}).Status, method)
		}
		require.Equal(t, 404, w.as(other, "POST", one+"publish/", nil).Status)
	}
	changed := w.as(ana, "PUT", one, object{"title": "Otra", "content": "Más", "media_id": 8, "is_question": nil}, "If-Match", "1").ok(200)
	has(t, changed, object{"title": "Otra", "version": 2., "is_question": nil, "anonymous": true})
	require.Equal(t, "[8]", w.shows("foro/"+one[:len(one)-1]))
	require.Equal(t, 412, w.as(ana, "PATCH", one, object{"title": "x"}, "If-Match", "1").Status)
	require.Equal(t, 412, w.as(ana, "DELETE", one, nil, "If-Match", "1").Status)
	require.Equal(t, 412, w.as(ana, "POST", one+"publish/", nil, "If-Match", "1").Status)
	require.Equal(t, 204, w.as(ana, "DELETE", one, nil).Status)
	require.Equal(t, 404, w.as(ana, "GET", one, nil).Status)
	require.Equal(t, "[]", w.shows("foro/"+one[:len(one)-1]))
	require.Empty(t, w.events(), "nobody learns of drafts")
}

func TestADraftBecomesAPost(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "drafts/", object{"media_id": 7, "anonymous": true, "community_id": w.place("vacas"), "species": []string{"bovinos"}, "mention_ids": []int64{luis}, "latitude": 1, "longitude": 2}).ok(201)
	one := path("drafts/%.0f/", made["id"])
	got := w.as(ana, "POST", one+"publish/", nil).ok(400)
	require.Contains(t, got, "title")
	require.Contains(t, got, "content")
	w.as(ana, "PATCH", one, object{"title": "¿Qué hago?", "content": "Tiene #fiebre"}).ok(200)

	p := w.as(ana, "POST", one+"publish/", nil).ok(201)
	has(t, p, object{"title": "¿Qué hago?", "is_question": true, "anonymous": true, "tags": []any{"fiebre"}, "latitude": 1., "version": 1., "mentions": []any{object{"id": 2., "name": "Luis Paz"}}})
	require.Equal(t, p, w.as(ana, "GET", path("posts/%.0f/", p["id"]), nil).ok(200))
	require.Equal(t, 404, w.as(ana, "GET", one, nil).Status)
	require.Equal(t, 404, w.as(ana, "POST", one+"publish/", nil).Status)
	require.Equal(t, "[7]", w.shows(path("foro/posts/%.0f", p["id"])))
	require.Equal(t, "[]", w.shows("foro/"+one[:len(one)-1]))
	require.Equal(t, []string{"foro.post.created 1"}, w.events())
	require.Equal(t, []string{"0"}, w.texts("select data->>'author_id' from outbox where type = 'foro.post.created'"))

	t.Run("ByTheRulesOfPosts", func(t *testing.T) {
		community := w.place("efimera")
		late := path("drafts/%.0f/", w.as(ana, "POST", "drafts/", object{"title": "a", "content": "b", "community_id": community, "is_question": true, "tags": []string{"x"}}).ok(201)["id"])
		w.exec("update community set gone = true where id = $1", community)
		require.Contains(t, w.as(ana, "POST", late+"publish/", nil).ok(400), "community_id")
		w.exec("delete from community where id = $1", community)
		has(t, w.as(ana, "POST", late+"publish/", nil).ok(201), object{"community": nil, "is_question": true, "tags": []any{"x"}})
		dead := path("drafts/%.0f/", w.as(ana, "POST", "drafts/", object{"title": "a", "content": "b"}).ok(201)["id"])
		w.exec("update person set gone = true where user_id = $1", ana)
		require.Equal(t, foro.ErrAccountGone.Code, w.as(ana, "POST", dead+"publish/", nil).ok(403)["code"])
	})
}

// TestADraftIsPublishedOnce: of many clicks at the same time one makes a post.
func TestADraftIsPublishedOnce(t *testing.T) {
	w := setup(t)
	for range 3 {
		one := path("drafts/%.0f/", w.as(ana, "POST", "drafts/", object{"title": "a", "content": "#b"}).ok(201)["id"])
		var made atomic.Int32
		atOnce(8, func(int) {
			switch got := w.as(ana, "POST", one+"publish/", nil); got.Status {
			case 201:
				made.Add(1)
			case 404:
			default:
				require.Fail(t, "neither made nor gone", got.Raw)
			}
		})
		require.EqualValues(t, 1, made.Load())
	}
	require.Equal(t, 3, w.count("post"))
	require.Equal(t, 3, w.count("outbox where type = 'foro.post.created'"))
}

// TestDraftsHaveALimit which also many requests at the same time keep.
func TestDraftsHaveALimit(t *testing.T) {
	w := setup(t)
	w.as(ana, "POST", "drafts/", object{}).ok(201)
	w.exec("insert into draft (user_id, title) select $1, 'x' from generate_series(1, $2)", ana, foro.MaxDrafts-4)
	var made atomic.Int32
	atOnce(8, func(int) {
		switch got := w.as(ana, "POST", "drafts/", object{"title": "b"}); got.Status {
		case 201:
			made.Add(1)
		default:
			require.Equal(t, foro.ErrTooManyDrafts.Code, got.ok(409)["code"])
		}
	})
	require.EqualValues(t, 3, made.Load())
	require.Equal(t, foro.MaxDrafts, w.count(fmt.Sprintf("draft where user_id = %d", ana)))
	w.as(luis, "POST", "drafts/", object{}).ok(201)
}
