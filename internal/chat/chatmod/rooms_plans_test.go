package chatmod_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

var roomTables = []string{"room", "member", "entry", "person", "block", "revision", "mark"}

// TestRoomsUseIndexes reads what the very queries of the routes scan, on tables of tens of thousands of rows:
// one person has 2,000 rooms, 900 blocks and a group of a thousand.
func TestRoomsUseIndexes(t *testing.T) {
	w := setup(t)
	w.exec(`insert into room (is_private, low_id, high_id, name, created_by, last_seq, last_activity)
		select true, case when n <= 2000 then 1 else 10000 + n end, 50000 + n, 'x', 50000 + n, 2, now() - n * interval '1 second' from generate_series(1, 20000) n`)
	w.exec("insert into member (room_id, user_id) select id, low_id from room union all select id, high_id from room")
	w.exec("insert into entry (room_id, seq, kind, user_id, content) select id, s, 'message', case s when 1 then low_id else high_id end, 'Hola' from room, generate_series(1, 2) s")
	group := w.grouped(ana, luis, beto)
	w.exec("insert into member (room_id, user_id) select $1, n from generate_series(100001, 101000) n", group)
	w.exec("insert into entry (room_id, seq, kind, user_id, content) select $1, s, 'message', $2, 'Hola' from generate_series(2, 20000) s", group, luis)
	w.exec("update room set last_seq = 20000 where id = $1", group)
	w.exec("insert into block (user_id, blocked_id) select $1, n from generate_series(10001, 10900) n", ana)
	w.exec("insert into block (user_id, blocked_id) select 20000 + n / 10, 30000 + n % 10 from generate_series(1, 40000) n")
	w.exec("insert into person (user_id, last_seen) select n, now() from generate_series(10000, 60000) n")
	w.exec("insert into revision (entry_id, number, content) select id, 1, 'x' from entry")
	for _, table := range roomTables {
		w.exec("vacuum analyze " + table)
	}
	one := path("chat/rooms/%d/", group)
	for _, r := range []struct {
		name, method, at string
		body             any
		status           int
	}{
		{"List", "GET", "chat/rooms/", nil, 200},
		{"ListByCursor", "GET", "chat/rooms/?cursor=*", nil, 200},
		{"ListToTheEnd", "GET", "chat/rooms/?page=last", nil, 200},
		{"Room", "GET", one, nil, 200},
		{"Find", "POST", "chat/rooms/", object{"participants_ids": []int64{ana, 50001}}, 200},
		{"Open", "POST", "chat/rooms/", object{"participants_ids": []int64{ana, luis}}, 201},
		{"Group", "POST", "chat/rooms/", object{"participants_ids": []int64{luis, beto}, "is_private": false}, 201},
		{"Rename", "PATCH", one, object{"name": "Otro"}, 200},
		{"Members", "GET", one + "members/?page=last", nil, 200},
		{"Add", "POST", one + "members/", object{"user_ids": []int64{carla}}, 200},
		{"Role", "PATCH", one + "members/4/", object{"role": "admin"}, 200},
		{"Remove", "DELETE", one + "members/4/", nil, 204},
		{"Mute", "PUT", one + "mute/", object{}, 200},
		{"Hide", "DELETE", "chat/rooms/1/", nil, 204},
		{"Blocks", "GET", "chat/blocks/?page=last", nil, 200},
		{"Block", "POST", "chat/blocks/", object{"user_id": jefa}, 201},
		{"Unblock", "DELETE", "chat/blocks/9/", nil, 204},
		{"Settings", "PATCH", "chat/settings/", object{"hide_last_seen": true}, 200},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.roomScans(t)
			got := w.as(ana, r.method, r.at, r.body)
			require.Equal(t, r.status, got.Status, got.Raw)
			require.Equal(t, before, w.roomScans(t), "rows read by sequential scans")
		})
	}
	t.Run("Forgetting", func(t *testing.T) {
		before := w.roomScans(t)
		w.goes(luis)
		require.Equal(t, before, w.roomScans(t))
		require.Zero(t, w.count("entry where user_id = $1", luis))
	})
	t.Run("ForgettingSomebodyInManyRooms", func(t *testing.T) {
		w.exec("insert into member (room_id, user_id) select id, $1 from room where id <= 300", beto)
		before := w.roomScans(t)
		w.event(auth.UserDeleted{UserID: beto})
		w.job("chat.forget")
		require.Equal(t, before, w.roomScans(t))
	})
}

// roomScans counts the rows of tables that sequential scans have read, as the server's statistics tell.
func (w *world) roomScans(t *testing.T) []string {
	t.Helper()
	w.flushStatistics(t)
	return w.texts(`select relname || ' ' || coalesce(seq_tup_read, 0) from pg_stat_user_tables
		where schemaname = 'chat' and relname = any($1) order by relname`, roomTables)
}

// flushStatistics has each connection tell what it has done, which it does much later by itself.
func (w *world) flushStatistics(t *testing.T) {
	t.Helper()
	for range w.db.Stat().TotalConns() {
		conn, err := w.db.Acquire(context.Background())
		require.NoError(t, err)
		defer conn.Release()
		_, err = conn.Exec(context.Background(), "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
		require.NoError(t, err)
	}
}

// TestAPageOfRoomsCostsAsMuchAsOneRoom: statements are counted as transactions, of which each is one here.
func TestAPageOfRoomsCostsAsMuchAsOneRoom(t *testing.T) {
	w := setup(t)
	for n := int64(101); n < 120; n++ {
		w.users.put(auth.User{ID: n})
		room := w.paired(ana, n)
		for i := range 20 {
			w.entered(room, []int64{ana, n}[i%2], fmt.Sprint(i))
		}
		w.exec("update entry set media_id = 1 where room_id = $1 and seq = 20", room)
	}
	group := w.grouped(ana, luis, beto)
	w.entered(group, luis, "Hola")
	cost := func(at string) (statements, questions int) {
		least := 1 << 30
		for range 4 { // the first ones make plans
			before, asked := w.statements(t), w.users.asked()
			w.as(ana, "GET", at, nil).ok(200)
			questions = w.users.asked() - asked
			least = min(least, w.statements(t)-before)
		}
		return least, questions
	}
	one, questions := cost("chat/rooms/?page_size=1")
	page, questionsOfPage := cost("chat/rooms/?page_size=20")
	require.Len(t, results(w.as(ana, "GET", "chat/rooms/?page_size=20", nil).ok(200)), 20)
	require.LessOrEqual(t, page, one+1, "only private rooms have numbers to ask for")
	require.LessOrEqual(t, page, 14)
	require.Equal(t, questions, questionsOfPage)
	require.LessOrEqual(t, questionsOfPage, 2)
	t.Logf("a page of 20 rooms: %d statements (with those of counting), %d questions to auth", page, questionsOfPage)
}

// statements are the transactions of this database.
func (w *world) statements(t *testing.T) (n int) {
	t.Helper()
	w.flushStatistics(t)
	require.NoError(t, w.db.Q(context.Background()).QueryRow(context.Background(), "select xact_commit from pg_stat_database where datname = current_database()").Scan(&n))
	return n
}
