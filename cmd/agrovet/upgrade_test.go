package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pgtest"
)

// TestUpgrade brings rows of every earlier version of every schema to the present one: all modules at once, first
// as old as they can be, then each a version younger, until all are of today.
func TestUpgrade(t *testing.T) {
	for i, age := range ages(t) {
		t.Run(fmt.Sprint("Age", i+1), age.movesUp)
	}
}

// TestEveryVersionHasRows keeps a migration from coming without rows of the version that it makes, from which the
// next one will have to start.
func TestEveryVersionHasRows(t *testing.T) {
	for _, name := range moduleNames {
		there := map[[2]int64]bool{}
		modules, platforms := map[int64]bool{}, map[int64]bool{}
		for _, d := range datasets(t, name) {
			there[[2]int64{d.module, d.platform}] = true
			modules[d.module], platforms[d.platform] = true, true
		}
		m := migrations(name)
		head := [2]int64{m.Latest("module"), m.Latest("platform")}
		require.True(t, there[head], `sql/%s/migrations is at version %d and sql/platform/migrations at %d, and there are no rows as these hold them.
Say in testdata/upgrade/world/%[1]s.sql what new tables and columns hold, run "make testdata-upgrade", look at testdata/upgrade/%[1]s-%[2]d-%[3]d.sql and commit it.`,
			name, head[0], head[1])
		for v := range head[0] {
			require.True(t, modules[v+1], "testdata/upgrade has no rows of version %d of %s any more", v+1, name)
		}
		for v := range head[1] {
			require.True(t, platforms[v+1], "testdata/upgrade has no rows of %s with version %d of platform any more", name, v+1)
		}
	}
}

// age is what each module's schema was at some time.
type age map[string]dataset

// ages are as many as the module with most versions has.
func ages(t *testing.T) (all []age) {
	for _, name := range moduleNames {
		versions := datasets(t, name)
		require.NotEmpty(t, versions, name)
		for len(all) < len(versions) {
			all = append(all, age{})
		}
	}
	for i, a := range all {
		for _, name := range moduleNames {
			versions := datasets(t, name)
			a[name] = versions[min(i, len(versions)-1)]
		}
	}
	return all
}

// movesUp wants an installation of that age to be migrated by the command, to be sound then, and to answer with what
// it had.
func (a age) movesUp(t *testing.T) {
	t.Parallel()
	dir, dsn := dataDir(t), pgtest.Database(t)
	a.load(t, configured(t, "--database-url", dsn, "--data-dir", dir))
	args := []string{"--database-url", dsn, "--data-dir", dir}
	out, err := agrovet(t, append([]string{"migrate", "up"}, args...)...)
	require.NoError(t, err, out)
	sound := func() {
		t.Helper()
		out, err := agrovet(t, append([]string{"verify", "--references"}, args...)...)
		require.NoError(t, err, out)
	}
	sound()
	p := startServe(t, dir, "--database-url", dsn, "--log-level=warn")
	p.answersWithOldRows(t)
	member(t, p, "79999999") // new rows go behind the old ones
	p.stop()
	sound()
}

// load fills empty schemas of that age.
func (a age) load(t *testing.T, cfg Config) {
	t.Helper()
	ctx := t.Context()
	cfg.Database.Migrate = false
	db, err := openDatabases(ctx, cfg, false)
	require.NoError(t, err)
	defer db.close()
	require.NoError(t, db.ensureRoles(ctx, cfg))
	for name, d := range a {
		versions := map[string]int64{"module": d.module, "platform": d.platform}
		require.NoError(t, migrations(name).MigrateEmpty(ctx, db.module[name], versions))
		require.NoError(t, db.module[name].Tx(ctx, func(ctx context.Context) error { return d.load(ctx, db.module[name].Q(ctx).(pgx.Tx)) }), d.path)
	}
}

// oldRows are where something of each module answers, and what the answer has.
var oldRows = []string{
	"select '/api/auth/users/' || id || '/', full_name from auth.users where id = 2",
	"select '/api/profiles/specialists/' || user_id || '/', about_us from profiles.specialist where about_us <> '' order by id limit 1",
	"select '/api/media/' || id || '/', name from media.object where owner_id = 1 and file_id is not null order by id limit 1",
	"select '/api/adds/' || id || '/', title from marketplace.add where status = 'active' order by id limit 1",
	"select '/api/adds/?search=' || title, title from marketplace.add where status = 'active' order by id limit 1",
	"select '/api/chat/messages/?room=' || room_id, content from chat.entry where kind = 'message' order by id limit 1",
	"select '/api/chat/messages/search/?q=' || content, content from chat.entry where kind = 'message' order by id limit 1",
	"select '/api/foro/posts/' || id || '/', title from foro.post where state = 'visible' order by id limit 1",
	"select '/api/foro/posts/?search=' || title, title from foro.post where state = 'visible' order by id limit 1",
	"select '/api/foro/communities/?search=' || name, slug from foro.community where standard order by id limit 1",
}

// answersWithOldRows signs in as somebody of then. What is found by searches is made in the background.
func (p *process) answersWithOldRows(t *testing.T) {
	t.Helper()
	db := p.database()
	var phone string
	require.NoError(t, db.QueryRow(t.Context(), "select phone from auth.users where id = 1").Scan(&phone))
	ana := p.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]string{"phone_number": phone, "password": demoPassword}).registered(t)
	for _, sql := range oldRows {
		var path, has string
		require.NoError(t, db.QueryRow(t.Context(), sql).Scan(&path, &has), sql)
		if before, query, ok := strings.Cut(path, "="); ok {
			path = before + "=" + url.QueryEscape(query)
		}
		quoted := strings.Trim(strconv.Quote(has), `"`)
		p.eventually(path+" has "+has, func() bool {
			r, err := p.call(http.MethodGet, path, nil, "Authorization", "Token "+ana.Token)
			return err == nil && r.status == http.StatusOK && strings.Contains(r.body, quoted)
		})
	}
}
