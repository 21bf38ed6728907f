package original

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/original/originaltest"
)

// TestWhatIsHereStays has rows here with ids of the original's, and the original refer to what is not there.
func TestWhatIsHereStays(t *testing.T) {
	c, dsn := forum(t), source(t)
	for _, sql := range []string{
		"insert into person (user_id) values (1), (9)",
		"insert into community (id, name, slug) values (9, 'Nuestra', 'nuestra')",
		"insert into post (id, author_id, title, content) values (6, 9, 'Nuestro', 'x')",
		"insert into comment (id, post_id, user_id, content) values (70001, 6, 9, 'Nuestro')",
		"insert into notification (id, recipient_id, type, post_id, actor_id, actors_count) values (70001, 9, 'post_reply', 6, 1, 1)",
	} {
		_, err := c.DB.Q(t.Context()).Exec(t.Context(), sql)
		require.NoError(t, err, sql)
	}
	originaltest.Exec(t, dsn, `insert into foro_comment (id, user_id, post_id, content) values (70001, 1, 2, 'Suyo');
		insert into foro_notification (id, recipient_id, actor_id, content_type_id, object_id, notif_type) values (70001, 5, 1, 11, 2, 'post_reply');
		insert into foro_community (id, name, slug, created_by_id, members_ids) values (70001, 'Sin fundador', 'sin-fundador', 5000000, '[1]');
		update foro_post set media_id = 777777 where id = 2;
		insert into foro_comment (id, user_id, post_id, content, media_id) values (70002, 1, 2, 'Con foto', 777777)`)
	tables := run(t, c, dsn, false)
	told := map[string]bool{}
	for name, table := range tables {
		for _, r := range table.Rules {
			told[name+" "+r.Rule] = true
		}
	}
	for _, rule := range []string{"foro_community id_is_anothers", "foro_community founder_unknown", "foro_post id_is_anothers", "foro_post file_unknown",
		"foro_comment id_is_anothers", "foro_comment file_unknown", "foro_notification id_is_anothers"} {
		require.True(t, told[rule], rule)
	}
	for what, sql := range map[string]string{
		"our community":            "select count(*) from community where id = 9 and slug = 'nuestra'",
		"theirs, with another id":  "select count(*) from community where id > 12 and slug = 'comunidad-8'",
		"one without its founder":  "select count(*) from community where slug = 'sin-fundador' and created_by = 0 and members_count = 1",
		"our post":                 "select count(*) from post where id = 6 and title = 'Nuestro'",
		"our comment":              "select count(*) from comment where id = 70001 and content = 'Nuestro'",
		"our notification":         "select count(*) from notification where id = 70001 and recipient_id = 9",
		"a post without file":      "select count(*) from post where id = 2 and media_id is null",
		"a comment without a file": "select count(*) from comment where id = 70002 and media_id is null",
	} {
		require.EqualValues(t, 1, originaltest.Number(t, c.DB, sql), what)
	}
}

// TestTheNewerVoteIsTheOneHere has somebody vote here after they did in the original.
func TestTheNewerVoteIsTheOneHere(t *testing.T) {
	c, dsn := forum(t), source(t)
	originaltest.Exec(t, dsn, "delete from foro_reaction where user_id = 1 and content_type_id = 11 and object_id = 2")
	run(t, c, dsn, false)
	_, _, err := c.React(authn.With(t.Context(), authn.Principal{UserID: 1}), foro.Target{PostID: 2}, foro.Dislike)
	require.NoError(t, err)
	originaltest.Exec(t, dsn, "insert into foro_reaction (id, user_id, type, content_type_id, object_id, created_at) values (70001, 1, 'like', 11, 2, '2026-01-01')")
	var told int64
	for _, r := range run(t, c, dsn, false)["foro_reaction"].Rules {
		if r.Rule == "newer_one_here" {
			told = r.Rows
		}
	}
	require.EqualValues(t, 1, told)
	require.EqualValues(t, 1, originaltest.Number(t, c.DB, "select count(*) from reaction where user_id = 1 and post_id = 2 and type = 'dislike'"))
	require.Zero(t, originaltest.Number(t, c.DB, "select count(*) from reaction where user_id = 1 and post_id = 2 and type = 'like'"))
	sound(t, c.DB)
}
