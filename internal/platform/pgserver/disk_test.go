package pgserver

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTooLittleSpaceIsRefused(t *testing.T) {
	cfg := testConfig(t, tempHome(t))
	cfg.minFree = 1 << 62
	_, err := Start(t.Context(), cfg)
	if !errors.Is(err, ErrDiskFull) || !strings.Contains(err.Error(), "MiB free") {
		t.Fatalf("got %v, want ErrDiskFull that says how much is free", err)
	}
	wantNoCluster(t, cfg.Dir)
	cfg.minFree = 0
	exec1(t, start(t, cfg).DSN(), "SELECT 1")
}

// wantNoCluster fails when data/ or anything half-made is in dir.
func wantNoCluster(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "agrovet.lock" {
			t.Errorf("%s is left", filepath.Join(dir, e.Name()))
		}
	}
}

func TestBlameDisk(t *testing.T) {
	dir := t.TempDir()
	full := errors.New("could not write: No space left on device")
	if err := blameDisk(dir, full); !errors.Is(err, ErrDiskFull) || !errors.Is(err, full) {
		t.Errorf("got %v, want ErrDiskFull around the cause", err)
	}
	other := errors.New("could not read")
	if err := blameDisk(dir, other); errors.Is(err, ErrDiskFull) {
		t.Errorf("got %v, want the disk left out", err)
	}
}

func TestInterruptedInitLeavesNothing(t *testing.T) {
	cfg := testConfig(t, tempHome(t))
	ctx, cancel := contextCancelledBy(t, func() bool {
		made, _ := filepath.Glob(filepath.Join(cfg.Dir, "init-*", "data", "PG_VERSION"))
		return len(made) > 0
	})
	defer cancel()
	if _, err := Start(ctx, cfg); !errors.Is(err, ctx.Err()) {
		t.Fatalf("got %v, want the cancellation", err)
	}
	wantNoCluster(t, cfg.Dir)
}
