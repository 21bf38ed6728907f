package pgserver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// How long an orphan may take to leave by itself (the kernel has told it to,
// on Linux) and after it was asked to.
const (
	orphanGrace = 3 * time.Second
	orphanStop  = time.Minute
)

// settle deals with what an earlier run left on the data directory: a server
// that still runs is waited for and then stopped, a postmaster.pid whose
// number now belongs to another program is removed. It reports whether the
// earlier run ended uncleanly. Errors: ErrOrphan.
func (h *home) settle(ctx context.Context, log *slog.Logger) (crashed bool, err error) {
	pid := h.postmasterPID()
	if pid == 0 {
		return false, nil
	}
	if err := h.outlast(ctx, pid, log); err != nil {
		return false, err
	}
	if pid = h.postmasterPID(); pid == 0 {
		return false, nil // it was still going, and left cleanly
	}
	return true, h.disownPID(pid, log)
}

// postmasterPID returns the process id in postmaster.pid, 0 when there is no
// such file: a server removes it when it ends in an orderly way.
func (h *home) postmasterPID() int {
	text, err := os.ReadFile(h.pidPath())
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return 0
	}
	return max(pid, -pid) // a single-user server writes its id negated
}

func (h *home) pidPath() string { return filepath.Join(h.data(), "postmaster.pid") }

// outlast returns when no server process is left on the data directory. This
// process holds the directory's lock, so that none of them has an owner.
func (h *home) outlast(ctx context.Context, postmaster int, log *slog.Logger) error {
	left, err := h.waitGone(ctx, orphanGrace)
	if len(left) == 0 || err != nil {
		return err
	}
	if slices.Contains(left, postmaster) {
		log.Warn("stopping the PostgreSQL that an earlier run left behind", "pid", postmaster, "dir", h.data())
		if err := syscall.Kill(postmaster, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("%w: pid %d on %s: %w", ErrOrphan, postmaster, h.data(), err)
		}
	}
	left, err = h.waitGone(ctx, orphanStop)
	if len(left) == 0 || err != nil {
		return err
	}
	return fmt.Errorf("%w: processes %v on %s do not end: stop them and start again", ErrOrphan, left, h.data())
}

// waitGone waits until no server process is certainly on the data directory,
// at most limit, and returns those that are left.
func (h *home) waitGone(ctx context.Context, limit time.Duration) ([]int, error) {
	deadline := time.Now().Add(limit)
	for {
		left, _ := serversOn(h.data())
		if len(left) == 0 || time.Now().After(deadline) {
			return left, nil
		}
		select {
		case <-ctx.Done():
			return left, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// disownPID removes postmaster.pid when its process is alive and provably not
// PostgreSQL: the number was given to another program, and PostgreSQL would
// refuse to start. The file of a dead process is PostgreSQL's own business.
func (h *home) disownPID(pid int, log *slog.Logger) error {
	if err := syscall.Kill(pid, 0); errors.Is(err, syscall.ESRCH) {
		return nil
	}
	if _, doubtful := serversOn(h.data()); len(doubtful) > 0 {
		return fmt.Errorf("%w: %s names pid %d, which is alive, and PostgreSQL processes %v may be on this directory: "+
			"stop them, or remove the file when they are not", ErrOrphan, h.pidPath(), pid, doubtful)
	}
	log.Warn("removing a stale postmaster.pid: its number belongs to another program now", "pid", pid, "dir", h.data())
	if err := os.Remove(h.pidPath()); err != nil {
		return fmt.Errorf("remove the stale %s: %w", h.pidPath(), err)
	}
	return nil
}
