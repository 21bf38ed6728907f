package original

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/store"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// try runs an import; all of the original's users and files are known.
func try(ctx context.Context, t *testing.T, db *pg.DB, dsn string, dry bool, progress func(original.Progress)) (original.Report, error) {
	t.Helper()
	s, err := original.Open(t.Context(), dsn)
	require.NoError(t, err)
	defer s.Close()
	return original.Run{Parts: []original.Part{Part()}, Sources: map[string]original.Source{"chat": s}, Targets: map[string]*pg.DB{"chat": db}, Dry: dry, Progress: progress,
		Foreign: map[string]original.Foreign{
			"known_user":  {Module: "chat", Table: original.Table{Name: "auth_app_user"}},
			"known_media": {Module: "chat", Table: original.Table{Name: "media_media"}},
		}}.Do(ctx)
}

func run(t *testing.T, db *pg.DB, dsn string, dry bool) []*original.TableReport {
	t.Helper()
	report, err := try(t.Context(), t, db, dsn, dry, nil)
	require.NoError(t, err)
	require.NoError(t, report.Unaccounted())
	return report.Modules[0].Tables
}

// sound checks what must hold of the module's tables.
func sound(t *testing.T, db *pg.DB) {
	t.Helper()
	for what, sql := range map[string]string{
		"logs without gaps":       "select count(*) from room r where last_seq <> (select count(*) from entry e where e.room_id = r.id) or last_seq <> coalesce((select max(seq) from entry e where e.room_id = r.id), 0)",
		"members are counted":     "select count(*) from room r where members <> (select count(*) from member m where m.room_id = r.id) or members = 0",
		"marks within the log":    "select count(*) from member m join room r on r.id = m.room_id where m.delivered_seq > r.last_seq",
		"marks say how far":       "select count(*) from member m where m.read_seq > 0 and m.read_seq <> (select max(seq) from mark k where (k.room_id, k.user_id, k.kind) = (m.room_id, m.user_id, 'read'))",
		"groups are owned":        "select count(*) from room r where not is_private and (select count(*) from member m where m.room_id = r.id and m.role = 'owner') <> 1",
		"members of pairs belong": "select count(*) from room r join member m on m.room_id = r.id where r.is_private and m.user_id not in (r.low_id, r.high_id)",
		"gone people say nothing": "select count(*) from entry where user_id = 0 and (content <> '' or media_id is not null or deleted_at is null)",
	} {
		require.Zero(t, originaltest.Number(t, db, sql), what)
	}
}

func TestRoomsMessagesAndReceipts(t *testing.T) {
	db, dsn := pgtest.Schema(t, "chat"), originaltest.Database(t)
	tables := run(t, db, dsn, false)
	sound(t, db)
	rules := map[string]bool{}
	for _, table := range tables {
		require.Positive(t, table.Taken, table.Table)
		for _, r := range table.Rules {
			rules[r.Rule] = true
		}
	}
	for _, rule := range []string{"nobody_known", "pair_has_a_room", "participant_unknown", "private_not_of_two", "room_not_taken", "sender_unknown", "file_unknown", "user_not_in_room"} {
		require.Contains(t, rules, rule)
	}
	require.Equal(t, tables[1].Taken, originaltest.Number(t, db, "select count(*) from entry"))
	require.Zero(t, originaltest.Number(t, db, "select count(*) from (select created_at < lag(created_at) over (partition by room_id order by seq) as back from entry) x where back"), "numbers go by time")
	require.Greater(t, originaltest.Number(t, db, "insert into entry (room_id, seq, kind, user_id) select id, last_seq + 1, 'message', 1 from room limit 1 returning id"),
		int64(synthetic.Tiny.Messages))
}

func TestWhatIsHereStays(t *testing.T) {
	db, dsn := pgtest.Schema(t, "chat"), originaltest.Database(t)
	for _, sql := range []string{"insert into room (id, is_private, name, created_by, last_seq) values (4, false, 'Nuestra', 900000, 1)",
		"insert into member (room_id, user_id, role) values (4, 900000, 'owner')",
		"insert into entry (id, room_id, seq, kind, user_id, content) values (9000001, 4, 1, 'message', 900000, 'Nuestro')"} {
		_, err := db.Q(t.Context()).Exec(t.Context(), sql)
		require.NoError(t, err, sql)
	}
	originaltest.Exec(t, dsn, "insert into chat_chatmessage (id, room_id, sender_id, content) values (9000001, 1, 1, 'Suyo')")
	told := map[string]int64{}
	for _, table := range run(t, db, dsn, false) {
		for _, r := range table.Rules {
			told[table.Table+" "+r.Rule] = r.Rows
		}
	}
	require.EqualValues(t, 1, told["chat_chatroom id_is_anothers"])
	require.EqualValues(t, 1, told["chat_chatmessage id_is_anothers"])
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from room where id = 4 and name = 'Nuestra'"))
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from entry where room_id = 4 and content = 'Nuestro'"), "nothing of theirs is said in it")
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from entry where room_id = 4"))
	sound(t, db)
}

func TestDryRunTellsTheSameAndLeavesNothing(t *testing.T) {
	db, dsn := pgtest.Schema(t, "chat"), originaltest.Database(t)
	dry := run(t, db, dsn, true)
	require.Zero(t, originaltest.Number(t, db, "select (select count(*) from room) + (select count(*) from person) + (select count(*) from pg_namespace where nspname = 'chat_original')"))
	require.Equal(t, dry, run(t, db, dsn, false))
}

func TestALaterRunBringsWhatIsNewAlone(t *testing.T) {
	db, dsn := pgtest.Schema(t, "chat"), originaltest.Database(t)
	first := run(t, db, dsn, false)
	again := run(t, db, dsn, false)
	for i := range again {
		require.Zero(t, again[i].This["taken"], again[i].Table)
		require.Equal(t, first[i].Accounted(), again[i].Accounted())
	}
	_, err := db.Q(t.Context()).Exec(t.Context(), "delete from entry where id = 1")
	require.NoError(t, err)
	originaltest.Exec(t, dsn, `insert into chat_chatmessage (room_id, sender_id, content) select id, 1, 'nuevo' from chat_chatroom where id in (1, 2, 3);
		insert into chat_chatmessagereceipt (message_id, user_id, read, read_at) select max(id), 1, true, now() from chat_chatmessage;
		update chat_chatmessagereceipt set read = true, read_at = now() where id = 3`)
	later := run(t, db, dsn, false)
	require.EqualValues(t, 3, later[1].This["taken"])
	require.Zero(t, originaltest.Number(t, db, "select count(*) from entry where id = 1"))
	require.Positive(t, later[2].This["again"])
	require.EqualValues(t, 1, later[2].This["read"])
}

// TestEndedAnywhereItGoesOn ends imports after ever more steps of their progress, until one is through.
func TestEndedAnywhereItGoesOn(t *testing.T) {
	whole, db, dsn := pgtest.Schema(t, "chat"), pgtest.Schema(t, "chat"), originaltest.Database(t)
	run(t, whole, dsn, false)
	ended := 0
	for steps := 1; ; steps += 2 {
		ctx, cancel := context.WithCancel(t.Context())
		left := steps
		_, err := try(ctx, t, db, dsn, false, func(original.Progress) {
			if left--; left == 0 {
				cancel()
			}
		})
		through := ctx.Err() == nil
		cancel()
		if through {
			require.NoError(t, err)
			break
		}
		ended++
	}
	require.Greater(t, ended, 5)
	sound(t, db)
	for _, sql := range []string{"select count(*) from entry", "select sum(seq * id)::bigint from entry", "select sum(read_seq)::bigint from member", "select count(*) from mark", "select count(*) from room"} {
		require.Equal(t, originaltest.Number(t, whole, sql), originaltest.Number(t, db, sql), sql)
	}
	require.NoError(t, original.Forget(t.Context(), db))
	tables := run(t, db, dsn, false)
	require.Zero(t, tables[1].Taken)
	require.Equal(t, originaltest.Number(t, db, "select count(*) from entry"), tables[1].There)
}

// TestWhatIsCommittedLateComesToo: a message whose id was passed by, since its transaction was still open.
func TestWhatIsCommittedLateComesToo(t *testing.T) {
	db, dsn := pgtest.Schema(t, "chat"), originaltest.Database(t)
	const say = "insert into chat_chatmessage (room_id, sender_id, content) values (1, 8, $1) returning id"
	slow, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer slow.Close(context.Background())
	tx, err := slow.Begin(t.Context())
	require.NoError(t, err)
	var id int64
	require.NoError(t, tx.QueryRow(t.Context(), say, "tarde").Scan(&id))
	originaltest.Exec(t, dsn, "insert into chat_chatmessage (room_id, sender_id, content) values (1, 8, 'pronto')")
	run(t, db, dsn, false)
	require.Zero(t, originaltest.Number(t, db, "select count(*) from entry where id = $1", id))
	require.NoError(t, tx.Commit(t.Context()))
	run(t, db, dsn, false)
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from entry where id = $1 and content = 'tarde'", id))
	sound(t, db)
}

// TestDocumentsAreMadeOfWhatCameMeanwhile: a run that began before does not note that it has seen all.
func TestDocumentsAreMadeOfWhatCameMeanwhile(t *testing.T) {
	db, dsn := pgtest.Schema(t, "chat"), originaltest.Database(t)
	s := store.Store{DB: db}
	before, err := s.Documented(t.Context())
	require.NoError(t, err)
	run(t, db, dsn, false)
	require.NoError(t, s.DocumentedTo(t.Context(), before, store.Documented{Reached: 1 << 40, Done: 1 << 40}))
	require.Zero(t, originaltest.Number(t, db, "select count(*) from documented where reached_id > 0 or done_id > 0"))
	now, err := s.Documented(t.Context())
	require.NoError(t, err)
	require.NoError(t, s.DocumentedTo(t.Context(), now, store.Documented{Reached: 1 << 40, Done: 1 << 40}))
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from documented where done_id = 1::bigint << 40"))
}
