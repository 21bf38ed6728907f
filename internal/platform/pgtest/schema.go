package pgtest

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
	"agrovet/sql"
)

// secret derives the module roles' passwords in tests.
const secret = "pgtest"

// rolesMu serialises the making of roles, which all databases of a server share.
var rolesMu sync.Mutex

// Schema returns a module's database as the product sets it up, for this test alone: a fresh
// database with the module's role, its schema, platform's tables and the module's migrations, which run
// once per test binary.
func Schema(t testing.TB, module string) *pg.DB {
	t.Helper()
	return SchemaIn(t, Copy(t, module, func(owner string) { SchemaIn(t, owner, module).Close() }), module)
}

// SchemaIn sets a module up in the given database, so that several modules can share one, as they
// do in the product.
func SchemaIn(t testing.TB, owner, module string) *pg.DB {
	t.Helper()
	ctx := context.Background()
	rolesMu.Lock()
	err := pg.EnsureRole(ctx, owner, module, secret)
	rolesMu.Unlock()
	require.NoError(t, err)
	dsn, err := pg.ModuleDSN(owner, module, secret)
	require.NoError(t, err)
	db, err := pg.Open(dsn, module, pg.Options{})
	require.NoError(t, err)
	t.Cleanup(db.Close)
	m := pg.Migrations{Schema: module, Platform: sql.Migrations("platform"), Module: sql.Migrations(module)}
	require.NoError(t, m.Migrate(ctx, db))
	return db
}
