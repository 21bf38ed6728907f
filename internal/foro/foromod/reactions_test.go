package foromod_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// react reacts to a post or comment.
func (w *world) react(userID int64, how, contentType string, id int64) answer {
	w.t.Helper()
	return w.as(userID, "POST", "reactions/", object{"type": how, "content_type": contentType, "object_id": id})
}

// reacted reacts anew and returns the reaction's id.
func (w *world) reacted(userID int64, how, contentType string, id int64) int64 {
	w.t.Helper()
	return int64(w.react(userID, how, contentType, id).ok(201)["id"].(float64))
}

func TestReactions(t *testing.T) {
	w := setup(t)
	post := w.posted(ana)
	comment := w.commented(luis, post)
	for contentType, id := range map[string]int64{"post": post, "comment": comment} {
		one := path("%ss/%d/", contentType, id)
		like := w.react(carla, "like", contentType, id).ok(201)
		has(t, like, object{"user": float64(carla), "type": "like", "content_type": contentType, "object_id": float64(id)})
		require.Contains(t, like["created_at"], "T")
		require.Equal(t, like, w.react(carla, "like", contentType, id).ok(200), "the same again is the one that is there")
		w.reacted(carla, "heart", contentType, id)
		w.reacted(beto, "dislike", contentType, id)
		has(t, w.as(carla, "GET", one, nil).ok(200), object{"likes_count": 1., "dislikes_count": 1., "hearts_count": 1., "reactions_count": 3., "my_reactions": []any{"like", "heart"}})
		has(t, w.as(0, "GET", one, nil).ok(200), object{"my_reactions": []any{}})
		has(t, w.as(luis, "GET", one, nil).ok(200), object{"my_reactions": []any{}})

		other := w.react(carla, "dislike", contentType, id).ok(201)
		require.NotEqual(t, like["id"], other["id"], "the other vote is a new reaction")
		has(t, w.as(carla, "GET", one, nil).ok(200), object{"likes_count": 0., "dislikes_count": 2., "hearts_count": 1., "my_reactions": []any{"dislike", "heart"}})
		w.as(carla, "DELETE", path("reactions/%v/remove/", like["id"]), nil).ok(404)
		w.as(beto, "DELETE", path("reactions/%v/remove/", other["id"]), nil).ok(404)
		w.as(jefa, "DELETE", path("reactions/%v/remove/", other["id"]), nil).ok(404)
		w.as(0, "DELETE", path("reactions/%v/remove/", other["id"]), nil).ok(401)
		w.as(carla, "DELETE", path("reactions/%v/remove/", other["id"]), nil).ok(204)
		w.as(carla, "DELETE", path("reactions/%v/remove/", other["id"]), nil).ok(404)
		has(t, w.as(carla, "GET", one, nil).ok(200), object{"dislikes_count": 1., "reactions_count": 2., "my_reactions": []any{"heart"}})
	}
	w.countsAgree()
}

func TestAReactionIsToldOnce(t *testing.T) {
	w := setup(t)
	post := w.posted(ana)
	comment := w.commented(luis, post)
	like := w.reacted(carla, "like", "comment", comment)
	w.react(carla, "like", "comment", comment).ok(200)
	dislike := w.reacted(carla, "dislike", "comment", comment)
	heart := w.reacted(carla, "heart", "post", post)
	require.Equal(t, []string{
		path("%d: like of 4 on comment %d in %d", like, comment, post),
		path("%d: dislike of 4 on comment %d in %d", dislike, comment, post),
		path("%d: heart of 4 on post %d in %d", heart, post, post),
	}, w.reactionEvents())
}

// reactionEvents are the foro.reaction.added in the outbox.
func (w *world) reactionEvents() []string {
	w.t.Helper()
	return w.texts(`select format('%s: %s of %s on %s %s in %s', data->>'reaction_id', data->>'type', data->>'user_id', data->>'content_type', data->>'object_id', data->>'post_id')
		from outbox where type = 'foro.reaction.added' order by position`)
}

func TestWhatCannotBeReactedTo(t *testing.T) {
	w := setup(t)
	post := w.posted(ana)
	comment := w.commented(luis, post)
	for _, c := range []struct {
		name   string
		body   any
		status int
		want   object
	}{
		{"AnUnknownType", object{"type": "love", "content_type": "post", "object_id": post}, 400, object{"type": []any{`"love" no es una elección válida.`}}},
		{"ATypeInCapitals", object{"type": "LIKE", "content_type": "post", "object_id": post}, 400, object{"type": []any{`"LIKE" no es una elección válida.`}}},
		{"NoType", object{"content_type": "post", "object_id": post}, 400, object{"type": []any{"Este campo es requerido."}}},
		{"NoTarget", object{"type": "like"}, 400, object{"content_type": []any{"Este campo es requerido."}, "object_id": []any{"Este campo es requerido."}}},
		{"AnotherKind", object{"type": "like", "content_type": "user", "object_id": post}, 400, object{"detail": "invalid content_type"}},
		{"AKindByNumber", object{"type": "like", "content_type": "7", "object_id": post}, 400, object{"detail": "invalid content_type"}},
		{"NoSuchPost", object{"type": "like", "content_type": "post", "object_id": 987654}, 404, object{"detail": "Objeto no encontrado"}},
		{"NoSuchComment", object{"type": "like", "content_type": "comment", "object_id": 987654}, 404, object{"detail": "Objeto no encontrado"}},
		{"Zero", object{"type": "like", "content_type": "comment", "object_id": 0}, 404, object{"detail": "Objeto no encontrado"}},
		{"Negative", object{"type": "like", "content_type": "post", "object_id": -1}, 404, object{"detail": "Objeto no encontrado"}},
		{"Huge", object{"type": "like", "content_type": "post", "object_id": int64(math.MaxInt64)}, 404, object{"detail": "Objeto no encontrado"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			has(t, w.as(carla, "POST", "reactions/", c.body).ok(c.status), c.want)
		})
	}
	for i, body := range []any{nil, []int{1}, "like", object{"type": 1, "content_type": []int{}, "object_id": "x"}, object{"type": nil, "content_type": nil, "object_id": nil},
		object{"type": "like\x00", "content_type": "post\u202e", "object_id": 1e300}, object{"type": "like", "content_type": "post", "object_id": 1.5}} {
		got := w.as(carla, "POST", "reactions/", body)
		require.Equal(t, 400, got.Status, "body %d: %s", i, got.Raw)
	}
	w.as(0, "POST", "reactions/", object{"type": "like", "content_type": "post", "object_id": post}).ok(401)
	require.Zero(t, w.count("reaction"))

	for _, id := range []string{"0", "-1", "99999999999999999999", "x", "9223372036854775807"} {
		require.Equal(t, 404, w.as(carla, "DELETE", "reactions/"+id+"/remove/", nil).Status, id)
	}
	w.exec("update comment set state = 'deleted'")
	has(t, w.react(carla, "like", "comment", comment).ok(404), object{"detail": "Objeto no encontrado"})
	w.reacted(carla, "like", "post", post)
	w.exec("update post set locked = true")
	w.reacted(beto, "like", "post", post)
	for _, state := range []string{"hidden", "removed"} {
		w.exec("update comment set state = 'visible'")
		w.exec("update post set state = $1", state)
		for _, who := range []int64{carla, ana, jefa} {
			has(t, w.react(who, "heart", "post", post).ok(404), object{"detail": "Objeto no encontrado"})
			has(t, w.react(who, "heart", "comment", comment).ok(404), object{"detail": "Objeto no encontrado"})
		}
	}
	w.exec("update post set state = 'visible'")
	w.exec("update person set gone = true where user_id = $1", carla)
	w.react(carla, "heart", "post", post).ok(403)
	require.Equal(t, 2, w.count("reaction"))
}

func TestWhoReacted(t *testing.T) {
	w := setup(t)
	post := w.posted(ana)
	comment := w.commented(luis, post)
	w.reacted(luis, "like", "post", post)
	w.reacted(carla, "heart", "post", post)
	w.reacted(carla, "dislike", "post", post)
	w.reacted(beto, "like", "comment", comment)
	first := w.as(0, "GET", path("reactions/?post=%d&cursor=*&page_size=2", post), nil).ok(200)
	rows := results(first)
	require.Equal(t, []string{"dislike", "heart"}, field[string](rows, "type"))
	has(t, rows[0]["person"].(object), object{"id": float64(carla), "name": "Carla Ruiz"})
	has(t, rows[0], object{"user": float64(carla), "content_type": "post", "object_id": float64(post)})
	second := w.as(0, "GET", below(first["next"]), nil).ok(200)
	require.Equal(t, []string{"like"}, field[string](results(second), "type"))
	require.Nil(t, second["next"])
	has(t, w.as(0, "GET", path("reactions/?post=%d", post), nil).ok(200), object{"count": 3.})
	page := w.as(0, "GET", path("reactions/?comment=%d", comment), nil).ok(200)
	has(t, page, object{"count": 1.})
	has(t, results(page)[0], object{"user": float64(beto), "content_type": "comment", "object_id": float64(comment)})

	w.as(0, "GET", "reactions/", nil).ok(400)
	w.as(0, "GET", path("reactions/?post=%d&comment=%d", post, comment), nil).ok(400)
	for _, query := range []string{"post=0", "post=-1", "post=x", "comment=1.5", "comment=99999999999999999999", path("post=%d&cursor=MA", post), path("post=%d&cursor=e30", post), path("post=%d&cursor=%%00", post)} {
		require.Equal(t, 400, w.as(0, "GET", "reactions/?"+query, nil).Status, query)
	}
	has(t, w.as(0, "GET", "reactions/?post=987654", nil).ok(404), object{"detail": "Objeto no encontrado"})
	w.exec("update comment set state = 'hidden'")
	has(t, w.as(0, "GET", path("reactions/?comment=%d", comment), nil).ok(404), object{"detail": "Objeto no encontrado"})
	w.exec("update comment set state = 'visible'")
	w.exec("update post set state = 'hidden'")
	has(t, w.as(0, "GET", path("reactions/?post=%d", post), nil).ok(404), object{"detail": "Objeto no encontrado"})
	has(t, w.as(0, "GET", path("reactions/?comment=%d", comment), nil).ok(404), object{"detail": "Objeto no encontrado"})
	w.as(ana, "GET", path("reactions/?post=%d", post), nil).ok(200)
}

// below is the part of an address that as takes.
func below(next any) string { return fmt.Sprint(next)[len("http://foro.localhost/api/foro/"):] }

// TestWhoAsksWithoutTheirNameReactsWithoutIt: on their own post and on the answers to it.
func TestWhoAsksWithoutTheirNameReactsWithoutIt(t *testing.T) {
	w := setup(t)
	post := w.posted(ana, object{"anonymous": true})
	comment := w.commented(luis, post)
	w.reacted(ana, "heart", "post", post)
	require.Equal(t, float64(ana), w.react(ana, "like", "comment", comment).ok(201)["user"])
	w.reacted(carla, "like", "comment", comment)
	for _, query := range []string{path("post=%d", post), path("comment=%d", comment)} {
		for reader, known := range map[int64]bool{0: false, luis: false, carla: false, ana: true, jefa: true} {
			rows := results(w.as(reader, "GET", "reactions/?"+query, nil).ok(200))
			asker := rows[len(rows)-1]
			if known {
				has(t, asker, object{"user": float64(ana)})
				continue
			}
			has(t, asker, object{"user": 0.})
			has(t, asker["person"].(object), object{"id": 0., "name": "Anónimo"})
			require.NotContains(t, fmt.Sprint(rows), "Ana")
		}
	}
	require.Equal(t, []string{"0", "0", "4"}, w.texts("select data->>'user_id' from outbox where type = 'foro.reaction.added' order by position"))
	require.Equal(t, []string{"1>2 1", "4>2 1"}, w.affinities(), "nobody has to do with whoever does not show their name")
}

// countsAgree expects that counts are those of the rows, that nobody has two votes on one thing, and that affinity
// is what follows from the rows.
func (w *world) countsAgree() {
	w.t.Helper()
	for _, table := range []string{"post", "comment"} {
		wrong := w.texts(path(`select t.id || ': ' || likes || ' ' || dislikes || ' ' || hearts from %[1]s t where (likes, dislikes, hearts) <>
			(select count(*) filter (where type = 'like'), count(*) filter (where type = 'dislike'), count(*) filter (where type = 'heart') from reaction where %[1]s_id = t.id)`, table))
		require.Empty(w.t, wrong, "counts of %s", table)
		require.Zero(w.t, w.count(table+" where least(likes, dislikes, hearts) < 0"))
		twice := w.texts(path("select %[1]s_id || ' ' || user_id from reaction where %[1]s_id is not null and type <> 'heart' group by %[1]s_id, user_id having count(*) > 1", table))
		require.Empty(w.t, twice, "like and dislike at once on a %s", table)
	}
	require.Equal(w.t, w.texts(`select user_id || '>' || author_id || ' ' || sum(weight) from (
		select c.user_id, p.author_id, 3 as weight from comment c join post p on p.id = c.post_id where not p.anonymous and not c.anonymous and c.state <> 'deleted'
		union all select r.user_id, p.author_id, 2 from reaction r join post p on p.id = r.post_id where not p.anonymous
		union all select r.user_id, c.user_id, 1 from reaction r join comment c on c.id = r.comment_id where not c.anonymous and c.state <> 'deleted') a
		where user_id <> author_id and user_id <> 0 and author_id <> 0 group by user_id, author_id order by user_id, author_id`), w.affinities())
}

// affinities are all, as "user>author weight".
func (w *world) affinities() []string {
	w.t.Helper()
	return w.texts("select user_id || '>' || author_id || ' ' || weight from affinity where weight <> 0 order by user_id, author_id")
}

func TestAffinity(t *testing.T) {
	w := setup(t)
	post := w.posted(ana)
	comment := w.commented(luis, post)
	w.commented(ana, post)
	w.commented(ana, post, object{"parent": comment})
	require.Equal(t, []string{"2>1 3"}, w.affinities(), "not with oneself")
	own := w.reacted(ana, "heart", "post", post)
	like := w.reacted(carla, "like", "post", post)
	heart := w.reacted(carla, "heart", "post", post)
	w.reacted(ana, "like", "comment", comment)
	w.reacted(carla, "like", "comment", comment)
	require.Equal(t, []string{"1>2 1", "2>1 3", "4>1 4", "4>2 1"}, w.affinities())
	w.reacted(carla, "dislike", "post", post)
	require.Equal(t, []string{"1>2 1", "2>1 3", "4>1 4", "4>2 1"}, w.affinities(), "one vote in place of another")
	w.as(carla, "DELETE", path("reactions/%d/remove/", like), nil).ok(404)
	w.as(carla, "DELETE", path("reactions/%d/remove/", heart), nil).ok(204)
	w.as(ana, "DELETE", path("reactions/%d/remove/", own), nil).ok(204)
	require.Equal(t, []string{"1>2 1", "2>1 3", "4>1 2", "4>2 1"}, w.affinities())
	w.countsAgree()
}

func TestAffinityWithNobodyWhoIsAnonymous(t *testing.T) {
	w := setup(t)
	post := w.posted(ana, object{"anonymous": true})
	w.commented(luis, post)
	askers := w.commented(ana, post)
	w.reacted(luis, "like", "post", post)
	like := w.reacted(luis, "like", "comment", askers)
	w.as(luis, "DELETE", path("reactions/%d/remove/", like), nil).ok(204)
	require.Empty(t, w.affinities())
	require.Zero(t, w.count("affinity"))
}
