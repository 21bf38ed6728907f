package authmod_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever holds a connection open learns when the session that it was opened with is over.
func TestTheEndOfSessionsIsTold(t *testing.T) {
	w := setup(t)
	staff, ana := w.boss(), w.join("70012345")
	other := func() person { return w.personOf(w.login("70012345", password).json(http.StatusOK), "") }
	newest := func() (id int64) {
		require.NoError(t, w.db.Q(t.Context()).QueryRow(t.Context(), "select max(id) from sessions where user_id = $1", ana.ID).Scan(&id))
		return id
	}
	all := func() (ids []int64) {
		rows, err := w.db.Q(t.Context()).Query(t.Context(), "select id from sessions where user_id = $1 order by id", ana.ID)
		require.NoError(t, err)
		for rows.Next() {
			var id int64
			require.NoError(t, rows.Scan(&id))
			ids = append(ids, id)
		}
		return ids
	}
	told := func(act func()) (ended []string) {
		events := w.since(act)
		return slices.DeleteFunc(events, func(e string) bool { return !strings.HasPrefix(e, "user.sessions_ended") })
	}
	says := func(ids ...int64) string {
		list := strings.ReplaceAll(strings.Trim(fmt.Sprint(ids), "[]"), " ", ", ")
		return fmt.Sprintf(`user.sessions_ended {"session_ids":[%s],"user_id":%d}`, strings.ReplaceAll(list, ", ", ","), ana.ID)
	}

	t.Run("SigningOut", func(t *testing.T) {
		p := other()
		id := newest()
		require.Equal(t, []string{says(id)}, told(func() { p.as(http.MethodPost, "logout/", nil).is(http.StatusNoContent) }))
	})
	t.Run("EndingTheOthers", func(t *testing.T) {
		others := all()
		p := other()
		require.Equal(t, []string{says(others...)}, told(func() { p.as(http.MethodDelete, "sessions/", nil).is(http.StatusNoContent) }))
		require.Empty(t, told(func() { p.as(http.MethodDelete, "sessions/", nil).is(http.StatusNoContent) }), "there was none")
		ana = p
	})
	t.Run("TooMany", func(t *testing.T) {
		w.exec(`update sessions set last_used = now() - interval '1 day' where user_id = $1`, ana.ID)
		oldest := newest()
		w.exec(`insert into sessions (user_id, token_hash) select $1, sha256(n::text::bytea) from generate_series(1, 49) n`, ana.ID)
		require.Equal(t, []string{says(oldest)}, told(func() { ana = other() }))
	})
	t.Run("Deactivation", func(t *testing.T) {
		w.exec(`delete from sessions where user_id = $1 and id <> $2`, ana.ID, newest())
		id := newest()
		require.Equal(t, []string{says(id)}, told(func() {
			staff.as(http.MethodPatch, ana.path(), object{"is_active": false}).is(http.StatusOK)
		}))
	})
}
