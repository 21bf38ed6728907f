package chatmod_test

import (
	"context"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// find searches and returns what the messages say.
func (w *world) find(user int64, q, more string) []string {
	w.t.Helper()
	return field[string](results(w.as(user, "GET", "chat/messages/search/?q="+url.QueryEscape(q)+more, nil).ok(200)), "content")
}

func TestFind(t *testing.T) {
	w := setup(t)
	room, group, others := w.pair(ana, luis), w.crowd(ana, beto), w.pair(luis, carla)
	ids := w.says(ana, room, "Vendo vacas lecheras", "¿Y el maíz?", "Nos vemos el jueves")
	w.says(beto, group, "Mi vaca está enferma", "Llame al veterinario")
	w.says(luis, others, "La vaca es secreta")
	w.job("chat.document")

	t.Run("WordsInAnyFormNewestFirst", func(t *testing.T) {
		require.Equal(t, []string{"Mi vaca está enferma", "Vendo vacas lecheras"}, w.find(ana, "vaca", ""))
		require.Equal(t, []string{"Vendo vacas lecheras"}, w.find(ana, "LECHERA vaca", ""))
		require.Equal(t, []string{"¿Y el maíz?"}, w.find(ana, "maiz", ""))
		require.Equal(t, []string{}, w.find(ana, "vaca jueves", ""))
	})
	t.Run("WordsThatMeanTheSame", func(t *testing.T) {
		require.Contains(t, w.find(ana, "res", ""), "Vendo vacas lecheras")
	})
	t.Run("OnlyInOnesOwnRooms", func(t *testing.T) {
		require.Equal(t, []string{"La vaca es secreta"}, w.find(carla, "vaca", ""))
		require.Equal(t, []string{}, w.find(nadie, "vaca", ""))
		w.as(carla, "GET", path("chat/messages/search/?q=vaca&room=%d", room), nil).ok(403)
	})
	t.Run("InOneRoom", func(t *testing.T) {
		require.Equal(t, []string{"Vendo vacas lecheras"}, w.find(ana, "vaca", path("&room=%d", room)))
	})
	t.Run("MarksWhereTheyStand", func(t *testing.T) {
		rows := results(w.as(luis, "GET", path("chat/messages/search/?q=vaca&room=%d", room), nil).ok(200))
		has(t, rows[0], object{"id": float64(ids[0]), "snippet": "Vendo <mark>vacas</mark> lecheras", "type": "chat_message"})
	})
	t.Run("FromWhenOneCame", func(t *testing.T) {
		w.enter(group, carla)
		require.Equal(t, []string{"La vaca es secreta"}, w.find(carla, "vaca", ""))
		w.say(beto, group, "Otra vaca")
		w.job("chat.document")
		require.Equal(t, []string{"Otra vaca", "La vaca es secreta"}, w.find(carla, "vaca", ""))
	})
	t.Run("ByWhatAMessageSaysNow", func(t *testing.T) {
		w.as(ana, "PATCH", path("chat/messages/%d/", ids[1]), object{"content": "¿Y la quinua?"}).ok(200)
		require.Equal(t, []string{}, w.find(ana, "maíz", ""))
		require.Equal(t, []string{"¿Y la quinua?"}, w.find(ana, "quinua", ""))
	})
	t.Run("NotWhatWasDeleted", func(t *testing.T) {
		w.as(ana, "DELETE", path("chat/messages/%d/", ids[0]), nil)
		require.Equal(t, []string{}, w.find(ana, "lecheras", ""))
	})
	t.Run("NotForWhoWasPutOut", func(t *testing.T) {
		w.putOut(group, carla)
		require.Equal(t, []string{"La vaca es secreta"}, w.find(carla, "vaca", ""))
	})
	t.Run("AsksForWords", func(t *testing.T) {
		for _, q := range []string{"", "?q=", "?q=el+la", "?q=" + url.QueryEscape("¿?")} {
			require.Contains(t, w.as(ana, "GET", "chat/messages/search/"+q, nil).ok(400), "q")
		}
		w.as(ana, "GET", "chat/messages/search/?q=vaca&room=x", nil).ok(400)
		w.as(ana, "GET", "chat/messages/search/?q=vaca&limit=0", nil).ok(400)
		w.as(ana, "GET", "chat/messages/search/?q=vaca&cursor=%25", nil).ok(400)
	})
}

// TestFindWalks: every hit comes once, over rooms and parts of rooms.
func TestFindWalks(t *testing.T) {
	w := setup(t)
	for range 3 {
		room := w.crowd(ana, luis)
		w.exec("insert into entry (room_id, seq, kind, user_id, content) select $1, n, 'message', $2, case when n % 90 = 0 then 'trigo ' || n else 'papa' end from generate_series(1, 1500) n", room, luis)
		w.exec("update room set last_seq = 1500 where id = $1", room)
	}
	w.job("chat.document")
	require.Equal(t, 4500, w.count("document"))
	texts, pages := w.walk(ana, "chat/messages/search/?q=trigo&limit=20")
	require.Len(t, texts, 3*16)
	require.Equal(t, 3, pages)
	require.Equal(t, "trigo 1440", texts[0])
	require.Equal(t, "trigo 90", texts[47])
}

// TestDocumentsOfMessagesThatCommitLate: ids are given before the commit, so a lower one may appear after a higher
// one has its document.
func TestDocumentsOfMessagesThatCommitLate(t *testing.T) {
	w := setup(t)
	slow, fast := w.pair(ana, luis), w.pair(ana, beto)
	ctx := context.Background()
	require.NoError(t, w.db.Tx(ctx, func(ctx context.Context) error {
		for _, statement := range []string{"select from room where id = $1 for update", "update room set last_seq = 1 where id = $1",
			"insert into entry (room_id, seq, kind, user_id, content) values ($1, 1, 'message', 1, 'trigo tarde')"} {
			_, err := w.db.Q(ctx).Exec(ctx, statement, slow)
			require.NoError(t, err)
		}
		w.say(ana, fast, "trigo a tiempo")
		for range 3 {
			w.job("chat.document")
		}
		require.Equal(t, []string{"trigo a tiempo"}, w.find(ana, "trigo", ""))
		return nil
	}))
	w.job("chat.document")
	w.job("chat.document")
	require.Equal(t, []string{"trigo a tiempo", "trigo tarde"}, w.find(ana, "trigo", ""))
	require.Equal(t, 1, w.count("documented where done_id = (select max(id) from entry)"))
}

// TestFindNothingOfWhoIsGone: also what gets its document later.
func TestFindNothingOfWhoIsGone(t *testing.T) {
	w := setup(t)
	room := w.crowd(ana, luis)
	w.says(luis, room, "trigo barato")
	w.job("chat.document")
	w.says(luis, room, "trigo caro")
	w.say(ana, room, "trigo mío")
	w.event(auth.UserDeleted{UserID: luis})
	w.job("chat.forget")
	w.job("chat.document")
	require.Equal(t, []string{"trigo mío"}, w.find(ana, "trigo", ""))
	require.Zero(t, w.count("document d join entry e on e.id = d.entry_id where e.user_id = 0 and d.terms <> '{}'"))
}
