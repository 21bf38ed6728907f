package marketplacemod_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// TestWhatPeopleDoUsesIndexes reads what the very queries of the routes scan, on tables of 60,000 rows:
// one person follows 5,000, has 5,000 favourites and has blocked 1,000.
func TestWhatPeopleDoUsesIndexes(t *testing.T) {
	w := setup(t)
	w.exec(`insert into add (publisher_id, title, description, condition, price, currency, unit, status, created_at)
		select 10000 + n % 20000, 'Vaca', 'Sana.', 'used', 1, 'BOB', 'unidad', 'active', now() - n * interval '1 second' from generate_series(1, 60000) n`)
	w.exec("insert into follow (follower_id, following_id) select $1, 10000 + n * 2 from generate_series(1, 4999) n", beto)
	w.exec("insert into follow (follower_id, following_id) select 10000 + n / 10, 30000 + n % 10 from generate_series(1, 50000) n")
	w.exec("insert into favourite (user_id, add_id) select $1, n from generate_series(1, 4999) n", beto)
	w.exec("insert into favourite (user_id, add_id) select 10000 + n / 10, n % 10 + 1 from generate_series(1, 50000) n")
	w.exec("insert into block (blocker_id, blocked_id) select $1, 10001 + n * 2 from generate_series(1, 999) n", beto)
	w.exec("insert into block (blocker_id, blocked_id) select 10000 + n / 10, 30000 + n % 10 from generate_series(1, 50000) n")
	w.exec("insert into person (user_id) select n from generate_series(10000, 60000) n")
	w.exec("insert into add_views select n, n from generate_series(1, 60000) n")
	w.exec("insert into add_view_day select 20000 + n % 5, n, gen_random_uuid() from generate_series(1, 60000) n")
	for _, table := range scannedTables {
		w.exec("vacuum analyze " + table)
	}
	for _, r := range []struct {
		name, method, at string
		body             any
		status           int
	}{
		{"Feed", "GET", "adds/following_adds/", nil, 200},
		{"FeedByCursor", "GET", "adds/following_adds/?cursor=*", nil, 200},
		{"FeedByNumber", "GET", "adds/following_adds/?page=50", nil, 200},
		{"Following", "GET", "follows/?page=last", nil, 200},
		{"FollowingByCursor", "GET", "follows/?cursor=*", nil, 200},
		{"Followers", "GET", "follows/followers/", nil, 200},
		{"Standing", "GET", "follows/users/30001/", nil, 200},
		{"Follow", "POST", "follows/", object{"following": luis}, 201},
		{"Favourites", "GET", "adds/favourites/?page=last", nil, 200},
		{"Favour", "PUT", "adds/50000/favourite/", nil, 204},
		{"Unfavour", "DELETE", "adds/50000/favourite/", nil, 204},
		{"Blocks", "GET", "adds/blocks/", nil, 200},
		{"Block", "PUT", "adds/blocks/2/", nil, 204},
		{"Unblock", "DELETE", "adds/blocks/2/", nil, 204},
		{"Detail", "GET", "adds/50000/", nil, 200},
		{"ListWithBlocks", "GET", "adds/?cursor=*", nil, 200},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.scanned(t)
			got := w.as(beto, r.method, r.at, r.body)
			require.Equal(t, r.status, got.Status, got.Raw)
			require.Equal(t, before, w.scanned(t), "rows read by sequential scans")
		})
	}
	t.Run("NotingViews", func(t *testing.T) {
		before := w.scanned(t)
		w.turn()
		require.Equal(t, before, w.scanned(t))
		require.Equal(t, 1, w.count("add_views where add_id = 50000 and views = 50001"))
	})
	t.Run("Forgetting", func(t *testing.T) {
		before := w.scanned(t)
		w.event(auth.UserDeleted{UserID: beto})
		require.Equal(t, before, w.scanned(t))
	})
}

var scannedTables = []string{"add", "follow", "favourite", "block", "person", "add_views", "add_view_day"}

// scanned counts the rows of large tables that sequential scans have read, as the server's statistics
// tell.
func (w *world) scanned(t *testing.T) []string {
	t.Helper()
	w.tellStatistics(t)
	return w.texts(`select relname || ' ' || coalesce(seq_tup_read, 0) from pg_stat_user_tables
		where schemaname = 'marketplace' and relname = any($1) order by relname`, scannedTables)
}

// tellStatistics has each connection tell what it has read, which it does much later by itself.
func (w *world) tellStatistics(t *testing.T) {
	t.Helper()
	for range w.db.Stat().TotalConns() {
		conn, err := w.db.Acquire(context.Background())
		require.NoError(t, err)
		defer conn.Release()
		_, err = conn.Exec(context.Background(), "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
		require.NoError(t, err)
	}
}
