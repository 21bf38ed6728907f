package foromod_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func authUser(id int64, name string) auth.User { return auth.User{ID: id, FullName: name} }
func created(id int64, role auth.Role) auth.UserCreated {
	return auth.UserCreated{UserID: id, Role: role}
}
func deleted(id int64) auth.UserDeleted { return auth.UserDeleted{UserID: id} }
func roleChanged(id int64, role auth.Role) auth.RoleChanged {
	return auth.RoleChanged{UserID: id, Role: role}
}

// inParallel does it n times at once.
func inParallel(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// shownOf is what media was last told of a comment.
func (w *world) shownOf(comment int64) string {
	w.t.Helper()
	all := w.texts("select coalesce(data->>'media_ids', '[]') from outbox where topic = 'foro.media' and data->>'place' = $1 order by position", fmt.Sprintf("foro/comments/%d", comment))
	return all[len(all)-1]
}

// TestWhatClientsSendOfAComment: faults 47 and 49.
func TestWhatClientsSendOfAComment(t *testing.T) {
	w := setup(t)
	id, other := w.posted(ana), w.posted(ana)
	elsewhere := w.commented(luis, other)
	for _, body := range []object{
		{"post": id, "parent": nil, "content": "Sí."}, {"post_id": id, "content": "Sí."}, {"post": id, "post_id": id, "parent": nil, "parent_id": nil, "content": "Sí.", "media_id": nil},
		{"post": id, "content": "Sí. 🐄 ñ <b>x</b>", "user": 4711, "id": 1, "state": "removed", "likes_count": 9, "replies": []any{}, "unknown": object{}},
	} {
		has(t, w.as(luis, "POST", "comments/", body).ok(201), object{"post_id": float64(id), "parent_id": nil, "state": "visible", "reactions_count": 0., "replies": []any{}})
	}
	for field, bodies := range map[string][]object{
		"post":        {{"content": "x"}, {"post": 4711, "content": "x"}, {"post": "x", "content": "x"}, {"post": nil, "content": "x"}, {"post": -1, "content": "x"}, {"post": 1e30, "content": "x"}},
		"post_id":     {{"post": id, "post_id": other, "content": "x"}},
		"parent":      {{"post": id, "parent": 4711, "content": "x"}, {"post": id, "parent": elsewhere, "content": "x"}},
		"media_id":    {{"post": id, "media_id": 4711, "content": "x"}, {"post": id, "media_id": "x", "content": "x"}},
		"content":     {{"post": id}, {"post": id, "content": ""}, {"post": id, "content": nil}, {"post": id, "content": strings.Repeat("x", 10_001)}, {"post": id, "content": "a\x00b"}},
		"mention_ids": {{"post": id, "content": "x", "mention_ids": []int64{4711}}, {"post": id, "content": "x", "mention_ids": []int64{0}}, {"post": id, "content": "x", "mention_ids": "x"}, {"post": id, "content": "x", "mention_ids": make([]int, 11)}},
	} {
		for _, body := range bodies {
			got := w.as(luis, "POST", "comments/", body)
			require.Contains(t, strings.Join(keys(got.ok(400)), " "), field, "%v", body)
		}
	}
	w.as(0, "POST", "comments/", object{"post": id, "content": "x"}).ok(401)
	w.users.away(true)
	w.as(luis, "POST", "comments/", object{"post": id, "content": "x", "mention_ids": []int64{ana}}).ok(503)
	w.as(luis, "POST", "comments/", object{"post": id, "content": "x"}).ok(201)
	w.users.away(false)
	w.exec("update post set locked = true where id = $1", id)
	has(t, w.as(luis, "POST", "comments/", object{"post": id, "content": "x"}).ok(409), object{"code": "foro.locked"})
	w.exec("update post set state = 'hidden', locked = false where id = $1", id)
	w.as(luis, "POST", "comments/", object{"post": id, "content": "x"}).ok(400)
}

func keys(o object) (all []string) {
	for k := range o {
		all = append(all, k)
	}
	return all
}

// TestTheAuthorChangesAComment: fault 46 for comments.
func TestTheAuthorChangesAComment(t *testing.T) {
	w := setup(t)
	id, other := w.posted(ana), w.posted(ana)
	first := w.commented(luis, id, object{"media_id": 1, "mention_ids": []int64{carla}})
	one := path("comments/%d/", first)
	for _, method := range []string{"PUT", "PATCH", "DELETE"} {
		w.as(0, method, one, object{"content": "x"}).ok(401)
		w.as(carla, method, one, object{"content": "x"}).ok(403)
		w.as(carla, method, one, object{}).ok(403)
		w.as(ana, method, one, object{"content": "x"}).ok(403) // whose post it is
		w.as(luis, method, "comments/4711/", object{"content": "x"}).ok(404)
	}
	c := w.as(luis, "PATCH", one, object{"content": " Dos. ", "post": other, "parent": first, "user": ana, "state": "hidden", "version": 9}).ok(200)
	has(t, c, object{"content": "Dos.", "post_id": float64(id), "parent_id": nil, "version": 2., "state": "visible", "mentions": []any{object{"id": 4., "name": "Carla Ruiz"}}})
	require.NotNil(t, c["edited_at"])
	require.NotNil(t, c["media"])
	has(t, w.as(luis, "PATCH", one, object{"content": "Dos."}).ok(200), object{"version": 2.}) // nothing changed
	has(t, w.as(luis, "PUT", one, object{"content": "Tres.", "media_id": 2, "mention_ids": []int64{ana, ana, luis}}, "If-Match", "2").ok(200),
		object{"version": 3., "mentions": []any{object{"id": 1., "name": "Ana Flores"}}})
	require.Equal(t, "[2]", w.shownOf(first))
	has(t, w.as(jefa, "PATCH", one, object{"media_id": nil}, "If-Match", `W/"3"`).ok(200), object{"version": 4., "media": nil})
	require.Equal(t, "[]", w.shownOf(first))
	for _, version := range []string{"3", "0", "x", "99999999999999999999", "-1"} {
		w.as(luis, "PATCH", one, object{"content": "x"}, "If-Match", version).ok(412)
		w.as(luis, "DELETE", one, nil, "If-Match", version).ok(412)
	}
	require.Contains(t, w.as(luis, "PUT", one, object{}).ok(400), "content")
	require.Contains(t, w.as(luis, "PATCH", one, object{"content": " "}).ok(400), "content")
	require.Contains(t, w.as(luis, "PATCH", one, object{"media_id": 4711}).ok(400), "media_id")
	past := results(w.as(0, "GET", one+"history/", nil).ok(200))
	require.Equal(t, []float64{3, 2, 1}, field[float64](past, "version"))
	require.Equal(t, []string{"Tres.", "Dos.", "Llame al veterinario."}, field[string](past, "content"))
	require.Equal(t, 1., past[2]["media"].(object)["id"])

	w.exec("update post set locked = true where id = $1", id)
	has(t, w.as(luis, "PATCH", one, object{"content": "x"}).ok(409), object{"code": "foro.locked"})
	w.exec("update comment set state = 'removed' where id = $1", first)
	has(t, w.as(luis, "PATCH", one, object{"content": "x"}).ok(403), object{"code": "foro.removed"})
	w.as(carla, "GET", one+"history/", nil).ok(404)
	w.as(luis, "GET", one+"history/", nil).ok(200)
	w.exec("update comment set state = 'visible' where id = $1", first)
	w.as(luis, "DELETE", one, nil).ok(204) // a locked post forbids no deletion
	w.as(luis, "DELETE", one, nil).ok(404)
	require.Zero(t, w.count("revision")+w.count("mention"))
}

// TestADeletedCommentKeepsItsPlaceForReplies: fault 50.
func TestADeletedCommentKeepsItsPlaceForReplies(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	first := w.commented(luis, id, object{"media_id": 1, "mention_ids": []int64{ana}})
	w.as(luis, "PATCH", path("comments/%d/", first), object{"content": "Secreto."}).ok(200)
	second := w.commented(carla, id, object{"parent": first})
	third := w.commented(luis, id, object{"parent": second})
	w.as(luis, "DELETE", path("comments/%d/", first), nil).ok(204)
	require.Equal(t, "[]", w.shownOf(first))
	p := w.as(0, "GET", path("posts/%d/", id), nil).ok(200)
	has(t, p, object{"comments_count": 2.})
	gone := rows(p, "comments")[0]
	has(t, gone, object{"id": float64(first), "state": "deleted", "content": "", "media": nil, "replies_count": 1., "mentions": []any{}})
	require.Equal(t, 0., gone["user"].(object)["id"])
	require.Equal(t, float64(second), rows(gone, "replies")[0]["id"])
	w.as(0, "GET", path("comments/%d/history/", first), nil).ok(404)
	for _, method := range []string{"PUT", "PATCH", "DELETE"} {
		has(t, w.as(luis, method, path("comments/%d/", first), object{"content": "x"}).ok(409), object{"code": "foro.comment_deleted"})
	}
	require.Contains(t, w.as(luis, "POST", "comments/", object{"post": id, "parent": first, "content": "x"}).ok(400), "parent")

	w.exec("update comment set state = 'hidden' where id = $1", third)
	w.as(carla, "DELETE", path("comments/%d/", second), nil).ok(204)
	require.Equal(t, 3, w.count("comment"), "replies that others do not see keep it as well")
	w.as(jefa, "DELETE", path("comments/%d/", third), nil).ok(204)
	require.Zero(t, w.count("comment"), "with the last reply go the places above it")
	has(t, w.as(0, "GET", path("posts/%d/", id), nil).ok(200), object{"comments_count": 0.})
	require.Equal(t, []string{"1 1", "2 1", "3 1"}, w.texts("select concat_ws(' ', data->>'comment_id', data->>'post_id') from outbox where type = 'foro.comment.deleted' order by position"))
}

// TestCountsAndAnswersHoldUnderConcurrency: many write, change, delete, hide, accept and validate at once; what is
// counted and what is answered agree with what is there.
func TestCountsAndAnswersHoldUnderConcurrency(t *testing.T) {
	w := setup(t)
	w.event(asSpecialist(w, ana))
	posts := []int64{w.posted(luis), w.posted(luis)}
	for _, p := range posts {
		w.commented(carla, p)
	}
	var mu sync.Mutex
	statuses := map[int]int{}
	inParallel(8, func(i int) {
		random := rand.New(rand.NewPCG(uint64(i), 1))
		for range 40 {
			post, id := posts[random.IntN(2)], 1+random.Int64N(40)
			got := answer{}
			switch random.IntN(7) {
			case 0, 1:
				got = w.as(carla, "POST", "comments/", object{"post": post, "content": "Sí."})
			case 2:
				got = w.as(carla, "POST", "comments/", object{"post": post, "parent": id, "content": "No."})
			case 3:
				got = w.as(carla, "DELETE", path("comments/%d/", id), nil)
			case 4:
				got = w.as(ana, []string{"POST", "DELETE"}[random.IntN(2)], path("comments/%d/validate/", id), nil)
			case 5:
				got = w.as(luis, []string{"POST", "POST", "DELETE"}[random.IntN(3)], path("posts/%d/accept/", post), object{"comment": id})
			default:
				got = w.as(carla, "PATCH", path("comments/%d/", id), object{"content": fmt.Sprint(i)})
			}
			mu.Lock()
			statuses[got.Status]++
			mu.Unlock()
		}
	})
	for status := range statuses {
		require.Less(t, status, 500, "%v", statuses)
	}
	require.Greater(t, statuses[201], 20)
	w.agrees()
}

// agrees expects that what is counted and derived is what there is.
func (w *world) agrees() {
	w.t.Helper()
	require.Empty(w.t, w.texts(`select p.id::text from post p where comments_count <> (select count(*) from comment where post_id = p.id and state = 'visible')`))
	require.Empty(w.t, w.texts(`select p.id::text from comment p where replies_count <> (select count(*) from comment where parent_id = p.id and state = 'visible')
		or validations <> (select count(*) from validation where comment_id = p.id)
		or likes <> (select count(*) from reaction where comment_id = p.id and type = 'like')`))
	require.Empty(w.t, w.texts(`select p.id::text from post p where answered <> exists (select from comment where post_id = p.id and state = 'visible' and (id = p.accepted_id or validations > 0))
		or accepted_id is not null and not exists (select from comment where id = p.accepted_id and post_id = p.id and state <> 'deleted')
		or likes <> (select count(*) from reaction where post_id = p.id and type = 'like')`))
	require.Empty(w.t, w.texts(`select p.id::text from post p where (question and not answered and state = 'visible') <> exists (select from open_question where post_id = p.id)`))
	require.Empty(w.t, w.texts(`select id::text from comment c where state = 'deleted' and not exists (select from comment where parent_id = c.id)`))
}
