package pgserver

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// smallDisk mounts a file system of the given size, which only root can do;
// TestTooLittleSpaceIsRefused covers what can be seen without.
func smallDisk(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = filepath.Dir(tempHome(t))
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=0755,size="+size); err != nil {
		if os.Geteuid() == 0 && !errors.Is(err, syscall.EPERM) {
			t.Fatal(err)
		}
		t.Skip("cannot mount a small file system as this user")
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestDiskFullDuringInit(t *testing.T) {
	cfg := testConfig(t, filepath.Join(smallDisk(t, "20m"), "postgres"))
	cfg.minFree = 1
	_, err := Start(t.Context(), cfg)
	if !errors.Is(err, ErrDiskFull) {
		t.Fatalf("got %v, want ErrDiskFull", err)
	}
	wantNoCluster(t, cfg.Dir)
}

func TestDiskFullAtWarmStartDoesNoHarm(t *testing.T) {
	dir := smallDisk(t, "100m")
	cfg := testConfig(t, filepath.Join(dir, "postgres"))
	cfg.minFree = 1
	s := start(t, cfg)
	exec1(t, s.DSN(), "CREATE TABLE kept AS SELECT 42 AS n")
	stop(t, s)

	filler := filepath.Join(dir, "filler")
	fill(t, filler)
	if _, err := Start(t.Context(), cfg); !errors.Is(err, ErrDiskFull) {
		t.Fatalf("got %v, want ErrDiskFull", err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if n := query1[int](t, start(t, cfg).DSN(), "SELECT n FROM kept"); n != 42 {
		t.Errorf("n = %d, want 42", n)
	}
}

// fill writes a file until the disk is full.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}
