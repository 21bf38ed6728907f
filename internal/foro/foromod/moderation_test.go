package foromod_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro/foromod"
)

const (
	mario int64 = 6 // moderator of the community of moderated
	rosa  int64 = 7 // moderator, too
	duena int64 = 8 // its owner
)

// moderated is a world with a community that has an owner and two moderators.
func moderated(t testing.TB, change ...func(*foromod.Config)) (w *world, community int64) {
	t.Helper()
	w = setup(t, change...)
	w.exec("insert into person (user_id) select unnest($1::bigint[]) on conflict do nothing", []int64{mario, rosa, duena})
	w.exec("insert into community (id, name, slug) values (1001, 'Cuyes', 'cuyes'), (1002, 'Papas', 'papas')")
	w.exec("insert into member (community_id, user_id, role) values (1001, $1, 'moderator'), (1001, $2, 'moderator'), (1001, $3, 'owner')", mario, rosa, duena)
	return w, 1001
}

func (w *world) report(userID int64, target string, more ...object) answer {
	w.t.Helper()
	return w.as(userID, "POST", target+"report/", with(object{"reason": "spam"}, more...))
}

func (w *world) cases(userID int64, query string) []object {
	w.t.Helper()
	return results(w.as(userID, "GET", "moderation/cases/"+query, nil).ok(200))
}

func (w *world) caseOf(userID int64) string {
	w.t.Helper()
	return path("moderation/cases/%.0f/", w.cases(userID, "?state=open")[0]["id"])
}

func (w *world) moderate(userID int64, target string, o object) answer {
	w.t.Helper()
	return w.as(userID, "POST", target+"moderate/", o)
}

func (a answer) refused(status int, code string) {
	a.t.Helper()
	require.Equal(a.t, code, a.ok(status)["code"], a.Raw)
}

func (w *world) stateOf(target string) string {
	w.t.Helper()
	return w.as(jefa, "GET", target, nil).ok(200)["state"].(string)
}

func TestReportsAreOnePerPersonAndNotOnesOwn(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community})
	comment := w.commented(luis, id)
	for _, target := range []string{path("posts/%d/", id), path("comments/%d/", comment)} {
		first := w.report(carla, target, object{"note": "  vende <b>humo</b> 🐄 "}).ok(201)
		require.Equal(t, "vende <b>humo</b> 🐄", first["note"])
		require.Equal(t, first, w.report(carla, target, object{"reason": "scam"}).ok(200), "the same again")
		w.report(beto, target, object{"reason": "scam"}).ok(201)
		require.Equal(t, "visible", w.stateOf(target))
	}
	w.report(ana, path("posts/%d/", id)).refused(403, "foro.own_content")
	w.report(luis, path("comments/%d/", comment)).refused(403, "foro.own_content")
	w.report(0, path("posts/%d/", id)).ok(401)
	require.Len(t, w.cases(jefa, "?state=open"), 2)
	has(t, w.cases(mario, "?kind=report&community="+fmt.Sprint(community))[0], object{"kind": "report", "state": "open", "urgent": true, "reports": object{"count": 2.,
		"reasons": []any{object{"reason": "scam", "count": 1.}, object{"reason": "spam", "count": 1.}}}})
}

func TestHostileReportsAndDecisions(t *testing.T) {
	w, community := moderated(t)
	target := path("posts/%d/", w.posted(ana, object{"community_id": community}))
	for _, o := range []any{object{}, object{"reason": "nada"}, object{"reason": 7}, object{"reason": "spam", "note": strings.Repeat("ñ", 1001)}, object{"reason": "spam", "note": []int{1}},
		object{"reason": nil}, []int{1}, "x"} {
		require.Equal(t, 400, w.as(carla, "POST", target+"report/", o).Status, o)
	}
	for _, at := range []string{"posts/0/", "posts/-1/", "posts/9223372036854775807/", "posts/99999999999999999999/", "comments/0/", "comments/-5/", "posts/x/"} {
		for _, action := range []string{"report/", "moderate/", "appeal/"} {
			require.Equal(t, 404, w.as(jefa, "POST", at+action, object{"reason": "spam", "decision": "hide", "text": "x"}).Status, at+action)
		}
	}
	w.report(carla, target).ok(201)
	one := w.caseOf(jefa)
	for _, o := range []object{{}, {"decision": "burn", "reason": "x"}, {"decision": "lift"}, {"decision": "remove"}, {"decision": "remove", "reason": " \n "},
		{"decision": "suspend", "reason": "x"}, {"decision": "suspend", "reason": "x", "days": -1}, {"decision": "suspend", "reason": "x", "days": 3651},
		{"decision": "suspend", "reason": "x", "days": 1e30}, {"decision": "suspend", "reason": "x", "days": "dos"}, {"decision": nil}, {"decision": "hide", "reason": strings.Repeat("x", 501)}} {
		require.Equal(t, 400, w.as(jefa, "POST", one+"decide/", o).Status, o)
	}
	for _, query := range []string{"?state=x", "?kind=x", "?community=0", "?community=-1", "?community=x"} {
		require.Equal(t, 400, w.as(jefa, "GET", "moderation/cases/"+query, nil).Status, query)
	}
	for _, query := range []string{"?cursor=x", "?page=0", "?page=x", "?page=999999999999"} {
		for _, list := range []string{"moderation/cases/", "moderation/log/", "moderation/suspensions/"} {
			require.Contains(t, []int{400, 404}, w.as(jefa, "GET", list+query, nil).Status, list+query)
		}
	}
	require.Empty(t, w.cases(jefa, "?community=9223372036854775807"))
}

func TestTheQueueIsForThoseWhoModerateThere(t *testing.T) {
	w, community := moderated(t)
	inside, outside := w.posted(ana, object{"community_id": community}), w.posted(ana)
	elsewhere := w.posted(mario, object{"community_id": 1001})
	for _, id := range []int64{inside, outside, elsewhere} {
		w.report(carla, path("posts/%d/", id)).ok(201)
	}
	require.Len(t, w.cases(jefa, ""), 3)
	require.Equal(t, []float64{float64(inside)}, caseTargets(w.cases(mario, "")), "not his own")
	require.Equal(t, []float64{float64(inside), float64(elsewhere)}, caseTargets(w.cases(rosa, "")))
	require.Len(t, w.cases(jefa, "?community=1002"), 0)
	w.as(mario, "GET", "moderation/cases/?community=1002", nil).ok(403)
	w.as(carla, "GET", "moderation/cases/", nil).ok(403)
	w.as(0, "GET", "moderation/cases/", nil).ok(401)
	cases := w.cases(jefa, "")
	w.as(mario, "GET", path("moderation/cases/%.0f/", cases[1]["id"]), nil).ok(404)
	w.as(carla, "GET", path("moderation/cases/%.0f/", cases[0]["id"]), nil).ok(404)
	w.as(mario, "GET", path("moderation/cases/%.0f/", cases[2]["id"]), nil).refused(403, "foro.own_case")
	w.as(carla, "POST", path("moderation/cases/%.0f/decide/", cases[0]["id"]), object{}).ok(404)
	w.moderate(carla, path("posts/%d/", inside), object{}).ok(403)
	w.moderate(mario, path("posts/%d/", elsewhere), object{}).refused(403, "foro.own_case")
}

func caseTargets(rows []object) (ids []float64) {
	for _, r := range rows {
		ids = append(ids, r["target"].(object)["post_id"].(float64))
	}
	return ids
}

func TestTheQueueComesByRankAndAgeAndThenWhatIsDecided(t *testing.T) {
	w, _ := moderated(t)
	var ids []int64
	for i := range 5 {
		ids = append(ids, w.posted(ana, object{"content": fmt.Sprintf("Consulta número %d.", i)}))
	}
	flagged := w.posted(ana, object{"title": "Aviso", "content": "Escríbeme al whatsapp, cel 70123456"})
	for _, i := range []int{2, 0, 1, 4, 3} {
		w.later(time.Minute)
		w.report(carla, path("posts/%d/", ids[i])).ok(201)
	}
	for _, i := range []int{1, 0} {
		w.later(time.Minute)
		w.moderate(jefa, path("posts/%d/", ids[i]), object{"decision": "dismiss"}).ok(200)
	}
	want := []float64{float64(ids[2]), float64(ids[4]), float64(ids[3]), float64(flagged), float64(ids[0]), float64(ids[1])}
	require.Equal(t, want, caseTargets(w.cases(jefa, "")))
	require.Equal(t, want[:4], caseTargets(w.cases(jefa, "?state=open")))
	require.Equal(t, want[4:], caseTargets(w.cases(jefa, "?state=decided")))
	require.Equal(t, want[3:4], caseTargets(w.cases(jefa, "?kind=flag")))
	require.Equal(t, want[4:], caseTargets(w.cases(jefa, "?page=3&page_size=2")))
	var got []float64
	for next := "?cursor=*&page_size=2"; next != ""; {
		page := w.as(jefa, "GET", "moderation/cases/"+next, nil).ok(200)
		got = append(got, caseTargets(results(page))...)
		next = ""
		if link, ok := page["next"].(string); ok {
			_, next, _ = strings.Cut(link, "?")
			next = "?" + next
		}
	}
	require.Equal(t, want, got)
}

func TestManyReportsHideUntilSomebodyDecides(t *testing.T) {
	w, community := moderated(t, func(c *foromod.Config) { c.HideAfter = 2 })
	id := w.posted(ana, object{"community_id": community})
	comment := w.commented(luis, id)
	for _, target := range []string{path("comments/%d/", comment), path("posts/%d/", id)} {
		w.report(carla, target).ok(201)
		w.report(carla, target).ok(200)
		require.Equal(t, "visible", w.stateOf(target))
		w.report(beto, target).ok(201)
		require.Equal(t, "hidden", w.stateOf(target))
		require.Equal(t, true, w.as(mario, "GET", w.caseOf(mario), nil).ok(200)["hidden_by_reports"])
		one := w.caseOf(mario)
		w.as(mario, "POST", one+"decide/", object{"decision": "dismiss"}).ok(200)
		require.Equal(t, "visible", w.stateOf(target))
	}
	w.as(nadie, "GET", path("posts/%d/", id), nil).ok(200)
	w.report(carla, path("posts/%d/", id)).ok(201)
	w.report(beto, path("posts/%d/", id)).ok(201)
	w.as(nadie, "GET", path("posts/%d/", id), nil).ok(404)
	w.as(ana, "GET", path("posts/%d/", id), nil).ok(200)
	w.as(mario, "POST", w.caseOf(mario)+"decide/", object{"decision": "hide", "reason": "No es cierto."}).ok(200)
	require.Equal(t, "hidden", w.stateOf(path("posts/%d/", id)))
	require.Zero(t, w.count("post where comments_count < 0"))
}

func TestOfTwoWhoDecideOneDoes(t *testing.T) {
	w, community := moderated(t)
	target := path("posts/%d/", w.posted(ana, object{"community_id": community}))
	w.report(carla, target).ok(201)
	one := w.caseOf(mario)
	version := w.as(mario, "GET", one, nil).ok(200)["version"].(float64)
	w.report(beto, target).ok(201)
	w.as(mario, "POST", one+"decide/", object{"decision": "dismiss"}, "If-Match", fmt.Sprint(version)).refused(412, "foro.changed")
	w.as(mario, "POST", one+"decide/", object{"decision": "dismiss"}, "If-Match", "x").refused(412, "foro.changed")

	statuses := make([]int, 6)
	var running sync.WaitGroup
	for i := range statuses {
		running.Go(func() {
			statuses[i] = w.as([]int64{mario, rosa, jefa}[i%3], "POST", one+"decide/", object{"decision": "warn", "reason": "Cuidado."}, "If-Match", fmt.Sprintf(`"%.0f"`, version+1)).Status
		})
	}
	running.Wait()
	require.ElementsMatch(t, []int{200, 409, 409, 409, 409, 409}, statuses)
	require.Equal(t, 1, w.count("decision"))
	w.as(mario, "POST", one+"decide/", object{"decision": "dismiss"}).refused(409, "foro.decided")
	require.Equal(t, []string{"foro.moderated"}, w.texts("select type from outbox where type = 'foro.moderated'"))
	w.moderate(jefa, target, object{"decision": "dismiss"}).refused(409, "foro.nothing_to_decide")
	w.moderate(jefa, target, object{"decision": "restore"}).refused(409, "foro.nothing_to_decide")
	w.moderate(jefa, target, object{"decision": "unlock"}).refused(409, "foro.nothing_to_decide")
}

func TestConcurrentReportsAreOneCase(t *testing.T) {
	w, community := moderated(t, func(c *foromod.Config) { c.HideAfter = 5 })
	target := path("posts/%d/", w.posted(ana, object{"community_id": community}))
	var running sync.WaitGroup
	for i := range 20 {
		running.Go(func() { w.report(100+int64(i%10), target) })
	}
	running.Wait()
	require.Equal(t, 5, w.count("report"), "who comes later sees it no more")
	require.Equal(t, 1, w.count("moderation_case where hid and version = 6"))
	require.Equal(t, "hidden", w.stateOf(target))
}

func TestLockingAPost(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community})
	target, comment := path("posts/%d/", id), w.commented(luis, id)
	w.moderate(mario, target, object{"decision": "lock", "reason": "Se salió de tema."}).ok(200)
	w.as(luis, "POST", "comments/", object{"post": id, "content": "x"}).refused(409, "foro.locked")
	w.moderate(mario, target, object{"decision": "unlock"}).ok(200)
	w.commented(luis, id)
	require.Contains(t, w.moderate(mario, path("comments/%d/", comment), object{"decision": "lock", "reason": "x"}).ok(400), "decision")
}
