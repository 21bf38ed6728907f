package foromod_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro/foromod"
)

func removing(c *foromod.Config) { c.DeletedUsers = "remove" }

// lived has luis leave something of everything, and returns his post, his comments with and without replies on
// ana's, and ana's post.
func (w *world) lived() (own, with, without, anas int64) {
	w.t.Helper()
	for _, id := range []int64{ana, beto, carla} {
		w.event(asSpecialist(w, id))
	}
	w.event(asSpecialist(w, luis))
	anas, own = w.posted(ana), w.posted(luis, object{"media_id": 1})
	with, without = w.commented(luis, anas, object{"media_id": 2}), w.commented(luis, anas)
	answer := w.commented(ana, anas, object{"parent": with, "mention_ids": []int64{luis, carla}})
	w.commented(luis, anas, object{"parent": answer})
	w.as(luis, "PATCH", path("comments/%d/", without), object{"content": "Mi teléfono ya no."}).ok(200)
	for range 3 {
		w.commented(carla, own, object{"media_id": 3})
	}
	w.as(luis, "POST", path("comments/%d/validate/", answer), nil).ok(200)
	w.as(ana, "POST", path("posts/%d/accept/", anas), object{"comment": without}).ok(200)
	w.exec("insert into reaction (user_id, post_id, type) values (2, $1, 'like'), (2, $2, 'like'), (3, $1, 'like')", anas, own)
	w.exec("insert into reaction (user_id, comment_id, type) values (2, $1, 'like'), (3, $2, 'heart')", answer, without)
	w.exec("insert into community (name, slug) values ('Vacas', 'vacas')")
	w.exec("insert into member (community_id, user_id) values (1, 2), (1, 3)")
	w.exec("insert into draft (user_id, title) values (2, 'a'), (3, 'b')")
	w.exec("insert into revision (post_id, version, title, content) values ($1, 7, 'x', 'y')", own)
	return own, with, without, anas
}

// named counts where somebody is still referred to.
func (w *world) named(id int64) (n int) {
	w.t.Helper()
	for _, at := range []string{"post where author_id", "comment where user_id", "reaction where user_id", "validation where user_id", "mention where user_id", "member where user_id",
		"draft where user_id", "open_question where author_id", "person where forgetting and user_id"} {
		n += w.count(at+" = $1", id)
	}
	return n
}

func TestWhatThoseWroteWhoAreGoneStaysWithoutTheirName(t *testing.T) {
	w := setup(t)
	own, with, without, anas := w.lived()
	before := w.count("comment")
	for range 2 { // events may come twice
		w.event(deleted(luis))
	}
	require.Zero(t, w.count("member where user_id = 2")+w.count("draft where user_id = 2"), "at once")
	for range 2 {
		w.job("foro.forget")
	}
	require.Zero(t, w.named(luis))
	require.Equal(t, before, w.count("comment"))
	require.Zero(t, w.count("revision"))
	require.Equal(t, 1, w.count("community where members_count = 1"))
	w.agrees()
	for _, at := range []string{path("posts/%d/", own), path("comments/%d/", with), path("comments/%d/", without)} {
		o := w.as(0, "GET", at, nil).ok(200)
		require.NotEmpty(t, o["content"])
		who, ok := o["author"]
		if !ok {
			who = o["user"]
		}
		has(t, who.(object), object{"id": 0., "name": "Usuario eliminado"})
	}
	w.answered(anas, without, true)
	w.as(luis, "PATCH", path("comments/%d/", with), object{"content": "x"}).ok(403)
	for _, id := range []int64{0, luis, beto} {
		require.NotContains(t, []int{200, 204}, w.as(id, "DELETE", path("comments/%d/", with), nil).Status, "what is nobody's is not everybody's")
	}
}

func TestWhatThoseWroteWhoAreGoneGoesWithThem(t *testing.T) {
	w := setup(t, removing)
	own, with, without, anas := w.lived()
	w.event(deleted(luis))
	for range 2 {
		w.job("foro.forget")
	}
	require.Zero(t, w.named(luis))
	w.as(0, "GET", path("posts/%d/", own), nil).ok(404)
	w.as(0, "GET", path("comments/%d/", without), nil).ok(404)
	has(t, w.as(0, "GET", path("comments/%d/", with), nil).ok(200), object{"state": "deleted", "content": "", "replies_count": 1.})
	require.Zero(t, w.count("comment where post_id = $1", own))
	require.Equal(t, 2, w.count("comment"), "the place, and ana's answer")
	w.answered(anas, 0, false)
	w.agrees()
	for _, place := range []string{path("foro/posts/%d", own), path("foro/comments/%d", with), "foro/comments/5", "foro/comments/6", "foro/comments/7"} {
		require.Equal(t, 1, w.count("outbox where topic = 'foro.media' and data->>'place' = $1 and coalesce(data->>'media_ids', '[]') in ('[]', 'null')", place), place)
	}
}

// TestForgettingGoesOnWhereItStopped: the database fails in the middle, as when the process dies.
func TestForgettingGoesOnWhereItStopped(t *testing.T) {
	for name, change := range map[string]func(*foromod.Config){"Anonymise": func(*foromod.Config) {}, "Remove": removing} {
		t.Run(name, func(t *testing.T) {
			w := setup(t, change)
			id, other := w.posted(ana), w.posted(luis)
			w.exec("insert into comment (post_id, user_id, content) select $1, 2 + n % 2, 'Sí.' from generate_series(1, 2400) n", id)
			w.exec("insert into comment (post_id, user_id, content) select $1, 3, 'Sí.' from generate_series(1, 1200) n", other)
			w.exec("insert into reaction (user_id, comment_id, type) select 2, id, 'like' from comment where user_id = 3")
			w.exec("insert into post (author_id, question, title, content) select 2, true, 'x', 'y' from generate_series(1, 100)")
			w.event(deleted(luis))
			w.exec(`create function stop() returns trigger language plpgsql as $$ begin raise exception 'stop'; end $$`)
			w.exec(`create trigger stop after update of user_id or delete on comment for each row when (old.id = 700) execute function stop()`)
			for range 2 {
				require.Error(t, w.runJob("foro.forget"))
			}
			require.NotZero(t, w.named(luis))
			require.Zero(t, w.count("reaction"), "what came before is done")
			w.agrees()
			w.exec("drop trigger stop on comment")
			w.restart()
			require.NoError(t, w.runJob("foro.forget"))
			require.Zero(t, w.named(luis))
			w.agrees()
		})
	}
}

func (w *world) runJob(name string) error {
	for _, j := range w.module.Jobs() {
		if j.Name == name {
			return j.Run(context.Background())
		}
	}
	panic(name)
}

// TestNothingLateNamesSomebodyWhoIsGone: a person goes while they and others write.
func TestNothingLateNamesSomebodyWhoIsGone(t *testing.T) {
	for name, change := range map[string]func(*foromod.Config){"Anonymise": func(*foromod.Config) {}, "Remove": removing} {
		t.Run(name, func(t *testing.T) {
			w := setup(t, change)
			w.event(asSpecialist(w, luis))
			id := w.posted(ana)
			first := w.commented(carla, id)
			var forgotten sync.WaitGroup
			inParallel(8, func(i int) {
				for n := range 12 {
					if i == 0 && n == 4 {
						w.event(deleted(luis))
						forgotten.Go(func() { _ = w.runJob("foro.forget") })
					}
					for _, status := range []int{
						w.as(luis, "POST", "comments/", object{"post": id, "content": "Sí."}).Status,
						w.as(luis, "POST", "posts/", object{"title": "¿Sí?", "content": "Sí."}).Status,
						w.as(luis, "POST", path("comments/%d/validate/", first), nil).Status,
						w.as(carla, "POST", "comments/", object{"post": id, "content": "Sí.", "mention_ids": []int64{luis}}).Status,
					} {
						require.Less(t, status, 500)
					}
				}
			})
			forgotten.Wait()
			require.NoError(t, w.runJob("foro.forget"))
			require.Zero(t, w.named(luis))
			has(t, w.as(luis, "POST", "comments/", object{"post": id, "content": "Sí."}).ok(403), object{"code": "foro.account_gone"})
			w.as(luis, "POST", path("comments/%d/validate/", first), nil).ok(403)
			require.Empty(t, w.as(carla, "POST", "comments/", object{"post": id, "content": "x", "mention_ids": []int64{luis}}).ok(201)["mentions"])
			w.agrees()
		})
	}
}
