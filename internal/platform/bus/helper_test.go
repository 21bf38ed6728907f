package bus_test

import (
	"context"
	"testing"
	"time"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"

	"github.com/stretchr/testify/require"
)

// publish commits a transaction with these events.
func publish(ctx context.Context, t testing.TB, db *pg.DB, outbox *bus.Outbox, payloads ...bus.Payload) {
	t.Helper()
	require.NoError(t, db.Tx(ctx, func(ctx context.Context) error { return outbox.Publish(ctx, payloads...) }))
}

// afterWrite has f run after the events that were published so far are written, and before the commit.
func afterWrite(ctx context.Context, db *pg.DB, f func() error) {
	db.BeforeCommit(ctx, func(ctx context.Context) error {
		db.BeforeCommit(ctx, func(context.Context) error { return f() })
		return nil
	})
}

func rows(t testing.TB, db *pg.DB, table string) (n int) {
	t.Helper()
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), "select count(*) from "+table).Scan(&n))
	return n
}

func exec(t testing.TB, db *pg.DB, sql string, args ...any) {
	t.Helper()
	_, err := db.Q(t.Context()).Exec(t.Context(), sql, args...)
	require.NoError(t, err)
}

// eventually waits for a condition. The time is for a machine that is far too busy.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	require.Eventually(t, is, time.Minute, 5*time.Millisecond, what)
}
