package pgserver

import (
	"context"
	"errors"
	"fmt"
)

// choose returns binaries that fit the data directory, fetching them when
// that is allowed and nothing installed fits.
func choose(ctx context.Context, cfg Config, h *home) (Binaries, error) {
	major, err := h.dataMajor()
	if err != nil {
		return Binaries{}, err
	}
	bins, err := Find(cfg.BinDir, cfg.CacheDir, major)
	if err == nil {
		return bins, nil
	}
	wrong := (*VersionError)(nil)
	if errors.As(err, &wrong) {
		wrong.Dir = h.data()
	}
	tooOld := major != 0 && major < MinMajor
	if !cfg.AllowFetch || cfg.BinDir != "" || tooOld {
		return Binaries{}, err
	}
	cfg.Log.Info("no PostgreSQL that fits is installed: fetching it", "into", cfg.CacheDir)
	bins, fetchErr := Fetch(ctx, cfg.CacheDir, major, cfg.Log)
	if fetchErr != nil && wrong != nil {
		fetchErr = fmt.Errorf("%w (%w)", err, fetchErr)
	}
	return bins, fetchErr
}
