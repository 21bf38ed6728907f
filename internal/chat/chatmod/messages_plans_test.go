package chatmod_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/media"
)

// TestMessagesUseIndexes reads what the very queries of the routes scan: of 20,000 rooms, one person is in 300 of 60
// messages each and in one of 6,000, beside as many of others. Half of all messages have one word.
func TestMessagesUseIndexes(t *testing.T) {
	w := setup(t)
	w.exec("insert into room (is_private, name, created_by, last_seq) select false, n::text, 1, case when n <= 600 then 60 else 0 end from generate_series(1, 20000) n")
	big := w.roomRow("insert into room (is_private, name, created_by, last_seq) values (false, 'grande', 1, 6000) returning id")
	w.exec("insert into member (room_id, user_id) select id, 1000 + id from room union all select id, 2000 + id from room")
	w.exec("insert into member (room_id, user_id) select id, $1 from room where id <= 300 or id = $2", ana, big)
	w.exec(`insert into entry (room_id, seq, kind, user_id, content, client_key) select r.id, n, 'message', 1000 + r.id,
		case when n % 2 = 0 then 'Buena vaca' else 'Buen trigo' end || case when n = 7 and r.id % 50 = 0 then ' alazana' else '' end, '"' || n || '"'
		from room r cross join generate_series(1, 6000) n where n <= r.last_seq`)
	w.exec("insert into mark (room_id, user_id, kind, seq, at) select room_id, user_id, 'delivered', n * 10, now() from member cross join generate_series(1, 5) n where room_id <= 600")
	w.exec("update member set delivered_seq = 50, read_seq = 30")
	w.exec("insert into block (user_id, blocked_id) select n, n + 1 from generate_series(1, 20000) n")
	w.exec("insert into person (user_id) select n from generate_series(1, 20000) n")
	w.exec("insert into revision (entry_id, number, content) select id, 1, 'x' from entry where id % 4 = 0")
	w.job("chat.document")
	require.Equal(t, 42_000, w.count("document"))
	for _, table := range scannedTables {
		w.exec("vacuum analyze " + table)
	}
	c, ctx := w.module.Core(), context.Background()
	message := w.roomRow("select max(id) from entry where room_id = 1")
	own := w.say(ana, 2, "mío")
	rooms := ""
	for room := range 300 {
		rooms += path("%d:50,", room+1)
	}
	for _, r := range []struct {
		name string
		do   func() answer
	}{
		{"Send", w.doing(ana, "POST", "chat/messages/", object{"room": 1, "content": "x", "client_msg_id": "n", "reply_to": 5})},
		{"SendAgain", w.doing(ana, "POST", "chat/messages/", object{"room": 1, "content": "x", "client_msg_id": "n"})},
		{"List", w.doing(ana, "GET", "chat/messages/", nil)},
		{"ListByNumber", w.doing(ana, "GET", "chat/messages/?page=last", nil)},
		{"ListByCursor", w.doing(ana, "GET", "chat/messages/?cursor=*", nil)},
		{"ListOfARoom", w.doing(ana, "GET", path("chat/messages/?room=%d&page=290", big), nil)},
		{"ListBefore", w.doing(ana, "GET", path("chat/messages/?room=%d&before=3000", big), nil)},
		{"ListAfter", w.doing(ana, "GET", path("chat/messages/?room=%d&after=3000", big), nil)},
		{"Last", w.doing(ana, "GET", path("chat/messages/last_messages/?room=%d", big), nil)},
		{"One", w.doing(ana, "GET", path("chat/messages/%d/", message), nil)},
		{"Log", w.doing(ana, "GET", path("chat/rooms/%d/log/?after=3000", big), nil)},
		{"LogBefore", w.doing(ana, "GET", path("chat/rooms/%d/log/?before=3000", big), nil)},
		{"Logs", w.doing(ana, "GET", "chat/log/?rooms="+rooms[:len(rooms)-1], nil)},
		{"MarkRead", w.doing(ana, "POST", "chat/messages/mark_read/", object{"room": 3})},
		{"MarkReadByMessages", w.doing(ana, "POST", "chat/messages/mark_read/", object{"room": 1, "message_ids": []int64{message}})},
		{"Edit", w.doing(ana, "PATCH", path("chat/messages/%d/", id(own)), object{"content": "otro"})},
		{"Revisions", w.doing(jefa, "GET", path("chat/messages/%d/revisions/", message), nil)},
		{"Delete", w.doing(ana, "DELETE", path("chat/messages/%d/", id(own)), nil)},
		{"FindAFrequentWord", w.doing(ana, "GET", "chat/messages/search/?q=vaca", nil)},
		{"FindARareWord", w.doing(ana, "GET", "chat/messages/search/?q=alazana", nil)},
		{"FindWordsThatAvoidEachOther", w.doing(ana, "GET", "chat/messages/search/?q=vaca+trigo", nil)},
		{"FindInARoom", w.doing(ana, "GET", path("chat/messages/search/?q=vaca&room=%d", big), nil)},
		{"Documents", func() answer { w.job("chat.document"); return answer{t: t, Status: 200} }},
		{"MediaDeleted", func() answer { w.event(media.Deleted{MediaID: 4}); return answer{t: t, Status: 200} }},
		{"Delivered", func() answer {
			require.NoError(t, c.Delivered(ctx, ana, map[int64]int64{5: 55, 6: 55, big: 5000}))
			return answer{t: t, Status: 200}
		}},
		{"LastAndAfter", func() answer {
			_, err := c.Last(ctx, []int64{1, 2, big})
			require.NoError(t, err)
			_, err = c.After(ctx, []core.Want{{RoomID: 1, After: 10, Limit: 50}, {RoomID: big, After: 10, Limit: 50}})
			require.NoError(t, err)
			return answer{t: t, Status: 200}
		}},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.scanned()
			got := r.do()
			require.Less(t, got.Status, 300, got.Raw)
			require.Equal(t, before, w.scanned(), "rows read by sequential scans")
		})
	}
}

// doing is as, later.
func (w *world) doing(user int64, method, at string, body any) func() answer {
	return func() answer { return w.as(user, method, at, body) }
}

var scannedTables = []string{"room", "member", "entry", "mark", "block", "person", "revision", "document"}

// scanned counts the rows of large tables that sequential scans have read, as the server's statistics tell.
func (w *world) scanned() []string {
	w.t.Helper()
	w.tellStatistics()
	return w.texts(`select relname || ' ' || coalesce(seq_tup_read, 0) from pg_stat_user_tables
		where schemaname = 'chat' and relname = any($1) order by relname`, scannedTables)
}
