package pgserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Fetch brings PostgreSQL into cacheDir and returns its binaries: of the
// wanted major version, or of the one that the source prefers when major is 0.
// It takes seconds and about 40 MB of network, 80 MB of disk. Find sees the
// copy from then on. A nil log means slog.Default().
//
// Errors: ErrNotFound, with the cause and the way to do without fetching.
func Fetch(ctx context.Context, cacheDir string, major int, log *slog.Logger) (Binaries, error) {
	if log == nil {
		log = slog.Default()
	}
	began := time.Now()
	bins, err := fetchInto(ctx, cacheDir, major, log)
	if err != nil {
		return Binaries{}, fmt.Errorf("%w: it could not be fetched: %w; install it (apt-get install postgresql) or set %s to the directory of initdb and postgres",
			ErrNotFound, err, binDirKey)
	}
	log.Info("fetched PostgreSQL", "version", bins.Version, "dir", bins.Dir, "took", time.Since(began).Round(time.Millisecond))
	return bins, nil
}

// source unpacks a PostgreSQL into work/tree.
type source func(ctx context.Context, work string, major int, log *slog.Logger) error

func fetchInto(ctx context.Context, cacheDir string, major int, log *slog.Logger) (Binaries, error) {
	if err := mkdirOpen(cacheDir); err != nil {
		return Binaries{}, fmt.Errorf("make the cache directory: %w", err)
	}
	work, err := os.MkdirTemp(cacheDir, ".fetch-")
	if err != nil {
		return Binaries{}, fmt.Errorf("make a directory to fetch into: %w", err)
	}
	defer os.RemoveAll(work)
	if err := pickSource()(ctx, work, major, log); err != nil {
		return Binaries{}, blameDisk(cacheDir, err)
	}
	return publish(filepath.Join(work, "tree"), cacheDir, major)
}

// pickSource prefers apt, whose packages fit the system and whose signatures
// it checks itself.
func pickSource() source {
	for _, tool := range []string{"apt-get", "apt-cache", "dpkg-deb"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fromLibrary
		}
	}
	return fromApt
}

// publish proves that the tree runs and gives it its name in the cache. A
// copy of the same version that is there already is kept when it runs (a
// server may be using it) and replaced when it does not.
func publish(tree, cacheDir string, major int) (Binaries, error) {
	bins, rel, err := inspectTree(tree)
	if err != nil {
		return Binaries{}, fmt.Errorf("the fetched copy does not run: %w", err)
	}
	if major != 0 && bins.Major != major {
		return Binaries{}, fmt.Errorf("version %d was wanted, %d came", major, bins.Major)
	}
	if err := os.Chmod(tree, 0o755); err != nil { // root's server account must enter
		return Binaries{}, fmt.Errorf("open the fetched copy: %w", err)
	}
	final := filepath.Join(cacheDir, treePrefix+bins.Version)
	if old, err := inspect(filepath.Join(final, rel)); err == nil {
		return old, nil
	}
	if err := os.RemoveAll(final); err != nil {
		return Binaries{}, fmt.Errorf("remove a broken copy: %w", err)
	}
	if err := os.Rename(tree, final); err != nil {
		return Binaries{}, fmt.Errorf("name the fetched copy: %w", err)
	}
	return inspect(filepath.Join(final, rel))
}

// inspectTree finds the binaries of an unpacked tree, and where in it they are.
func inspectTree(tree string) (bins Binaries, rel string, err error) {
	err = errors.New("no bin directory")
	for _, dir := range append(newestFirst(filepath.Join(tree, "usr/lib/postgresql/*/bin")), filepath.Join(tree, "bin")) {
		if bins, err = inspect(dir); err == nil {
			rel, err = filepath.Rel(tree, dir)
			return bins, rel, err
		}
	}
	return Binaries{}, "", err
}
