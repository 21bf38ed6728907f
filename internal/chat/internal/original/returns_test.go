package original

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

// back goes back, and tells what became of rooms and of messages.
func back(t *testing.T, db *pg.DB, dsn string, dry bool) []*original.BackTable {
	t.Helper()
	report, err := original.Back{Parts: []original.Part{Part()}, Sources: map[string]string{"chat": dsn}, Targets: map[string]*pg.DB{"chat": db}, Dry: dry}.Do(t.Context())
	require.NoError(t, err)
	require.NoError(t, report.Refused())
	return report.Tables
}

func TestWhatWasSaidHereGoesBack(t *testing.T) {
	db, dsn := pgtest.Schema(t, "chat"), originaltest.Database(t)
	run(t, db, dsn, false)
	for _, table := range back(t, db, dsn, false) {
		require.Zero(t, table.New+table.Changed+table.Deleted, table.Table)
	}
	number := func(sql string, args ...any) int64 { return originaltest.Number(t, db, sql, args...) }
	room := number("insert into room (is_private, low_id, high_id, created_by, last_seq) values (true, 1, 9001, 1, 1) returning id")
	number("insert into member (room_id, user_id) select $1, unnest(array[1, 9001]) returning user_id", room)
	said := number("insert into entry (room_id, seq, kind, user_id, content) values ($1, 1, 'message', 9001, 'hola') returning id", room)
	edited, gone := number("select min(id) from entry where user_id <> 0"), number("select max(id) from entry where user_id <> 0 and id <> $1", said)
	number("update entry set content = 'corregido', edited_at = now() where id = $1 returning id", edited)
	number("update entry set content = '', deleted_at = now() where id = $1 returning id", gone)

	require.Equal(t, back(t, db, dsn, true), back(t, db, dsn, false))
	there, err := pg.Open(dsn, "public", pg.Options{})
	require.NoError(t, err)
	defer there.Close()
	thereIs := func(from string, args ...any) {
		t.Helper()
		require.EqualValues(t, 1, originaltest.Number(t, there, "select count(*) from "+from, args...), from)
	}
	thereIs("chat_chatroom where id = $1 and is_private and participants_ids @> '[1, 9001]'", room)
	thereIs("chat_chatmessage where room_id = $1 and id = $2 and sender_id = 9001 and content = 'hola' and not read", room, said)
	thereIs("chat_chatmessage where id = $1 and content = 'corregido'", edited)
	require.Zero(t, originaltest.Number(t, there, "select count(*) from chat_chatmessage where id = $1", gone))
	for _, table := range back(t, db, dsn, false) {
		require.Zero(t, table.New+table.Changed+table.Deleted, "all is level: %s", table.Table)
	}
}
