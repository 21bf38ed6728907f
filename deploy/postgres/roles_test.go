// Package postgres_test runs the script that makes the modules' roles on a real PostgreSQL.
package postgres_test

import (
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/sql"
)

// TestMain has a server of its own: roles are the whole server's, and other tests make theirs.
func TestMain(m *testing.M) {
	os.Unsetenv(pgtest.URLKey)
	pgtest.Main(m)
}

var modules = []string{"auth", "media", "profiles", "marketplace", "chat", "foro"}

// makeRoles runs the script as PostgreSQL's image would.
func makeRoles(t *testing.T, owner *url.URL, password string) {
	t.Helper()
	if _, err := exec.LookPath("psql"); err != nil {
		t.Skip("psql is not installed here; PostgreSQL's image has it")
	}
	secret, _ := owner.User.Password()
	c := exec.Command("sh", "roles.sh")
	c.Env = append(os.Environ(), "PGUSER="+owner.User.Username(), "PGPASSWORD="+secret, "PGDATABASE="+strings.TrimPrefix(owner.Path, "/"))
	host, port := owner.Hostname(), owner.Port()
	if h := owner.Query().Get("host"); h != "" {
		host = h
	}
	if p := owner.Query().Get("port"); p != "" {
		port = p
	}
	c.Env = append(c.Env, "PGHOST="+host, "PGPORT="+port)
	for _, m := range modules {
		c.Env = append(c.Env, strings.ToUpper(m)+"_DB_PASSWORD="+password+m)
	}
	out, err := c.CombinedOutput()
	require.NoError(t, err, string(out))
}

func open(t *testing.T, owner url.URL, module, password string) *pg.DB {
	t.Helper()
	owner.User = url.UserPassword("agrovet_"+module, password+module)
	db, err := pg.Open(owner.String(), module, pg.Options{MaxConns: 2})
	require.NoError(t, err)
	t.Cleanup(db.Close)
	return db
}

// TestRoles: modules bring their schemas up to date by their own roles, and read no other's.
func TestRoles(t *testing.T) {
	owner, err := url.Parse(pgtest.Database(t))
	require.NoError(t, err)
	makeRoles(t, owner, "first 'one' ")
	makeRoles(t, owner, "changed")
	for _, m := range []string{"auth", "media"} {
		db := open(t, *owner, m, "changed")
		steps := pg.Migrations{Schema: m, Platform: sql.Migrations("platform"), Module: sql.Migrations(m)}
		require.NoError(t, steps.Migrate(t.Context(), db), m)
	}
	media := open(t, *owner, "media", "changed")
	require.NoError(t, media.Ping(t.Context()))
	_, err = media.Q(t.Context()).Exec(t.Context(), "select from auth.users")
	require.ErrorContains(t, err, "permission denied for schema auth")
	require.Error(t, open(t, *owner, "auth", "first 'one' ").Ping(t.Context()), "the password was changed")
}
