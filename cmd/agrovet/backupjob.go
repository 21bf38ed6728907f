package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/platform/sched"
)

// Names of the backups in backup.dir, which begin with the time (UTC), and so are in its order.
const (
	backupPrefix = "agrovet-"
	backupTime   = "20060102T150405Z"
	backupSuffix = ".tar.zst"
)

// backups are those that `serve` makes by itself, in backup.dir.
type backups struct {
	backup
	failures prometheus.Counter
}

func newBackups(s *settings, db *databases) *backups {
	return &backups{
		backup: backup{cfg: s.Config, settings: s.shown(), db: db, include: s.Backup.Media == "include"},
		failures: prometheus.NewCounter(prometheus.CounterOpts{Name: "agrovet_backup_failures_total",
			Help: "Backups that this process began by itself and that failed."}),
	}
}

// watch adds what metrics and /health/detailed/ tell of them.
func (b *backups) watch(a *app) {
	last := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "agrovet_backup_last_success_timestamp_seconds",
		Help: "When the newest backup in backup.dir was begun, as Unix time; 0: there is none."}, func() float64 {
		if _, at, err := b.newest(); err == nil && !at.IsZero() {
			return float64(at.Unix())
		}
		return 0
	})
	a.registry.MustRegister(last, b.failures)
	a.server.Check("backup", b.check)
}

// check fails when the newest backup is older than twice the period. The installation works all the same: the
// health page calls it degraded.
func (b *backups) check(context.Context) (map[string]any, error) {
	name, at, err := b.newest()
	if err != nil {
		return nil, err
	}
	details := map[string]any{"every": b.cfg.Backup.Every.String()}
	if name == "" {
		details["says"] = "there is no backup yet"
		return details, nil
	}
	details["last_success"], details["file"] = at, name
	if age := time.Since(at); age > 2*b.cfg.Backup.Every {
		details["says"] = "agrovet works, but its newest backup is old: the log says why later ones failed"
		return details, fmt.Errorf("the newest backup is %s old", age.Round(time.Second))
	}
	return details, nil
}

// job makes a backup and then removes those that are too many.
func (b *backups) job() sched.Job {
	return sched.Job{Name: "backup", Every: b.cfg.Backup.Every, Run: func(ctx context.Context) error {
		err := b.make(ctx)
		if err != nil && ctx.Err() == nil {
			b.failures.Inc()
			slog.WarnContext(ctx, "no backup was made", "dir", b.cfg.Backup.Dir, "error", err)
		}
		return err
	}}
}

func (b *backups) make(ctx context.Context) error {
	dir := b.cfg.Backup.Dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	start := time.Now()
	name := backupPrefix + start.UTC().Format(backupTime) + backupSuffix
	m, err := b.save(ctx, filepath.Join(dir, name))
	if err != nil {
		return err
	}
	slog.InfoContext(ctx, "backup made", "file", filepath.Join(dir, name), "files", m.Files.Count, "missing", m.Files.Missing,
		"took", time.Since(start).Round(time.Millisecond))
	return b.prune()
}

// prune keeps the newest backups, and nothing of those that a process did not live to finish.
func (b *backups) prune() error {
	all, parts, err := b.list()
	if err != nil {
		return err
	}
	tooMany := all[:max(0, len(all)-b.cfg.Backup.Keep)]
	var errs []error
	for _, name := range append(parts, tooMany...) {
		errs = append(errs, os.Remove(filepath.Join(b.cfg.Backup.Dir, name)))
	}
	return errors.Join(errs...)
}

// newest is the last backup that succeeded and when it began; an empty name when there is none.
func (b *backups) newest() (name string, at time.Time, err error) {
	all, _, err := b.list()
	if err != nil || len(all) == 0 {
		return "", at, err
	}
	name = all[len(all)-1]
	at, _ = timeOf(name)
	return name, at, nil
}

// list returns backups in the order of time, and unfinished ones. Other files in the directory are not ours.
func (b *backups) list() (all, parts []string, err error) {
	entries, err := os.ReadDir(b.cfg.Backup.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	for _, e := range entries {
		whole, unfinished := strings.CutSuffix(e.Name(), ".part")
		if _, ours := timeOf(whole); !ours {
			continue
		}
		if unfinished {
			parts = append(parts, e.Name())
		} else {
			all = append(all, e.Name())
		}
	}
	slices.Sort(all)
	return all, parts, nil
}

func timeOf(name string) (time.Time, bool) {
	text, ok := strings.CutPrefix(name, backupPrefix)
	text, whole := strings.CutSuffix(text, backupSuffix)
	at, err := time.Parse(backupTime, text)
	return at, ok && whole && err == nil
}
