package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/cmd/agrovet/stories"
	"agrovet/internal/media/mediatest"
	"agrovet/internal/platform/archive"
	"agrovet/internal/platform/pgtest"
)

// old is an installation and a backup of it that was made while people went on writing.
type old struct {
	*process
	file      string
	ana, beto registered
	room      int64
	late      []registered // registered before the backup, while their event could not be handled
}

// TestBackup backs an installation up under load, and restores it in an empty directory, and on another
// PostgreSQL and a bucket.
func TestBackup(t *testing.T) {
	o := backedUp(t)
	a, err := archive.Open(o.file)
	require.NoError(t, err)
	require.EqualValues(t, 0, a.Manifest.Files.Missing)
	out, err := agrovet(t, "backup", "--check", o.file)
	require.NoError(t, err, out)

	t.Run("Damaged", func(t *testing.T) { refusesDamage(t, o.file) })
	t.Run("Newer", refusesNewer)
	t.Run("Directory", func(t *testing.T) { o.movesTo(t, a.Manifest, dataDir(t)) })
	t.Run("ServerAndBucket", func(t *testing.T) {
		b := mediatest.S3Bucket(t)
		o.movesTo(t, a.Manifest, dataDir(t), "--database-url", pgtest.Database(t), "--media-store", "s3", "--media-s3-endpoint", b.Endpoint,
			"--media-s3-bucket", b.Name, "--media-s3-access-key", b.AccessKey, "--media-s3-secret-key", b.SecretKey)
	})
}

func backedUp(t *testing.T) *old {
	o := &old{process: startServe(t, dataDir(t), "--auth-register-per-address=0", "--chat-messages=0", "--log-level=error"), file: filepath.Join(t.TempDir(), "backup")}
	o.ana, o.beto = member(t, o.process, "70000001"), member(t, o.process, "70000002")
	o.upload(o.ana, "/api/auth/upload-profile-picture/", "image", 10)
	o.room = o.opened(o.ana, "Cooperativa", o.beto)
	o.eventually("pictures are made smaller", func() bool { return len(o.stored()) == 4 })

	release := o.holdProfiles()
	for i := range 5 {
		o.late = append(o.late, o.mustCall(http.StatusCreated, http.MethodPost, "/api/auth/register/", map[string]any{
			"phone_number": fmt.Sprint(71000000 + i), "password": "maiz-y-papas", "full_name": "Persona", "role": "specialist"}).registered(t))
	}
	stop := o.load()
	out, err := o.tool("backup", "--out", o.file)
	stop()
	require.NoError(t, err, out)
	release()
	o.kill()
	return o
}

// holdProfiles keeps events from being handled by profiles.
func (p *process) holdProfiles() (release func()) {
	p.t.Helper()
	db := p.database()
	_, err := db.Exec(context.Background(), "begin; lock table profiles.inbox in exclusive mode")
	require.NoError(p.t, err)
	return func() { _ = db.Close(context.Background()) }
}

// load has people talk and join until it is stopped; all of them have done something by then.
func (o *old) load() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var writers, begun sync.WaitGroup
	for w := range 3 {
		begun.Add(1)
		writers.Go(func() {
			begin := sync.OnceFunc(begun.Done)
			defer begin()
			for i := 0; ctx.Err() == nil && !o.t.Failed(); i++ {
				o.writes("/api/chat/messages/", map[string]any{"room": o.room, "content": fmt.Sprint("El novillo ", w, i)}, "Authorization", "Token "+o.ana.Token)
				o.writes("/api/auth/register/", map[string]any{"phone_number": fmt.Sprint(72000000 + 10000*w + i),
					"password": "maiz-y-papas", "full_name": "Persona", "role": "consumer"})
				begin()
			}
		})
	}
	begun.Wait()
	return func() { cancel(); writers.Wait() }
}

// writes is a write that succeeds; it may be called by any goroutine.
func (p *process) writes(path string, body any, headers ...string) {
	if r, err := p.call(http.MethodPost, path, body, headers...); err != nil || r.status != http.StatusCreated {
		p.t.Errorf("%s: %d %s %v", path, r.status, r.body, err)
	}
}

// agrovet runs a command of the binary that needs no data directory of the test's.
func agrovet(t *testing.T, args ...string) (string, error) {
	t.Helper()
	path, err := binary()
	require.NoError(t, err)
	cmd := exec.Command(path, append(args, "--postgres-cache-dir", pgtest.CacheDir(), "--log-level", "error")...)
	cmd.Dir = t.TempDir()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// refusesDamage changes a byte at several places; the restore does not even make its directory.
func refusesDamage(t *testing.T, file string) {
	whole, err := os.ReadFile(file)
	require.NoError(t, err)
	damaged := filepath.Join(t.TempDir(), "damaged")
	for _, at := range []int{10, len(whole) / 3, len(whole) / 2, len(whole) - 60, len(whole) - 1} {
		b := bytes.Clone(whole)
		b[at] ^= 4
		require.NoError(t, os.WriteFile(damaged, b, 0o600))
		dir := dataDir(t)
		out, err := agrovet(t, "restore", damaged, "--data-dir", dir)
		require.Error(t, err, "byte %d", at)
		require.NotContains(t, out, "is restored")
		require.NoFileExists(t, dir)
	}
}

func refusesNewer(t *testing.T) {
	file, dir := filepath.Join(t.TempDir(), "newer"), dataDir(t)
	f, err := os.Create(file)
	require.NoError(t, err)
	w, err := archive.NewWriter(f, "99.0")
	require.NoError(t, err)
	require.NoError(t, w.Close(&archive.Manifest{Agrovet: "99.0", Modules: []archive.Module{{Name: "auth", Versions: map[string]int64{"module": 999}}}}))
	require.NoError(t, f.Close())
	out, err := agrovet(t, "restore", file, "--data-dir", dir)
	require.Error(t, err)
	require.Contains(t, out, "it was made by a newer agrovet (99.0): schema auth is at version 999")
	require.NoFileExists(t, dir)
}

// movesTo restores, and wants everything to be there and to go on.
func (o *old) movesTo(t *testing.T, m archive.Manifest, dir string, args ...string) {
	args = append(args, "--data-dir", dir)
	out, err := agrovet(t, append([]string{"restore", o.file}, args...)...)
	require.NoError(t, err, out)
	out, err = agrovet(t, append([]string{"restore", o.file}, args...)...)
	require.Error(t, err)
	require.Contains(t, out, "the database of auth is not empty: it has rows in")

	again := filepath.Join(t.TempDir(), "again")
	out, err = agrovet(t, append([]string{"backup", "--out", again}, args...)...)
	require.NoError(t, err, out)
	b, err := archive.Open(again)
	require.NoError(t, err)
	require.Equal(t, unmoved(m), unmoved(b.Manifest), "rows and their checksums")
	require.Equal(t, m.Files.Bytes, b.Manifest.Files.Bytes)

	p := startServe(t, dir, append(args, manyFromOneAddress, "--log-level=error")...)
	picture := p.asked(o.ana, fmt.Sprintf("/api/auth/users/%d/", o.ana.User.ID))["profile_picture"].(string)
	p.mustCall(http.StatusOK, http.MethodGet, strings.TrimPrefix(picture, p.base), nil)
	p.handlesLate(t, o)
	require.Contains(t, p.mustCall(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/chat/messages/?room=%d", o.room), nil, "Authorization", "Token "+o.beto.Token).body, "El novillo")
	p.said(o.beto, map[string]any{"room": o.room, "content": "Seguimos"})
	fresh := member(t, p, "73000001")
	p.eventually("events of the new place are handled", func() bool {
		r, err := p.call(http.MethodGet, fmt.Sprintf("/api/profiles/specialists/%d/", fresh.User.ID), nil, "Authorization", "Token "+fresh.Token)
		return err == nil && r.status == http.StatusOK
	})
	t.Run("Stories", func(t *testing.T) { stories.Run(t, p.installation(t, args...), restoredStories...) })
	p.stop()
}

// restoredStories are told to what was restored; with the build tag shapes, all are.
var restoredStories = []string{"communities"}

// handlesLate wants the events that waited at the backup to be handled, once each, and nothing else again.
func (p *process) handlesLate(t *testing.T, o *old) {
	t.Helper()
	db := p.database()
	users := count(t, db, "select count(*) from auth.users where role is not null and not is_superuser")
	profiles := `select (select count(*) from profiles.specialist) + (select count(*) from profiles.businessman) + (select count(*) from profiles.consumer)`
	require.Eventually(t, func() bool { return count(t, db, profiles) == users }, time.Minute, 20*time.Millisecond, "everybody has a profile")
	require.EqualValues(t, 0, count(t, db, "select count(*) from profiles.parked"))
	for _, r := range o.late {
		require.EqualValues(t, 1, count(t, db, fmt.Sprintf("select count(*) from profiles.specialist where user_id = %d", r.User.ID)))
	}
}

// unmoved are the rows that a restore does not change, by table.
func unmoved(m archive.Manifest) map[string]archive.Table {
	all := map[string]archive.Table{}
	for _, module := range m.Modules {
		for _, t := range module.Tables {
			if t.Name != "outbox_cursor" && t.Name != "job" {
				all[module.Name+"."+t.Name] = t
			}
		}
	}
	return all
}
