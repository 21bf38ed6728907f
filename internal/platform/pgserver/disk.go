package pgserver

import (
	"fmt"
	"strings"
	"syscall"
)

// fullBelow is the free space under which a failure is put down to the disk:
// one WAL segment.
const fullBelow = 16 << 20

// freeBytes returns what an ordinary user may still write beneath path.
func freeBytes(path string) (uint64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(path, &st); err != nil {
		return 0, fmt.Errorf("ask for the free space of %s: %w", path, err)
	}
	return uint64(st.Bavail) * uint64(st.Bsize), nil
}

// checkFree refuses with ErrDiskFull when fewer than need bytes are free.
func checkFree(path string, need uint64) error {
	free, err := freeBytes(path)
	if err != nil || free >= need {
		return err
	}
	return fmt.Errorf("%w: %s free for %s, a new database needs %s", ErrDiskFull, mib(free), path, mib(need))
}

// blameDisk turns a failure into ErrDiskFull when the disk is its cause.
func blameDisk(path string, err error) error {
	free, statErr := freeBytes(path)
	if statErr != nil || (free >= fullBelow && !strings.Contains(err.Error(), "No space left on device")) {
		return err
	}
	return fmt.Errorf("%w: %s free for %s: %w", ErrDiskFull, mib(free), path, err)
}

func mib(bytes uint64) string { return fmt.Sprintf("%d MiB", bytes>>20) }
