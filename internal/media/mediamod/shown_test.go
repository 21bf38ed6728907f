package mediamod_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/media"
)

// job runs a job by its name, as the clock would.
func (w *world) job(name string) {
	w.t.Helper()
	for _, j := range w.module.Jobs() {
		if j.Name == name {
			require.NoError(w.t, j.Run(w.t.Context()))
			return
		}
	}
	require.Fail(w.t, "no such job", name)
}

func (w *world) shownCount() int { return w.count("shown") }

func TestWhatIsShownStaysAndTheRestIsSwept(t *testing.T) {
	w := setup(t)
	shown, unshown, fresh := w.upload(ana, photo(1)), w.upload(ana, photo(2)), w.upload(ana, photo(3))
	unclaimed := w.upload(nobody, photo(4))
	w.shows("profiles/work_images/1", idOf(shown))
	w.eventually("the place is known", func() bool { return w.shownCount() == 1 })
	w.exec("update object set unshown_since = now() - interval '8 days' where id in ($1, $2) and unshown_since is not null", idOf(unshown), idOf(shown))
	w.exec("update object set unshown_since = now() - interval '25 hours' where id in ($1, $2)", idOf(unclaimed), idOf(fresh))
	w.job("media.sweep-objects")
	for o, status := range map[int64]int{idOf(shown): 200, idOf(unshown): 404, idOf(fresh): 200, idOf(unclaimed): 404} {
		require.Equal(t, status, w.get(jefa, pathOf(object{"id": float64(o)})).Status, o)
	}
	require.Equal(t, 1, w.published("media.deleted", idOf(unclaimed)))
	require.Equal(t, 1, w.published("media.deleted", idOf(unshown)))
}

func TestAPlaceThatShowsSomethingElse(t *testing.T) {
	w := setup(t)
	a, b, c := w.upload(ana, photo(1)), w.upload(ana, photo(2)), w.upload(ana, photo(3))
	w.shows("p", idOf(a), idOf(b))
	w.shows("q", idOf(b))
	w.shows("p", idOf(c))
	w.eventually("all three events are in", func() bool { return w.count("shown where object_id = $1", idOf(c)) == 1 && w.shownCount() == 2 })
	for o, unshown := range map[int64]int{idOf(a): 1, idOf(b): 0, idOf(c): 0} {
		require.Equal(t, unshown, w.count("object where id = $1 and unshown_since is not null", o), o)
	}
	w.shows("p")
	w.shows("q")
	w.eventually("nothing is shown", func() bool { return w.shownCount() == 0 })
	require.Equal(t, 3, w.count("object where unshown_since is not null"))
}

func TestClaimSparesFromTheSweep(t *testing.T) {
	w := setup(t)
	o := w.upload(nobody, photo(1))
	w.exec("update object set unshown_since = now() - interval '25 hours'")
	require.NoError(t, w.module.Service().Claim(t.Context(), ana, idOf(o)))
	w.job("media.sweep-objects")
	require.Equal(t, http.StatusOK, w.get(ana, pathOf(o)).Status)
}

func TestClaimIsForOnesOwn(t *testing.T) {
	w := setup(t)
	mine, theirs, unclaimed := w.upload(ana, photo(1)), w.upload(beto, photo(2)), w.upload(nobody, photo(3))
	err := w.module.Service().Claim(t.Context(), ana, idOf(mine), idOf(theirs), idOf(unclaimed), 999)
	var not *media.NotOwned
	require.ErrorAs(t, err, &not)
	require.Equal(t, []int64{idOf(theirs), 999}, not.IDs)
	require.Equal(t, http.StatusOK, w.get(nobody, pathOf(unclaimed)).Status, "nothing was claimed")
	require.NoError(t, w.module.Service().Claim(t.Context(), ana, idOf(mine), idOf(unclaimed), idOf(mine)))
	require.ErrorAs(t, w.module.Service().Claim(t.Context(), beto, idOf(unclaimed)), &not)
}

func TestWhoShowsWhatIsGoneIsToldAgain(t *testing.T) {
	w := setup(t)
	o := w.upload(ana, photo(1))
	w.send(ana, http.MethodDelete, pathOf(o), nil).ok(http.StatusNoContent)
	w.shows("p", idOf(o))
	w.eventually("the end is told twice", func() bool { return w.published("media.deleted", idOf(o)) == 2 })
	require.Zero(t, w.shownCount())
}

func TestWhatIsWithdrawnIsGoneAtOnce(t *testing.T) {
	w := setup(t)
	shown, elsewhere, theirs := w.rendered(ana, w.upload(ana, photo(1))), w.rendered(ana, w.upload(ana, photo(2))), w.rendered(beto, w.upload(beto, photo(1)))
	w.shows("p", idOf(shown))
	w.shows("q", idOf(shown), idOf(elsewhere))
	each := len(files(t, w.dir)) / 3 // with its smaller copies
	w.publish(media.Withdrawn{Module: "profiles", Place: "p", IDs: []int64{idOf(shown), 999}})
	w.eventually("its end is told, once", func() bool { return w.published("media.deleted", idOf(shown)) == 1 })
	w.eventually("its bytes are gone, and the smaller copies", func() bool { return len(files(t, w.dir)) == 2*each })
	require.Equal(t, http.StatusNotFound, w.get(jefa, pathOf(shown)).Status)
	require.Equal(t, http.StatusNotFound, w.get(nobody, shown["url"].(string)).Status)
	require.Equal(t, http.StatusOK, w.get(nobody, theirs["url"].(string)).Status, "who else has the same picture keeps it")
	require.Equal(t, http.StatusOK, w.get(nobody, elsewhere["url"].(string)).Status)

	w.publish(media.Withdrawn{Module: "profiles", Place: "q", IDs: []int64{idOf(elsewhere)}})
	w.eventually("the other's, too", func() bool { return len(files(t, w.dir)) == each })
	require.Equal(t, http.StatusNotFound, w.get(nobody, elsewhere["url"].(string)).Status)
	require.Equal(t, 0, w.count("shown"), "no place shows them any more")
	w.publish(media.Withdrawn{Module: "profiles", Place: "q", IDs: []int64{idOf(elsewhere)}})
	w.publish(auth.UserDeleted{UserID: beto})
	w.eventually("what is withdrawn twice disturbs nothing", func() bool { return len(files(t, w.dir)) == 0 })
}

func TestAUserWhoLeavesTakesEverythingAlong(t *testing.T) {
	w := setup(t)
	a, b := w.rendered(ana, w.upload(ana, photo(1))), w.document(ana)
	theirs := w.rendered(beto, w.upload(beto, photo(1)))
	w.shows("p", idOf(a))
	address := w.begin(ana, 100)
	require.Equal(t, http.StatusNoContent, w.patch(ana, address, 0, bytesOf("abc")).Status)
	w.publish(auth.UserDeleted{UserID: ana})
	w.eventually("their files are gone, the others stay", func() bool { return len(files(t, w.dir)) == 4 })
	require.Equal(t, http.StatusNotFound, w.get(nobody, a["url"].(string)).Status)
	require.Equal(t, http.StatusNotFound, w.get(nobody, b["url"].(string)).Status)
	require.Equal(t, http.StatusOK, w.get(nobody, theirs["url"].(string)).Status)
	require.Zero(t, w.count("object where owner_id = $1", ana))
	require.Zero(t, w.count("upload"))
	require.Equal(t, 1, w.published("media.deleted", idOf(a)))
	require.Equal(t, 1, w.published("media.deleted", idOf(b)))
}
