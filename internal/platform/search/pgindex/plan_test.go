package pgindex

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// TestSearchesStayInOneProcess reads the plans of every way where the planner would have other processes read
// for nothing, as it would with millions of documents: once for each bucket, they cost far more than they
// read.
func TestSearchesStayInOneProcess(t *testing.T) {
	x := newIndex(t)
	for by, name := range map[way]string{newest: "newest", atOnce: "at once", recent: "recent", buckets: "buckets"} {
		for _, below := range []int64{0, id(notes / 2)} {
			plan := x.plan(t, window(typed("odd", "even", "third").and("some").Query, below, -1), by)
			require.NotContains(t, plan, "Gather", name)
			require.NotContains(t, plan, "Memoize", name)
			require.NotContains(t, plan, "Function Scan on generate_series", name) // it would make all buckets first
			if by != newest {
				require.Contains(t, plan, "Bitmap Index Scan on document_terms", name)
			}
		}
	}
}

// plan is how a window is read where processes cost nothing.
func (x Index) plan(t testing.TB, w Window, by way) (plan string) {
	t.Helper()
	require.NoError(t, x.DB.Tx(t.Context(), func(ctx context.Context) error {
		if _, err := x.DB.Q(ctx).Exec(ctx, `set local parallel_setup_cost = 0; set local parallel_tuple_cost = 0;
			set local min_parallel_table_scan_size = 0; set local min_parallel_index_scan_size = 0; set local cpu_tuple_cost = 10`); err != nil {
			return err
		}
		var s Statement
		s.Add("explain ")
		s.window(x, w, by)
		s.Add(" select id from matches order by id desc")
		rows, err := x.DB.Q(ctx).Query(ctx, s.Text(), s.Args()...)
		if err != nil {
			return err
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		plan = strings.Join(lines, "\n")
		return err
	}))
	return plan
}
