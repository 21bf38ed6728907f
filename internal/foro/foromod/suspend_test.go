package foromod_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro/foromod"
)

const day = 24 * time.Hour

func TestAppealsAreDecidedBySomebodyElse(t *testing.T) {
	w, community := moderated(t)
	target := path("posts/%d/", w.posted(ana, object{"community_id": community, "media_id": 7}))
	w.as(ana, "POST", target+"appeal/", object{"text": "¿Por qué?"}).refused(409, "foro.nothing_to_appeal")
	w.moderate(mario, target, object{"decision": "remove", "reason": "Mal."}).ok(200)
	w.as(luis, "POST", target+"appeal/", object{"text": "Yo también."}).ok(404)
	w.as(mario, "POST", target+"appeal/", object{"text": "Yo también."}).ok(403)
	w.as(ana, "POST", target+"appeal/", object{"text": " "}).ok(400)
	w.as(ana, "POST", target+"appeal/", object{"text": "No maltrato a nadie."}).ok(201)
	w.as(ana, "POST", target+"appeal/", object{"text": "Otra vez."}).refused(409, "foro.appealed")
	one := w.caseOf(mario)
	has(t, w.as(rosa, "GET", one, nil).ok(200)["post"].(object), object{"content": "Está triste y no come desde ayer."})
	w.as(ana, "POST", one+"decide/", object{"decision": "restore"}).ok(404)
	w.as(mario, "POST", one+"decide/", object{"decision": "restore"}).refused(403, "foro.decided_before")
	w.as(rosa, "POST", one+"decide/", object{"decision": "hide", "reason": "x"}).ok(400)
	w.as(rosa, "POST", one+"decide/", object{"decision": "restore"}).ok(200)
	has(t, w.as(0, "GET", target, nil).ok(200), object{"content": "Está triste y no come desde ayer.", "media": nil})
	w.as(ana, "POST", target+"appeal/", object{"text": "Más."}).refused(409, "foro.nothing_to_appeal")
}

func TestACommentOfAHiddenPostIsAppealed(t *testing.T) {
	w, community := moderated(t)
	post := w.posted(ana, object{"community_id": community})
	comment := path("comments/%d/", w.commented(luis, post))
	w.moderate(mario, comment, object{"decision": "hide", "reason": "x"}).ok(200)
	w.moderate(mario, path("posts/%d/", post), object{"decision": "hide", "reason": "x"}).ok(200)
	w.as(carla, "POST", comment+"appeal/", object{"text": "Yo también."}).ok(404)
	w.as(luis, "POST", path("posts/%d/appeal/", post), object{"text": "Yo también."}).ok(404)
	w.as(luis, "POST", comment+"appeal/", object{"text": "No dije nada malo."}).ok(201)
}

func TestAppealsAgainstStaffAreStaffs(t *testing.T) {
	w, community := moderated(t)
	target := path("posts/%d/", w.posted(ana, object{"community_id": community}))
	w.moderate(jefa, target, object{"decision": "lock", "reason": "Ya está."}).ok(200)
	w.moderate(mario, target, object{"decision": "unlock"}).refused(403, "foro.staff_decides")
	w.as(ana, "POST", target+"appeal/", object{"text": "No."}).ok(201)
	require.Empty(t, w.cases(mario, "?kind=appeal"))
	one := w.caseOf(jefa)
	w.as(mario, "POST", one+"decide/", object{"decision": "restore"}).refused(403, "foro.staff_decides")
	w.as(jefa, "POST", one+"decide/", object{"decision": "dismiss"}).refused(403, "foro.decided_before")
}

func TestAppealsComeInTime(t *testing.T) {
	w, community := moderated(t)
	target := path("posts/%d/", w.posted(ana, object{"community_id": community}))
	w.moderate(mario, target, object{"decision": "warn", "reason": "x"}).ok(200)
	require.Len(t, w.as(ana, "GET", "moderation/me/", nil).ok(200)["warnings"], 1)
	w.later(30*day + time.Minute)
	w.as(ana, "POST", target+"appeal/", object{"text": "Tarde."}).refused(409, "foro.appeal_late")
	w.moderate(mario, target, object{"decision": "warn", "reason": "y"}).ok(200)
	w.as(ana, "POST", target+"appeal/", object{"text": "A tiempo."}).ok(201)
	w.as(rosa, "POST", w.caseOf(rosa)+"decide/", object{"decision": "restore"}).ok(200)
	require.Len(t, w.as(ana, "GET", "moderation/me/", nil).ok(200)["warnings"], 1, "one was taken back")
}

func TestWhoIsSuspendedWritesNothing(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community})
	target, elsewhere := path("posts/%d/", id), w.posted(luis)
	inside := object{"title": "x", "content": "x", "community_id": community}
	w.moderate(mario, target, object{"decision": "suspend", "reason": "Insulta.", "days": 2}).ok(200)
	refused := w.as(ana, "POST", "posts/", inside, "Accept-Language", "en")
	refused.refused(403, "foro.suspended")
	require.Contains(t, refused.Raw, w.clock().Add(2*day).UTC().Format("2006-01-02 15:04"))
	w.as(ana, "POST", "comments/", object{"post": id, "content": "x"}).refused(403, "foro.suspended")
	w.as(ana, "PATCH", target, object{"content": "Insultos."}).refused(403, "foro.suspended")
	w.as(ana, "POST", "reactions/", object{"type": "like", "content_type": "post", "object_id": id}).refused(403, "foro.suspended")
	w.commented(ana, elsewhere)
	w.posted(ana)
	has(t, w.as(ana, "GET", "moderation/me/", nil).ok(200), object{"suspended": false})

	w.moderate(jefa, path("posts/%d/", id), object{"decision": "suspend", "reason": "En todas partes.", "days": 1}).ok(200)
	w.as(ana, "POST", "comments/", object{"post": elsewhere, "content": "x"}).refused(403, "foro.suspended")
	w.as(ana, "POST", "posts/", object{"title": "x", "content": "x"}).refused(403, "foro.suspended")
	w.as(ana, "POST", "reactions/", object{"type": "like", "content_type": "post", "object_id": elsewhere}).refused(403, "foro.suspended")
	w.as(ana, "POST", "communities/", object{"name": "Lo mío"}).refused(403, "foro.suspended")
	w.report(ana, path("posts/%d/", elsewhere)).ok(201)
	me := w.as(ana, "GET", "moderation/me/", nil).ok(200)
	require.Equal(t, true, me["suspended"])
	require.Len(t, me["suspensions"], 2)
	w.later(day)
	w.posted(ana)
	w.as(ana, "POST", "posts/", inside).refused(403, "foro.suspended")
	w.later(day)
	w.as(ana, "POST", "posts/", inside).ok(201)
}

func TestWhoMaySuspendAndLift(t *testing.T) {
	w, community := moderated(t)
	suspend := object{"decision": "suspend", "reason": "x", "days": 1}
	w.moderate(mario, path("posts/%d/", w.posted(rosa, object{"community_id": community})), suspend).refused(403, "foro.staff_decides")
	w.moderate(mario, path("posts/%d/", w.posted(duena, object{"community_id": community})), suspend).refused(403, "foro.staff_decides")
	w.moderate(duena, path("posts/%d/", w.posted(mario, object{"community_id": community})), suspend).ok(200)
	w.moderate(jefa, path("posts/%d/", w.posted(ana, object{"community_id": community})), suspend).ok(200)
	rows := results(w.as(jefa, "GET", "moderation/suspensions/", nil).ok(200))
	require.Len(t, rows, 2)
	staffs, theirs := path("moderation/suspensions/%.0f/", rows[0]["id"]), path("moderation/suspensions/%.0f/", rows[1]["id"])
	require.Len(t, results(w.as(rosa, "GET", "moderation/suspensions/", nil).ok(200)), 1)
	w.as(carla, "GET", "moderation/suspensions/", nil).ok(403)
	w.as(carla, "DELETE", theirs, nil).ok(404)
	w.as(rosa, "DELETE", staffs, nil).ok(404)
	w.as(mario, "DELETE", theirs, nil).refused(403, "foro.own_case")
	w.as(rosa, "DELETE", theirs+"?reason=Perd%C3%B3n", nil).ok(204)
	w.as(rosa, "DELETE", theirs, nil).refused(409, "foro.nothing_to_decide")
	w.as(jefa, "DELETE", staffs, nil).ok(204)
	w.posted(ana)
	has(t, results(w.as(0, "GET", "moderation/log/", nil).ok(200))[1], object{"decision": "lift", "reason": "Perdón", "role": "moderator"})
}

func TestSuspensionsHideWhatSomebodyWroteUntilTheyEnd(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community})
	outside := w.posted(ana)
	host := w.posted(luis, object{"community_id": community})
	comment, theirs := w.commented(ana, host), w.commented(luis, id)
	kept, nameless := w.posted(ana, object{"community_id": community}), w.posted(ana, object{"community_id": community, "anonymous": true})
	for i := range 450 { // more than go at once
		w.exec("insert into comment (post_id, user_id, content) values ($1, $2, $3)", []int64{host, outside}[i%2], ana, fmt.Sprint("Comentario ", i))
	}
	w.moderate(mario, path("posts/%d/", id), object{"decision": "suspend", "reason": "x", "days": 3, "hide_content": true}).ok(200)
	w.job("foro.withhold")
	for target, want := range map[string]string{path("posts/%d/", id): "hidden", path("posts/%d/", outside): "visible", path("comments/%d/", comment): "hidden",
		path("comments/%d/", theirs): "visible", path("posts/%d/", kept): "hidden",
		path("posts/%d/", nameless): "visible", // else everybody sees whose it is
	} {
		require.Equal(t, want, w.stateOf(target), target)
	}
	require.Equal(t, 0., w.as(0, "GET", path("posts/%d/", host), nil).ok(200)["comments_count"])
	require.Equal(t, 225., w.as(0, "GET", path("posts/%d/", outside), nil).ok(200)["comments_count"])

	w.moderate(mario, path("posts/%d/", kept), object{"decision": "remove", "reason": "Esto sí."}).ok(200)
	w.moderate(mario, path("comments/%d/", comment), object{"decision": "restore"}).ok(200)
	w.moderate(jefa, path("posts/%d/", outside), object{"decision": "suspend", "reason": "x", "days": 1, "hide_content": true}).ok(200)
	w.job("foro.withhold")
	require.Equal(t, "hidden", w.stateOf(path("posts/%d/", outside)))
	lifted := results(w.as(rosa, "GET", "moderation/suspensions/", nil).ok(200))[0]["id"]
	w.as(rosa, "DELETE", path("moderation/suspensions/%.0f/", lifted), nil).ok(204)
	w.job("foro.withhold")
	require.Equal(t, "hidden", w.stateOf(path("posts/%d/", id)), "the other still hides it")
	w.later(day)
	w.job("foro.withhold")
	for target, want := range map[string]string{path("posts/%d/", id): "visible", path("posts/%d/", outside): "visible", path("comments/%d/", comment): "visible", path("posts/%d/", kept): "removed"} {
		require.Equal(t, want, w.stateOf(target), target)
	}
	require.Equal(t, 226., w.as(0, "GET", path("posts/%d/", host), nil).ok(200)["comments_count"])
	require.Zero(t, w.count("withheld"))
	require.Zero(t, w.count("suspension where hiding <> ''"))
}

func TestSuspendingAndWritingAtTheSameTime(t *testing.T) {
	w, community := moderated(t)
	target := path("posts/%d/", w.posted(ana, object{"community_id": community}))
	var running sync.WaitGroup
	for range 8 {
		running.Go(func() { w.as(ana, "POST", "posts/", object{"title": "x", "content": "x", "community_id": community}) })
	}
	running.Go(func() {
		w.moderate(mario, target, object{"decision": "suspend", "reason": "x", "days": 1, "hide_content": true})
	})
	running.Wait()
	w.job("foro.withhold")
	require.Zero(t, w.count("post where author_id = $1 and state = 'visible'", ana), "nothing slips past")
}

func TestNewcomersWriteALittle(t *testing.T) {
	w, _ := moderated(t, func(c *foromod.Config) { c.NewcomerPeriod, c.NewcomerPosts, c.NewcomerComments = 7*day, 2, 3 })
	host := w.posted(luis)
	statuses := make([]int, 8)
	var running sync.WaitGroup
	for i := range statuses {
		running.Go(func() { statuses[i] = w.as(ana, "POST", "posts/", object{"title": "x", "content": "x"}).Status })
	}
	running.Wait()
	require.ElementsMatch(t, []int{201, 201, 429, 429, 429, 429, 429, 429}, statuses)
	w.exec("delete from post where author_id = $1", ana)
	full := w.as(ana, "POST", "posts/", object{"title": "x", "content": "x"})
	full.refused(429, "foro.too_many")
	require.Equal(t, "86400", full.Header.Get("Retry-After"))
	for range 3 {
		w.commented(ana, host)
	}
	w.as(ana, "POST", "comments/", object{"post": host, "content": "x"}).refused(429, "foro.too_many")
	w.later(23 * time.Hour)
	require.Equal(t, "3600", w.as(ana, "POST", "posts/", object{"title": "x", "content": "x"}).Header.Get("Retry-After"))
	w.later(time.Hour + time.Second)
	w.job("foro.purge-counts")
	require.Zero(t, w.count("newcomer_text"))
	w.posted(ana)
	w.later(6 * day)
	for range 5 {
		w.posted(ana)
	}
	require.Equal(t, 1, w.count("newcomer_text"), "they are newcomers no more")
}

func TestACaseAboutADeletedCommentCanBeEnded(t *testing.T) {
	w, community := moderated(t)
	comment := w.commented(ana, w.posted(luis, object{"community_id": community}))
	target := path("comments/%d/", comment)
	w.report(carla, target).ok(201)
	w.exec("update comment set state = 'deleted' where id = $1", comment)
	w.report(beto, target).ok(404)
	one := w.caseOf(mario)
	require.Equal(t, "", w.as(mario, "GET", one, nil).ok(200)["comment"].(object)["content"])
	w.as(mario, "POST", one+"decide/", object{"decision": "hide", "reason": "x"}).refused(409, "foro.nothing_to_decide")
	w.as(mario, "POST", one+"decide/", object{"decision": "remove", "reason": "x"}).ok(200)
	require.Equal(t, "deleted", w.stateOf(target))
}
