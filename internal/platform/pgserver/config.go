package pgserver

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

const (
	// User is the superuser of the cluster, Database the database that Start creates.
	User     = "agrovet"
	Database = "agrovet"

	// MinMajor is the oldest major version of PostgreSQL that is accepted.
	MinMajor = 14

	// minFreeForInit is what a new cluster needs (about 40 MB), its first
	// WAL segments and room to work.
	minFreeForInit = 200 << 20
)

// Config says where the server lives and how it runs.
type Config struct {
	// Dir holds everything of this server. It is created with its parents.
	// Required.
	Dir string
	// BinDir is the directory of initdb and postgres; nothing else is looked
	// at then. Defaults to whatever Find finds.
	BinDir string
	// CacheDir is where fetched binaries go. Defaults to agrovet in the
	// user's cache directory, and to cache beside Dir for root (whose own
	// cache the server's account cannot enter).
	CacheDir string
	// AllowFetch permits to fetch PostgreSQL when none fits.
	AllowFetch bool
	// MaxConnections defaults to 100.
	MaxConnections int
	// StartTimeout bounds the wait for readiness, recovery after a crash
	// included. Defaults to 10 minutes.
	StartTimeout time.Duration
	// Settings are server settings that add to or replace the defaults
	// (shared_buffers 64MB, timezone UTC, jit off, ...). With fsync "off"
	// the cluster is also made without syncing: for tests only.
	Settings map[string]string
	// Log defaults to slog.Default().
	Log *slog.Logger

	minFree uint64 // bytes that a new cluster needs; 0 means minFreeForInit
}

// withDefaults fills what is empty and makes paths absolute and free of
// symbolic links, so that they can be compared with what the kernel reports.
func (c Config) withDefaults() (Config, error) {
	if c.Dir == "" {
		return c, errors.New("pgserver: Config.Dir is required")
	}
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return c, fmt.Errorf("pgserver: %w", err)
	}
	c.Dir = dir
	if c.CacheDir == "" {
		c.CacheDir = defaultCacheDir(dir)
	}
	if c.MaxConnections <= 0 {
		c.MaxConnections = 100
	}
	if c.StartTimeout <= 0 {
		c.StartTimeout = 10 * time.Minute
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.minFree == 0 {
		c.minFree = minFreeForInit
	}
	return c, nil
}

func defaultCacheDir(dir string) string {
	if os.Geteuid() != 0 {
		if cache, err := os.UserCacheDir(); err == nil {
			return filepath.Join(cache, "agrovet")
		}
	}
	return filepath.Join(filepath.Dir(dir), "cache")
}

// settings merges the defaults, the address and the caller's wishes, in
// rising order of precedence. The data directory's postgresql.conf ranks
// below all of them.
func (c Config) settings(bins Binaries, at address) map[string]string {
	all := map[string]string{
		"max_connections": strconv.Itoa(c.MaxConnections),
		"shared_buffers":  "64MB",
		"fsync":           "on",
		"jit":             "off", // needs LLVM, which fetched copies leave out; short queries gain nothing
		"timezone":        bins.utc(),
		"log_timezone":    bins.utc(),
		"log_line_prefix": "%m [%p] ",
		// The application logs its own failures; statements may hold personal data.
		"log_min_error_statement": "panic",
		"logging_collector":       "off", // stderr is server.log
	}
	for key, value := range at.settings() {
		all[key] = value
	}
	for key, value := range c.Settings {
		all[key] = value
	}
	return all
}
