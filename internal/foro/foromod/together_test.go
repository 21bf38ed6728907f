package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What is deleted counts no more for what one wants to read.
func TestAffinityGoesWithWhatIsDeleted(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	comment := w.commented(carla, id)
	w.as(ana, "POST", "reactions/", object{"type": "heart", "content_type": "comment", "object_id": comment}).ok(201)
	require.Equal(t, 2, w.count("affinity"))
	w.as(carla, "DELETE", path("comments/%d/", comment), nil).ok(204)
	require.Zero(t, w.count("affinity"))

	w.commented(carla, id)
	w.as(luis, "POST", "reactions/", object{"type": "like", "content_type": "post", "object_id": id}).ok(201)
	require.Equal(t, 2, w.count("affinity"))
	w.as(ana, "DELETE", path("posts/%d/", id), nil).ok(204)
	require.Zero(t, w.count("affinity"))
}

// Nobody is shown as relevant what they muted, nor who asks without their name because somebody was muted.
func TestWhatIsMutedIsNotRelevant(t *testing.T) {
	w := setup(t)
	post, other, anonymous := w.posted(ana), w.posted(luis), w.posted(luis, object{"anonymous": true})
	ids := func() []float64 {
		return field[float64](results(w.as(carla, "GET", "posts/relevant/", nil).ok(200)), "id")
	}
	require.ElementsMatch(t, []float64{float64(post), float64(other), float64(anonymous)}, ids())
	w.as(carla, "POST", path("posts/%d/mute/", post), nil).ok(200)
	w.as(carla, "POST", path("people/%d/mute/", luis), nil).ok(200)
	require.Equal(t, []float64{float64(anonymous)}, ids())
}

func TestWhoIsBannedDoesNotAnswer(t *testing.T) {
	w := setup(t)
	community := int64(w.as(ana, "POST", "communities/", object{"name": "Cabras", "slug": "cabras"}).ok(201)["id"].(float64))
	id := w.posted(ana, object{"community_id": community})
	w.as(carla, "POST", path("communities/%d/join/", community), nil).ok(200)
	w.commented(carla, id)
	w.as(ana, "DELETE", path("communities/%d/members/%d/", community, carla), nil).ok(204)
	has(t, w.as(carla, "POST", "comments/", object{"post": id, "content": "¿Y ahora?"}).ok(403), object{"code": "foro.banned"})
	require.Equal(t, 1, w.count("comment"))
}
