package foromod_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

const removal = "Fomenta el maltrato."

func (w *world) withdrawn() (ids []float64) {
	w.t.Helper()
	for _, data := range w.texts("select data::text from outbox where type = 'media.withdrawn' order by position") {
		var o object
		require.NoError(w.t, json.Unmarshal([]byte(data), &o))
		for _, id := range o["media_ids"].([]any) {
			ids = append(ids, id.(float64))
		}
	}
	return ids
}

func TestWhatIsRemovedLosesItsFilesAndItsText(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community, "media_id": 7})
	comment := w.commented(luis, id, object{"media_id": 8})
	w.exec("insert into revision (post_id, version, title, content, media_id) values ($1, 1, 'Antes', 'Decía otra cosa.', 9)", id)
	w.moderate(mario, path("comments/%d/", comment), object{"decision": "remove", "reason": removal}).ok(200)
	require.Equal(t, []float64{8}, w.withdrawn())
	has(t, w.as(luis, "GET", path("comments/%d/", comment), nil).ok(200), object{"content": "Llame al veterinario.", "media": nil, "state": "removed"})
	for _, who := range []int64{0, carla, mario} {
		require.Equal(t, "", w.as(who, "GET", path("comments/%d/", comment), nil).ok(200)["content"], who)
	}
	require.Equal(t, 0., w.as(0, "GET", path("posts/%d/", id), nil).ok(200)["comments_count"])

	seen := w.moderate(mario, path("posts/%d/", id), object{"decision": "remove", "reason": removal}).ok(200)
	require.Equal(t, "", seen["post"].(object)["content"], "who has decided does not read on")
	require.Equal(t, []float64{8, 7, 9}, w.withdrawn(), "also what it showed before")
	w.as(carla, "GET", path("posts/%d/", id), nil).ok(404)
	require.Equal(t, "", w.as(mario, "GET", path("posts/%d/", id), nil).ok(200)["title"])
	for _, who := range []int64{ana, jefa} {
		has(t, w.as(who, "GET", path("posts/%d/", id), nil).ok(200), object{"content": "Está triste y no come desde ayer.", "media": nil})
	}
	w.moderate(mario, path("posts/%d/", id), object{"decision": "remove", "reason": removal}).refused(409, "foro.nothing_to_decide")
	w.moderate(rosa, path("posts/%d/", id), object{"decision": "restore"}).ok(200)
	has(t, w.as(0, "GET", path("posts/%d/", id), nil).ok(200), object{"content": "Está triste y no come desde ayer.", "media": nil, "state": "visible"})
	require.Zero(t, w.count("revision where media_id is not null"))
}

func TestTheCaseShowsWhatWasSaidBefore(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community, "content": "Todos los productos de Juan son cura milagrosa."})
	w.exec("insert into revision (post_id, version, title, content, media_id) values ($1, 1, 'Antes', 'Decía otra cosa.', 9)", id)
	w.report(carla, path("posts/%d/", id), object{"reason": "dangerous_advice", "note": "Mata."}).ok(201)
	for who, named := range map[int64]bool{mario: false, jefa: true} {
		one := w.as(who, "GET", w.caseOf(who), nil).ok(200)
		require.Equal(t, "Decía otra cosa.", one["history"].([]any)[0].(object)["content"])
		r := one["all_reports"].([]any)[0].(object)
		require.Equal(t, "Mata.", r["note"])
		require.Equal(t, named, r["reporter"] != nil)
		require.Equal(t, "miracle_cure", one["flags"].([]any)[0].(object)["rule"])
	}
}

func TestTheLogIsPublicAndNamesNobody(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community})
	comment := w.commented(luis, id)
	w.report(carla, path("posts/%d/", id), object{"note": "secreto"}).ok(201)
	w.moderate(mario, path("posts/%d/", id), object{"decision": "hide", "reason": "Mal."}).ok(200)
	w.later(time.Second)
	w.moderate(jefa, path("comments/%d/", comment), object{"decision": "warn", "reason": "Cuidado."}).ok(200)
	raw := w.as(0, "GET", "moderation/log/", nil)
	rows := results(raw.ok(200))
	require.Len(t, rows, 2)
	has(t, rows[0], object{"decision": "warn", "role": "staff", "reason": "Cuidado.", "target": object{"kind": "comment", "post_id": float64(id), "comment_id": float64(comment)}})
	has(t, rows[1], object{"decision": "hide", "role": "moderator", "target": object{"kind": "post", "post_id": float64(id), "comment_id": nil}})
	for _, name := range []string{"Ana", "Luis", "Carla", "Jefa", "secreto", "actor", "author"} {
		require.NotContains(t, raw.Raw, name)
	}
	require.Equal(t, float64(jefa), results(w.as(jefa, "GET", "moderation/log/?cursor=*&page_size=1", nil).ok(200))[0]["actor"].(object)["id"])
	require.NotContains(t, w.as(mario, "GET", "moderation/log/", nil).Raw, "actor")

	for _, change := range []string{"update decision set reason = 'Otra.'", "update decision set decision = 'dismiss', reason = ''", "update decision set actor_id = 3", "delete from decision", "truncate decision cascade"} {
		_, err := w.db.Q(t.Context()).Exec(t.Context(), change)
		require.ErrorContains(t, err, "decisions are not changed", change)
	}
	w.exec("delete from post")
	require.Len(t, results(w.as(0, "GET", "moderation/log/", nil).ok(200)), 2, "it outlives what it is about")
}

func TestAnonymousAuthorsAreKnownToStaffAlone(t *testing.T) {
	w, community := moderated(t)
	open := path("posts/%d/", w.posted(ana, object{"community_id": community, "title": "Con nombre"}))
	id := w.posted(ana, object{"community_id": community, "anonymous": true})
	comment := w.commented(ana, id)
	w.moderate(mario, open, object{"decision": "warn", "reason": "Con nombre."}).ok(200)
	for _, target := range []string{path("posts/%d/", id), path("comments/%d/", comment)} {
		w.report(carla, target).ok(201)
		one := w.as(mario, "GET", w.caseOf(mario), nil)
		one.ok(200)
		require.NotContains(t, one.Raw, "Ana")
		require.Empty(t, one.ok(200)["author_decisions"])
		staff := w.as(jefa, "GET", w.caseOf(jefa), nil)
		require.Contains(t, staff.Raw, "Ana Flores")
		require.NotEmpty(t, staff.ok(200)["author_decisions"])
		w.moderate(mario, target, object{"decision": "suspend", "reason": "x", "days": 1, "hide_content": true}).refused(403, "foro.staff_decides")
		after := w.moderate(mario, target, object{"decision": "suspend", "reason": "x", "days": 1})
		after.ok(200)
		require.NotContains(t, after.Raw, "Ana")
		row := results(w.as(mario, "GET", "moderation/suspensions/", nil).ok(200))[0]
		require.Nil(t, row["user"])
		require.Equal(t, "Ana Flores", results(w.as(jefa, "GET", "moderation/suspensions/", nil).ok(200))[0]["user"].(object)["name"])
		w.as(ana, "POST", target+"appeal/", object{"text": "Fui yo."}).ok(201)
		require.NotContains(t, w.as(rosa, "GET", w.caseOf(rosa), nil).Raw, "Ana")
		w.as(rosa, "POST", w.caseOf(rosa)+"decide/", object{"decision": "restore"}).ok(200)
	}
	w.moderate(rosa, open, object{"decision": "lock", "reason": "x"}).ok(200)
	w.report(carla, open).ok(201)
	require.Empty(t, w.as(mario, "GET", w.caseOf(mario), nil).ok(200)["author_decisions"], "what is decided about posts without a name is not told with it")
	require.Empty(t, w.texts("select data::text from outbox where type = 'foro.moderated' and (data::jsonb->>'user_id')::bigint <> 0 and data::jsonb->>'reason' = 'x' and data::jsonb->>'decision' = 'suspend'"))
}

func TestForgettingTakesPeopleOutOfModeration(t *testing.T) {
	w, community := moderated(t)
	id := w.posted(ana, object{"community_id": community})
	w.report(carla, path("posts/%d/", id), object{"note": "Nota."}).ok(201)
	w.moderate(mario, path("posts/%d/", id), object{"decision": "suspend", "reason": "Ana Flores otra vez.", "days": 1, "hide_content": true}).ok(200)
	w.as(ana, "POST", path("posts/%d/appeal/", id), object{"text": "Soy Ana."}).ok(201)
	for _, who := range []int64{ana, carla, mario} {
		w.event(auth.UserDeleted{UserID: who})
	}
	require.Zero(t, w.count("report where reporter_id <> 0 or note <> ''"))
	require.Zero(t, w.count("decision where reason <> '' or author_id <> 0 or actor_id <> 0"))
	require.Zero(t, w.count("suspension"))
	require.Zero(t, w.count("moderation_case where author_id <> 0 or said <> ''"))
	require.Len(t, results(w.as(0, "GET", "moderation/log/", nil).ok(200)), 1)
}
