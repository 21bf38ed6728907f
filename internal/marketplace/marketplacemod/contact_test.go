package marketplacemod_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// rooms are chat: one room for each pair and advert.
type rooms struct{ asked [][3]int64 }

func (r *rooms) RoomAbout(_ context.Context, userID, otherID, addID int64) (int64, error) {
	r.asked = append(r.asked, [3]int64{userID, otherID, addID})
	return 77, nil
}

func TestABuyerWritesToThePublisher(t *testing.T) {
	chat := &rooms{}
	w := setup(t)
	id := w.published(ana)
	contact := path("adds/%d/contact/", id)
	require.Equal(t, "chat.unavailable", w.as(carla, "POST", contact, nil).ok(503)["code"], "chat does not run")

	w = with(t, chat)
	id = w.published(ana)
	contact = path("adds/%d/contact/", id)
	require.Equal(t, 77.0, w.as(carla, "POST", contact, nil).ok(200)["room_id"])
	require.Equal(t, [][3]int64{{carla, ana, id}}, chat.asked)
	require.Equal(t, "marketplace.own_add", w.as(ana, "POST", contact, nil).ok(400)["code"])
	w.as(0, "POST", contact, nil).ok(401)
	w.as(ana, "PATCH", path("adds/%d/", id), object{"status": "paused"}).ok(200)
	w.as(carla, "POST", contact, nil).ok(404)
}
