package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPostAndComment(t *testing.T) {
	w := setup(t)
	id := w.posted(ana, object{"media_id": 7})
	w.commented(carla, id)
	first := w.commented(luis, id, object{"parent": nil})
	reply := w.as(ana, "POST", "comments/", object{"post_id": id, "parent_id": first, "content": "  ¿Cuál?  "}).ok(201)
	has(t, reply, object{"content": "¿Cuál?", "parent_id": float64(first), "post": float64(id)})

	p := w.as(0, "GET", path("posts/%d/", id), nil).ok(200)
	has(t, p, object{"title": "¿Qué le doy a mi vaca?", "comments_count": 3., "is_question": true, "state": "visible"})
	has(t, p["author"].(object), object{"id": float64(ana), "name": "Ana Flores", "full_name": "Ana Flores", "role": "Specialist", "is_titled": true, "is_student": false})
	require.Equal(t, 7., p["media"].(object)["id"])
	has(t, w.as(0, "GET", path("comments/%d/", first), nil).ok(200), object{"replies_count": 1., "popularity": 1.})
	require.Equal(t, []string{"foro.post.created 1", "foro.comment.added 1", "foro.comment.added 1", "foro.comment.added 1"}, w.events())
}
