package foromod_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// seen is a post's views_count once what was noted is stored.
func (w *world) seen(post int64) float64 {
	w.t.Helper()
	w.turn()
	return w.as(jefa, "GET", path("posts/%d/", post), nil).ok(200)["views_count"].(float64)
}

func TestAPersonCountsOnceADay(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	one := path("posts/%d/", id)
	for range 3 {
		for _, reader := range []int64{beto, ana, jefa} {
			w.as(reader, "GET", one, nil).ok(200)
		}
	}
	require.Equal(t, 1., w.seen(id), "neither the author nor staff")
	w.as(beto, "GET", one, nil).ok(200)
	w.as(carla, "GET", one, nil).ok(200)
	require.Equal(t, 2., w.seen(id))
	w.restart()
	w.as(beto, "GET", one, nil).ok(200)
	require.Equal(t, 2., w.seen(id), "another process does not count the same again")
	w.later(24 * time.Hour)
	w.as(beto, "GET", one, nil).ok(200)
	require.Equal(t, 3., w.seen(id))
	has(t, w.as(ana, "GET", one, nil).ok(200), object{"version": 1.})
}

func TestStrangersAreToldApartByAddressAndBrowser(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	for _, browser := range []string{"Firefox", "Chrome", "Firefox", "", "\u202e"} {
		w.as(0, "GET", path("posts/%d/", id), nil, "User-Agent", browser).ok(200)
	}
	w.as(carla, "GET", path("posts/%d/", id), nil, "User-Agent", "Firefox").ok(200)
	require.Equal(t, 5., w.seen(id))
}

func TestWhatWasNotSeenIsNotCounted(t *testing.T) {
	w := setup(t)
	hidden, gone := w.posted(ana), w.posted(ana)
	w.as(beto, "GET", path("posts/%d/", gone), nil).ok(200)
	w.exec("delete from post where id = $1", gone)
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	w.as(beto, "GET", path("posts/%d/", hidden), nil).ok(404)
	w.as(beto, "GET", "posts/relevant/", nil).ok(200)
	w.turn()
	require.Zero(t, w.count("post_view"))
}

func TestManyLooksAtOnceCountEachPersonOnce(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	for n := int64(100); n < 140; n++ {
		w.users.put(auth.User{ID: n})
	}
	reactAtOnce(200, func(i int) {
		w.as(int64(100+i%40), "GET", path("posts/%d/", id), nil)
		if i%50 == 0 {
			w.turn()
		}
	})
	require.Equal(t, 40., w.seen(id))
}

func TestViewersAreForgottenAndCountsStay(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	w.as(beto, "GET", path("posts/%d/", id), nil).ok(200)
	require.Equal(t, 1., w.seen(id))
	w.job("foro.purge-views")
	require.Equal(t, 1, w.count("post_view"))
	w.later(48 * time.Hour)
	w.job("foro.purge-views")
	require.Zero(t, w.count("post_view"))
	require.Equal(t, 1., w.seen(id))
}
