package marketplacemod_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// followed has one person follow another, and returns the follow's id.
func (w *world) followed(userID, other int64) int64 {
	w.t.Helper()
	return int64(w.as(userID, "POST", "follows/", object{"following": other}).ok(201)["id"].(float64))
}

func TestAnySignedInUserFollowsAndUnfollows(t *testing.T) {
	w := setup(t)
	w.as(0, "POST", "follows/", object{"following": ana}).ok(401)
	for i, who := range []int64{luis, carla, nadie} { // a businessman, a consumer, somebody without a role
		body := []object{{"following": ana}, {"following_id": fmt.Sprint(ana)}, {"following": nil, "following_id": ana, "id": 77, "follower_id": beto}}[i]
		made := w.as(who, "POST", "follows/", body).ok(201)
		has(t, made, object{"follower_id": float64(who), "following_id": 1.0})
		require.Equal(t, "Ana Flores", made["following"].(object)["name"])
		require.Equal(t, made, w.as(who, "GET", path("follows/%v/", made["id"]), nil).ok(200))
	}
	made := w.as(beto, "POST", "follows/", object{"following": luis}).ok(201)
	one := path("follows/%v/", made["id"])
	w.as(0, "DELETE", one, nil).ok(401)
	require.Equal(t, object{"detail": "No tienes permiso para eliminar este seguimiento.", "code": "marketplace.follow_of_others"}, w.as(luis, "DELETE", one, nil).ok(403))
	require.Equal(t, object{"detail": "Has dejado de seguir a este usuario."}, w.as(beto, "DELETE", one, nil).ok(200))
	w.as(beto, "DELETE", one, nil).ok(404)
	w.as(beto, "GET", one, nil).ok(404)
	w.followed(beto, luis)
}

func TestTheFieldsOfAFollowComeInTheContractsOrder(t *testing.T) {
	w := setup(t)
	w.followed(beto, ana)
	raw := w.as(beto, "GET", "follows/", nil).Raw
	at := -1
	for _, name := range []string{`{"id":`, `"follower_id":3`, `"following_id":1`, `"created_at":"`, `"follower":{`, `"following":{`} {
		require.Greater(t, strings.Index(raw, name), at, "%s in %s", name, raw)
		at = strings.Index(raw, name)
	}
}

func TestWhatCannotBeFollowed(t *testing.T) {
	w := setup(t)
	w.followed(beto, ana)
	for name, c := range map[string]struct {
		body   any
		status int
		detail string
	}{
		"Nobody":    {object{}, 400, "following or following_id required"},
		"NoBody":    {nil, 400, "following or following_id required"},
		"Null":      {object{"following": nil, "following_id": nil}, 400, "following or following_id required"},
		"Oneself":   {object{"following": beto}, 400, "No puedes seguirte a ti mismo."},
		"SelfText":  {object{"following_id": "3"}, 400, "No puedes seguirte a ti mismo."},
		"Again":     {object{"following": ana}, 400, "Ya sigues a este usuario."},
		"AgainText": {object{"following_id": "1"}, 400, "Ya sigues a este usuario."},
		"Unknown":   {object{"following": 987654}, 404, "Usuario no encontrado."},
		"Negative":  {object{"following": -1}, 404, "Usuario no encontrado."},
		"Zero":      {object{"following": 0}, 404, "Usuario no encontrado."},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.detail, w.as(beto, "POST", "follows/", c.body).ok(c.status)["detail"])
		})
	}
	for _, bad := range []any{"abc", "99999999999999999999", 1.5, true, []int{1}, object{"id": 1}} {
		w.as(beto, "POST", "follows/", object{"following": bad}).ok(400)
	}
	require.Equal(t, 1, w.count("follow"))
}

func TestWithoutAuthNobodyIsFollowed(t *testing.T) {
	w := setup(t)
	w.users.away(true)
	w.as(beto, "POST", "follows/", object{"following": ana}).ok(503)
	w.users.away(false)
	id := w.followed(beto, ana)
	w.users.away(true)
	has(t, w.as(beto, "GET", path("follows/%d/", id), nil).ok(200)["following"].(object), object{"name": "User 1", "picture": nil})
}

func TestFollowsAreNeitherReplacedNorChanged(t *testing.T) {
	w := setup(t)
	one := path("follows/%d/", w.followed(beto, ana))
	for _, method := range []string{"PUT", "PATCH"} {
		for _, at := range []string{one, "follows/"} {
			got := w.as(beto, method, at, object{"following": luis})
			require.Equal(t, fmt.Sprintf("Método \"%s\" no permitido.", method), got.ok(http.StatusMethodNotAllowed)["detail"])
		}
	}
}

func TestFollowsAreOnesOwn(t *testing.T) {
	w := setup(t)
	id := w.followed(beto, ana)
	w.followed(beto, luis)
	w.followed(ana, luis)
	for _, at := range []string{"follows/", "follows/followers/", path("follows/%d/", id), "follows/users/1/"} {
		w.as(0, "GET", at, nil).ok(401)
	}
	for _, other := range []int64{ana, luis, jefa} {
		w.as(other, "GET", path("follows/%d/", id), nil).ok(404)
	}
	for _, at := range []string{"follows/abc/", "follows/99999999999999999999/", "follows/0/", "follows/users/abc/"} {
		w.as(beto, "GET", at, nil).ok(404)
	}
	page := w.as(beto, "GET", "follows/", nil).ok(200)
	require.Equal(t, 2.0, page["count"])
	require.Equal(t, []float64{1, 2}, field[float64](results(page), "following_id"), "in the order in which they began")
	require.Equal(t, []float64{1, 3}, field[float64](results(w.as(luis, "GET", "follows/followers/", nil).ok(200)), "follower_id"), "newest first")
	require.Equal(t, object{"user_id": 2.0, "followers": 2.0, "following": 0.0, "followed_by_me": false, "follow_id": nil}, w.as(carla, "GET", "follows/users/2/", nil).ok(200))
	require.Equal(t, object{"user_id": 1.0, "followers": 1.0, "following": 1.0, "followed_by_me": true, "follow_id": float64(id)}, w.as(beto, "GET", "follows/users/1/", nil).ok(200))
	require.Equal(t, object{"user_id": 777.0, "followers": 0.0, "following": 0.0, "followed_by_me": false, "follow_id": nil}, w.as(beto, "GET", "follows/users/777/", nil).ok(200))
}

func TestListsOfPeopleArePagedAndAskAuthOnce(t *testing.T) {
	w := setup(t)
	w.exec("insert into follow (follower_id, following_id) select $1, n from generate_series(1001, 1045) n", beto)
	w.exec("insert into follow (follower_id, following_id) select n, $1 from generate_series(1001, 1045) n", beto)
	for _, at := range []string{"follows/", "follows/followers/"} {
		seen := map[float64]bool{}
		pages := 0
		for next := at + "?page_size=20&cursor=*"; next != ""; pages++ {
			before := w.users.asked()
			page := w.as(beto, "GET", next, nil).ok(200)
			require.Equal(t, before+1, w.users.asked())
			for _, id := range field[float64](results(page), "id") {
				require.False(t, seen[id])
				seen[id] = true
			}
			next, _ = page["next"].(string)
			_, next, _ = strings.Cut(next, "/api/")
		}
		require.Equal(t, 3, pages)
		require.Len(t, seen, 45)
		require.Len(t, results(w.as(beto, "GET", at+"?page=3", nil).ok(200)), 5)
		w.as(beto, "GET", at+"?page=4", nil).ok(404)
		w.as(beto, "GET", at+"?cursor=e30", nil).ok(400)
	}
}

func TestFiftyFollowsAtOnceMakeOne(t *testing.T) {
	w := setup(t)
	statuses := together(50, func(int) int { return w.as(beto, "POST", "follows/", object{"following": ana}).Status })
	require.Equal(t, map[int]int{201: 1, 400: 49}, statuses)
	require.Equal(t, 1, w.count("follow"))
}

func TestFollowingEachOtherAtOnceIsNoDeadlock(t *testing.T) {
	w := setup(t)
	for range 10 {
		statuses := together(4, func(i int) int {
			pair := [][2]int64{{ana, beto}, {beto, ana}, {luis, ana}, {ana, luis}}[i]
			return w.as(pair[0], "POST", "follows/", object{"following": pair[1]}).Status
		})
		require.Equal(t, map[int]int{201: 4}, statuses)
		w.exec("delete from follow")
	}
}

func TestFollowsHaveALimitAlsoWhenTheyComeTogether(t *testing.T) {
	w := setup(t)
	w.exec("insert into follow (follower_id, following_id) select $1, n from generate_series(10001, 14998) n", beto) // 4,998
	for id := int64(100); id < 110; id++ {
		w.users.put(auth.User{ID: id})
	}
	statuses := together(10, func(i int) int { return w.as(beto, "POST", "follows/", object{"following": 100 + i}).Status })
	require.Equal(t, map[int]int{201: 2, 409: 8}, statuses)
	require.Equal(t, "marketplace.too_many_follows", w.as(beto, "POST", "follows/", object{"following": ana}).ok(409)["code"])
	require.Equal(t, 5000.0, w.as(ana, "GET", "follows/users/3/", nil).ok(200)["following"])
}

// together does something n times at once and counts what came out.
func together(n int, do func(i int) int) map[int]int {
	var mu sync.Mutex
	var all sync.WaitGroup
	start, out := make(chan struct{}), map[int]int{}
	for i := range n {
		all.Go(func() {
			<-start
			got := do(i)
			mu.Lock()
			defer mu.Unlock()
			out[got]++
		})
	}
	close(start)
	all.Wait()
	return out
}
