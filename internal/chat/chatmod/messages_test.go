package chatmod_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// walk follows next until there is none, and returns the contents of all pages.
func (w *world) walk(user int64, at string) (texts []string, pages int) {
	w.t.Helper()
	for at != "" {
		page := w.as(user, "GET", at, nil).ok(200)
		texts, pages = append(texts, field[string](results(page), "content")...), pages+1
		next, _ := page["next"].(string)
		_, at, _ = strings.Cut(next, "/api/")
	}
	return texts, pages
}

// TestMessages: faults 37 and 42 of the contract.
func TestMessages(t *testing.T) {
	w := setup(t)
	room, group, others := w.pair(ana, luis), w.crowd(ana, beto), w.pair(luis, carla)
	w.says(ana, room, "a1", "a2", "a3")
	w.says(luis, others, "secreto")
	w.says(beto, group, "b1", "b2")
	w.says(luis, room, "a4", "a5")
	w.enter(group, carla)
	w.says(beto, group, "b3")
	last := path("chat/messages/last_messages/?room=%d", room)

	t.Run("OfAllOnesRoomsOldestFirst", func(t *testing.T) {
		page := w.as(ana, "GET", "chat/messages/", nil).ok(200)
		require.Equal(t, 8.0, page["count"])
		require.Equal(t, []string{"a1", "a2", "a3", "b1", "b2", "a4", "a5", "b3"}, field[string](results(page), "content"))
		for _, at := range []string{"chat/messages/?page_size=3", "chat/messages/?cursor=*&page_size=3"} {
			texts, pages := w.walk(ana, at)
			require.Equal(t, []string{"a1", "a2", "a3", "b1", "b2", "a4", "a5", "b3"}, texts, at)
			require.Equal(t, 3, pages)
		}
	})
	t.Run("WhoCameLaterSeesWhatCameLater", func(t *testing.T) {
		texts, _ := w.walk(carla, path("chat/messages/?room=%d", group))
		require.Equal(t, []string{"b3"}, texts)
		texts, _ = w.walk(carla, "chat/messages/")
		require.Equal(t, []string{"secreto", "b3"}, texts)
		texts, _ = w.walk(carla, path("chat/messages/?room=%d&before=99", group))
		require.Equal(t, []string{"b3"}, texts)
		require.Equal(t, []string{"b3"}, field[string](w.as(carla, "GET", path("chat/messages/last_messages/?room=%d", group), nil).list(), "content"))
	})
	t.Run("OfOneRoom", func(t *testing.T) {
		page := w.as(luis, "GET", path("chat/messages/?room=%d&page_size=2", room), nil).ok(200)
		require.Equal(t, 5.0, page["count"])
		for at, want := range map[string][]string{
			"page_size=2":               {"a1", "a2", "a3", "a4", "a5"},
			"cursor=*&page_size=2":      {"a1", "a2", "a3", "a4", "a5"},
			"after=2&limit=2":           {"a3", "a4", "a5"},
			"before=5&limit=3":          {"a2", "a3", "a4", "a1"},
			"after=5":                   nil,
			"before=1":                  nil,
			"after=9223372036854775807": nil,
		} {
			texts, _ := w.walk(luis, path("chat/messages/?room=%d&%s", room, at))
			require.Equal(t, want, texts, at)
		}
	})
	t.Run("LastOnes", func(t *testing.T) {
		rows := w.as(luis, "GET", last+"&limit=2", nil).list()
		require.Equal(t, []string{"a4", "a5"}, field[string](rows, "content"))
		has(t, rows[0], object{"type": "chat_message", "room": float64(room)})
	})
	for _, r := range []struct {
		name   string
		user   int64
		at     string
		status int
		want   object
	}{
		{"LastOfNoRoom", ana, "last_messages/", 400, object{"detail": "Se requiere 'room' query param válido."}},
		{"LastOfNull", ana, "last_messages/?room=null", 400, object{"detail": "Se requiere 'room' query param válido."}},
		{"LastOfUndefined", ana, "last_messages/?room=undefined", 400, object{"detail": "Se requiere 'room' query param válido."}},
		{"LastOfAnUnknownRoom", ana, "last_messages/?room=999", 404, object{"detail": "Sala no existe."}},
		{"LastByAStranger", beto, path("last_messages/?room=%d", room), 403, object{"detail": "No eres participante de esta sala."}},
		{"LastWithALimitOfText", ana, path("last_messages/?room=%d&limit=x", room), 400, nil},
		{"LastWithANegativeLimit", ana, path("last_messages/?room=%d&limit=-1", room), 400, nil},
		{"LastWithALimitOfZero", ana, path("last_messages/?room=%d&limit=0", room), 400, nil},
		{"LastWithALargeLimit", ana, path("last_messages/?room=%d&limit=101", room), 400, nil},
		{"ListByAStranger", beto, path("?room=%d", room), 403, nil},
		{"ListOfARoomThatIsNone", ana, "?room=abc", 400, nil},
		{"ListWithABadBefore", ana, path("?room=%d&before=x", room), 400, nil},
		{"ListWithABadCursor", ana, path("?room=%d&cursor=zzz", room), 400, nil},
		{"ListWithACursorOfAnother", ana, path("?room=%d&cursor=%s", room, url.QueryEscape("eyJpIjo1fQ")), 400, nil},
		{"ListBeyondTheEnd", ana, path("?room=%d&page=99", room), 404, nil},
		{"NobodySignedIn", 0, "", 401, nil},
		{"OneByAStranger", beto, "1/", 404, nil},
		{"OneThatIsNone", ana, "999/", 404, nil},
		{"OneThatIsNoNumber", ana, "x/", 404, nil},
	} {
		t.Run(r.name, func(t *testing.T) {
			has(t, w.as(r.user, "GET", "chat/messages/"+r.at, nil).ok(r.status), r.want)
		})
	}
	t.Run("WhoWasPutOutSeesNothing", func(t *testing.T) {
		w.putOut(room, luis)
		w.as(luis, "GET", last, nil).ok(403)
		w.as(luis, "GET", path("chat/messages/?room=%d", room), nil).ok(403)
		w.as(luis, "GET", "chat/messages/1/", nil).ok(404)
		w.as(luis, "PATCH", path("chat/messages/%d/", 7), object{"content": "x"}).ok(404)
		texts, _ := w.walk(luis, "chat/messages/")
		require.Equal(t, []string{"secreto"}, texts)
	})
}
