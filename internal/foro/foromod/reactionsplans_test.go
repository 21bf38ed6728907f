package foromod_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReactionsAndRelevanceUseIndexes reads what the very queries of the routes have read: of tables of 20,000 rows and
// more, nothing from beginning to end, and however large they are not more rows than an answer has to do with.
// beto has reacted to 20,000 posts; post 1 and comment 1 have 20,000 reactions; ana has written 20,000 posts.
func TestReactionsAndRelevanceUseIndexes(t *testing.T) {
	w := setup(t)
	w.exec(`insert into post (author_id, title, content, created_at) select case when n % 3 = 0 then $1 else 10000 + n % 5000 end, 'Vaca', 'Sana.', now() - (60001 - n) * interval '1 minute'
		from generate_series(1, 60000) n`, ana)
	w.exec("insert into comment (post_id, user_id, content) select n, 20000 + n % 5000, 'Yo también.' from generate_series(1, 20000) n")
	w.exec("insert into reaction (user_id, post_id, type) select $1, 2 * n, 'like' from generate_series(1, 20000) n", beto)
	w.exec("insert into reaction (user_id, post_id, type) select 20000 + n, 1, 'heart' from generate_series(1, 20000) n")
	w.exec("insert into reaction (user_id, comment_id, type) select 20000 + n, 1, 'heart' from generate_series(1, 20000) n")
	w.exec("insert into affinity (user_id, author_id, weight) select $1, 10000 + n, n % 100 from generate_series(0, 4999) n", beto)
	w.exec("insert into affinity (user_id, author_id, weight) select 20000 + n, $1, 2 from generate_series(1, 40000) n", ana)
	w.exec("insert into affinity (user_id, author_id, weight) values ($1, $2, 1000)", beto, ana)
	w.exec("insert into person (user_id) select n from generate_series(10000, 60000) n")
	w.exec("insert into post_view select 20000 + n % 5, n, gen_random_uuid() from generate_series(1, 60000) n")
	for _, table := range reactionTables {
		w.exec("vacuum analyze " + table)
	}
	w.job("foro.relevance")
	w.exec("vacuum analyze post")
	for _, r := range []struct {
		name, method, at string
		body             any
		status, most     int // rows
	}{
		{"Relevant", "GET", "posts/relevant/", nil, 200, 4000},
		{"RelevantByCursor", "GET", "posts/relevant/?cursor=*", nil, 200, 4000},
		{"RelevantAtTheEnd", "GET", "posts/relevant/?page=last", nil, 200, 4000},
		{"WhoReacted", "GET", "reactions/?post=1&cursor=*", nil, 200, 100},
		{"WhoReactedToAComment", "GET", "reactions/?comment=1&cursor=*", nil, 200, 100},
		{"WhoReactedByNumber", "GET", "reactions/?post=1", nil, 200, 10_200},
		{"Post", "GET", "posts/40000/", nil, 200, 100},
		{"React", "POST", "reactions/", object{"type": "heart", "content_type": "post", "object_id": 1}, 201, 100},
		{"ReactAnew", "POST", "reactions/", object{"type": "dislike", "content_type": "post", "object_id": 40000}, 201, 100},
		{"ReactAgain", "POST", "reactions/", object{"type": "dislike", "content_type": "post", "object_id": 40000}, 200, 100},
		{"ReactToAComment", "POST", "reactions/", object{"type": "heart", "content_type": "comment", "object_id": 1}, 201, 100},
		{"Unreact", "DELETE", "reactions/1/remove/", nil, 204, 100},
		{"Comment", "POST", "comments/", object{"post": 30000, "content": "Sí."}, 201, 100},
	} {
		t.Run(r.name, func(t *testing.T) {
			for range 6 { // the plan is that for all values of the arguments from then on
				if r.method == "GET" {
					w.as(beto, r.method, r.at, nil).ok(r.status)
				}
			}
			scanned, fetched := w.read(t)
			got := w.as(beto, r.method, r.at, r.body)
			require.Equal(t, r.status, got.Status, got.Raw)
			scannedAfter, fetchedAfter := w.read(t)
			require.Equal(t, scanned, scannedAfter, "rows read by sequential scans")
			require.LessOrEqual(t, fetchedAfter-fetched, r.most, "rows read by indexes")
		})
	}
	t.Run("WeightsOneByOne", func(t *testing.T) { // rather than all of somebody's for each author
		before := w.indexBlocks(t, "affinity")
		w.as(beto, "GET", "posts/relevant/", nil).ok(200)
		require.LessOrEqual(t, w.indexBlocks(t, "affinity")-before, 2*700*3, "of two queries, 700 posts, 3 levels")
	})
	t.Run("NotingViews", func(t *testing.T) {
		scanned, fetched := w.read(t)
		w.turn()
		scannedAfter, fetchedAfter := w.read(t)
		require.Equal(t, scanned, scannedAfter)
		require.LessOrEqual(t, fetchedAfter-fetched, 100)
		require.Equal(t, 1, w.count("post where id = 40000 and views_count = 1"))
	})
}

var reactionTables = []string{"post", "comment", "reaction", "affinity", "person", "post_view"}

// read counts the rows of large tables that were read by sequential scans and by indexes, as the server's
// statistics tell.
func (w *world) read(t *testing.T) (scanned, fetched int) {
	t.Helper()
	w.flushStatistics(t)
	require.NoError(t, w.db.Q(context.Background()).QueryRow(context.Background(), `select sum(coalesce(s.seq_tup_read, 0))::bigint, sum(coalesce(i.read, 0))::bigint
		from pg_stat_user_tables s left join (select relid, sum(idx_tup_read) as read from pg_stat_user_indexes group by relid) i on i.relid = s.relid
		where s.schemaname = 'foro' and s.relname = any($1)`, reactionTables).Scan(&scanned, &fetched))
	return scanned, fetched
}

// indexBlocks counts the pages of a table's indexes that were looked at.
func (w *world) indexBlocks(t *testing.T, table string) (n int) {
	t.Helper()
	w.flushStatistics(t)
	require.NoError(t, w.db.Q(t.Context()).QueryRow(t.Context(),
		"select idx_blks_hit + idx_blks_read from pg_statio_user_tables where relid = $1::regclass", table).Scan(&n))
	return n
}
