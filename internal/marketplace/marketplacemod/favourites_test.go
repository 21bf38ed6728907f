package marketplacemod_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFavouritesAreKeptAndTakenOut(t *testing.T) {
	w := setup(t)
	first, second := w.published(ana), w.published(luis)
	for _, at := range []string{path("adds/%d/favourite/", first), path("adds/%d/favourite/", second)} {
		w.as(0, "PUT", at, nil).ok(401)
		w.as(0, "DELETE", at, nil).ok(401)
		w.as(carla, "PUT", at, nil).ok(204)
		w.as(carla, "PUT", at, object{}).ok(204)
	}
	w.as(0, "GET", "adds/favourites/", nil).ok(401)
	page := w.as(carla, "GET", "adds/favourites/", nil).ok(200)
	require.Equal(t, 2.0, page["count"])
	require.Equal(t, []float64{float64(second), float64(first)}, field[float64](results(page), "add_id"), "the last first")
	has(t, results(page)[0]["add"].(object), object{"publisher_name": "Luis Paz", "is_favourite": true})
	require.Empty(t, results(w.as(luis, "GET", "adds/favourites/", nil).ok(200)), "they are one's own")

	for range 2 {
		w.as(carla, "DELETE", path("adds/%d/favourite/", second), nil).ok(204)
	}
	require.Equal(t, []float64{float64(first)}, field[float64](results(w.as(carla, "GET", "adds/favourites/", nil).ok(200)), "add_id"))
}

func TestAnAdvertTellsWhetherItIsTheReadersFavourite(t *testing.T) {
	w := setup(t)
	id, other := w.published(ana), w.published(ana)
	w.as(carla, "PUT", path("adds/%d/favourite/", id), nil).ok(204)
	for who, want := range map[int64][2]any{0: {nil, nil}, luis: {false, false}, carla: {true, false}} {
		require.Equal(t, want[0], w.as(who, "GET", path("adds/%d/", id), nil).ok(200)["is_favourite"])
		require.Equal(t, want[1], w.as(who, "GET", path("adds/%d/", other), nil).ok(200)["is_favourite"])
		for _, at := range []string{"adds/", "adds/?search=vaca"} {
			rows := results(w.as(who, "GET", at, nil).ok(200))
			require.Len(t, rows, 2)
			for _, r := range rows {
				require.Equal(t, want[map[bool]int{true: 0, false: 1}[r["id"] == float64(id)]], r["is_favourite"], "to %d at %s", who, at)
			}
		}
	}
}

func TestOnlyWhatOneSeesBecomesAFavourite(t *testing.T) {
	w := setup(t)
	draft := w.published(ana, object{"status": "draft"})
	w.as(carla, "PUT", path("adds/%d/favourite/", draft), nil).ok(404)
	w.as(ana, "PUT", path("adds/%d/favourite/", draft), nil).ok(204)
	for _, id := range []string{"987654", "abc", "99999999999999999999", "-1"} {
		w.as(carla, "PUT", "adds/"+id+"/favourite/", nil).ok(404)
	}
	w.as(carla, "DELETE", path("adds/%d/favourite/", draft), nil).ok(204)
	require.Equal(t, 1, w.count("favourite"))
}

func TestFavouritesThatAreNotSeenAnyMoreStayAsUnavailable(t *testing.T) {
	w := setup(t)
	sold, deleted, blocked, seen := w.published(ana), w.published(ana), w.published(luis), w.published(ana)
	for _, id := range []int64{sold, deleted, blocked, seen} {
		w.as(carla, "PUT", path("adds/%d/favourite/", id), nil).ok(204)
	}
	w.as(ana, "PATCH", path("adds/%d/", sold), object{"status": "sold"}).ok(200)
	w.as(ana, "DELETE", path("adds/%d/", deleted), nil).ok(204)
	w.as(carla, "PUT", path("adds/blocks/%d/", luis), nil).ok(204)
	rows := results(w.as(carla, "GET", "adds/favourites/", nil).ok(200))
	require.Equal(t, []float64{float64(seen), float64(blocked), float64(deleted), float64(sold)}, field[float64](rows, "add_id"))
	require.Equal(t, []bool{true, false, false, false}, field[bool](rows, "available"))
	for _, r := range rows[1:] {
		require.Nil(t, r["add"])
	}
	w.as(ana, "PATCH", path("adds/%d/", sold), object{"status": "active"}).ok(200)
	require.Equal(t, []bool{true, false, false, true}, field[bool](results(w.as(carla, "GET", "adds/favourites/", nil).ok(200)), "available"))
	for _, id := range []int64{deleted, blocked} {
		w.as(carla, "DELETE", path("adds/%d/favourite/", id), nil).ok(204)
	}
	require.Equal(t, 2, w.count("favourite"))
}

func TestFavouritesArePaged(t *testing.T) {
	w := setup(t)
	w.exec("insert into favourite (user_id, add_id) select $1, n from generate_series(1, 45) n", carla)
	var got []float64
	for next := "adds/favourites/?cursor=*"; next != ""; {
		page := w.as(carla, "GET", next, nil).ok(200)
		got = append(got, field[float64](results(page), "add_id")...)
		next, _ = page["next"].(string)
		_, next, _ = strings.Cut(next, "/api/")
	}
	require.Len(t, got, 45)
	for i, id := range got {
		require.Equal(t, float64(45-i), id)
	}
}

func TestTogglingAFavouriteAtOnceLeavesOneOrNone(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	statuses := together(50, func(i int) int {
		return w.as(carla, []string{"PUT", "DELETE"}[i%2], path("adds/%d/favourite/", id), nil).Status
	})
	require.Equal(t, map[int]int{204: 50}, statuses)
	require.LessOrEqual(t, w.count("favourite"), 1)
	together(20, func(int) int { return w.as(carla, "PUT", path("adds/%d/favourite/", id), nil).Status })
	require.Equal(t, 1, w.count("favourite"))
}

func TestFavouritesHaveALimitAlsoWhenTheyComeTogether(t *testing.T) {
	w := setup(t)
	w.exec("insert into favourite (user_id, add_id) select $1, n from generate_series(10001, 14998) n", carla)
	var adds []int64
	for range 6 {
		adds = append(adds, w.published(ana))
	}
	require.Equal(t, map[int]int{204: 2, 409: 4}, together(6, func(i int) int { return w.as(carla, "PUT", path("adds/%d/favourite/", adds[i]), nil).Status }))
	require.Equal(t, 5000, w.count("favourite"))
}
