package foromod_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// place is a community, made by hand, and returns its id.
func (w *world) place(slug string) (id int64) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(w.t.Context()).QueryRow(w.t.Context(), "insert into community (name, slug) values ($1, $1) returning id", slug).Scan(&id))
	return id
}

// joins puts somebody into communities.
func (w *world) joins(userID int64, communities ...int64) {
	w.t.Helper()
	w.exec("insert into member (community_id, user_id) select id, $1 from unnest($2::bigint[]) id", userID, communities)
}

// ids are those of a list's page, or of all its pages when it is asked by cursor.
func (w *world) ids(userID int64, at string) (ids []int64) {
	w.t.Helper()
	page := w.as(userID, "GET", at, nil).ok(200)
	for _, id := range field[float64](results(page), "id") {
		ids = append(ids, int64(id))
	}
	if next, ok := page["next"].(string); ok && page["count"] == nil {
		return append(ids, w.ids(userID, next[len("http://foro.localhost/api/foro/"):])...)
	}
	return ids
}

// bothWays expects a list to be the same by page numbers and by cursors of one row each.
func (w *world) bothWays(userID int64, at string, want ...int64) {
	w.t.Helper()
	page := w.as(userID, "GET", at, nil).ok(200)
	require.EqualValues(w.t, len(want), page["count"], at)
	require.Equal(w.t, want, w.ids(userID, at), at)
	require.Equal(w.t, want, w.ids(userID, at+"page_size=1&cursor=*"), "%s by cursor", at)
	for i, id := range want {
		require.Equal(w.t, []int64{id}, w.ids(userID, at+fmt.Sprintf("page_size=1&page=%d", i+1)), "%s, page %d", at, i+1)
	}
}

func TestPostsAreListedNewestFirstByFilters(t *testing.T) {
	w := setup(t)
	cattle, crops := w.place("vacas"), w.place("maiz")
	first := w.posted(ana, object{"title": "Vacuné a todas", "community_id": cattle, "tags": []string{"Vacunación"}})
	asked := w.posted(ana, object{"community": cattle, "tags": []string{"vacunacion", "fiebre"}})
	secret := w.posted(ana, object{"community_id": crops, "anonymous": true})
	other := w.posted(luis, object{"title": "Sembré maíz", "is_question": false, "community_id": crops})
	last := w.posted(luis, object{"title": "Sembré maíz", "is_question": true})
	hidden, removed := w.posted(luis, object{"community_id": cattle, "tags": []string{"fiebre"}}), w.posted(luis, object{"community_id": cattle})
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	w.exec("update post set state = 'removed' where id = $1", removed)

	w.bothWays(0, "posts/?", last, other, secret, asked, first)
	w.bothWays(luis, "posts/?", last, other, secret, asked, first)
	w.bothWays(0, path("posts/?community=%d&", cattle), asked, first)
	w.bothWays(luis, path("posts/?community=%d&", cattle), asked, first)
	w.bothWays(0, path("posts/?community=%d&question=true&", cattle), asked)
	w.bothWays(0, path("posts/?community=%d&question=false&", cattle), first)
	w.bothWays(0, "posts/?question=true&", last, secret, asked)
	w.bothWays(0, "posts/?question=false&", other, first)
	w.bothWays(0, "posts/?tag=%23VACUNACI%C3%93N&", asked, first)
	w.bothWays(0, "posts/?tag=fiebre&", asked)
	w.bothWays(0, "posts/?tag=vacunacion&question=false&", first)
	w.bothWays(0, path("posts/?tag=vacunacion&community=%d&", cattle), asked, first)
	w.bothWays(0, path("posts/?tag=vacunacion&community=%d&", crops))
	for _, none := range []string{"community=777", "community=-1", "tag=nada", "tag=a%20b", "author=777", "tag=" + fmt.Sprintf("%0500d", 1)} {
		w.bothWays(0, "posts/?"+none+"&")
	}
	require.Equal(t, 400, w.as(0, "GET", "posts/?community=vacas", nil).Status)
	require.Equal(t, 400, w.as(0, "GET", "posts/?question=quizas", nil).Status)

	t.Run("OfAnAuthorWithoutTheirSecrets", func(t *testing.T) {
		w.bothWays(0, path("posts/?author=%d&", ana), asked, first)
		w.bothWays(luis, path("posts/?author=%d&", ana), asked, first)
		w.bothWays(luis, path("posts/?author=%d&community=%d&", ana, crops))
		w.bothWays(ana, path("posts/?author=%d&", ana), secret, asked, first)
		w.bothWays(jefa, path("posts/?author=%d&", ana), secret, asked, first)
		w.bothWays(0, path("posts/?author=%d&", luis), last, other)
		w.bothWays(luis, path("posts/?author=%d&", luis), removed, hidden, last, other)
		w.bothWays(luis, path("posts/?author=%d&tag=fiebre&", luis), hidden)
		w.bothWays(0, path("posts/?author=%d&tag=fiebre&", luis))
		w.bothWays(0, path("posts/?author=%d&tag=vacunacion&question=true&", ana), asked)
		require.Empty(t, w.ids(0, "posts/?author=0&community=777"))
	})
	t.Run("ByCommunity", func(t *testing.T) {
		w.bothWays(0, path("posts/by-community/?id=%d&", cattle), asked, first)
		w.bothWays(0, "posts/by-community/?slug=maiz&", other, secret)
		require.Equal(t, "slug or id required", w.as(0, "GET", "posts/by-community/", nil).ok(400)["detail"])
		for _, none := range []string{"slug=nada", "id=777", "id=-1", "slug=%F0%9F%90%84"} {
			require.Equal(t, "Comunidad no encontrada", w.as(0, "GET", "posts/by-community/?"+none, nil).ok(404)["detail"], none)
		}
		for _, wrong := range []string{"id=x", "id=9223372036854775808", "slug=%00", "slug=%ff"} {
			require.Equal(t, 400, w.as(0, "GET", "posts/by-community/?"+wrong, nil).Status, wrong)
		}
	})
	t.Run("NobodyLearnsWhoAsksWithoutTheirName", func(t *testing.T) {
		for _, at := range []string{"posts/", path("posts/?community=%d", crops), "posts/by-community/?slug=maiz"} {
			rows := results(w.as(luis, "GET", at, nil).ok(200))
			i := slices.IndexFunc(rows, func(p object) bool { return p["id"] == float64(secret) })
			has(t, rows[i]["author"].(object), object{"id": 0., "name": "Anónimo", "role": "", "avatar": nil})
		}
	})
}

func TestTheFeedIsOfOnesCommunities(t *testing.T) {
	w := setup(t)
	cattle, crops, bees := w.place("vacas"), w.place("maiz"), w.place("abejas")
	require.Equal(t, 401, w.as(0, "GET", "posts/feed/", nil).Status)
	w.bothWays(carla, "posts/feed/?")
	w.joins(carla, cattle, bees)
	w.joins(luis, crops)
	var want []int64
	for i := range 12 {
		id := w.posted(ana, object{"community_id": []int64{cattle, crops, bees, bees}[i%4]})
		if i%4 != 1 {
			want = append([]int64{id}, want...)
		}
	}
	hidden := w.posted(ana, object{"community_id": cattle})
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	w.posted(ana)
	w.bothWays(carla, "posts/feed/?", want...)
	require.Equal(t, want[2:5], w.ids(carla, "posts/feed/?page_size=3&cursor=*")[2:5])
	require.Len(t, w.ids(luis, "posts/feed/"), 3)
	w.exec("delete from member where user_id = $1", carla)
	w.bothWays(carla, "posts/feed/?")
}
