package marketplacemod_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func (w *world) views(id int64) float64 {
	w.t.Helper()
	w.turn()
	return w.as(ana, "GET", path("adds/%d/", id), nil).ok(200)["views"].(float64)
}

func TestAPersonCountsOnceADay(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	one := path("adds/%d/", id)
	for range 3 {
		w.as(beto, "GET", one, nil).ok(200)
		w.as(ana, "GET", one, nil).ok(200)
		w.as(jefa, "GET", one, nil).ok(200)
	}
	require.Equal(t, 1.0, w.views(id), "neither the publisher nor staff")
	w.as(beto, "GET", one, nil).ok(200)
	w.as(carla, "GET", one, nil).ok(200)
	require.Equal(t, 2.0, w.views(id))
	w.later(24 * time.Hour)
	w.as(beto, "GET", one, nil).ok(200)
	w.as(beto, "GET", one, nil).ok(200)
	require.Equal(t, 3.0, w.views(id))
	require.Equal(t, []float64{3}, field[float64](results(w.as(0, "GET", "adds/", nil).ok(200)), "views"))
	require.Equal(t, 3.0, w.as(ana, "PATCH", one, object{"title": "Otra"}).ok(200)["views"])
	require.Equal(t, 2.0, w.as(ana, "GET", one, nil).ok(200)["version"], "a view is no change")
}

func TestAnotherProcessDoesNotCountTheSameAgain(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	w.as(beto, "GET", path("adds/%d/", id), nil).ok(200)
	require.Equal(t, 1.0, w.views(id))
	w.restart()
	w.as(beto, "GET", path("adds/%d/", id), nil).ok(200)
	require.Equal(t, 1.0, w.views(id))
}

func TestStrangersAreToldApartByAddressAndBrowserAndNotKept(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	one := path("adds/%d/", id)
	for _, browser := range []string{"Firefox", "Chrome", "Firefox", ""} {
		w.as(0, "GET", one, nil, "User-Agent", browser).ok(200)
	}
	w.as(carla, "GET", one, nil, "User-Agent", "Firefox").ok(200)
	require.Equal(t, 4.0, w.views(id), "three browsers and a person")
	rows := w.texts("select day || ' ' || add_id || ' ' || viewer from add_view_day")
	require.Len(t, rows, 4)
	w.later(24 * time.Hour)
	w.as(0, "GET", one, nil, "User-Agent", "Firefox").ok(200)
	require.Equal(t, 5.0, w.views(id))
	require.Equal(t, 5, w.count("(select distinct viewer from add_view_day) v"), "a day's hash says nothing of another's")
}

func TestWhatWasNotSeenIsNotCounted(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"status": "draft"})
	w.as(beto, "GET", path("adds/%d/", id), nil).ok(404)
	w.as(beto, "GET", "adds/987654/", nil).ok(404)
	active := w.published(ana)
	w.as(beto, "GET", "adds/", nil).ok(200)
	w.turn()
	require.Zero(t, w.count("add_view_day"), "lists do not count")
	w.as(beto, "GET", path("adds/%d/", active), nil).ok(200)
	w.as(ana, "DELETE", path("adds/%d/", active), nil).ok(204)
	w.turn()
	require.Zero(t, w.count("add_view_day"), "it was deleted before it was counted")
	require.Zero(t, w.count("add_views"))
}

func TestManyLooksAtOnceCountEachPersonOnce(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	for n := int64(100); n < 140; n++ {
		w.users.put(auth.User{ID: n})
	}
	together(200, func(i int) int { return w.as(int64(100+i%40), "GET", path("adds/%d/", id), nil).Status })
	require.Equal(t, 40.0, w.views(id))
}

func TestViewsThatCannotBeStoredAreTriedAgain(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	w.exec("alter table add_view_day rename to away")
	w.as(beto, "GET", path("adds/%d/", id), nil).ok(200)
	require.Zero(t, w.views(id))
	w.exec("alter table away rename to add_view_day")
	require.Equal(t, 1.0, w.views(id))
}

func TestOldViewersAreForgottenAndCountsStay(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	w.as(beto, "GET", path("adds/%d/", id), nil).ok(200)
	w.turn()
	w.later(24 * time.Hour)
	w.as(beto, "GET", path("adds/%d/", id), nil).ok(200)
	w.turn()
	w.job("marketplace.purge-views")
	require.Equal(t, 2, w.count("add_view_day"), "yesterday's may still come from a process whose clock is behind")
	w.later(24 * time.Hour)
	w.job("marketplace.purge-views")
	require.Equal(t, []string{strconv.Itoa(int(w.clock().Unix()/86400) - 1)}, w.texts("select day::text from add_view_day"))
	require.Equal(t, 2.0, w.views(id))
}
