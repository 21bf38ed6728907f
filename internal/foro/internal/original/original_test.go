package original

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// dirt is what the fixture has none of: threads that are too deep, names that differ in case alone, pictures.
const dirt = `
	update foro_post set community_id = 999 where id = 2;
	insert into foro_comment (id, user_id, post_id, parent_id, content) select 50000 + n, 1, 1, case when n > 1 then 49999 + n end, 'hondo' from generate_series(1, 60) n;
	insert into foro_community (name, slug, created_by_id, members_ids, avatar) values ('Cuyes', 'cuyes', 1, '[2, "3", 3]', 'https://files.example/a.png'), ('CUYES', 'cuyes-2', 2, '[]', null),
		('Otros cuyes', 'Cuyes', 3, '[4]', null);
	insert into foro_reaction (user_id, type, content_type_id, object_id, created_at) values (1, 'like', 11, 1, '2026-01-01'), (1, 'dislike', 11, 1, '2026-01-02'), (1, 'heart', 11, 1, '2026-01-03'),
		(5000000, 'like', 11, 1, '2026-01-03') on conflict do nothing;
	insert into foro_notification (recipient_id, actor_id, content_type_id, object_id, notif_type) values (5, 1, 11, 2, 'post_reaction'), (5, 2, 11, 2, 'post_reaction'), (5, 2, 11, 2, 'post_reaction'),
		(5, 5, 11, 2, 'post_reaction'), (5, 1, 11, 2, 'boletin')`

func source(t *testing.T) string {
	dsn := originaltest.Database(t)
	originaltest.Exec(t, dsn, dirt)
	return dsn
}

// forum is the module's rules on an empty database.
func forum(t *testing.T) *core.Core {
	t.Helper()
	db := pgtest.Schema(t, "foro")
	c, err := core.New(core.Config{}, core.Deps{DB: db, Outbox: bus.New(bus.Config{}).Source(db, foro.Topic), Users: strangers{}})
	require.NoError(t, err)
	return c
}

// strangers is auth that knows nobody.
type strangers struct{}

func (strangers) Users(context.Context, ...int64) (map[int64]auth.User, error) { return nil, nil }

func run(t *testing.T, c *core.Core, dsn string, dry bool) map[string]*original.TableReport {
	t.Helper()
	s, err := original.Open(t.Context(), dsn)
	require.NoError(t, err)
	defer s.Close()
	users, err := pg.Open(dsn, "public", pg.Options{})
	require.NoError(t, err)
	defer users.Close()
	auth := original.Part{Module: "auth", Gives: []original.List{{Name: "known_user", Query: "select id, case id when 50 then 49 else id end from auth_app_user"},
		{Name: "known_role", Query: "select id, id % 3 + 1 from auth_app_user"}}}
	report, err := original.Run{Parts: []original.Part{Part(c.SeedCommunities)}, Givers: []original.Part{auth}, Sources: map[string]original.Source{"foro": s},
		Targets: map[string]*pg.DB{"foro": c.DB, "auth": users}, Dry: dry,
		Foreign: map[string]original.Foreign{"known_media": {Module: "foro", Table: original.Table{Name: "media_media"}}}}.Do(t.Context())
	require.NoError(t, err)
	require.NoError(t, report.Unaccounted())
	tables := map[string]*original.TableReport{}
	for _, table := range report.Modules[0].Tables {
		tables[table.Table] = table
	}
	return tables
}

// sound checks what must hold of the module's tables.
func sound(t *testing.T, db *pg.DB) {
	t.Helper()
	for what, sql := range map[string]string{
		"posts count what is on them": `select count(*) from post p where (comments_count, likes, dislikes, hearts) <> ((select count(*) from comment c where c.post_id = p.id),
			(select count(*) from reaction r where r.post_id = p.id and type = 'like'), (select count(*) from reaction r where r.post_id = p.id and type = 'dislike'),
			(select count(*) from reaction r where r.post_id = p.id and type = 'heart'))`,
		"comments count what is on them": `select count(*) from comment c where (replies_count, likes + dislikes + hearts) <> ((select count(*) from comment d where d.parent_id = c.id),
			(select count(*) from reaction r where r.comment_id = c.id))`,
		"replies are one deeper":  "select count(*) from comment c left join comment p on p.id = c.parent_id where c.depth <> coalesce(p.depth + 1, 0) or c.depth > 50 or p.post_id <> c.post_id",
		"members are counted":     "select count(*) from community c where members_count <> (select count(*) from member m where m.community_id = c.id)",
		"founders own":            "select count(*) from community c where created_by <> 0 and not exists (select from member m where m.community_id = c.id and m.user_id = c.created_by and m.role = 'owner')",
		"communities are found":   "select count(*) from community c where not exists (select from community_words w where w.community_id = c.id)",
		"communities are counted": "select (select count(*) from community) - n from community_total",
		"questions wait":          "select (select count(*) from post where question) - (select count(*) from open_question)",
		"documents are due":       "select count(*) from post p where not exists (select from due d where d.post_id = p.id)",
		"affinity is what was done": `select count(*) from affinity a full join (select user_id, author_id, sum(weight) as weight from (
				select c.user_id, p.author_id, 3 as weight from comment c join post p on p.id = c.post_id
				union all select r.user_id, p.author_id, 2 from reaction r join post p on p.id = r.post_id
				union all select r.user_id, c.user_id, 1 from reaction r join comment c on c.id = r.comment_id) x
			where user_id <> author_id and user_id <> 0 and author_id <> 0 group by 1, 2) d using (user_id, author_id) where a.weight is distinct from d.weight`,
	} {
		require.Zero(t, originaltest.Number(t, db, sql), what)
	}
}

func TestEverything(t *testing.T) {
	c, dsn := forum(t), source(t)
	tables := run(t, c, dsn, false)
	sound(t, c.DB)
	rules := map[string]bool{}
	for _, table := range tables {
		require.Positive(t, table.Accounted(), table.Table)
		for _, r := range table.Rules {
			rules[table.Table+" "+r.Rule] = true
		}
	}
	for table, here := range map[string]string{"foro_post": "post", "foro_comment": "comment", "foro_reaction": "reaction", "foro_notification": "notification"} {
		require.Equal(t, tables[table].Taken, originaltest.Number(t, c.DB, "select count(*) from "+here), table)
	}
	for _, rule := range []string{"foro_community older_default", "foro_community slug_is_here", "foro_community member_unknown", "foro_community picture_not_taken",
		"foro_community name_is_anothers", "foro_post author_unknown", "foro_post community_unknown", "foro_comment post_not_taken", "foro_comment answers_nothing_here",
		"foro_comment too_deep", "foro_comment author_unknown", "foro_reaction newer_one", "foro_reaction user_unknown", "foro_reaction reaction_unknown",
		"foro_reaction target_not_reacted_to", "foro_reaction target_not_taken", "foro_notification about_nothing", "foro_notification target_not_taken",
		"foro_notification own_deed", "foro_notification type_unknown", "foro_notification same_unread"} {
		require.Contains(t, rules, rule)
	}
	require.EqualValues(t, 4, originaltest.Number(t, c.DB, "select count(*) from community where id <= 4 and standard"), "those that nobody used have the original's ids")
	require.EqualValues(t, 1, originaltest.Number(t, c.DB, "select count(*) from reaction where user_id = 1 and post_id = 1 and type = 'dislike'"), "the newest vote")
	require.EqualValues(t, 2, originaltest.Number(t, c.DB, "select count(*) from reaction where user_id = 1 and post_id = 1"))
	require.EqualValues(t, 2, originaltest.Number(t, c.DB, "select actors_count from notification where recipient_id = 5 and type = 'post_reaction' and post_id = 2 and not read"))
	require.Greater(t, originaltest.Number(t, c.DB, "insert into post (author_id, title, content) values (1, 'a', 'b') returning id"), int64(synthetic.Tiny.Posts))
}

func TestTheForumIsReadAsAlways(t *testing.T) {
	c, dsn := forum(t), source(t)
	originaltest.Exec(t, dsn, "update foro_post set title = '¿Qué come?', content = 'La alpaca tose', author_id = 1, community_id = 1, views_count = 77 where id = 4")
	run(t, c, dsn, false)
	ctx := authn.With(t.Context(), authn.Principal{UserID: 1})
	p, err := c.Get(ctx, 4)
	require.NoError(t, err)
	require.Equal(t, "La alpaca tose", p.Content)
	require.EqualValues(t, 77, p.Views)
	require.True(t, p.Question)
	require.Equal(t, "general", p.Community.Slug)
	require.EqualValues(t, originaltest.Number(t, c.DB, "select count(*) from comment where post_id = 4"), p.Comments)
	sound(t, c.DB)
	require.NoError(t, c.Document(ctx))
	require.EqualValues(t, originaltest.Number(t, c.DB, "select (select count(*) from post) + (select count(*) from comment)"), originaltest.Number(t, c.DB, "select count(*) from document"))
	m, err := c.Answer(ctx, foro.Comment{PostID: 4, Content: "Gracias"})
	require.NoError(t, err)
	require.Greater(t, m.ID, int64(50_060))
	_, isNew, err := c.React(ctx, foro.Target{PostID: 1}, foro.Like)
	require.NoError(t, err)
	require.True(t, isNew)
}

func TestDryRunTellsTheSameAndLeavesNothing(t *testing.T) {
	c, dsn := forum(t), source(t)
	dry := run(t, c, dsn, true)
	require.Zero(t, originaltest.Number(t, c.DB, "select (select count(*) from person) + (select count(*) from post) + (select count(*) from community) + (select count(*) from pg_namespace where nspname = 'foro_original')"))
	require.Equal(t, dry, run(t, c, dsn, false))
}

func TestALaterRunBringsWhatIsNewAlone(t *testing.T) {
	c, dsn := forum(t), source(t)
	first := run(t, c, dsn, false)
	for name, table := range run(t, c, dsn, false) {
		require.Zero(t, table.This["taken"], name)
		require.Equal(t, first[name].Accounted(), table.Accounted(), name)
	}
	for _, sql := range []string{"delete from post where id = 1", "delete from member where community_id = 1 and user_id = 1",
		"update post set version = 2, edited_at = now(), title = 'Mía' where id = 3", "update community set gone = true where slug = 'cuyes-2'"} {
		_, err := c.DB.Q(t.Context()).Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	originaltest.Exec(t, dsn, `insert into foro_post (author_id, title, content, community_id) values (1, 'Nuevo', 'x', 1);
		insert into foro_comment (id, user_id, post_id, parent_id, content) values (60001, 2, 2, 50001, 'Nuevo'), (60002, 2, 1, null, 'Ya no');
		update foro_post set title = 'Otra', updated_at = now() where id in (1, 2, 3);
		insert into foro_reaction (user_id, type, content_type_id, object_id) values (1, 'like', 11, 2), (1, 'dislike', 11, 2) on conflict do nothing`)
	later := run(t, c, dsn, false)
	require.EqualValues(t, 1, later["foro_post"].This["taken"])
	require.EqualValues(t, 1, later["foro_comment"].This["taken"])
	require.Zero(t, originaltest.Number(t, c.DB, "select (select count(*) from post where id = 1) + (select count(*) from member where community_id = 1 and user_id = 1)"))
	require.EqualValues(t, 2, originaltest.Number(t, c.DB, "select count(*) from post where (id, title) in ((2, 'Otra'), (3, 'Mía'))"))
	require.EqualValues(t, 1, originaltest.Number(t, c.DB, "select count(*) from reaction where user_id = 1 and post_id = 2 and type <> 'heart'"))
}

func TestWithoutMemoryRowsAreKnownAgain(t *testing.T) {
	c, dsn := forum(t), source(t)
	first := run(t, c, dsn, false)
	require.NoError(t, original.Forget(t.Context(), c.DB))
	for name, table := range run(t, c, dsn, false) {
		require.Zero(t, table.Taken, name)
		require.Equal(t, first[name].Taken, table.There, name)
	}
	sound(t, c.DB)
}
