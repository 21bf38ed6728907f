package pgserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// home is Config.Dir, locked by this process, and the account that owns it.
type home struct {
	root    string
	account account
	lock    *os.File
}

func (h *home) data() string     { return filepath.Join(h.root, "data") }
func (h *home) run() string      { return filepath.Join(h.root, "run") }
func (h *home) logPath() string  { return filepath.Join(h.root, "server.log") }
func (h *home) lockPath() string { return filepath.Join(h.root, "agrovet.lock") }

// passwordName is in the data directory, so that both come to be in one rename.
const passwordName = "agrovet.password"

// openHome creates the directory when it is missing, gives it to the account
// that will run the server, and takes its lock. Errors: ErrInUse, ErrForbidden.
func openHome(dir string) (*home, error) {
	if err := mkdirOpen(filepath.Dir(dir)); err != nil {
		return nil, fmt.Errorf("make the parents of %s: %w", dir, err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the PostgreSQL directory: %w", err)
	}
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, fmt.Errorf("resolve %s: %w", dir, err)
	}
	h := &home{root: root}
	if h.account, err = accountFor(h.data()); err != nil {
		return nil, err
	}
	if err := h.account.own(root); err != nil {
		return nil, err
	}
	return h, h.takeLock()
}

// mkdirOpen creates dir with its missing parents. Others may enter those that
// it creates, whatever the umask: the account of root's server must.
func mkdirOpen(dir string) error {
	if _, err := os.Stat(dir); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := mkdirOpen(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Chmod(dir, 0o755)
}

// takeLock holds agrovet.lock with flock until unlock or the end of the
// process. Children do not inherit it (Go opens files close-on-exec).
func (h *home) takeLock() error {
	f, err := os.OpenFile(h.lockPath(), os.O_RDWR|os.O_CREATE, 0o600)
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: %s belongs to another user: run agrovet as that user (%w)", ErrForbidden, h.root, err)
	}
	if err != nil {
		return fmt.Errorf("open the lock file: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		return h.lockRefused(f, err)
	}
	h.lock = f
	if err := h.account.own(h.lockPath()); err != nil {
		h.unlock()
		return err
	}
	return h.signLock()
}

func (h *home) lockRefused(f *os.File, err error) error {
	if !errors.Is(err, syscall.EWOULDBLOCK) {
		return fmt.Errorf("lock %s: %w", h.lockPath(), err)
	}
	holder := make([]byte, 16)
	n, _ := f.ReadAt(holder, 0) // an empty file only leaves the pid out
	return fmt.Errorf("%w: another agrovet (pid %s) is using %s", ErrInUse, strings.TrimSpace(string(holder[:n])), h.root)
}

// signLock writes this process's id into the lock file, for whoever is refused.
// A full disk must not keep an existing cluster from starting, so that failing
// to write is no error.
func (h *home) signLock() error {
	if err := h.lock.Truncate(0); err != nil {
		h.unlock()
		return fmt.Errorf("empty the lock file: %w", err)
	}
	_, _ = h.lock.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return nil
}

// unlock gives the directory back. The file stays: removing it would race
// with whoever has just opened it.
func (h *home) unlock() {
	if h.lock != nil {
		h.lock.Close()
		h.lock = nil
	}
}

// dataMajor returns the major version that made the cluster, 0 when there is
// none yet. Errors: ErrNotData when data/ holds something else.
func (h *home) dataMajor() (int, error) {
	text, err := os.ReadFile(filepath.Join(h.data(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, h.dataMustBeEmpty()
	}
	if err != nil {
		return 0, fmt.Errorf("read the version of %s: %w", h.data(), err)
	}
	major, err := strconv.Atoi(strings.SplitN(strings.TrimSpace(string(text)), ".", 2)[0])
	if err != nil {
		return 0, fmt.Errorf("%w: %s/PG_VERSION says %q", ErrNotData, h.data(), text)
	}
	return major, nil
}

func (h *home) dataMustBeEmpty() error {
	if target, err := os.Readlink(h.data()); err == nil {
		return fmt.Errorf("%w: %s is a link to %s, which holds no cluster: make %s the link instead", ErrNotData, h.data(), target, h.root)
	}
	entries, err := os.ReadDir(h.data())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotData, err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("%w: %s has no PG_VERSION but is not empty: move its contents away", ErrNotData, h.data())
	}
	return nil
}
