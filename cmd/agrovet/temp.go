package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// abandoned is the age from which a temporary file belongs to no request any more.
const abandoned = time.Hour

// useTempDir keeps temporary files (uploads on their way in) in the data directory, where they take the
// room that was planned for files, and removes those of a process that died.
func useTempDir(dataDir string) error {
	dir := filepath.Join(dataDir, "tmp")
	if err := os.MkdirAll(dataDir, 0o755); err != nil { // root's PostgreSQL runs as somebody else, who must enter
		return fmt.Errorf("data-dir: %w", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("data-dir: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("data-dir: %w", err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.RemoveAll(filepath.Join(dir, e.Name())) // the next start will try again
		}
	}
	return os.Setenv("TMPDIR", dir)
}
