package foromod_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhoAsksWithoutTheirNameIsNamedThroughNoDoor: neither in threads and lists, nor by what the asker does, nor in
// events.
func TestWhoAsksWithoutTheirNameIsNamedThroughNoDoor(t *testing.T) {
	w := setup(t)
	const asker int64 = 7007
	w.users.put(authUser(asker, "Zenón Secreto"))
	w.event(asSpecialist(w, beto, knows("bovinos")))
	w.event(asSpecialist(w, asker, knows("bovinos")))
	id := w.posted(asker, object{"anonymous": true})
	first := w.commented(luis, id)
	own := w.commented(asker, id, object{"parent": first, "mention_ids": []int64{asker, carla}})
	w.as(asker, "PATCH", path("comments/%d/", own), object{"content": "No."}).ok(200)
	w.as(asker, "POST", path("posts/%d/accept/", id), object{"comment": first}).ok(200)
	w.as(asker, "DELETE", path("posts/%d/accept/", id), nil).ok(204)
	w.as(asker, "POST", path("comments/%d/validate/", own), nil).ok(403)
	w.later(7 * 3600e9)
	w.job("foro.unanswered")
	for _, at := range []string{path("posts/%d/", id), path("posts/%d/comments/", id), "comments/", path("comments/?post=%d", id), path("comments/%d/", own), path("comments/%d/replies/", first),
		path("comments/%d/history/", own), "posts/unanswered/?all=true"} {
		for _, reader := range []int64{beto, carla} {
			got := w.as(reader, "GET", at, nil)
			require.Equal(t, 200, got.Status, at)
			require.NotContains(t, got.Raw, "7007", at)
			require.NotContains(t, got.Raw, "Secreto", at)
		}
	}
	require.Contains(t, w.as(jefa, "GET", path("comments/%d/", own), nil).Raw, "7007", "staff")
	w.as(asker, "DELETE", path("comments/%d/", own), nil).ok(204)
	require.NotContains(t, strings.Join(w.texts("select data::text from outbox where topic = 'foro.events'"), "\n"), "7007")
	require.Equal(t, 1, w.count("outbox where type = 'foro.question.waiting'"))
}
