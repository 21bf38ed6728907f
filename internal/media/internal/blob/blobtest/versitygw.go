package blobtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/sources"
)

// versitygw is the path of the program, which is built when it is not there or older than its module
// file. Tests of several packages run at once: one builds, the others wait for it.
func versitygw(t testing.TB) string {
	t.Helper()
	root, err := sources.Root()
	require.NoError(t, err)
	program, module := filepath.Join(root, "bin", "versitygw"), filepath.Join(root, "tools", "versitygw.mod")
	require.NoError(t, os.MkdirAll(filepath.Dir(program), 0o755))
	defer lock(t, program+".lock")()
	if newer(program, module) {
		return program
	}
	temp := program + ".new"
	build := exec.Command("go", "build", "-modfile="+module, "-o", temp, "github.com/versity/versitygw/cmd/versitygw")
	build.Dir, build.Env = root, append(os.Environ(), "CGO_ENABLED=0")
	said, err := build.CombinedOutput()
	require.NoError(t, err, "%s", said)
	require.NoError(t, os.Rename(temp, program))
	return program
}

// lock takes a lock that other processes may hold; it ends with this one at the latest.
func lock(t testing.TB, path string) (unlock func()) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	require.NoError(t, err)
	require.NoError(t, syscall.Flock(int(f.Fd()), syscall.LOCK_EX))
	return func() { _ = f.Close() }
}

func newer(path, than string) bool {
	a, errA := os.Stat(path)
	b, errB := os.Stat(than)
	return errA == nil && errB == nil && a.ModTime().After(b.ModTime())
}
