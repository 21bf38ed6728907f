package bus_test

import (
	"context"
	"testing"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pgtest"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// TestMoved has cursors go back to where they stood before the snapshots, never forward, and live.
func TestMoved(t *testing.T) {
	t.Parallel()
	db, ctx := pgtest.Schema(t, "auth"), t.Context()
	exec(t, db, "insert into outbox_cursor (destination, position, updated_at) values ('a', 5, 'epoch'), ('b', 7, 'epoch'), ('later', 3, 'epoch')")
	require.NoError(t, db.Tx(ctx, func(ctx context.Context) error {
		return bus.Moved(ctx, db.Q(ctx).(pgx.Tx), map[string]int64{"a": 4, "b": 9})
	}))
	got, err := bus.Positions(ctx, db)
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"a": 4, "b": 7, "later": 0}, got)
	var live int
	require.NoError(t, db.Q(ctx).QueryRow(ctx, "select count(*) from outbox_cursor where updated_at > now() - interval '1 hour'").Scan(&live))
	require.Equal(t, 3, live)
}
