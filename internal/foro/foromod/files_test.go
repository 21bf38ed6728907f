package foromod_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
)

// TestAFileThatIsGoneIsShownNowhere: what showed it goes on without it, as the same version.
func TestAFileThatIsGoneIsShownNowhere(t *testing.T) {
	w := setup(t)
	one := path("posts/%d/", w.posted(ana, object{"media_id": 7}))
	w.as(ana, "PATCH", one, object{"content": "Con la misma foto"}).ok(200)
	other := w.posted(luis, object{"media_id": 8})
	comment := w.commented(ana, other, object{"media_id": 7})
	kept := w.commented(luis, other, object{"media_id": 8})
	draft := path("drafts/%.0f/", w.as(ana, "POST", "drafts/", object{"media_id": 7}).ok(201)["id"])
	w.exec("insert into revision (comment_id, version, content, media_id) values ($1, 1, 'x', 7)", comment)
	require.Equal(t, 5, w.count(`(select media_id from post union all select media_id from comment union all select media_id from draft union all select media_id from revision) m where media_id = 7`))

	w.event(media.Deleted{MediaID: 7})
	w.event(media.Deleted{MediaID: 7})
	w.event(media.Deleted{MediaID: 99})
	require.Zero(t, w.count(`(select media_id from post union all select media_id from comment union all select media_id from draft union all select media_id from revision) m where media_id = 7`))
	w.media.Remove(7)
	has(t, w.as(ana, "GET", one, nil).ok(200), object{"media": nil, "version": 2.})
	require.Nil(t, results(w.as(ana, "GET", one+"history/", nil).ok(200))[0]["media"])
	require.Nil(t, w.as(ana, "GET", draft, nil).ok(200)["media"])
	require.Equal(t, 8., w.as(ana, "GET", path("comments/%d/", kept), nil).ok(200)["media"].(object)["id"])
}

// TestManyFilesGoTogether: the bus hands over many events in one transaction, while people write.
func TestManyFilesGoTogether(t *testing.T) {
	w := setup(t)
	var posts []int64
	for i := range 12 {
		id := w.posted(ana, object{"media_id": i + 1})
		w.commented(luis, id, object{"media_id": 50 + (i*5)%12})
		posts = append(posts, id)
	}
	var handle bus.Handler
	for _, s := range w.module.Subscriptions() {
		for _, r := range s.Routes {
			if r.Kind == (media.Deleted{}).Kind() {
				handle = r.Handle
			}
		}
	}
	atOnce(5, func(i int) {
		if i > 0 {
			for _, id := range posts {
				w.as(ana, "PATCH", path("posts/%d/", id), object{"title": path("Título %d", i)}).ok(200)
				w.commented(carla, id)
			}
			return
		}
		require.NoError(t, w.db.Tx(context.Background(), func(ctx context.Context) error {
			for n := range 12 {
				for _, id := range []int64{int64(12 - n), int64(50 + n)} {
					data, err := json.Marshal(media.Deleted{MediaID: id})
					require.NoError(t, err)
					if err := handle(ctx, bus.Event{ID: uuid.New(), Topic: media.Topic, Type: "media.deleted", Data: data, OccurredAt: w.clock()}); err != nil {
						return err
					}
				}
			}
			return nil
		}))
	})
	require.Zero(t, w.count("post where media_id is not null"))
	require.Zero(t, w.count("comment where media_id is not null"))
	require.Equal(t, 12, w.count("post where comments_count = 5"))
}
