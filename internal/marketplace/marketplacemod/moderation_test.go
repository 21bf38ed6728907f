package marketplacemod_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func TestModerationIsStaffs(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	w.reported(carla, id, "scam")
	one := path("adds/%d/moderation/", id)
	for _, route := range []string{"adds/moderation/", "adds/moderation/log/"} {
		w.as(0, "GET", route, nil).ok(401)
		w.as(ana, "GET", route, nil).ok(403)
		w.as(jefa, "GET", route, nil).ok(200)
	}
	w.as(0, "GET", one, nil).ok(401)
	w.as(carla, "GET", one, nil).ok(403)
	for _, body := range []object{{}, {"decision": "dismiss"}} {
		w.as(0, "POST", one+"decide/", body).ok(401)
		w.as(carla, "POST", one+"decide/", body).ok(403)
		w.as(ana, "POST", one+"decide/", body).ok(403)
	}
	draft := w.published(ana, object{"status": "draft"})
	w.as(carla, "GET", path("adds/%d/moderation/", draft), nil).ok(404)
	w.as(jefa, "GET", "adds/99999/moderation/", nil).ok(404)
	w.as(jefa, "POST", "adds/99999/moderation/decide/", object{"decision": "dismiss"}).ok(404)
	for _, body := range []object{{}, {"decision": "x"}, {"decision": "warn"}, {"decision": "remove", "reason": "  "}, {"decision": "restore"},
		{"decision": "remove", "reason": strings.Repeat("ñ", 501)}, {"decision": "dismiss", "version": -1}} {
		w.as(jefa, "POST", one+"decide/", body).ok(400)
	}
	require.Zero(t, w.count("add_decision"))
}

func TestTheQueueShowsTheUrgentFirstAndThenTheLongestWaiting(t *testing.T) {
	w := setup(t)
	var ids []int64
	for _, description := range []string{"Cel 70123456", "Sana", "Pago por adelantado", "www.vacas.com", "Mansa"} {
		ids = append(ids, w.published(ana, object{"description": description}))
		w.later(time.Minute)
	}
	w.reported(carla, ids[1], "sold")
	w.later(time.Minute)
	w.reported(carla, ids[3], "scam") // urgent now, but it came before the second
	w.reported(beto, ids[1], "scam")
	w.reported(luis, ids[1], "scam")
	want := []float64{float64(ids[2]), float64(ids[3]), float64(ids[1]), float64(ids[0])}
	rows := results(w.as(jefa, "GET", "adds/moderation/", nil).ok(200))
	require.Equal(t, want, addsOf(rows))
	require.Equal(t, []bool{true, true, true, false}, field[bool](rows, "urgent"))
	require.Equal(t, want, addsOf(w.follow(jefa, "adds/moderation/?page_size=1&cursor=*")))
	require.Equal(t, want[2:], addsOf(results(w.as(jefa, "GET", "adds/moderation/?page_size=2&page=2", nil).ok(200))))

	require.Equal(t, object{"count": 3.0, "reasons": []any{object{"reason": "scam", "count": 2.0}, object{"reason": "sold", "count": 1.0}}}, rows[2]["reports"])
	has(t, rows[2]["add"].(object), object{"id": float64(ids[1]), "title": "Vaca lechera Holstein", "publisher_name": "Ana Flores", "status": "active", "removed": false})
	has(t, rows[2], object{"state": "open", "version": 0.0, "decision": nil})
}

func TestTheQueueIsFilteredByState(t *testing.T) {
	w := setup(t)
	var ids []int64
	for range 4 {
		ids = append(ids, w.published(ana))
		w.reported(carla, ids[len(ids)-1], "other")
		w.later(time.Minute)
	}
	w.decided(ids[0], object{"decision": "dismiss"})
	w.later(time.Minute)
	w.decided(ids[2], object{"decision": "remove", "reason": "Falso."})
	for status, want := range map[string][]int64{"": {ids[1], ids[3]}, "open": {ids[1], ids[3]}, "decided": {ids[2], ids[0]}, "all": {ids[3], ids[2], ids[1], ids[0]}} {
		var adds []float64
		for _, id := range want {
			adds = append(adds, float64(id))
		}
		query := "adds/moderation/?page_size=1&status=" + status
		if status == "" {
			query = "adds/moderation/?page_size=1"
		}
		require.Equal(t, float64(len(want)), w.as(jefa, "GET", query, nil).ok(200)["count"], status)
		require.Equal(t, adds, addsOf(w.follow(jefa, query+"&cursor=*")), status)
	}
	w.as(jefa, "GET", "adds/moderation/?status=x", nil).ok(400)
	decided := results(w.as(jefa, "GET", "adds/moderation/?status=decided", nil).ok(200))
	has(t, decided[0], object{"state": "decided", "urgent": false})
	has(t, decided[0]["decision"].(object), object{"decision": "remove", "reason": "Falso.", "actor_id": 9.0, "reports": 1.0, "flags": 0.0})
	require.Equal(t, 1.0, decided[0]["reports"].(object)["count"], "those that it closed")

	w.as(ana, "DELETE", path("adds/%d/", ids[1]), nil).ok(204)
	require.Equal(t, []float64{float64(ids[3])}, addsOf(results(w.as(jefa, "GET", "adds/moderation/", nil).ok(200))))
}

func TestForeignCursorsAreRefused(t *testing.T) {
	w := setup(t)
	for i := range 3 {
		w.reported(carla, w.published(ana), "other")
		w.later(time.Duration(i) * time.Minute)
	}
	for _, cursor := range []string{"eyJhdCI6IjAwMDEtMDEtMDFUMDA6MDA6MDBaIiwiaWQiOjF9x", "bnVsbA", "W10", "eyJyYW5rIjo5OTk5OTk5LCJpZCI6MX0", "InRleHQi", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"} {
		for _, route := range []string{"adds/moderation/", "adds/moderation/?status=decided", "adds/moderation/log/"} {
			joint := "?"
			if strings.Contains(route, "?") {
				joint = "&"
			}
			require.Less(t, w.as(jefa, "GET", route+joint+"cursor="+cursor, nil).Status, 500, "%s %s", route, cursor)
		}
	}
}

func TestARemovedAdvertVanishesUntilItIsRestored(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"latitude": -17.78, "longitude": -63.18, "main_image_id": 1, "description": scam})
	one := path("adds/%d/", id)
	seen := func() []float64 {
		return []float64{w.as(0, "GET", "adds/", nil).ok(200)["count"].(float64), w.as(0, "GET", "adds/?search=holstein", nil).ok(200)["count"].(float64),
			float64(len(w.as(0, "GET", "adds/nearby/?lat=-17.78&lon=-63.18&radius_km=50", nil).list())), float64(w.count("listing"))}
	}
	require.Equal(t, []float64{1, 1, 1, 1}, seen())
	w.reported(carla, id, "scam")
	m := w.decided(id, object{"decision": "remove", "reason": "Pide anticipo."})
	has(t, m["moderation"].(object), object{"state": "removed", "reason": "Pide anticipo."})
	has(t, m["case"].(object), object{"state": "decided"})
	require.Equal(t, []float64{0, 0, 0, 0}, seen())
	for _, user := range []int64{0, carla} {
		w.as(user, "GET", one, nil).ok(404)
		w.as(user, "GET", one+"prices/", nil).ok(404)
	}
	w.as(carla, "POST", one+"report/", object{"reason": "scam"}).ok(404)

	mine := w.as(ana, "GET", one, nil).ok(200)
	has(t, mine, object{"status": "archived", "removed": true})
	require.NotNil(t, mine["main_image"], "its publisher still sees the pictures")
	require.Equal(t, "marketplace.removed", w.as(ana, "PATCH", one, object{"status": "active"}).ok(403)["code"])
	w.as(ana, "POST", one+"renew/", nil).ok(409)
	w.as(ana, "PATCH", one, object{"description": "Sin anticipo.", "removed": false}).ok(200)
	require.Equal(t, "marketplace.removed", w.as(ana, "PATCH", one, object{"status": "active"}).ok(403)["code"])

	w.decided(id, object{"decision": "restore", "reason": "Corregido."})
	require.Equal(t, []float64{0, 0, 0, 0}, seen(), "its publisher shows it again, nobody else")
	has(t, w.as(ana, "GET", one, nil).ok(200), object{"status": "archived"})
	w.as(ana, "PATCH", one, object{"status": "active"}).ok(200)
	require.Equal(t, []float64{1, 1, 1, 1}, seen())
	require.Equal(t, []string{"active", "archived", "active"}, field[string](w.as(ana, "GET", one+"history/", nil).list(), "status"))
	require.Equal(t, []string{"9"}, w.texts("select actor_id::text from add_transition where status = 'archived'"))
}

func TestPublishersLearnWhatWasDecidedAndNothingElse(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"description": scam})
	one := path("adds/%d/moderation/", id)
	w.reported(carla, id, "scam")
	w.decided(id, object{"decision": "warn", "reason": "No ponga su número."})
	got := w.as(ana, "GET", one, nil)
	has(t, got.ok(200)["moderation"].(object), object{"state": "warned", "reason": "No ponga su número."})
	require.Len(t, got.ok(200), 2)
	for _, secret := range []string{"report", "phone_number", "Nota", "actor", "decisions"} {
		require.NotContains(t, got.Raw, secret)
	}
	w.reported(carla, id, "scam")
	w.decided(id, object{"decision": "dismiss", "reason": "Nada."})
	has(t, w.as(ana, "GET", one, nil).ok(200)["moderation"].(object), object{"state": "warned"})
	w.decided(id, object{"decision": "remove", "reason": "Estafa."})
	w.decided(id, object{"decision": "restore", "reason": "Perdón."})
	has(t, w.as(ana, "GET", one, nil).ok(200)["moderation"].(object), object{"state": "restored", "reason": "Perdón."})
	require.Equal(t, []string{path(`{"add_id": %d, "publisher_id": 1, "decision": "warn", "reason": "No ponga su número."}`, id),
		path(`{"add_id": %d, "publisher_id": 1, "decision": "remove", "reason": "Estafa."}`, id),
		path(`{"add_id": %d, "publisher_id": 1, "decision": "restore", "reason": "Perdón."}`, id)},
		w.texts(`select format('{"add_id": %s, "publisher_id": %s, "decision": "%s", "reason": "%s"}', data->>'add_id', data->>'publisher_id', data->>'decision', data->>'reason')
			from outbox where type = 'add.moderated' and key = $1 order by position`, fmt.Sprint(id)))
}

func TestADecisionClosesAllThatIsOpen(t *testing.T) {
	w := setup(t)
	for _, decision := range []string{"dismiss", "warn", "remove"} {
		id := w.published(ana, object{"description": scam})
		w.reported(carla, id, "scam")
		w.reported(beto, id, "other")
		m := w.decided(id, object{"decision": decision, "reason": "Porque sí."})
		require.Zero(t, w.count("add_report where add_id = $1 and decision_id is null", id))
		require.Empty(t, w.flagged(id))
		has(t, list(m["decisions"])[0], object{"decision": decision, "reports": 2.0, "flags": 2.0, "actor_id": 9.0, "reason": "Porque sí."})
		require.Equal(t, []bool{false, false}, field[bool](list(m["reports"]), "open"))
		require.Equal(t, []float64{3, 4}, field[float64](list(m["reports"]), "reporter_id"))
		require.Equal(t, "marketplace.nothing_to_decide",
			w.as(jefa, "POST", path("adds/%d/moderation/decide/", id), object{"decision": "dismiss"}).ok(409)["code"], decision)
	}
	require.Zero(t, w.as(jefa, "GET", "adds/moderation/", nil).ok(200)["count"])
}

func TestWithNothingOpenStaffMayRemoveAndRestoreOnly(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	decide := func(decision string) answer {
		return w.as(jefa, "POST", path("adds/%d/moderation/decide/", id), object{"decision": decision, "reason": "Por algo."})
	}
	for _, decision := range []string{"dismiss", "warn", "restore"} {
		require.Equal(t, "marketplace.nothing_to_decide", decide(decision).ok(409)["code"], decision)
	}
	decide("remove").ok(200)
	require.Equal(t, "marketplace.nothing_to_decide", decide("remove").ok(409)["code"])
	decide("restore").ok(200)
	decide("restore").ok(409)
	draft := w.published(ana, object{"status": "draft"})
	w.decided(draft, object{"decision": "remove", "reason": "Prohibido."})
	require.Equal(t, "marketplace.removed", w.as(ana, "PATCH", path("adds/%d/", draft), object{"status": "active"}).ok(403)["code"])
	require.Equal(t, 3, w.count("add_decision"))
}

func TestStaffDoesNotDecideAboutTheirOwn(t *testing.T) {
	w := setup(t)
	id := w.published(jefa, object{"description": scam})
	w.reported(carla, id, "scam")
	for _, body := range []object{{"decision": "dismiss"}, {"decision": "remove", "reason": "x"}} {
		require.Equal(t, "marketplace.own_moderation", w.as(jefa, "POST", path("adds/%d/moderation/decide/", id), body).ok(403)["code"])
	}
	require.Empty(t, results(w.as(jefa, "GET", "adds/moderation/?status=all", nil).ok(200)))
	require.Len(t, w.as(jefa, "GET", path("adds/%d/moderation/", id), nil).ok(200), 2, "as any publisher")
}

func TestOfTwoWhoDecideAtOnceOneDoes(t *testing.T) {
	w := setup(t)
	for _, c := range []struct {
		first, second string
		version       bool // a removal is legal also behind a dismissal that it did not see, unless it says so
	}{{"dismiss", "dismiss", false}, {"dismiss", "warn", false}, {"remove", "remove", false}, {"remove", "dismiss", true}, {"warn", "remove", true}} {
		for range 5 {
			id := w.published(ana)
			w.reported(carla, id, "scam")
			answers := w.together(path("adds/%d/moderation/decide/", id), verdict(c.first, c.version), verdict(c.second, c.version))
			require.ElementsMatch(t, []int{200, 409}, []int{answers[0].Status, answers[1].Status}, "%s %s", answers[0].Raw, answers[1].Raw)
			require.Equal(t, 1, w.count("add_decision where add_id = $1", id))
		}
	}
}

func verdict(decision string, version bool) object {
	o := object{"decision": decision, "reason": "Por algo."}
	if version {
		o["version"] = 0
	}
	return o
}

// together has jefa send the bodies at once.
func (w *world) together(to string, bodies ...object) []answer {
	var wg sync.WaitGroup
	answers := make([]answer, len(bodies))
	for i, body := range bodies {
		wg.Go(func() { answers[i] = w.as(jefa, "POST", to, body) })
	}
	wg.Wait()
	return answers
}

// TestEverybodyAtOnce has members report, staff decide, the publisher change and people leave, all about
// the same adverts: nobody waits for ever, and what is open is in the queue.
func TestEverybodyAtOnce(t *testing.T) {
	w := setup(t)
	ids := []int64{w.published(ana), w.published(ana), w.published(luis)}
	var wg sync.WaitGroup
	do := func(userID int64, method, to string, body object) {
		wg.Go(func() {
			if got := w.as(userID, method, to, body); got.Status >= 500 {
				t.Errorf("%s %s: %d %s", method, to, got.Status, got.Raw)
			}
		})
	}
	for i := range 8 {
		for _, id := range ids {
			one := path("adds/%d/", id)
			do(carla, "POST", one+"report/", object{"reason": "scam"})
			do(beto, "POST", one+"report/", object{"reason": "sold"})
			do(ana, "PATCH", one, object{"description": path("Anticipo de %d Bs, cel 7012345%d.", 100+i, i)})
			do(jefa, "POST", one+"moderation/decide/", object{"decision": []string{"dismiss", "warn", "remove", "restore"}[i%4], "reason": "Por algo."})
			do(jefa, "GET", "adds/moderation/", nil)
		}
	}
	wg.Go(func() { w.event(auth.UserDeleted{UserID: luis}) })
	wg.Go(func() { w.event(auth.UserDeleted{UserID: beto}) })
	wg.Wait()
	require.Zero(t, w.count("add_report where reporter_id = 3"))
	require.Zero(t, w.count("add where publisher_id = 2"))
	require.Zero(t, w.count(`add_case c where open <> (exists (select from add_report r where r.add_id = c.add_id and decision_id is null)
		or exists (select from add_flag f where f.add_id = c.add_id and decision_id is null))`))
}

func TestADecisionIsMadeForTheCaseThatWasRead(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	w.reported(carla, id, "scam")
	first := w.decided(id, object{"decision": "warn", "reason": "Por algo.", "version": 0})["case"].(object)["version"]
	w.reported(carla, id, "scam")
	late := object{"decision": "dismiss", "version": 0}
	require.Equal(t, "marketplace.moderation_decided", w.as(jefa, "POST", path("adds/%d/moderation/decide/", id), late).ok(409)["code"])
	w.decided(id, object{"decision": "dismiss", "version": first})
}

func TestTheLogIsPagedAndNeverChanged(t *testing.T) {
	w := setup(t)
	var want []float64
	for i := range 5 {
		id := w.published(ana)
		w.decided(id, object{"decision": "remove", "reason": path("Razón %d", i)})
		want = append([]float64{float64(id)}, want...)
	}
	w.as(ana, "DELETE", path("adds/%.0f/", want[2]), nil).ok(204)
	require.Equal(t, want, field[float64](w.follow(jefa, "adds/moderation/log/?page_size=2&cursor=*"), "add_id"), "also of adverts that are gone")
	first := w.as(jefa, "GET", "adds/moderation/log/?page_size=2", nil).ok(200)
	require.Equal(t, 5.0, first["count"])
	has(t, results(first)[0], object{"decision": "remove", "reason": "Razón 4", "actor_id": 9.0, "publisher_id": 1.0, "reports": 0.0})
	for _, statement := range []string{"update add_decision set reason = 'otra'", "update add_decision set reason = '', actor_id = 1", "delete from add_decision"} {
		_, err := w.db.Q(context.Background()).Exec(context.Background(), statement)
		require.ErrorContains(t, err, "decisions are not changed", statement)
	}
}

// TestTheQueueIsReadFromItsIndexes looks at the plans of the pages, and of counting texts that are alike.
func TestTheQueueIsReadFromItsIndexes(t *testing.T) {
	w := setup(t)
	ctx := context.Background()
	exec := func(statement string) {
		_, err := w.db.Q(ctx).Exec(ctx, statement)
		require.NoError(t, err)
	}
	exec(`insert into add (publisher_id, title, description, condition, price, currency, unit, status)
		select 1, 't', 'd', 'new', 1, 'BOB', 'unidad', 'active' from generate_series(1, 20000)`)
	exec(`insert into add_case (add_id, publisher_id, open, rank, since, created_at)
		select id, 1, id % 10 = 0, id % 2, now() - id * interval '1 second', now() from add`)
	exec("analyze add_case")
	for query, index := range map[string]string{
		"select * from add_case where open and publisher_id <> 9 and (rank, since, add_id) > (0, now() - interval '3 hours', 5) order by rank, since, add_id limit 21": "add_case_open",
		"select * from add_case where not open and publisher_id <> 9 and (since, add_id) < (now(), 5) order by since desc, add_id desc limit 21":                       "add_case_decided",
		"select * from add_case where publisher_id <> 9 and (created_at, add_id) < (now() + interval '1 day', 5) order by created_at desc, add_id desc limit 21":       "add_case_all",
		"select count(*) from (select from add_text where publisher_id = 1 and alike = 7 and at > now() - interval '1 day' and add_id <> 3 limit 1000) others":         "add_text_alike",
	} {
		plan := strings.Join(w.texts("explain "+query), "\n")
		require.Contains(t, plan, index, plan)
		require.NotContains(t, plan, "Sort", plan)
	}
}

// addsOf are the ids of the adverts of cases.
func addsOf(rows []object) (ids []float64) {
	for _, r := range rows {
		ids = append(ids, r["add"].(object)["id"].(float64))
	}
	return ids
}
