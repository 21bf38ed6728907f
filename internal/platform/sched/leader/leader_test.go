package leader_test

import (
	"context"
	"testing"
	"time"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/platform/sched/leader"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func databases(t *testing.T) (a, b *pg.DB) {
	dsn := pgtest.Database(t)
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	return pgtest.SchemaIn(t, dsn, "one"), pgtest.SchemaIn(t, dsn, "other")
}

func try(t *testing.T, db *pg.DB, name string) *leader.Lease {
	lease, err := leader.Try(t.Context(), db, name)
	require.NoError(t, err)
	return lease
}

func TestOneLeaderPerNameAndSchema(t *testing.T) {
	one, other := databases(t)
	lease := try(t, one, "x")
	require.NotNil(t, lease)
	require.Nil(t, try(t, one, "x"))
	for _, l := range []*leader.Lease{try(t, one, "y"), try(t, other, "x")} {
		require.NotNil(t, l)
		l.Release()
	}
	lease.Release()
	again, err := leader.Campaign(t.Context(), one, "x", time.Millisecond)
	require.NoError(t, err)
	again.Release()
}

func TestLosingTheConnectionEndsTheLease(t *testing.T) {
	one, _ := databases(t)
	lease := try(t, one, "x")
	defer lease.Release()
	_, err := lease.Conn().Exec(t.Context(), "select pg_terminate_backend(pg_backend_pid())")
	require.Error(t, err)
	next, err := leader.Campaign(t.Context(), one, "x", time.Millisecond)
	require.NoError(t, err)
	next.Release()
	_, err = lease.Conn().Exec(t.Context(), "select 1")
	require.Error(t, err, "what the former leader does there fails")
}

func TestALeaseDoesNotUseUpThePool(t *testing.T) {
	one, _ := databases(t)
	for i := range 3 * one.Stat().MaxConns() {
		defer try(t, one, string('a'+i)).Release()
	}
	require.NoError(t, one.Ping(t.Context()))
}

func TestACampaignEndsWithItsContext(t *testing.T) {
	one, _ := databases(t)
	defer try(t, one, "x").Release()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := leader.Campaign(ctx, one, "x", time.Hour)
	require.ErrorIs(t, err, context.Canceled)
}
