package marketplacemod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func TestABlockHidesAdvertsFromWhoBlocks(t *testing.T) {
	w := setup(t)
	at := object{"latitude": -17.78, "longitude": -63.18}
	w.published(ana, at)
	kept := float64(w.published(luis, at))
	w.job("marketplace.count-words")
	w.followed(carla, ana)
	w.followed(carla, luis)
	lists := func(who int64) map[string][]float64 {
		out := map[string][]float64{}
		for name, at := range map[string]string{"list": "adds/", "by price": "adds/?ordering=price", "search": "adds/?search=vaca", "filter": "adds/?condition=used",
			"publisher": "adds/?publisher=1", "near": "adds/?near=-17.78,-63.18", "cursor": "adds/?cursor=*"} {
			out[name] = field[float64](results(w.as(who, "GET", at, nil).ok(200)), "id")
		}
		for name, at := range map[string]string{"nearby": "adds/nearby/?lat=-17.78&lon=-63.18", "feed": "adds/following_adds/"} {
			if name != "feed" || who == carla {
				out[name] = field[float64](w.as(who, "GET", at, nil).list(), "id")
			}
		}
		return out
	}
	for name, got := range lists(carla) {
		require.Len(t, got, map[string]int{"publisher": 1}[name]+map[bool]int{false: 2}[name == "publisher"], name)
	}
	for range 2 {
		w.as(carla, "PUT", path("adds/blocks/%d/", ana), nil).ok(204)
	}
	for name, got := range lists(carla) {
		want := []float64{kept}
		if name == "publisher" {
			want = []float64{}
		}
		require.Equal(t, want, got, name)
	}
	require.Equal(t, 1.0, w.as(carla, "GET", "adds/facets/?search=vaca", nil).ok(200)["count"])
	for _, other := range []int64{0, ana, luis} {
		require.Len(t, lists(other)["list"], 2, "to %d", other)
	}
	w.as(carla, "DELETE", path("adds/blocks/%d/", ana), nil).ok(204)
	require.Len(t, lists(carla)["list"], 2)
	require.Len(t, lists(carla)["feed"], 1, "the follow does not come back")
}

func TestBlocksAreListedAndOnesOwn(t *testing.T) {
	w := setup(t)
	for _, method := range []string{"PUT", "DELETE"} {
		w.as(0, method, path("adds/blocks/%d/", ana), nil).ok(401)
	}
	w.as(0, "GET", "adds/blocks/", nil).ok(401)
	w.as(carla, "PUT", path("adds/blocks/%d/", ana), nil).ok(204)
	w.as(carla, "PUT", path("adds/blocks/%d/", luis), nil).ok(204)
	w.as(luis, "PUT", path("adds/blocks/%d/", carla), nil).ok(204)
	before := w.users.asked()
	page := w.as(carla, "GET", "adds/blocks/", nil).ok(200)
	require.Equal(t, before+1, w.users.asked())
	require.Equal(t, 2.0, page["count"])
	require.Equal(t, []float64{2, 1}, field[float64](results(page), "user_id"), "the last first")
	require.Equal(t, "Luis Paz", results(page)[0]["user"].(object)["name"])
	for range 2 {
		w.as(carla, "DELETE", path("adds/blocks/%d/", ana), nil).ok(204)
	}
	require.Equal(t, []float64{2}, field[float64](results(w.as(carla, "GET", "adds/blocks/", nil).ok(200)), "user_id"))
	require.Equal(t, 1, w.count("block where blocker_id = $1", luis))
}

func TestWhatCannotBeBlocked(t *testing.T) {
	w := setup(t)
	require.Equal(t, "marketplace.block_self", w.as(carla, "PUT", path("adds/blocks/%d/", carla), nil).ok(400)["code"])
	for _, id := range []string{"987654", "abc", "99999999999999999999", "0", "-1"} {
		w.as(carla, "PUT", "adds/blocks/"+id+"/", nil).ok(404)
	}
	w.users.away(true)
	w.as(carla, "PUT", path("adds/blocks/%d/", ana), nil).ok(204) // a block does not wait for auth
	w.users.away(false)
	require.Equal(t, 1, w.count("block"))
}

func TestWhoIsBlockedIsNotFollowed(t *testing.T) {
	w := setup(t)
	w.followed(carla, ana)
	w.followed(ana, carla)
	w.as(carla, "PUT", path("adds/blocks/%d/", ana), nil).ok(204)
	require.Equal(t, []string{"1 4"}, w.texts("select follower_id || ' ' || following_id from follow"), "the blocker's alone has ended")
	require.Equal(t, "marketplace.follow_blocked", w.as(carla, "POST", "follows/", object{"following": ana}).ok(409)["code"])
	w.as(carla, "DELETE", path("adds/blocks/%d/", ana), nil).ok(204)
	w.followed(carla, ana)
}

func TestBlockingAndFollowingAtOnceNeverLeavesBoth(t *testing.T) {
	w := setup(t)
	for range 20 {
		together(2, func(i int) int {
			if i == 0 {
				return w.as(carla, "POST", "follows/", object{"following": ana}).Status
			}
			return w.as(carla, "PUT", path("adds/blocks/%d/", ana), nil).Status
		})
		require.Equal(t, 1, w.count("block"))
		require.Zero(t, w.count("follow"))
		w.exec("delete from block")
	}
}

func TestBlocksHaveALimitAlsoWhenTheyComeTogether(t *testing.T) {
	w := setup(t)
	w.exec("insert into block (blocker_id, blocked_id) select $1, n from generate_series(10001, 10998) n", carla)
	for id := int64(100); id < 106; id++ {
		w.users.put(auth.User{ID: id})
	}
	w.published(ana)
	require.Equal(t, map[int]int{204: 2, 409: 4}, together(6, func(i int) int { return w.as(carla, "PUT", path("adds/blocks/%d/", 100+i), nil).Status }))
	require.Equal(t, 1000, w.count("block"))
	require.Len(t, results(w.as(carla, "GET", "adds/?search=vaca", nil).ok(200)), 1)
}
