package foromod_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/foro/foromod"
)

// Comments and reactions tell whose post or comment it is, with what to open; nobody of their own (fault 53).
func TestNotificationsOfCommentsAndReactions(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	first := w.commented(luis, id)
	reply := w.commented(carla, id, object{"parent": first})
	w.commented(ana, id) // her own post
	w.commented(luis, id, object{"parent": first})
	w.react(luis, "heart", "post", id).ok(201)
	w.react(ana, "like", "post", id).ok(201) // her own post
	w.react(ana, "like", "comment", first).ok(201)
	w.tell()

	all := w.notices(ana)
	require.Len(t, all, 2)
	has(t, all[0], object{"recipient_id": float64(ana), "notif_type": "post_reaction", "read": false, "actors_count": 1., "content_type": "post",
		"object_id": float64(id), "post_id": float64(id), "comment_id": nil, "summary": "Luis Paz reaccionó a tu publicación «¿Qué le doy a mi vaca?»"})
	has(t, all[0]["actor"].(object), object{"id": float64(luis), "name": "Luis Paz", "avatar": nil})
	has(t, all[1], object{"notif_type": "post_reply", "actors_count": 2., "summary": "Luis Paz y 1 persona más comentaron tu publicación «¿Qué le doy a mi vaca?»"})

	all = w.notices(luis)
	require.Equal(t, []string{"comment_reaction", "comment_reply"}, field[string](all, "notif_type"))
	has(t, all[1], object{"content_type": "comment", "object_id": float64(first), "post_id": float64(id), "comment_id": float64(reply),
		"summary": "Carla Ruiz respondió a tu comentario en «¿Qué le doy a mi vaca?»"})
	one := w.as(luis, "GET", path("notifications/%d/", int64(all[1]["id"].(float64))), nil, "Accept-Language", "en").ok(200)
	require.Equal(t, "Carla Ruiz replied to your comment on “¿Qué le doy a mi vaca?”", one["summary"])
	require.Empty(t, w.notices(carla))
	require.Equal(t, []string{"1 post_reply 1 1", "1 post_reply 1 2", "2 comment_reply 1 2", "1 post_reply 1 4", "1 post_reaction 1 0", "2 comment_reaction 1 1"}, w.live())
}

// What somebody takes back and does again is not told again, nor another kind of it, nor what was deleted (fault 53).
func TestACauseIsToldOnce(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	w.commented(luis, id)
	w.tell()
	for _, kind := range []foro.ReactionType{foro.Like, foro.Heart, foro.Like, foro.Dislike} {
		w.reactedTo(luis, foro.Target{PostID: id}, kind)
		w.exec("delete from reaction")
	}
	require.Equal(t, 2, w.count("notification"))
	require.Len(t, w.live(), 2)
	for _, n := range w.notices(ana) {
		w.as(ana, "DELETE", path("notifications/%d/", int64(n["id"].(float64))), nil).ok(204)
	}
	w.exec("delete from inbox") // the bus hands everything over again
	w.tell()
	w.reactedTo(luis, foro.Target{PostID: id}, foro.Like)
	require.Empty(t, w.notices(ana))
	require.Equal(t, object{"count": 0.}, w.as(ana, "GET", "notifications/unread/", nil).ok(200))
}

// Whom an edit mentions is told, unless the same text told them of something before.
func TestAnEditTellsWhomItMentionsAnew(t *testing.T) {
	w := setup(t)
	id := w.posted(ana, object{"mention_ids": []int64{luis}})
	comment := w.commented(beto, id, object{"mention_ids": []int64{luis}})
	w.tell()
	require.Equal(t, []string{"mention", "mention"}, field[string](w.notices(luis), "notif_type"))
	for range 2 {
		w.as(ana, "PATCH", path("posts/%d/", id), object{"mention_ids": []int64{}}).ok(200)
		w.as(ana, "PATCH", path("posts/%d/", id), object{"mention_ids": []int64{luis, carla}}).ok(200)
		w.as(beto, "PATCH", path("comments/%d/", comment), object{"mention_ids": []int64{ana, luis, carla}}).ok(200)
		w.as(beto, "PATCH", path("comments/%d/", comment), object{"mention_ids": []int64{luis}}).ok(200)
	}
	w.tell()
	require.Len(t, w.notices(luis), 2)
	require.Len(t, w.notices(ana), 1, "she has been told of the comment, as the post's author")
	told := w.notices(carla)
	require.Equal(t, []string{"mention", "mention"}, field[string](told, "notif_type"))
	has(t, told[0], object{"post_id": float64(id), "comment_id": float64(comment)})
	has(t, told[1], object{"post_id": float64(id), "comment_id": nil})
}

// An edit tells nobody who has muted its post or author or has mentions off, and nobody once moderators have hidden it.
func TestAnEditTellsThoseAloneWhoWantToKnowAndMay(t *testing.T) {
	w := setup(t)
	id, hidden := w.posted(ana), w.posted(ana)
	comment, below := w.commented(ana, id), w.commented(ana, hidden)
	w.as(luis, "POST", path("posts/%d/mute/", id), nil).ok(200)
	w.as(beto, "POST", path("people/%d/mute/", ana), nil).ok(200)
	w.as(carla, "PATCH", "notifications/preferences/", object{"types": object{"mention": false}}).ok(200)
	w.as(jefa, "POST", path("posts/%d/moderate/", hidden), object{"decision": "hide", "reason": "Insultos"}).ok(200)
	w.exec("delete from notification")
	everybody := object{"mention_ids": []int64{luis, beto, carla, nadie}}
	for _, at := range []string{path("posts/%d/", id), path("comments/%d/", comment), path("posts/%d/", hidden)} {
		w.as(ana, "PATCH", at, everybody).ok(200)
	}
	w.happens(foro.MentionsAdded{PostID: hidden, CommentID: below, UserIDs: []int64{luis, beto, carla, nadie}})
	for userID, want := range map[int64]int{luis: 0, beto: 0, carla: 0, nadie: 2} {
		require.Equal(t, want, w.count("notification where type = 'mention' and recipient_id = $1", userID), "user %d", userID)
	}
}

// While it is unread others join a notification; once it is read a new one begins.
func TestNotificationsAreGrouped(t *testing.T) {
	w := setup(t)
	id, other := w.posted(ana), w.posted(ana)
	for _, u := range []int64{luis, carla, beto} {
		w.reactedTo(u, foro.Target{PostID: id}, foro.Like)
	}
	w.reactedTo(luis, foro.Target{PostID: other}, foro.Like)
	all := w.notices(ana)
	require.Len(t, all, 2)
	require.Equal(t, "3 personas reaccionaron a tu publicación «¿Qué le doy a mi vaca?»", all[1]["summary"], "auth does not know the last one's name")
	w.reactedTo(jefa, foro.Target{PostID: id}, foro.Like)
	all = w.notices(ana)
	require.Equal(t, "Jefa y 3 personas más reaccionaron a tu publicación «¿Qué le doy a mi vaca?»", all[0]["summary"], "the newest activity is first")
	w.users.away(true)
	require.Equal(t, []string{"4 personas reaccionaron a tu publicación «¿Qué le doy a mi vaca?»", "Alguien reaccionó a tu publicación «¿Qué le doy a mi vaca?»"}, w.summaries(ana))
	w.users.away(false)

	require.Equal(t, object{"updated": 1.}, w.as(ana, "POST", "notifications/mark_read/", object{"ids": []any{all[0]["id"]}}).ok(200))
	w.reactedTo(nadie, foro.Target{PostID: id}, foro.Like)
	all = w.notices(ana)
	require.Len(t, all, 3)
	has(t, all[0], object{"actors_count": 1., "read": false, "summary": "Nadie reaccionó a tu publicación «¿Qué le doy a mi vaca?»"})
	has(t, all[1], object{"actors_count": 4., "read": true})
	for range 3 { // one person who comments three times is one
		w.commented(luis, id)
	}
	w.tell()
	has(t, w.notices(ana)[0], object{"notif_type": "post_reply", "actors_count": 1.})
	before := w.users.asked()
	require.Len(t, w.notices(ana), 4)
	require.Equal(t, before+1, w.users.asked(), "one question for all names on a page")
}

// One comment tells one person at most once, as the first of: mention, comment_reply, post_reply, followed_post.
func TestOneCommentTellsAPersonOnce(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	first := w.commented(luis, id)
	for _, u := range []int64{ana, luis, carla, beto} {
		w.as(u, "POST", path("posts/%d/follow/", id), nil).ok(200)
	}
	w.tell()
	w.exec("truncate notification, notice_cause")
	reply := w.commented(jefa, id, object{"parent": first})
	w.exec("insert into mention (comment_id, user_id) select $1, u from unnest($2::bigint[]) u", reply, []int64{ana, carla, jefa})
	w.tell()
	require.Equal(t, []string{"mention"}, field[string](w.notices(ana), "notif_type"))
	require.Equal(t, []string{"comment_reply"}, field[string](w.notices(luis), "notif_type"))
	require.Equal(t, []string{"mention"}, field[string](w.notices(carla), "notif_type"))
	require.Equal(t, []string{"followed_post"}, field[string](w.notices(beto), "notif_type"))
	require.Empty(t, w.notices(jefa))
	has(t, w.notices(carla)[0], object{"content_type": "comment", "object_id": float64(reply), "comment_id": float64(reply),
		"summary": "Jefa te mencionó en una publicación: «¿Qué le doy a mi vaca?»"})
	has(t, w.notices(beto)[0], object{"content_type": "post", "object_id": float64(id), "comment_id": float64(reply),
		"summary": "Jefa comentó una publicación que sigues: «¿Qué le doy a mi vaca?»"})

	// Who wants no mentions is told of the answer.
	w.as(ana, "PATCH", "notifications/preferences/", object{"types": object{"mention": false}}).ok(200)
	again := w.commented(jefa, id)
	w.exec("insert into mention (comment_id, user_id) values ($1, $2)", again, ana)
	w.tell()
	require.Equal(t, []string{"post_reply", "mention"}, field[string](w.notices(ana), "notif_type"))
}

// Who asks without their name is Anónimo in what others are told, and no event tells who it is.
func TestNotificationsKeepAskersAnonymous(t *testing.T) {
	w := setup(t)
	w.as(beto, "POST", path("people/%d/follow/", ana), nil).ok(200)
	id := w.posted(ana, object{"anonymous": true})
	w.tagged(id, "vacas")
	w.as(carla, "POST", "tags/Vacas/follow/", nil).ok(200)
	w.tell()
	require.Empty(t, w.notices(beto), "who follows her would learn that it is her")
	has(t, w.notices(carla)[0], object{"notif_type": "followed_tag", "summary": "Anónimo publicó sobre un tema que sigues: «¿Qué le doy a mi vaca?»"})

	answer := w.commented(luis, id)
	w.commented(ana, id, object{"parent": answer})
	w.tell()
	w.reactedTo(ana, foro.Target{PostID: id, CommentID: answer}, foro.Heart)
	w.happens(foro.AnswerAccepted{PostID: id, CommentID: answer})
	all := w.notices(luis)
	require.Equal(t, []string{"answer_accepted", "comment_reaction", "comment_reply"}, field[string](all, "notif_type"))
	for _, n := range all {
		require.Equal(t, object{"id": 0., "name": "Anónimo", "avatar": nil}, n["actor"])
		require.Contains(t, n["summary"], "Anónimo ")
	}
	require.Equal(t, []string{"post_reply"}, field[string](w.notices(ana), "notif_type"))
	for _, e := range w.texts("select data::text from outbox where topic = 'foro.events'") {
		if strings.Contains(e, `"user_id": 1,`) || strings.Contains(e, `"author_id": 1,`) {
			require.NotContains(t, e, `"post_id": 1,`, "the event tells who asks")
		}
	}

	// Muting somebody does not tell whether it is them.
	w.as(luis, "POST", path("people/%d/mute/", ana), nil).ok(200)
	w.commented(ana, id, object{"parent": answer})
	w.commented(ana, w.posted(luis))
	w.tell()
	has(t, w.notices(luis)[0], object{"notif_type": "comment_reply", "actors_count": 1.})
	require.Len(t, w.notices(luis), 3)
}

func TestAnswersAndModerationAreTold(t *testing.T) {
	w := setup(t)
	id := w.posted(carla)
	answer := w.commented(luis, id)
	w.commented(beto, id)
	w.tell()
	w.happens(foro.AnswerAccepted{PostID: id, CommentID: answer})
	w.happens(foro.AnswerValidated{PostID: id, CommentID: answer, UserID: beto})
	w.happens(foro.AnswerValidated{PostID: id, CommentID: answer, UserID: ana}) // the forum does not know her yet
	w.happens(foro.QuestionWaiting{PostID: id, UserIDs: []int64{ana, carla}})
	w.happens(foro.Moderated{UserID: luis, PostID: id, CommentID: answer, Decision: "hide", Reason: "spam"})
	require.Equal(t, []string{"El equipo de moderación ocultó tu comentario en «¿Qué le doy a mi vaca?». Motivo: spam",
		"Ana Flores y 1 persona más validaron tu respuesta en «¿Qué le doy a mi vaca?»",
		"Carla Ruiz aceptó tu respuesta en «¿Qué le doy a mi vaca?»"}, w.summaries(luis))
	has(t, w.notices(luis)[0]["actor"].(object), object{"id": 0., "name": "Moderación"})
	require.Equal(t, []string{"Una pregunta espera respuesta: «¿Qué le doy a mi vaca?»"}, w.summaries(ana))
	require.Len(t, w.notices(carla), 1, "she asked it herself, and has two answers")

	w.as(luis, "POST", path("posts/%d/mute/", id), nil).ok(200)
	w.happens(foro.Moderated{UserID: 0, PostID: id, CommentID: answer, Decision: "restore"}) // it does not say whose it is
	w.happens(foro.Moderated{UserID: luis, Decision: "suspend", Reason: "Insultos."})
	require.Equal(t, []string{"El equipo de moderación suspendió tu cuenta en el foro por lo que escribiste. Motivo: Insultos.",
		"El equipo de moderación volvió a mostrar tu comentario en «¿Qué le doy a mi vaca?»"}, w.summaries(luis)[:2])
	has(t, w.notices(luis)[0], object{"content_type": "", "object_id": nil, "post_id": nil, "comment_id": nil})
}

// Nobody is told of what they have muted, or may not see; its title is not shown to whom it was taken away from.
func TestMutesAndWhatIsHidden(t *testing.T) {
	w := setup(t)
	muted, other := w.posted(ana), w.posted(ana)
	w.tell()
	require.Equal(t, object{"muted": true}, w.as(ana, "POST", path("posts/%d/mute/", muted), nil).ok(200))
	w.as(ana, "POST", path("people/%d/mute/", luis), nil).ok(200)
	w.commented(carla, muted)
	w.commented(luis, other)
	w.tell()
	w.reactedTo(luis, foro.Target{PostID: other}, foro.Like)
	w.reactedTo(carla, foro.Target{PostID: muted}, foro.Like)
	require.Empty(t, w.notices(ana))
	require.Empty(t, w.live())
	w.as(ana, "DELETE", path("posts/%d/mute/", muted), nil).ok(200)
	w.as(ana, "DELETE", path("people/%d/mute/", luis), nil).ok(200)
	first := w.commented(luis, muted)
	w.commented(carla, muted, object{"parent": first})
	w.tell()
	require.Equal(t, []string{"Carla Ruiz y 1 persona más comentaron tu publicación «¿Qué le doy a mi vaca?»"}, w.summaries(ana))

	w.exec("update post set state = 'hidden' where id = $1", muted)
	require.Equal(t, []string{"Carla Ruiz respondió a tu comentario"}, w.summaries(luis))
	require.Contains(t, w.summaries(ana)[0], "vaca", "it is hers")
	w.reactedTo(beto, foro.Target{PostID: muted, CommentID: first}, foro.Like)
	require.Len(t, w.notices(luis), 1)
	w.exec("update comment set state = 'hidden' where post_id = $1", other)
	w.exec("delete from inbox")
	w.exec("truncate notification, notice_cause")
	w.tell()
	require.Equal(t, 1, w.count("notification where recipient_id = $1 and type = 'post_reply'", ana), "of the hidden post, which is hers; not of the hidden comment")
}

func TestReadingNotifications(t *testing.T) {
	w := setup(t)
	var ids []int64
	for range 5 {
		w.commented(luis, w.posted(ana))
		w.tell()
		ids = append(ids, int64(w.notices(ana)[0]["id"].(float64)))
	}
	read := func(userID int64, body object) float64 {
		t.Helper()
		return w.as(userID, "POST", "notifications/mark_read/", body).ok(200)["updated"].(float64)
	}
	unread := func() float64 { return w.as(ana, "GET", "notifications/unread/", nil).ok(200)["count"].(float64) }
	require.Equal(t, 5., unread())
	require.Zero(t, read(ana, object{}))
	require.Zero(t, read(ana, object{"ids": []int64{}}))
	require.Zero(t, read(ana, object{"ids": []int64{999, -1}, "up_to": 999}))
	require.Zero(t, read(luis, object{"ids": ids, "up_to": ids[4]}), "they are not his")
	require.Equal(t, 1., read(ana, object{"ids": []int64{ids[4], ids[4]}}))
	require.Equal(t, 2., read(ana, object{"up_to": ids[1]}))
	require.Equal(t, 2., unread())
	shown := results(w.as(ana, "GET", "notifications/?unread=true", nil).ok(200))
	require.Equal(t, []float64{float64(ids[3]), float64(ids[2])}, field[float64](shown, "id"))
	require.Equal(t, 2., w.as(ana, "GET", "notifications/?unread=true", nil).ok(200)["count"])
	require.Equal(t, 2., read(ana, object{"all": true}))
	require.Zero(t, unread())

	w.as(luis, "GET", path("notifications/%d/", ids[0]), nil).ok(404)
	w.as(luis, "DELETE", path("notifications/%d/", ids[0]), nil).ok(404)
	w.as(0, "GET", "notifications/", nil).ok(401)
	w.as(ana, "DELETE", path("notifications/%d/", ids[0]), nil).ok(204)
	w.as(ana, "GET", path("notifications/%d/", ids[0]), nil).ok(404)

	var walked []float64
	for at := "notifications/?cursor=*&page_size=3"; at != ""; {
		page := w.as(ana, "GET", at, nil).ok(200)
		walked = append(walked, field[float64](results(page), "id")...)
		next, _ := page["next"].(string)
		_, at, _ = strings.Cut(next, "/api/foro/")
	}
	require.Equal(t, []float64{float64(ids[4]), float64(ids[3]), float64(ids[2]), float64(ids[1])}, walked)
}

// Where the comment is gone that it was about, a notification opens the post; with the post it goes.
func TestNotificationsOfWhatIsGone(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	w.commented(luis, id)
	w.tell()
	w.exec("delete from comment")
	has(t, w.notices(ana)[0], object{"post_id": float64(id), "comment_id": nil})
	w.exec("delete from post")
	require.Empty(t, w.notices(ana))
	require.Zero(t, w.count("notice_cause"))
}

func TestOldNotificationsArePurged(t *testing.T) {
	w := setup(t, func(c *foromod.Config) { c.KeepNotices = 30 * 24 * time.Hour })
	for _, age := range []string{"29 days", "31 days", "90 days", "1 day"} {
		id := w.posted(ana)
		w.commented(luis, id)
		w.tell()
		w.exec("update notification set updated_at = now() - $2::interval, created_at = now() - interval '100 days' where post_id = $1", id, age)
	}
	w.job("foro.purge-notices")
	require.Len(t, w.notices(ana), 2)
	w.later(10 * 24 * time.Hour)
	w.job("foro.purge-notices")
	require.Len(t, w.notices(ana), 1)
}

// Summaries have at most 512 characters, however long names and titles are, and show them as they were written.
func TestSummariesAreShort(t *testing.T) {
	w := setup(t)
	u := w.users.known[luis]
	u.FullName = strings.Repeat("Ñandú🐄", 60)
	w.users.put(u)
	w.commented(luis, w.posted(ana, object{"title": strings.Repeat("¿%s|", 63)}))
	w.tell()
	w.happens(foro.Moderated{UserID: ana, PostID: 1, Decision: foro.Decision(strings.Repeat("x", 600)), Reason: strings.Repeat("ñ", 900)})
	for _, s := range w.summaries(ana) {
		require.LessOrEqual(t, len([]rune(s)), 512)
		require.Contains(t, s, "«¿%s|¿%s|")
	}
}
