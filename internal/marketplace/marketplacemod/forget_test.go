package marketplacemod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func TestWithAPersonGoWhatTheyHadAndWhatReferredToThem(t *testing.T) {
	w := setup(t)
	id, other := w.published(ana), w.published(luis)
	w.followed(ana, luis)
	w.followed(beto, ana)
	w.followed(beto, luis)
	w.as(ana, "PUT", path("adds/%d/favourite/", other), nil).ok(204)
	w.as(beto, "PUT", path("adds/%d/favourite/", id), nil).ok(204)
	w.as(ana, "PUT", path("adds/blocks/%d/", carla), nil).ok(204)
	w.as(carla, "PUT", path("adds/blocks/%d/", ana), nil).ok(204)
	w.as(carla, "PUT", path("adds/blocks/%d/", luis), nil).ok(204)
	w.as(ana, "GET", path("adds/%d/", other), nil).ok(200)
	w.as(beto, "GET", path("adds/%d/", other), nil).ok(200)
	w.turn()
	for range 2 { // events may come twice
		w.event(auth.UserDeleted{UserID: ana})
	}
	require.Equal(t, []string{"3 2"}, w.texts("select follower_id || ' ' || following_id from follow"))
	require.Equal(t, []string{"3"}, w.texts("select user_id::text from favourite"))
	require.Equal(t, []string{"4 2"}, w.texts("select blocker_id || ' ' || blocked_id from block"))
	require.Equal(t, 1, w.count("add_view_day"), "what ana looked at")
	require.Equal(t, 2.0, w.as(luis, "GET", path("adds/%d/", other), nil).ok(200)["views"], "counts name nobody")
	require.Equal(t, []bool{false}, field[bool](results(w.as(beto, "GET", "adds/favourites/", nil).ok(200)), "available"))
	require.Equal(t, []float64{float64(other)}, field[float64](w.as(beto, "GET", "adds/following_adds/", nil).list(), "id"))
}

func TestNothingLateRefersToSomebodyWhoIsGone(t *testing.T) {
	w := setup(t)
	id := w.published(luis)
	w.event(auth.UserDeleted{UserID: ana}) // whom auth, or its cache, still knows
	w.as(beto, "POST", "follows/", object{"following": ana}).ok(404)
	w.as(beto, "PUT", path("adds/blocks/%d/", ana), nil).ok(404)
	w.as(ana, "POST", "follows/", object{"following": beto}).ok(403)
	w.as(ana, "PUT", path("adds/blocks/%d/", beto), nil).ok(403)
	w.as(ana, "PUT", path("adds/%d/favourite/", id), nil).ok(403)
	require.Zero(t, w.count("follow")+w.count("block")+w.count("favourite"))
}

func TestAPersonWhoGoesWhileOthersFollowLeavesNoFollow(t *testing.T) {
	w := setup(t)
	for n := int64(100); n < 130; n++ {
		w.users.put(auth.User{ID: n})
	}
	together(31, func(i int) int {
		if i == 15 {
			w.event(auth.UserDeleted{UserID: ana})
			return 0
		}
		return w.as(int64(100+i%30), "POST", "follows/", object{"following": ana}).Status
	})
	require.Zero(t, w.count("follow"))
}
