package original

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/core"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// users is auth: it knows all of the original's users but that 50 is 49 now, and of those behind 290 not the role.
func users(t *testing.T, dsn string) (original.Part, *pg.DB) {
	t.Helper()
	db, err := pg.Open(dsn, "public", pg.Options{})
	require.NoError(t, err)
	t.Cleanup(db.Close)
	return original.Part{Module: "auth", Gives: []original.List{
		{Name: "known_user", Query: "select id, case id when 50 then 49 else id end from auth_app_user"},
		{Name: "known_role", Query: "select id, case when id = 50 then 49 else id end % 3 + 1 from auth_app_user where id <= 290"},
	}}, db
}

func run(t *testing.T, db *pg.DB, dsn string, dry bool) []*original.TableReport {
	t.Helper()
	s, err := original.Open(t.Context(), dsn)
	require.NoError(t, err)
	defer s.Close()
	auth, of := users(t, dsn)
	report, err := original.Run{Parts: []original.Part{Part()}, Givers: []original.Part{auth}, Sources: map[string]original.Source{"profiles": s},
		Targets: map[string]*pg.DB{"profiles": db, "auth": of}, Dry: dry,
		Foreign: map[string]original.Foreign{"known_media": {Module: "profiles", Table: original.Table{Name: "media_media"}}}}.Do(t.Context())
	require.NoError(t, err)
	require.NoError(t, report.Unaccounted())
	return report.Modules[0].Tables
}

func change(t *testing.T, db *pg.DB, sql string) {
	t.Helper()
	_, err := db.Q(t.Context()).Exec(t.Context(), sql)
	require.NoError(t, err, sql)
}

// sound checks what must hold of the module's tables.
func sound(t *testing.T, db *pg.DB) {
	t.Helper()
	for what, sql := range map[string]string{
		"everybody has a profile of their kind": `select count(*) from owner w where not exists (select from specialist t where t.user_id = w.user_id and w.kind = 'specialist')
			and not exists (select from businessman t where t.user_id = w.user_id and w.kind = 'businessman')
			and not exists (select from consumer t where t.user_id = w.user_id and w.kind = 'consumer')`,
		"pictures are numbered from one": `select count(*) from (select user_id from work_image group by user_id having max(position) <> count(*)
			union all select user_id from product group by user_id having max(position) <> count(*)) x`,
		"what is pending is what the profile has": `select count(*) from specialist s where (verification_state = 'pending') <> exists (select from verification v
			where v.user_id = s.user_id and v.status = 'pending' and (v.title_id, v.student_card_id, v.graduation_letter_id) = (s.title_id, s.student_card_id, s.graduation_letter_id))`,
		"submissions have a history": "select count(*) from verification v where not exists (select from verification_history h where h.verification_id = v.id)",
	} {
		require.Zero(t, originaltest.Number(t, db, sql), what)
	}
}

func TestProfiles(t *testing.T) {
	db, dsn := pgtest.Schema(t, "profiles"), originaltest.Database(t)
	originaltest.Exec(t, dsn, `update profiles_specialistprofile set work_images_ids = '{"a": 1}' where id = 1;
		update profiles_specialistprofile set work_images_ids = '[3, "777777"]', verification_title_id = 777777 where id = 2;
		insert into profiles_specialistprofile (user_id, profession, about_us) values (50, 'Veterinario', ''), (49, ' agronomo', ' Papa y quinua ')`)
	tables := run(t, db, dsn, false)
	sound(t, db)
	rules := map[string]bool{}
	for i, table := range tables {
		require.Positive(t, table.Taken, table.Table)
		require.Equal(t, table.Taken, originaltest.Number(t, db, "select count(*) from profiles_original.original_profile where kind = $1", kinds[i].name), table.Table)
		for _, r := range table.Rules {
			rules[r.Rule] = true
		}
	}
	for _, rule := range []string{"user_unknown", "user_has_another", "kept_for_another_role", "profession_unknown", "years_out_of_range", "file_unknown", "list_unreadable",
		"document_unknown", "documents_await_staff", "business_type_unknown"} {
		require.Contains(t, rules, rule)
	}
	require.EqualValues(t, synthetic.Tiny.Users-1, originaltest.Number(t, db, "select count(*) from owner"), "everybody, but for who was merged")
	require.Zero(t, originaltest.Number(t, db, "select count(*) from owner where user_id <= 290 and kind <> (array['specialist', 'businessman', 'consumer'])[user_id % 3 + 1]"))
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from specialist where user_id = 49 and claimed and profession = 'Agrónomo' and about_us = 'Papa y quinua' and searchable like 'agronomo%quinua'"))
	require.Greater(t, originaltest.Number(t, db, "insert into specialist (user_id) select user_id from owner where user_id not in (select user_id from specialist) limit 1 returning id"),
		originaltest.Number(t, db, "select max(id) from specialist s where exists (select from profiles_original.original_profile o where o.kind = 'specialist' and o.user_id = s.user_id)"))
}

func TestAnIdThatSomebodyHereHas(t *testing.T) {
	db, dsn := pgtest.Schema(t, "profiles"), originaltest.Database(t)
	change(t, db, "insert into owner (user_id, kind) values (900000, 'specialist')")
	change(t, db, "insert into specialist (id, user_id) values (1, 900000)")
	var told int64
	for _, r := range run(t, db, dsn, false)[0].Rules {
		if r.Rule == "id_is_anothers" {
			told = r.Rows
		}
	}
	require.EqualValues(t, 1, told)
	require.EqualValues(t, 900000, originaltest.Number(t, db, "select user_id from specialist where id = 1"))
}

// people is auth that knows everybody.
type people struct{}

func (people) Users(_ context.Context, ids ...int64) (map[int64]auth.User, error) {
	all := map[int64]auth.User{}
	for _, id := range ids {
		all[id] = auth.User{ID: id, FullName: "Ana", Role: auth.Specialist}
	}
	return all, nil
}

func TestProfilesAreReadAsAlways(t *testing.T) {
	db, dsn := pgtest.Schema(t, "profiles"), originaltest.Database(t)
	originaltest.Exec(t, dsn, `update profiles_specialistprofile set profession = 'Zootecnista', about_us = 'Cuyes', work_images_ids = '["12", 7, 999999, 12]', verification_title_id = 9 where user_id = 3`)
	run(t, db, dsn, false)
	c := core.New(core.Deps{DB: db, Users: people{}})
	s, err := c.Specialists.Get(t.Context(), 3)
	require.NoError(t, err)
	require.Equal(t, originaltest.Number(t, db, "select id from specialist where user_id = 3"), s.ID)
	require.Equal(t, "Zootecnista", s.Profile.Profession)
	require.Equal(t, []int64{12, 7}, s.Profile.WorkImageIDs)
	require.EqualValues(t, 9, s.Profile.Documents.TitleID)
	require.Equal(t, profiles.VerificationPending, s.Profile.Verification.State)
	_, err = c.Businessmen.Get(t.Context(), 3)
	require.ErrorIs(t, err, profiles.ErrKindMismatch)
	cards, err := c.Cards(t.Context(), 1, 2, 111)
	require.NoError(t, err)
	require.NotNil(t, cards[1].Businessman)
	require.NotNil(t, cards[2].Consumer)
	require.NotNil(t, cards[111].Specialist, "of all three kinds the one of the role")
}

func TestDryRunTellsTheSameAndLeavesNothing(t *testing.T) {
	db, dsn := pgtest.Schema(t, "profiles"), originaltest.Database(t)
	dry := run(t, db, dsn, true)
	require.Zero(t, originaltest.Number(t, db, "select (select count(*) from owner) + (select count(*) from specialist) + (select count(*) from pg_namespace where nspname = 'profiles_original')"))
	require.Equal(t, dry, run(t, db, dsn, false))
}

func TestALaterRunBringsWhatIsNewAlone(t *testing.T) {
	db, dsn := pgtest.Schema(t, "profiles"), originaltest.Database(t)
	first := run(t, db, dsn, false)
	change(t, db, "delete from specialist where user_id = 3")
	change(t, db, "update businessman set business_name = 'Otro' where user_id = 1")
	originaltest.Exec(t, dsn, `insert into auth_app_user (id, password, phone_number) values (5000, '', '59171112223'), (5001, '', '59171112224');
		insert into profiles_businessmanprofile (user_id, business_name, descriptions, contact) values (5000, 'Nuevo', '', '')`)
	later := run(t, db, dsn, false)
	require.Equal(t, first[0].Rejected+1, later[0].Rejected, "what was deleted does not come back")
	require.Zero(t, originaltest.Number(t, db, "select count(*) from specialist where user_id = 3"))
	require.EqualValues(t, 1, later[1].Taken)
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from businessman where user_id = 1 and business_name = 'Otro'"))
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from owner join businessman using (user_id) where user_id = 5000 and kind = 'businessman' and claimed"))
	require.EqualValues(t, 1, originaltest.Number(t, db, "select count(*) from owner join consumer using (user_id) where user_id = 5001 and kind = 'consumer'"))
}

func TestWhatIsHereWins(t *testing.T) {
	db, dsn := pgtest.Schema(t, "profiles"), originaltest.Database(t)
	change(t, db, "insert into owner values (3, 'specialist'), (6, 'specialist'), (9, 'gone'), (4711, 'specialist')")
	change(t, db, "insert into specialist (id, user_id, claimed, about_us) values (800, 3, true, 'Mío'), (801, 6, false, ''), (3, 4711, true, 'Otra persona')")
	run(t, db, dsn, false)
	require.EqualValues(t, 800, originaltest.Number(t, db, "select id from specialist where user_id = 3 and about_us = 'Mío'"))
	require.EqualValues(t, 2, originaltest.Number(t, db, "select id from specialist where user_id = 6"), "what an event has made gives way")
	require.Zero(t, originaltest.Number(t, db, "select count(*) from specialist where user_id = 9"), "nothing comes of who is gone")
	require.NoError(t, original.Forget(t.Context(), db))
	again := run(t, db, dsn, false)
	require.Zero(t, again[0].Taken+again[1].Taken+again[2].Taken, "without memory rows are known again")
}
