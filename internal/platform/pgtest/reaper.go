package pgtest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
)

// reaper is a shell that outlives the test binary by a moment. It reads from
// a pipe that nobody writes to, so that it wakes when this process ends in
// whatever way (a panic and SIGKILL run no deferred function), ends the server
// if it is still there, and removes the directory.
type reaper struct {
	cmd   *exec.Cmd
	alive io.Closer
}

// reap: $1 is the directory to remove, $2 that of the server. It asks the
// server to go twice a second, for 10 s, then kills it.
const reap = `
read -r _
tries=0
while pid=$(head -n 1 "$2/data/postmaster.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null; do
	tries=$((tries + 1))
	if [ $tries -gt 20 ]; then kill -9 "$pid"; break; fi
	kill -INT "$pid"
	sleep 0.5
done
rm -rf "$1"
`

func newReaper(base, serverDir string) (*reaper, error) {
	cmd := exec.Command("/bin/sh", "-c", reap, "pgtest-reaper", base, serverDir)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is not for it
	alive, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("make the reaper's pipe: %w", err)
	}
	if err := cmd.Start(); err != nil {
		_ = os.RemoveAll(base) // the error that counts is the other
		return nil, fmt.Errorf("start the reaper: %w", err)
	}
	return &reaper{cmd: cmd, alive: alive}, nil
}

// finish lets the reaper do its work and waits for it.
func (r *reaper) finish() error {
	if err := r.alive.Close(); err != nil {
		return fmt.Errorf("release the reaper: %w", err)
	}
	if err := r.cmd.Wait(); err != nil {
		return fmt.Errorf("reaper: %w", err)
	}
	return nil
}
