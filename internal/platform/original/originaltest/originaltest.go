// Package originaltest has databases as the original's for tests, and looks into them.
package originaltest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

// Database is a tiny one of the original's, of the test's own.
func Database(t testing.TB) (dsn string) {
	return pgtest.Copy(t, "original", func(dsn string) { require.NoError(t, synthetic.Fill(t.Context(), dsn, synthetic.Tiny)) })
}

// Exec changes what the original has.
func Exec(t testing.TB, dsn, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), sql)
	require.NoError(t, err)
}

// Number is the one that a query of a module's tables gives.
func Number(t testing.TB, db *pg.DB, sql string, args ...any) (n int64) {
	t.Helper()
	require.NoError(t, db.Q(t.Context()).QueryRow(t.Context(), sql, args...).Scan(&n), sql)
	return n
}
