package core

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTakingBackUsesIndexes runs the statements until they have the plan for all values, on tables of 60,000 rows.
func TestTakingBackUsesIndexes(t *testing.T) {
	c := setup(t)
	exec := func(query string) {
		_, err := c.DB.Q(t.Context()).Exec(t.Context(), query)
		require.NoError(t, err)
	}
	exec("insert into post (author_id, title, content) select 10000 + n % 5000, 'Vaca', 'Sana.' from generate_series(1, 60000) n")
	exec("insert into comment (post_id, user_id, content) select n, 20000 + n % 5000, 'Sí.' from generate_series(1, 60000) n")
	exec("insert into reaction (user_id, post_id, type) select 20000 + n % 5000, n, 'like' from generate_series(1, 60000) n")
	exec("insert into reaction (user_id, comment_id, type) select 30000 + n % 5000, n, 'like' from generate_series(1, 60000) n")
	exec("insert into affinity (user_id, author_id, weight) select 20000 + n % 5000, 10000 + n / 10, 5 from generate_series(1, 60000) n on conflict do nothing")
	for _, table := range []string{"post", "comment", "reaction", "affinity"} {
		exec("vacuum analyze " + table)
	}
	scanned := func() []string {
		exec("select pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
		return c.texts(t, "select relname || ' ' || coalesce(seq_tup_read, 0) from pg_stat_user_tables where schemaname = 'foro' and relname in ('post', 'comment', 'reaction', 'affinity') order by 1")
	}
	before := scanned()
	for i := range int64(8) {
		require.NoError(t, c.DB.Tx(t.Context(), func(ctx context.Context) error {
			if err := c.unaffine(ctx, []int64{100 + i}, []int64{200 + i}); err != nil {
				return err
			}
			return c.forgetAffinity(ctx, 20000+i)
		}))
	}
	require.Equal(t, before, scanned())
}
