package foromod_test

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// atOnce runs f for 0 to n-1, all beginning together.
func atOnce(n int, f func(i int)) {
	var begin, end sync.WaitGroup
	begin.Add(1)
	for i := range n {
		end.Go(func() {
			begin.Wait()
			f(i)
		})
	}
	begin.Done()
	end.Wait()
}

// shows are the files that a place shows, as media was last told; empty when it was told nothing.
func (w *world) shows(place string) string {
	w.t.Helper()
	all := w.texts("select coalesce(data->>'media_ids', '[]') from outbox where topic = 'foro.media' and key = $1 order by position desc limit 1", place)
	return strings.Join(all, "")
}

// TestNobodyElseEditsOrDeletes is fault 46 of the contract.
func TestNobodyElseEditsOrDeletes(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	one := path("posts/%d/", id)
	whole := object{"title": "Otra", "content": "Cosa"}
	for _, method := range []string{"PUT", "PATCH", "DELETE"} {
		require.Equal(t, 401, w.as(0, method, one, whole).Status, method)
		require.Equal(t, 403, w.as(luis, method, one, whole).Status, method)
		require.Equal(t, 404, w.as(luis, method, "posts/777/", whole).Status, method)
	}
	require.Equal(t, 1, w.count("post where version = 1 and title = '¿Qué le doy a mi vaca?'"))
	w.exec("update post set state = 'hidden' where id = $1", id)
	for _, method := range []string{"PUT", "PATCH", "DELETE"} {
		require.Equal(t, 404, w.as(luis, method, one, whole).Status, "strangers do not learn that it is there")
	}
	has(t, w.as(ana, "PATCH", one, object{"title": "De la autora"}).ok(200), object{"title": "De la autora", "version": 2., "state": "hidden"})
	has(t, w.as(jefa, "PATCH", one, object{"title": "Del equipo"}).ok(200), object{"title": "Del equipo", "version": 3.})
	w.exec("update post set state = 'removed' where id = $1", id)
	require.Equal(t, "foro.removed", w.as(ana, "PATCH", one, object{"title": "Otra vez"}).ok(403)["code"])
	require.Equal(t, 204, w.as(ana, "DELETE", one, nil).Status)
}

func TestWhatAPostSaidIsKept(t *testing.T) {
	w := setup(t)
	cattle := w.place("vacas")
	one := path("posts/%d/", w.posted(ana, object{"media_id": 7}))
	require.Equal(t, "[7]", w.shows("foro/"+strings.Trim(one, "/")))
	before := w.as(ana, "GET", one, nil).ok(200)
	require.Nil(t, before["edited_at"])

	after := w.as(ana, "PATCH", one, object{"content": "  Ya come. ", "media_id": 8}, "If-Match", `"1"`).ok(200)
	has(t, after, object{"content": "Ya come.", "title": before["title"], "version": 2., "created_at": before["created_at"], "is_question": true})
	require.NotNil(t, after["edited_at"])
	require.Equal(t, after, w.as(ana, "GET", one, nil).ok(200))
	require.Equal(t, "[8]", w.shows("foro/"+strings.Trim(one, "/")))
	require.Equal(t, "foro.changed", w.as(ana, "PATCH", one, object{"content": "x"}, "If-Match", "1").ok(412)["code"])
	require.Equal(t, 412, w.as(ana, "PATCH", one, object{"content": "x"}, "If-Match", "x").Status)
	require.Equal(t, 412, w.as(ana, "DELETE", one, nil, "If-Match", "1").Status)

	moved := w.as(ana, "PATCH", one, object{"community_id": cattle, "is_question": false}).ok(200)
	has(t, moved, object{"version": 3., "edited_at": after["edited_at"], "community_id": float64(cattle), "is_question": false})
	put := w.as(ana, "PUT", one, object{"title": "¿Y ahora?", "content": "Sanó", "media_id": nil, "is_question": nil}).ok(200)
	has(t, put, object{"version": 4., "media": nil, "community_id": float64(cattle), "is_question": true})
	require.Equal(t, 400, w.as(ana, "PUT", one, object{"title": "Sola"}).Status)

	past := results(w.as(0, "GET", one+"history/", nil).ok(200))
	require.Len(t, past, 2, "one for each change of what people read")
	has(t, past[0], object{"version": 3., "title": before["title"], "content": "Ya come."})
	has(t, past[1], object{"version": 1., "title": before["title"], "content": before["content"]})
	require.Equal(t, 7., past[1]["media"].(object)["id"])
	require.Equal(t, past[1:], results(w.as(0, "GET", one+"history/?page_size=1&page=2", nil).ok(200)))
	next := w.as(0, "GET", one+"history/?page_size=1&cursor=*", nil).ok(200)["next"].(string)
	require.Equal(t, past[1:], results(w.as(0, "GET", strings.TrimPrefix(next, "http://foro.localhost/api/foro/"), nil).ok(200)))
	w.exec("update post set state = 'hidden'")
	require.Equal(t, 404, w.as(luis, "GET", one+"history/", nil).Status)
	require.Equal(t, 200, w.as(ana, "GET", one+"history/", nil).Status)
}

func TestWhatChangesNothingIsNotWritten(t *testing.T) {
	w := setup(t)
	one := path("posts/%d/", w.posted(ana, object{"media_id": 7, "community_id": w.place("vacas"), "tags": []string{"b", "a"}, "mention_ids": []int64{luis, beto},
		"species": []string{"bovinos", "aves"}, "latitude": -17.78, "longitude": -63.18}))
	before := w.as(ana, "GET", one, nil).ok(200)
	events := w.count("outbox")
	for name, body := range map[string]object{"Nothing": {}, "TheSame": {"title": before["title"]}, "Unknown": {"x": 1}, "WholeObject": maps.Clone(before),
		"Reordered": {"tags": []string{"#A", "b", "B"}, "mention_ids": []int64{beto, luis, luis, ana}}, "ThePlaceItself": {"latitude": -17.76, "longitude": -63.21}} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, before, w.as(ana, "PATCH", one, body).ok(200))
		})
	}
	require.Equal(t, before, w.as(ana, "PUT", one, before).ok(200), "clients send whole objects back")
	require.Zero(t, w.count("revision"))
	require.Equal(t, events, w.count("outbox"))
}

func TestReadOnlyFieldsStay(t *testing.T) {
	w := setup(t)
	one := path("posts/%d/", w.posted(ana, object{"anonymous": true}))
	before := w.as(ana, "GET", one, nil).ok(200)
	after := w.as(ana, "PATCH", one, object{"id": 99, "author": object{"id": luis}, "author_id": luis, "anonymous": false, "state": "removed", "locked": true, "answered": true, "version": 50,
		"views_count": 1000, "likes_count": 5, "created_at": "2001-01-01T00:00:00Z", "edited_at": "x", "accepted_comment_id": 3, "mentions": "x", "media": 5, "comments_count": nil, "title": "Nuevo"}).ok(200)
	want := maps.Clone(before)
	want["title"], want["version"], want["updated_at"], want["edited_at"] = "Nuevo", 2., after["updated_at"], after["edited_at"]
	require.Equal(t, want, after)
	require.Equal(t, 0., w.as(luis, "GET", one, nil).ok(200)["author"].(object)["id"], "without the name as before")
	require.NotContains(t, w.as(luis, "GET", one+"history/", nil).Raw, "Ana")
}

// TestGhostsAreRefused is fault 49 of the contract, of posts.
func TestGhostsAreRefused(t *testing.T) {
	w := setup(t)
	require.NoError(t, w.media.Claim(t.Context(), luis, 9))
	id := w.posted(ana)
	for name, wrong := range map[string]object{"NoCommunity": {"community_id": 777}, "NoCommunityForOldClients": {"community": 777}, "AnObjectOfNone": {"community": object{"id": 777}},
		"NoMedia": {"media_id": 777}, "OthersMedia": {"media_id": 9}, "TextMedia": {"media_id": "x"}, "TextCommunity": {"community": "x"}, "NobodyMentioned": {"mention_ids": []int64{luis, 777}}} {
		t.Run(name, func(t *testing.T) {
			got := w.as(ana, "POST", "posts/", with(object{"title": "a", "content": "b"}, wrong)).ok(400)
			for field := range wrong {
				if _, told := got[field]; !told && field == "community" {
					field = "community_id" // its usual name
				}
				require.Contains(t, got, field)
			}
			require.Equal(t, got, w.as(ana, "PATCH", path("posts/%d/", id), wrong).ok(400))
			require.Equal(t, got, w.as(ana, "POST", "drafts/", wrong).ok(400))
		})
	}
	require.Equal(t, []any{"Clave primaria \"777\" inválida - objeto no existe."}, w.as(ana, "POST", "posts/", object{"title": "a", "content": "b", "community_id": 777}).ok(400)["community_id"])
	require.Equal(t, 1, w.count("post"))
	require.Zero(t, w.count("draft"))
	has(t, w.as(ana, "PATCH", path("posts/%d/", id), object{"community": object{"id": w.place("vacas"), "name": "vacas"}}).ok(200), object{"version": 2.})
}

// TestADeletedPostLeavesNothing is fault 50 of the contract, of posts.
func TestADeletedPostLeavesNothing(t *testing.T) {
	w := setup(t)
	id, other := w.posted(ana, object{"media_id": 7, "tags": []string{"vacas"}, "mention_ids": []int64{luis}}), w.posted(ana, object{"tags": []string{"vacas"}})
	one := path("posts/%d/", id)
	first := w.commented(luis, id, object{"media_id": 8})
	reply := w.commented(carla, id, object{"parent": first, "media_id": 9})
	w.exec("insert into reaction (user_id, post_id, type) values (4, $1, 'like')", id)
	w.exec("insert into reaction (user_id, comment_id, type) values (4, $1, 'heart')", reply)
	w.exec("insert into mention (comment_id, user_id) values ($1, 4)", reply)
	w.as(ana, "PATCH", one, object{"title": "Otro"}).ok(200)
	require.Equal(t, 2., results(w.as(0, "GET", "tags/", nil).ok(200))[0]["posts_count"])

	require.Equal(t, 204, w.as(ana, "DELETE", one, nil).Status)
	require.Equal(t, 404, w.as(ana, "GET", one, nil).Status)
	require.Equal(t, 404, w.as(ana, "GET", one+"history/", nil).Status)
	require.Equal(t, 404, w.as(0, "GET", path("comments/%d/", reply), nil).Status)
	require.Equal(t, 404, w.as(ana, "DELETE", one, nil).Status)
	for _, table := range []string{"comment", "reaction", "mention", "revision"} {
		require.Zero(t, w.count(table), table)
	}
	require.Equal(t, 1, w.count("post_tag where post_id = $1", other))
	require.Equal(t, 1, w.count("post_tag"))
	require.Equal(t, 1., results(w.as(0, "GET", "tags/", nil).ok(200))[0]["posts_count"])
	for _, place := range []string{path("foro/posts/%d", id), path("foro/comments/%d", first), path("foro/comments/%d", reply)} {
		require.Equal(t, "[]", w.shows(place), place)
	}
	require.Contains(t, w.events(), fmt.Sprintf("foro.post.deleted %d", id))
	require.Equal(t, []string{fmt.Sprintf(`{"post_id": %d}`, id)}, w.texts("select data::text from outbox where type = 'foro.post.deleted'"))
}

// TestNoEditIsLost: whoever edits what they have read wins or is told to read again; what everybody wrote is kept.
func TestNoEditIsLost(t *testing.T) {
	w := setup(t)
	one := path("posts/%d/", w.posted(ana, object{"content": "0"}))
	const workers, each = 8, 3
	var refused atomic.Int32
	atOnce(workers, func(int) {
		for done := 0; done < each; {
			read := w.as(ana, "GET", one, nil).ok(200)
			var n int
			_, err := fmt.Sscan(read["content"].(string), &n)
			require.NoError(t, err)
			switch got := w.as(ana, "PATCH", one, object{"content": fmt.Sprint(n + 1)}, "If-Match", fmt.Sprint(read["version"])); got.Status {
			case 200:
				done++
			case 412:
				refused.Add(1)
			default:
				require.Fail(t, "neither changed nor refused", got.Raw)
			}
		}
	})
	has(t, w.as(ana, "GET", one, nil).ok(200), object{"content": fmt.Sprint(workers * each), "version": 1. + workers*each})
	require.NotZero(t, refused.Load(), "they did meet")
	past := field[string](results(w.as(ana, "GET", one+"history/?page_size=100", nil).ok(200)), "content")
	for i, content := range past {
		require.Equal(t, fmt.Sprint(workers*each-1-i), content)
	}
	require.Len(t, past, workers*each)
}

// TestCommentsAndADeletionMeet: what was answered goes with the post, whoever came first.
func TestCommentsAndADeletionMeet(t *testing.T) {
	w := setup(t)
	for range 5 {
		id := w.posted(ana, object{"tags": []string{"vacas", "toros"}})
		atOnce(8, func(i int) {
			if i == 4 {
				require.Equal(t, 204, w.as(ana, "DELETE", path("posts/%d/", id), nil).Status)
				return
			}
			got := w.as(luis, "POST", "comments/", object{"post": id, "content": "Sí", "media_id": 50})
			require.Contains(t, []int{201, 400}, got.Status, got.Raw)
		})
	}
	require.Zero(t, w.count("comment"))
	require.Zero(t, w.count("tag where posts_count <> 0"))
	require.Zero(t, w.count(`(select distinct on (key) data from outbox where topic = 'foro.media' order by key, position desc) last
		where jsonb_typeof(data->'media_ids') = 'array' and data->'media_ids' <> '[]'`), "media knows that nothing is shown any more")
}
