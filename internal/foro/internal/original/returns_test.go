package original

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/pg"
)

// back goes back, and tells what became of posts, comments and reactions.
func back(t *testing.T, c *core.Core, dsn string, dry bool) []*original.BackTable {
	t.Helper()
	report, err := original.Back{Parts: []original.Part{Part(c.SeedCommunities)}, Sources: map[string]string{"foro": dsn}, Targets: map[string]*pg.DB{"foro": c.DB}, Dry: dry}.Do(t.Context())
	require.NoError(t, err)
	require.NoError(t, report.Refused())
	return report.Tables
}

func TestWhatWasWrittenHereGoesBack(t *testing.T) {
	c, dsn := forum(t), source(t)
	run(t, c, dsn, false)
	there, err := pg.Open(dsn, "public", pg.Options{})
	require.NoError(t, err)
	defer there.Close()
	for _, table := range back(t, c, dsn, false) {
		require.Zero(t, table.New+table.Changed+table.Deleted, table.Table)
	}
	number := func(sql string, args ...any) int64 { return originaltest.Number(t, c.DB, sql, args...) }
	community := number("select min(kept) from foro_original.original_community")
	post := number("insert into post (author_id, title, content, community_id) values (1, 'De aquí', 'texto', $1) returning id", community)
	number("insert into post (author_id, title, content, anonymous) values (1, 'Sin nombre', 'texto', true) returning id")
	comment := number("insert into comment (user_id, post_id, content) values (2, $1, 'también') returning id", post)
	number("insert into reaction (user_id, post_id, type) values (2, $1, 'like') returning id", post)
	edited, gone, unliked := number("select min(id) from post"), number("select min(id) from comment"), number("select max(id) from reaction where id < (select max(id) from reaction)")
	number("update post set content = 'corregido', version = 2, edited_at = now() where id = $1 returning id", edited)
	number("update comment set content = '', state = 'deleted' where id = $1 returning id", gone)
	number("delete from reaction where id = $1 returning id", unliked)

	require.Equal(t, back(t, c, dsn, true), back(t, c, dsn, false))
	thereNow := func(want int64, from string, args ...any) {
		t.Helper()
		require.Equal(t, want, originaltest.Number(t, there, "select count(*) from "+from, args...), from)
	}
	thereNow(1, "foro_post where id = $1 and author_id = 1 and title = 'De aquí' and community_id is not null", post)
	thereNow(0, "foro_post where title = 'Sin nombre'")
	thereNow(1, "foro_comment where id = $1 and post_id = $2 and content = 'también'", comment, post)
	thereNow(1, "foro_reaction r join django_content_type y on y.id = r.content_type_id and y.model = 'post' where r.object_id = $1 and r.user_id = 2", post)
	thereNow(1, "foro_post where id = $1 and content = 'corregido'", edited)
	thereNow(0, "foro_comment where id = $1", gone)
	thereNow(0, "foro_reaction where id = $1", unliked)
	for _, table := range back(t, c, dsn, false) {
		require.Zero(t, table.New+table.Changed+table.Deleted, "all is level: %s", table.Table)
	}
}
