package pgserver

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestClosedParentIsNamed is the data directory beneath something like /root.
// For an ordinary user the closed directory already stops the directory from
// being made.
func TestClosedParentIsNamed(t *testing.T) {
	closed := filepath.Dir(tempHome(t))
	if err := os.Chmod(closed, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), testConfig(t, filepath.Join(closed, "agrovet", "postgres")))
	want := ErrForbidden
	if os.Geteuid() != 0 {
		want = fs.ErrPermission
	}
	if !errors.Is(err, want) || !strings.Contains(err.Error(), closed) {
		t.Fatalf("got %v, want %v that names %s", err, want, closed)
	}
	if os.Geteuid() == 0 && !strings.Contains(err.Error(), "--data-dir /var/lib/agrovet") {
		t.Errorf("%q names no remedy", err)
	}
}

func TestBlockedAt(t *testing.T) {
	base := filepath.Dir(tempHome(t))
	outer, inner := filepath.Join(base, "outer"), filepath.Join(base, "outer", "inner")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	stranger := account{uid: 1 << 20, gid: 1 << 20}
	if got := stranger.blockedAt(inner); got != "" {
		t.Errorf("blocked at %s, want nowhere", got)
	}
	if err := os.Chmod(outer, 0o750); err != nil {
		t.Fatal(err)
	}
	if got := stranger.blockedAt(inner); got != outer {
		t.Errorf("blocked at %q, want %s", got, outer)
	}
	if got := (account{uid: os.Getuid()}).blockedAt(inner); got != "" {
		t.Errorf("the owner is blocked at %s", got)
	}
}

func TestMissingParentsAreOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	before := syscall.Umask(0o077)
	err := mkdirOpen(dir)
	syscall.Umask(before)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, filepath.Dir(dir)} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o755 {
			t.Errorf("%s: %v %v, want mode 0755", path, info, err)
		}
	}
}

func TestServerOfRootIsUnprivileged(t *testing.T) {
	s := start(t, testConfig(t, tempHome(t)))
	info, err := os.Stat(s.home.data())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ownerOf(s.home.data(), info); err != nil || got.uid != s.home.account.uid {
		t.Errorf("the data belongs to %+v (%v), the server is %+v", got, err, s.home.account)
	}
}
