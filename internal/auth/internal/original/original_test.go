package original

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth/internal/password"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func run(t *testing.T, db *pg.DB, dsn string, dry bool) original.Report {
	t.Helper()
	s, err := original.Open(t.Context(), dsn)
	require.NoError(t, err)
	defer s.Close()
	pictures, err := pg.Open(dsn, "public", pg.Options{})
	require.NoError(t, err)
	defer pictures.Close()
	part := []original.Part{Part("BO")}
	givers := append(part, original.Part{Module: "media", Gives: []original.List{{Name: "picture_taken", Columns: []string{"id bigint", "kept bigint", "url text", "why text"},
		Query: `select id, 1000 + id, '/media/profiles/' || id || '.jpg', '' from auth_app_user where id in (3, 6)
			union all select 9, 0, '', 'file_missing' from auth_app_user where id = 9`}}})
	report, err := original.Run{Parts: part, Givers: givers, Sources: map[string]original.Source{"auth": s},
		Targets: map[string]*pg.DB{"auth": db, "media": pictures}, Dry: dry}.Do(t.Context())
	require.NoError(t, err)
	for _, table := range report.Modules[0].Tables {
		require.Zero(t, table.Missing(), table.Table)
		require.Zero(t, table.Waiting, table.Table)
	}
	return report
}

func TestDryRunTellsTheSameAndLeavesNothing(t *testing.T) {
	db, dsn := pgtest.Schema(t, "auth"), originaltest.Database(t)
	dry := run(t, db, dsn, true)
	require.Zero(t, originaltest.Number(t, db, "select count(*) from users")+originaltest.Number(t, db, "select count(*) from sessions"))
	require.Zero(t, originaltest.Number(t, db, "select count(*) from pg_namespace where nspname = 'auth_original'"))
	require.Equal(t, dry.Modules[0].Tables, run(t, db, dsn, false).Modules[0].Tables)
}

func TestAccountsAndTokens(t *testing.T) {
	db, dsn := pgtest.Schema(t, "auth"), originaltest.Database(t)
	users := run(t, db, dsn, false).Modules[0].Tables[0]
	require.Equal(t, users.Taken, originaltest.Number(t, db, "select count(*) from users"))
	rules := map[string]int64{}
	for _, r := range users.Rules {
		rules[r.Rule] = r.Rows
	}
	for _, rule := range []string{"phone_invalid", "phone_spelled_otherwise", "password_in_clear_text", "password_of_another_hasher", "password_unusable",
		"role_empty", "role_unknown", "place_out_of_range"} {
		require.Positive(t, rules[rule], rule)
	}
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from users where id = 49 and phone = '+59170000049'")+
		originaltest.Number(t, db, "select count(*) from users where id = 50"), "one of two accounts with one line")
	var hash string
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select password from users where id = 1").Scan(&hash))
	h, err := password.New(password.Config{})
	require.NoError(t, err)
	defer h.Close()
	ok, old, err := h.Verify(t.Context(), synthetic.Password, hash)
	require.NoError(t, err)
	require.True(t, ok && old)
	require.Zero(t, originaltest.Number(t, db, "select count(*) from users where password like '%claro%'"))
	require.EqualValues(t, 2, originaltest.Number(t, db, "select count(*) from users where picture <> '' and picture = '/media/profiles/' || id || '.jpg' and picture_id = 1000 + id"))
	require.EqualValues(t, 2, originaltest.Number(t, db, "select count(*) from users where picture <> ''"), "others lead out of here")
	require.Positive(t, rules["picture_not_taken"])
	require.EqualValues(t, 1, originaltest.Number(t, db, "select user_id from sessions where token_hash = sha256(convert_to($1, 'UTF8'))", synthetic.Token(1)))
	require.Greater(t, originaltest.Number(t, db, "insert into users (phone, phone_typed, password) values ('+59171234567', '', '') returning id"),
		originaltest.Number(t, db, "select max(id) from users u where phone <> '+59171234567'"))
}

func TestASecondRunBringsWhatIsNewAlone(t *testing.T) {
	db, dsn := pgtest.Schema(t, "auth"), originaltest.Database(t)
	first := run(t, db, dsn, false).Modules[0].Tables[0]
	_, err := db.Q(t.Context()).Exec(t.Context(), "delete from users where id = 2")
	require.NoError(t, err)
	_, err = db.Q(t.Context()).Exec(t.Context(), "delete from sessions where user_id = 1")
	require.NoError(t, err)
	originaltest.Exec(t, dsn, "insert into auth_app_user (password, phone_number, role) values ('x', '+59176543210', 'client'), ('x', '"+synthetic.Phone(3)[3:]+"', '')")
	second := run(t, db, dsn, false).Modules[0].Tables[0]
	require.EqualValues(t, 1, second.Taken)
	require.Equal(t, first.Taken-1, second.There, "one was deleted in agrovet, and stays so")
	require.Equal(t, first.Rejected+1, second.Rejected)
	require.Equal(t, first.Merged+1, second.Merged)
	require.Zero(t, originaltest.Number(t, db, "select count(*) from users where id = 2"))
	require.Zero(t, originaltest.Number(t, db, "select count(*) from sessions where user_id = 1"), "who has signed out stays out")
}

// Whom auth has taken over side by side, an import completes, and brings nobody back.
func TestAnImportMeetsWhomAuthHasTakenOver(t *testing.T) {
	db, dsn := pgtest.Schema(t, "auth"), originaltest.Database(t)
	for _, sql := range []string{
		"insert into users (id, phone, phone_typed, password, role, full_name) values (1, '+59170000999', 'x', '!original', 'specialist', 'Otro Nombre')",
		"insert into users (id, phone, phone_typed, password) values (3, '+" + synthetic.Phone(3) + "', 'x', '$argon2id$own')",
		"insert into taken_over (id, token_hash, closed) values (1, sha256(convert_to('" + synthetic.Token(1) + "', 'UTF8')), true), (2, null, true), (3, null, false)",
	} {
		_, err := db.Q(t.Context()).Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	run(t, db, dsn, false)
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from users where id = 1 and password like 'pbkdf2%' and full_name = 'Otro Nombre' and phone = '+59170000999'"))
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from users where id = 3 and password = '$argon2id$own'"))
	require.Zero(t, originaltest.Number(t, db, "select count(*) from users where id = 2"), "deleted here")
	require.Zero(t, originaltest.Number(t, db, "select count(*) from sessions where user_id = 1"), "ended here")
	require.Zero(t, originaltest.Number(t, db, "select count(*) from users u where not exists (select from taken_over t where t.id = u.id)"))
	require.Positive(t, originaltest.Number(t, db, "select count(*) from taken_over t join sessions s on s.token_hash = t.token_hash and not t.closed"))
}

func TestWhoIsHereStays(t *testing.T) {
	db, dsn := pgtest.Schema(t, "auth"), originaltest.Database(t)
	_, err := db.Q(t.Context()).Exec(t.Context(), "insert into users (id, phone, phone_typed, password) values (3, '+59179999999', '', '')")
	require.NoError(t, err)
	rules := map[string]int64{}
	for _, r := range run(t, db, dsn, false).Modules[0].Tables[0].Rules {
		rules[r.Rule] = r.Rows
	}
	require.EqualValues(t, 1, rules["id_is_anothers"])
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from users where id = 3 and phone = '+59179999999'"))
	require.Zero(t, originaltest.Number(t, db, "select count(*) from sessions where user_id = 3"), "the original's token is not theirs")
	require.Zero(t, originaltest.Number(t, db, "select count(*) from users where phone = $1", "+"+synthetic.Phone(3)))
}

// TestWhoSignsUpHereIsKnown: others' imports find them by their ids.
func TestWhoSignsUpHereIsKnown(t *testing.T) {
	db, dsn := pgtest.Schema(t, "auth"), originaltest.Database(t)
	run(t, db, dsn, false)
	id := originaltest.Number(t, db, "insert into users (phone, phone_typed, password) values ('+59171234567', '', '') returning id")
	known := "select count(*) from (" + strings.ReplaceAll(knownUsers, "original_", "auth_original.original_") + ") k(id, kept) where id = $1"
	require.EqualValues(t, 1, originaltest.Number(t, db, known, id))
	require.Zero(t, originaltest.Number(t, db, known, 7), "nobody has it")
}
