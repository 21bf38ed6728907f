package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/archive"
)

// TestBackupsByThemselves has `serve` make them every second.
func TestBackupsByThemselves(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "backups")
	p := startServe(t, dataDir(t), "--log-level=error", "--backup-dir", dir, "--backup-every=1s", "--backup-keep=2", "--backup-media=reference")
	b := &backups{backup: backup{cfg: Config{Backup: backupConfig{Dir: dir, Every: time.Second, Keep: 2}}}}
	newest := func() string {
		name, _, err := b.newest()
		require.NoError(t, err)
		return name
	}
	p.eventually("there is a backup", func() bool { return newest() != "" })
	first := newest()
	require.Contains(t, p.mustCall(200, "GET", "/metrics", nil).body, "agrovet_backup_last_success_timestamp_seconds 1")
	p.eventually("the first has made way for newer ones", func() bool {
		_, err := os.Stat(filepath.Join(dir, first))
		return os.IsNotExist(err)
	})
	p.stop()
	a, err := archive.Open(filepath.Join(dir, newest()))
	require.NoError(t, err)
	require.False(t, a.Manifest.Files.Included)
	require.NotEmpty(t, a.Manifest.Config)
}

func TestAgeOfBackups(t *testing.T) {
	dir := t.TempDir()
	b := &backups{backup: backup{cfg: Config{Backup: backupConfig{Dir: dir, Every: time.Hour, Keep: 2}}},
		failures: prometheus.NewCounter(prometheus.CounterOpts{Name: "x"})}
	put := func(age time.Duration, ending string) string {
		name := backupPrefix + time.Now().UTC().Add(-age).Format(backupTime) + backupSuffix + ending
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o600))
		return name
	}
	_, err := b.check(t.Context())
	require.NoError(t, err, "there is none yet")
	put(5*time.Hour, "")
	put(4*time.Hour, "")
	third := put(3*time.Hour, "")
	_, err = b.check(t.Context())
	require.ErrorContains(t, err, "old")
	put(time.Minute, ".part")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "agrovet-notes.txt"), nil, 0o600))
	now := put(0, "")
	require.NoError(t, b.prune())
	found, err := filepath.Glob(dir + "/*")
	require.NoError(t, err)
	require.ElementsMatch(t, []string{filepath.Join(dir, third), filepath.Join(dir, now), filepath.Join(dir, "agrovet-notes.txt")}, found)
	details, err := b.check(t.Context())
	require.NoError(t, err)
	require.Equal(t, now, details["file"])
	b.cfg.Backup.Dir = filepath.Join(dir, now, "below a file")
	require.Error(t, b.job().Run(t.Context()))
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(b.failures)
	counted, err := metrics.Gather()
	require.NoError(t, err)
	require.EqualValues(t, 1, counted[0].Metric[0].Counter.GetValue())
}
