package foromod_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rows are objects in a field of one.
func rows(o object, name string) (all []object) {
	for _, r := range o[name].([]any) {
		all = append(all, r.(object))
	}
	return all
}

// under is the path below /api/foro/ of an address that an answer names.
func under(t testing.TB, address any) string {
	t.Helper()
	_, at, ok := strings.Cut(address.(string), "/api/foro/")
	require.True(t, ok, address)
	return at
}

// everything follows an answer's threads through all their pages, and returns the ids in the order in which they
// come.
func (w *world) everything(comments []object, next any) (ids []int64) {
	w.t.Helper()
	for {
		for _, c := range comments {
			ids = append(ids, int64(c["id"].(float64)))
			ids = append(ids, w.everything(rows(c, "replies"), c["more_replies"])...)
		}
		if next == nil {
			return ids
		}
		page := w.as(0, "GET", under(w.t, next), nil).ok(200)
		comments, next = results(page), page["next"]
	}
}

// size counts the comments of a thread as it was answered, and how deep it is.
func size(comments []object) (n, depth int) {
	for _, c := range comments {
		below, deep := size(rows(c, "replies"))
		n, depth = n+1+below, max(depth, 1+deep)
	}
	return n, depth
}

// scattered writes comments of many by one statement each level: each of the parents gets n.
func (w *world) scattered(postID int64, parents string, n int) {
	w.t.Helper()
	w.exec(`insert into comment (post_id, parent_id, depth, user_id, content)
		select $1, p.id, p.depth + 1, 2, 'Sí.' from (`+parents+`) p(id, depth), generate_series(1, $2)`, postID, n)
}

const top = "select null::bigint, -1"

func TestAThreadIsMostPopularFirstAndRepliesOldestFirst(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	first, second, third := w.commented(luis, id), w.commented(carla, id), w.commented(luis, id)
	reply := w.commented(ana, id, object{"parent": first})
	w.commented(carla, id, object{"parent": first})
	deep := w.commented(luis, id, object{"parent": reply})
	w.exec("insert into reaction (user_id, comment_id, type) select n, $1, 'like' from generate_series(1, 5) n", second)

	p := w.as(0, "GET", path("posts/%d/", id), nil).ok(200)
	thread := rows(p, "comments")
	require.Equal(t, []float64{float64(second), float64(first), float64(third)}, field[float64](thread, "id"))
	require.Nil(t, p["comments_next"])
	replies := rows(thread[1], "replies")
	require.Equal(t, []float64{float64(reply), float64(reply + 1)}, field[float64](replies, "id"))
	require.Equal(t, float64(deep), rows(replies[0], "replies")[0]["id"])
	has(t, thread[0], object{"popularity": 5., "more_replies": nil, "replies": []any{}, "is_accepted": false, "validated_by": []any{}, "mentions": []any{}})
	require.Equal(t, "Ana Flores", replies[0]["user"].(object)["name"])
	require.Equal(t, results(w.as(0, "GET", path("posts/%d/comments/", id), nil).ok(200)), thread)
	require.Equal(t, results(w.as(0, "GET", path("comments/%d/replies/", first), nil).ok(200)), replies)
	require.Equal(t, rows(w.as(0, "GET", path("comments/%d/", first), nil).ok(200), "replies"), replies)
}

// TestAThreadOfTenThousandIsReadBitByBit: fault 51.
func TestAThreadOfTenThousandIsReadBitByBit(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	w.scattered(id, top, 40)
	w.scattered(id, "select id, depth from comment where depth = 0", 15)
	w.scattered(id, "select id, depth from comment where depth = 1", 15)
	w.scattered(id, "select id, depth from comment where depth = 2 and id % 9 = 0", 1)
	w.scattered(id, "select id, depth from comment where depth = 3", 1)
	w.exec("analyze comment")
	all := w.count("comment where post_id = $1", id)
	require.Greater(t, all, 10_000)

	asked := w.users.asked()
	got := w.as(0, "GET", path("posts/%d/", id), nil)
	p := got.ok(200)
	require.Equal(t, asked+1, w.users.asked(), "people are asked for once")
	n, depth := size(rows(p, "comments"))
	require.True(t, n > 190 && n <= 200, n)
	require.LessOrEqual(t, depth, 4)
	require.Len(t, rows(p, "comments"), 20)
	require.Less(t, len(got.Raw), 500_000)
	for _, c := range rows(p, "comments") {
		require.LessOrEqual(t, len(rows(c, "replies")), 10)
	}

	ids := w.everything(rows(p, "comments"), p["comments_next"])
	require.Len(t, ids, all, "each comes")
	slices.Sort(ids)
	require.Len(t, slices.Compact(ids), all, "and once")

	list := rows(results(w.as(0, "GET", path("comments/?post=%d&page_size=100", id), nil).ok(200))[0], "replies")
	require.LessOrEqual(t, len(list), 2)
}

func TestAChainOfFiftyOpens(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	at := []int64{w.commented(luis, id)}
	for range 50 {
		at = append(at, w.commented(luis, id, object{"parent": at[len(at)-1]}))
	}
	w.as(luis, "POST", "comments/", object{"post": id, "parent": at[50], "content": "Más."}).ok(400)
	p := w.as(0, "GET", path("posts/%d/", id), nil).ok(200)
	n, _ := size(rows(p, "comments"))
	require.Equal(t, 4, n)
	require.Equal(t, at, w.everything(rows(p, "comments"), nil))
	require.Equal(t, 51., p["comments_count"])
}

func TestListsShowALittleOfEachThread(t *testing.T) {
	w := setup(t)
	w.event(asSpecialist(w, beto))
	for range 3 {
		id := w.posted(ana)
		w.scattered(id, top, 5)
		w.scattered(id, "select id, depth from comment where depth = 0 and post_id = "+path("%d", id), 4)
		w.scattered(id, "select id, depth from comment where depth = 1 and post_id = "+path("%d", id), 1)
	}
	asked := w.users.asked()
	posts := results(w.as(beto, "GET", "posts/unanswered/", nil).ok(200))
	require.Equal(t, asked+1, w.users.asked())
	require.Len(t, posts, 3)
	for _, p := range posts {
		require.Len(t, rows(p, "comments"), 3)
		for _, c := range rows(p, "comments") {
			require.Len(t, rows(c, "replies"), 2)
			for _, r := range rows(c, "replies") {
				require.Empty(t, rows(r, "replies"))
				require.NotNil(t, r["more_replies"])
			}
		}
		require.Len(t, w.everything(rows(p, "comments"), p["comments_next"]), 45)
	}
}

func TestCommentsAreListedNewestFirstAndFiltered(t *testing.T) {
	w := setup(t)
	one, other, hidden := w.posted(ana), w.posted(ana), w.posted(ana)
	a, b := w.commented(luis, one), w.commented(luis, other)
	c := w.commented(carla, one, object{"parent": a})
	w.commented(luis, hidden)
	d := w.commented(luis, one)
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	w.exec("update comment set state = 'hidden' where id = $1", d)
	for query, want := range map[string][]int64{
		"":                    {c, b, a},
		path("?post=%d", one): {d, c, a},
		path("?post=%d&ordering=-popularity", one): {a, d},
		path("?parent=%d", a):                      {c},
		path("?parent=%d&post=%d", a, other):       {},
		path("?post=%d", hidden):                   {},
		"?post=4711":                               {},
		"?parent=4711":                             {},
		"?ordering=-popularity":                    {c, b, a},
	} {
		page := w.as(carla, "GET", "comments/"+query, nil).ok(200)
		got := []int64{}
		for _, id := range field[float64](results(page), "id") {
			got = append(got, int64(id))
		}
		require.Equal(t, want, got, query)
		require.Equal(t, float64(len(want)), page["count"], query)
		sep := map[bool]string{true: "?", false: "&"}[query == ""]
		walked := []int64{}
		for next := any("/api/foro/comments/" + query + sep + "cursor=*&page_size=1"); next != nil; {
			page := w.as(carla, "GET", under(t, next), nil).ok(200)
			for _, id := range field[float64](results(page), "id") {
				walked = append(walked, int64(id))
			}
			next = page["next"]
		}
		require.Equal(t, want, walked, query)
	}
	require.Equal(t, 1, len(results(w.as(ana, "GET", path("comments/?post=%d", hidden), nil).ok(200))), "its author")
	w.as(carla, "GET", path("posts/%d/comments/", hidden), nil).ok(404)
	w.as(carla, "GET", path("comments/%d/", 4), nil).ok(404)
	w.as(carla, "GET", path("comments/%d/replies/", 4), nil).ok(404)
	for _, query := range []string{"?post=x", "?post=-1", "?parent=0", "?post=99999999999999999999", "?page=0", "?page=x", "?page_size=101", "?cursor=x", "?cursor=e30", "?cursor=" + "eyJpZCI6MSwicG9wdWxhcml0eSI6MX0"} {
		got := w.as(0, "GET", "comments/"+query, nil)
		require.True(t, got.Status >= 400 && got.Status < 500, "%s: %d", query, got.Status)
	}
}

func TestWhatIsTakenAwayIsReadByThoseWhoDecide(t *testing.T) {
	w := setup(t)
	w.exec("insert into community (name, slug) values ('Vacas', 'vacas')")
	w.exec("insert into member (community_id, user_id, role) values (1, $1, 'moderator'), (1, $2, 'member')", carla, beto)
	id := w.posted(ana, object{"community_id": 1})
	first := w.commented(luis, id, object{"media_id": 3})
	for state, sees := range map[string]map[int64]bool{
		"hidden":  {0: false, beto: false, ana: false, luis: true, carla: true, jefa: true},
		"removed": {0: false, beto: false, ana: false, luis: true, carla: false, jefa: true},
	} {
		w.exec("update comment set state = $2 where id = $1", first, state)
		for who, reads := range sees {
			c := rows(w.as(who, "GET", path("posts/%d/", id), nil).ok(200), "comments")[0]
			require.Equal(t, state, c["state"])
			require.Equal(t, reads, c["content"] != "", "%s by %d", state, who)
			require.Equal(t, reads, c["media"] != nil, "%s by %d", state, who)
			require.Equal(t, reads, c["user"].(object)["id"] == float64(luis), "%s by %d", state, who)
		}
	}
}
