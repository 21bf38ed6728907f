package marketplacemod_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func TestAnAdvertIsReported(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	one := path("adds/%d/report/", id)
	w.as(0, "POST", one, object{"reason": "scam"}).ok(401)
	made := w.as(carla, "POST", one, object{"reason": "scam", "note": " Pide plata. ", "reporter_id": 77}).ok(201)
	has(t, made, object{"add_id": float64(id), "reason": "scam", "note": "Pide plata.", "open": true})
	require.NotContains(t, made, "reporter_id")
	require.Equal(t, made, w.as(carla, "POST", one, object{"reason": "other", "note": "Otra vez"}).ok(200), "the same again")
	w.as(nadie, "POST", one, object{"reason": "scam"}).ok(201)
	w.as(jefa, "POST", one, object{"reason": "duplicate"}).ok(201)
	require.Equal(t, 3, w.count("add_report"))
	w.as(0, "GET", path("adds/%d/", id), nil).ok(200)
	require.Equal(t, []string{path("add.created %d", id)}, w.events(), "nobody else is told")
}

func TestWhatMayNotBeReported(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	one := path("adds/%d/report/", id)
	require.Equal(t, "marketplace.own_add", w.as(ana, "POST", one, object{"reason": "sold"}).ok(403)["code"])
	for _, body := range []object{{}, {"reason": "x"}, {"reason": nil}, {"reason": "scam", "note": strings.Repeat("ñ", 1001)}, {"reason": 7}} {
		w.as(carla, "POST", one, body).ok(400)
	}
	w.as(carla, "POST", one, object{"reason": "scam", "note": strings.Repeat("ñ", 1000)}).ok(201)
	for _, unknown := range []string{"99999", "9223372036854775807"} {
		w.as(carla, "POST", "adds/"+unknown+"/report/", object{"reason": "scam"}).ok(404)
	}
	for _, body := range []object{{"status": "draft"}, {}} {
		hidden := w.published(ana, body)
		if len(body) == 0 {
			w.as(ana, "PATCH", path("adds/%d/", hidden), object{"status": "paused"}).ok(200)
		}
		w.as(carla, "POST", path("adds/%d/report/", hidden), object{"reason": "scam"}).ok(404)
		w.as(ana, "POST", path("adds/%d/report/", hidden), object{"reason": "scam"}).ok(403)
	}
}

func TestReportsAreLimited(t *testing.T) {
	w := setup(t)
	one := path("adds/%d/report/", w.published(ana))
	for i := range 31 {
		got := w.as(carla, "POST", one, object{"reason": "scam"})
		require.Equal(t, i == 30, got.Status == 429, "request %d: %s", i, got.Raw)
	}
	w.as(beto, "POST", one, object{"reason": "scam"}).ok(201)
}

func TestOfManyReportsAtOnceOneIsStored(t *testing.T) {
	w := setup(t)
	one := path("adds/%d/report/", w.published(ana))
	var wg sync.WaitGroup
	answers := make([]answer, 20)
	for i := range answers {
		wg.Go(func() { answers[i] = w.as(carla, "POST", one, object{"reason": "scam"}) })
	}
	wg.Wait()
	made := 0
	for _, a := range answers {
		require.Contains(t, []int{200, 201}, a.Status, a.Raw)
		if a.Status == 201 {
			made++
		}
	}
	require.Equal(t, 1, made)
	require.Equal(t, 1, w.count("add_report"))
}

func TestWhoIsDecidedAboutMayBeReportedAgain(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	first := w.reported(carla, id, "scam")
	w.decided(id, object{"decision": "dismiss"})
	second := w.reported(carla, id, "sold")
	require.NotEqual(t, first["id"], second["id"])
	require.Equal(t, 2, w.count("add_report"))
}

func TestReportsOfWhoIsGoneAreAnonymous(t *testing.T) {
	w := setup(t)
	id, other, own := w.published(ana), w.published(luis), w.published(beto)
	w.reported(beto, id, "scam")
	w.reported(carla, id, "sold")
	w.reported(beto, other, "scam")
	w.decided(other, object{"decision": "dismiss"})
	w.reported(carla, own, "scam")
	w.decided(own, object{"decision": "warn", "reason": "Beto, no ponga su número."})
	w.event(auth.UserDeleted{UserID: beto})
	w.event(auth.UserDeleted{UserID: beto})

	require.Equal(t, 2, w.count("add_report where reporter_id = 0"))
	require.Equal(t, 3, w.count("add_report"), "those about the person's adverts went with them")
	require.Equal(t, []string{""}, w.texts("select note from add_report where reporter_id = 0 and decision_id is not null"))
	reports := list(w.as(jefa, "GET", path("adds/%d/moderation/", id), nil).ok(200)["reports"])
	require.Equal(t, []any{4.0, nil}, []any{reports[0]["reporter_id"], reports[1]["reporter_id"]})
	log := results(w.as(jefa, "GET", "adds/moderation/log/", nil).ok(200))
	require.Equal(t, []string{"warn", "dismiss"}, field[string](log, "decision"))
	has(t, log[0], object{"add_id": float64(own), "publisher_id": 3.0, "actor_id": 9.0, "reason": ""})
	require.Equal(t, 403, w.as(beto, "POST", path("adds/%d/report/", id), object{"reason": "scam"}).Status, "nothing late")
}

// reported reports an advert.
func (w *world) reported(userID, id int64, reason string) object {
	w.t.Helper()
	return w.as(userID, "POST", path("adds/%d/report/", id), object{"reason": reason, "note": "Nota."}).ok(201)
}

// decided is what jefa decides.
func (w *world) decided(id int64, body object) object {
	w.t.Helper()
	return w.as(jefa, "POST", path("adds/%d/moderation/decide/", id), body).ok(200)
}

// list is an array of objects.
func list(v any) (rows []object) {
	for _, r := range v.([]any) {
		rows = append(rows, r.(object))
	}
	return rows
}
