package foromod_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/foro/internal/store"
)

func TestFollowsAndMutes(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	w.tagged(id, "vacas")
	w.tagged(id, "ñandu")
	following, muted := object{"following": true}, object{"muted": true}
	for range 2 { // it may be repeated
		require.Equal(t, following, w.as(luis, "POST", path("posts/%d/follow/", id), nil).ok(200))
		require.Equal(t, following, w.as(luis, "POST", "tags/VACAS/follow/", nil).ok(200))
		require.Equal(t, following, w.as(luis, "POST", "tags/%C3%B1and%C3%BA/follow/", nil).ok(200))
		require.Equal(t, following, w.as(luis, "POST", path("people/%d/follow/", carla), nil).ok(200))
		require.Equal(t, following, w.as(luis, "POST", path("people/%d/follow/", ana), nil).ok(200))
	}
	list := func(at string) []object { t.Helper(); return results(w.as(luis, "GET", at, nil).ok(200)) }
	posts := list("follows/?kind=post")
	require.Len(t, posts, 1)
	has(t, posts[0], object{"kind": "post", "object_id": float64(id), "tag": nil, "person": nil})
	has(t, posts[0]["post"].(object), object{"id": float64(id), "title": "¿Qué le doy a mi vaca?"})
	tags := list("follows/?kind=tag")
	require.Equal(t, "ñandu", tags[0]["tag"].(object)["name"], "the last first")
	has(t, tags[1]["tag"].(object), object{"name": "vacas", "posts_count": 1.})
	people := list("follows/?kind=person&cursor=*&page_size=1")
	require.Len(t, people, 1)
	has(t, people[0]["person"].(object), object{"id": float64(ana), "name": "Ana Flores", "is_titled": true})

	// The later of follow and mute holds.
	require.Equal(t, muted, w.as(luis, "POST", path("people/%d/mute/", ana), nil).ok(200))
	require.Equal(t, muted, w.as(luis, "POST", path("posts/%d/mute/", id), nil).ok(200))
	require.Empty(t, list("follows/?kind=post"))
	require.Len(t, list("follows/?kind=person"), 1)
	require.Equal(t, []float64{float64(ana)}, field[float64](list("mutes/?kind=person"), "object_id"))
	w.as(luis, "DELETE", path("people/%d/follow/", ana), nil).ok(200)
	require.Len(t, list("mutes/?kind=person"), 1, "unfollowing is not unmuting")
	require.Equal(t, following, w.as(luis, "POST", path("people/%d/follow/", ana), nil).ok(200))
	require.Empty(t, list("mutes/?kind=person"))
	require.Equal(t, object{"following": false}, w.as(luis, "DELETE", path("people/%d/follow/", ana), nil).ok(200))
	require.Equal(t, object{"following": false}, w.as(luis, "DELETE", "tags/vacas/follow/", nil).ok(200))
	require.Equal(t, object{"muted": false}, w.as(luis, "DELETE", path("posts/%d/mute/", id), nil).ok(200))
	require.Equal(t, 2, w.count("watch"))

	w.as(luis, "POST", path("people/%d/follow/", luis), nil).ok(400)
	w.as(luis, "POST", path("people/%d/mute/", luis), nil).ok(400)
	w.as(luis, "POST", "people/999/follow/", nil).ok(404)
	w.as(luis, "POST", "posts/999/follow/", nil).ok(404)
	w.as(luis, "POST", "tags/nada/follow/", nil).ok(404)
	w.as(0, "POST", path("posts/%d/follow/", id), nil).ok(401)
	w.users.away(true)
	w.as(luis, "POST", path("people/%d/follow/", carla), nil).ok(503)
	w.users.away(false)
	w.exec("update post set state = 'removed' where id = $1", id)
	w.as(luis, "POST", path("posts/%d/follow/", id), nil).ok(404)
	w.as(ana, "POST", path("posts/%d/follow/", id), nil).ok(200)
	w.exec("insert into watch (user_id, post_id, muted) values ($1, $2, false)", luis, id)
	require.Nil(t, list("follows/?kind=post")[0]["post"], "he does not see it any more")
	w.exec("update person set gone = true where user_id = $1", carla)
	w.as(luis, "POST", path("people/%d/follow/", carla), nil).ok(404)
	w.as(carla, "POST", path("people/%d/follow/", luis), nil).ok(403)
}

// The limits hold when requests come together; each kind has its own.
func TestFollowsAreLimited(t *testing.T) {
	w := setup(t)
	for i := range int64(20) {
		w.users.put(auth.User{ID: 100 + i, FullName: "Vecino"})
	}
	w.crowd(4995)
	w.exec("insert into watch (user_id, person_id, muted) select $1, 1000 + i, false from generate_series(0, 4994) i", ana)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var got []int
	for i := range int64(20) {
		wg.Go(func() {
			status := w.as(ana, "POST", path("people/%d/follow/", 100+i), nil).Status
			mu.Lock()
			defer mu.Unlock()
			got = append(got, status)
		})
	}
	wg.Wait()
	require.Equal(t, 5000, w.count("watch where user_id = $1 and not muted", ana))
	require.Len(t, slices.DeleteFunc(got, func(s int) bool { return s == 409 }), 5)
	w.as(ana, "POST", path("posts/%d/follow/", w.posted(luis)), nil).ok(200)
	w.as(ana, "POST", path("people/%d/mute/", luis), nil).ok(200)
	require.EqualValues(t, 5000, w.as(ana, "GET", "follows/?kind=person", nil).ok(200)["count"])
}

// Two who follow and mute each other again and again do not block each other.
func TestFollowingEachOther(t *testing.T) {
	w := setup(t)
	var wg sync.WaitGroup
	for _, pair := range [][2]int64{{ana, luis}, {luis, ana}, {ana, carla}, {carla, ana}, {luis, carla}, {carla, luis}} {
		wg.Go(func() {
			for _, what := range []string{"follow", "mute", "follow", "mute", "follow"} {
				if a := w.as(pair[0], "POST", path("people/%d/%s/", pair[1], what), nil); a.Status != 200 {
					t.Errorf("%v %s: %s", pair, what, a.Raw)
				}
			}
		})
	}
	wg.Wait()
	require.Equal(t, 6, w.count("watch where not muted"))
}

func TestPostsThatOneFollows(t *testing.T) {
	w := setup(t)
	var want []float64
	w.as(beto, "POST", path("people/%d/follow/", ana), nil).ok(200)
	w.as(beto, "POST", path("people/%d/follow/", luis), nil).ok(200)
	w.tagged(w.posted(jefa), "vacas")
	w.exec("delete from post")
	w.as(beto, "POST", "tags/vacas/follow/", nil).ok(200)
	w.exec("insert into tag (name) values ('toros')")
	w.as(beto, "POST", "tags/toros/follow/", nil).ok(200)
	for i := range 24 {
		id := w.posted([]int64{ana, luis, carla}[i%3], object{"anonymous": i%4 == 3})
		if tagged := i%5 == 0; tagged {
			w.tagged(id, "vacas")
			w.tagged(id, "toros")
			want = append(want, float64(id))
		} else if i%3 != 2 && i%4 != 3 {
			want = append(want, float64(id))
		}
	}
	hidden := w.posted(ana)
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	slices.Reverse(want)
	page := w.as(beto, "GET", "posts/following/", nil).ok(200)
	require.Equal(t, want, field[float64](results(page), "id"))
	require.EqualValues(t, len(want), page["count"])
	for _, at := range []string{"posts/following/?cursor=*&page_size=3", "posts/following/?page_size=3"} {
		var walked []float64
		for at != "" {
			page := w.as(beto, "GET", at, nil).ok(200)
			walked = append(walked, field[float64](results(page), "id")...)
			next, _ := page["next"].(string)
			_, at, _ = strings.Cut(next, "/api/foro/")
		}
		require.Equal(t, want, walked)
	}
	for _, p := range results(page) {
		if p["anonymous"].(bool) {
			require.Zero(t, p["author"].(object)["id"])
		}
	}
	require.Empty(t, results(w.as(ana, "GET", "posts/following/", nil).ok(200)))
	w.as(0, "GET", "posts/following/", nil).ok(401)
}

// Of somebody who is gone nothing is left: neither what they were told and follow, nor they in what others were told.
func TestFollowsAndNotificationsAreForgotten(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	w.as(luis, "POST", path("posts/%d/follow/", id), nil).ok(200)
	w.as(luis, "POST", path("people/%d/follow/", ana), nil).ok(200)
	w.as(carla, "POST", path("people/%d/mute/", luis), nil).ok(200)
	w.as(luis, "PATCH", "notifications/preferences/", object{"live": false}).ok(200)
	first := w.commented(luis, id)
	w.commented(carla, id, object{"parent": first})
	w.commented(luis, id)
	w.commented(luis, w.posted(ana))
	w.tell()
	require.Equal(t, "Luis Paz y 1 persona más comentaron tu publicación «¿Qué le doy a mi vaca?»", w.notices(ana)[1]["summary"])
	for n := 1; n > 0; {
		var err error
		n, err = store.Store{DB: w.db}.ForgetNotices(context.Background(), luis, 1)
		require.NoError(t, err)
	}
	require.Zero(t, w.count("watch"))
	require.Zero(t, w.count("notice_preference"))
	require.Zero(t, w.count("notification where recipient_id = $1 or actor_id = $1", luis))
	require.Zero(t, w.count("notice_cause where recipient_id = $1 or actor_id = $1", luis))
	require.Equal(t, []string{"Alguien comentó tu publicación «¿Qué le doy a mi vaca?»"}, w.summaries(ana))

	// What comes late does not refer to who is gone.
	w.as(ana, "POST", path("people/%d/follow/", luis), nil).ok(200)
	w.event(auth.UserDeleted{UserID: luis})
	w.job("foro.forget")
	require.Zero(t, w.count("watch"))
	w.exec("delete from inbox")
	w.commented(ana, id, object{"parent": first})
	w.tell()
	require.Zero(t, w.count("notification where recipient_id = $1 or actor_id = $1", luis))
}
