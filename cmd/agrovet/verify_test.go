package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/verify"
)

// everything is what the tests look at; what they break is not on its way anywhere, so it need not be waited for.
var everything = looks{references: true, files: true, Options: verify.Options{Pause: time.Millisecond}}

// stamp is a small landscape: large ones are most of the time that seeding takes.
func stamp(n int64) media.Upload { return draw(n, 96, 72) }

// seeded is the program with the demo community in it.
func seeded(t *testing.T) *app {
	t.Helper()
	a := testApp(t, "--modules=all")
	ctx := context.Background()
	users, err := a.auth.Seed(ctx, demoPassword, stamp)
	require.NoError(t, err)
	require.NoError(t, a.profiles.Seed(ctx, users, stamp))
	require.NoError(t, a.marketplace.Seed(ctx, users, stamp))
	require.NoError(t, a.foro.Seed(ctx, users))
	return a
}

// inhabited is the seeded program, whose events are handled, and some talk.
func inhabited(t *testing.T) *app {
	t.Helper()
	a := seeded(t)
	settle(t, a)
	execute(t, context.Background(), a.db.module["chat"], talk...)
	old := time.Now().Add(-48 * time.Hour) // or the bytes could belong to an upload under way
	require.NoError(t, filepath.WalkDir(mediaDir(a.cfg), func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(path, old, old))
	}))
	return a
}

// settle runs the program until all that follows from what was done is done.
func settle(t *testing.T, a *app) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.run(ctx, l) }()
	calm := 0
	require.Eventually(t, func() bool {
		if calm++; !handled(t, a) {
			calm = 0
		}
		return calm > 5
	}, 3*time.Minute, 300*time.Millisecond)
	stop()
	require.NoError(t, <-done)
}

// handled says whether no event waits, and nothing that is made in the background.
func handled(t *testing.T, a *app) bool {
	stats, err := a.bus.Stats(context.Background())
	if err != nil {
		return false
	}
	for _, f := range stats.Feeds {
		if f.Backlog > 0 {
			return false
		}
	}
	var waiting int
	err = a.db.module["foro"].Q(context.Background()).QueryRow(context.Background(), "select count(*) from due").Scan(&waiting)
	pending := 0
	if err == nil {
		err = a.db.module["media"].Q(context.Background()).QueryRow(context.Background(), "select count(*) from file where state = 'pending'").Scan(&pending)
	}
	return assert.NoError(t, err) && waiting+pending == 0
}

func execute(t testing.TB, ctx context.Context, db *pg.DB, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		tag, err := db.Q(ctx).Exec(ctx, sql)
		require.NoError(t, err, sql)
		require.NotZero(t, tag.RowsAffected(), "there is nothing to break: %s", sql)
	}
}

var errUndo = errors.New("undo it")

// undone runs do in a transaction that is rolled back.
func undone(t *testing.T, db *pg.DB, do func(ctx context.Context)) {
	t.Helper()
	err := db.Tx(context.Background(), func(ctx context.Context) error {
		do(ctx)
		return errUndo
	})
	require.ErrorIs(t, err, errUndo)
}

// TestVerify breaks every invariant that any module states, one by one: it is found, and nothing was before; and it is
// mended where the module knows how.
func TestVerify(t *testing.T) {
	a := inhabited(t)
	t.Run("all is well", func(t *testing.T) {
		var out bytes.Buffer
		require.NoError(t, a.verify(context.Background(), &out, everything), "%s", &out)
	})
	for _, name := range moduleNames {
		known := map[string]bool{}
		for _, i := range a.invariants(name, everything) {
			known[i.Broken] = true
			t.Run(name+"/"+i.Broken, func(t *testing.T) {
				how := slices.Concat(breaks[""][i.Broken], breaks[name][i.Broken])
				require.NotEmpty(t, how, "no test breaks it: add it to breaks")
				undone(t, a.db.module[name], func(ctx context.Context) { a.breakAndMend(t, ctx, name, i, how) })
			})
		}
		for what := range breaks[name] {
			require.True(t, known[what], "%s states no such invariant: %s", name, what)
		}
	}
	t.Run("one module, as JSON", func(t *testing.T) { a.verifyOne(t) })
}

func (a *app) breakAndMend(t *testing.T, ctx context.Context, name string, i verify.Invariant, breaks []string) {
	ground := verify.Ground{DB: a.db.module[name], Alive: a.alive}
	execute(t, ctx, ground.DB, breaks...)
	found := verify.Check(ctx, ground, i, everything.Options)
	require.Empty(t, found.Error)
	require.NotZero(t, found.Found)
	require.NotEmpty(t, found.Examples)
	require.Zero(t, found.Repaired, "without --repair it only reads")
	require.Equal(t, i.Note, found.Well())
	repair := everything.Options
	repair.Repair = true
	mended := verify.Check(ctx, ground, i, repair)
	require.Empty(t, mended.Error)
	require.Equal(t, found.Found, mended.Found)
	if m, ok := i.Source.(verify.Mender); ok && m.Mends() {
		require.Equal(t, found.Found, mended.Repaired)
		require.Zero(t, verify.Check(ctx, ground, i, everything.Options).Found)
	}
}

func (a *app) verifyOne(t *testing.T) {
	ctx := context.Background()
	execute(t, ctx, a.db.module["foro"], "update post set comments_count = comments_count + 1")
	l := everything
	l.only, l.json = []string{"foro"}, true
	var out bytes.Buffer
	require.ErrorIs(t, a.verify(ctx, &out, l), errBroken)
	l.Repair = true
	out.Reset()
	require.NoError(t, a.verify(ctx, &out, l))
	var all []verify.Result
	require.NoError(t, json.Unmarshal(out.Bytes(), &all))
	for _, r := range all {
		require.Equal(t, "foro", r.Module)
		if r.Broken == "posts whose comments are miscounted" {
			require.NotZero(t, r.Repaired)
			require.Equal(t, r.Found, r.Repaired)
		}
	}
	l.only = []string{"stables"}
	require.ErrorContains(t, a.verify(ctx, &out, l), "stables")
	t.Run("beside those who write", func(t *testing.T) { a.repairBesideWriters(t) })
}
