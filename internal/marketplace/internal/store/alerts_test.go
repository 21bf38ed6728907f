package store

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// manySearches are 20,000 saved searches, four to each of 5,000 anchors, of 400 people; half of them have
// had another version, and they have alerted 100,000 times.
func manySearches(t *testing.T, db *pg.DB) {
	t.Helper()
	for _, sql := range []string{
		"insert into person select generate_series(1, 400)",
		"insert into search (id, user_id, name, wanted, alerts) select i, 1 + i % 400, 'Búsqueda', '{}', true from generate_series(1, 20000) i",
		"insert into search_version (id, search_id, wanted, shape, from_at) select i, i, '{}', 0, now() - interval '1 day' from generate_series(1, 20000) i",
		`insert into search_version (id, search_id, wanted, shape, from_at, until_at) select 20000 + i, i, '{}', 0, now() - interval '2 days', now() - interval '1 day'
			from generate_series(1, 10000) i`,
		"insert into search_anchor (anchor, version_id) select 1000 + id % 5000, id from search_version",
		"insert into alert (user_id, search_id, add_id) select 1 + i % 400, 1 + i % 20000, i from generate_series(1, 100000) i",
		"analyze",
	} {
		_, err := db.Q(t.Context()).Exec(t.Context(), sql)
		require.NoError(t, err)
	}
}

// TestCandidatesAreFoundByIndexes asks the one question that is asked for every advert, and reads how it
// is answered.
func TestCandidatesAreFoundByIndexes(t *testing.T) {
	db, ctx := pgtest.Schema(t, "marketplace"), t.Context()
	manySearches(t, db)
	anchors := make([]int64, 150)
	for i := range anchors {
		anchors[i] = int64(5990 + i) // searches have ten of them
	}
	rows, err := db.Q(ctx).Query(ctx, "explain (analyze, timing off, summary off) "+candidates, anchors, time.Now(), 7, 5)
	require.NoError(t, err)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	plan := strings.Join(lines, "\n")
	require.Contains(t, plan, "search_anchor_pkey")
	require.Contains(t, plan, "search_version_pkey")
	require.NotContains(t, plan, "Seq Scan")

	ids, err := Store{db}.Candidates(ctx, Listed{AddID: 5, PublisherID: 391}, anchors, time.Now())
	require.NoError(t, err)
	require.Len(t, ids, 38, "four of each anchor, but for the publisher's two")
	old, err := Store{db}.Candidates(ctx, Listed{AddID: 5, PublisherID: 7}, anchors, time.Now().Add(-30*time.Hour))
	require.NoError(t, err)
	require.Len(t, old, 20, "those that stood then")
	told, err := Store{db}.Candidates(ctx, Listed{AddID: 4990, PublisherID: 7}, anchors, time.Now())
	require.NoError(t, err)
	require.Len(t, told, 39, "one has told of it")
}
