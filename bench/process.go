package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that this program started, the product or its peer.
type process struct {
	address string // where it answers
	cmd     *exec.Cmd
	said    *bytes.Buffer // its output; read it when done is closed
	done    chan struct{}
}

// launch starts a program with the given variables added to its environment, which has none of the
// product's own. The kernel ends it when this program dies, however that happens.
func launch(dir, program string, variables []string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(program, args...), said: &bytes.Buffer{}, done: make(chan struct{})}
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = dir, p.said, p.said
	p.cmd.Env = append(cleanEnvironment(), variables...)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // the death signal is bound to this thread
		err := p.cmd.Start()
		started <- err
		if err == nil {
			_ = p.cmd.Wait() // how it ended stands in what it said
			close(p.done)
		}
	}()
	return p, <-started
}

// cleanEnvironment leaves the developer's own configuration out.
func cleanEnvironment() (clean []string) {
	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "AGROVET_") {
			clean = append(clean, pair)
		}
	}
	return clean
}

// awaitReady asks for /health/ until it is answered with 200.
func (p *process) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		if healthy(ctx, p.address) {
			return nil
		}
		select {
		case <-p.done:
			return fmt.Errorf("it ended: %s", p.said)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(500 * time.Microsecond):
		}
	}
}

func healthy(ctx context.Context, address string) bool {
	c, err := dial(ctx, address, 10*time.Second)
	if err != nil {
		return false
	}
	defer c.close()
	status, err := c.do(get("/health/", ""))
	return err == nil && status == http.StatusOK
}

// memory is the resident memory of the process in MiB.
func (p *process) memory() (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "VmRSS:" {
			kib, err := strconv.ParseFloat(fields[1], 64)
			return kib / 1024, err
		}
	}
	return 0, fmt.Errorf("process %d states no resident memory", p.cmd.Process.Pid)
}

// words are the last ones of a stopped process.
func (p *process) words() string {
	if p == nil {
		return ""
	}
	said := p.said.Bytes()
	return string(said[max(0, len(said)-2000):])
}

// stop ends the process in good order, and otherwise after some seconds. It may be nil.
func (p *process) stop() {
	if p == nil {
		return
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may be gone already
	select {
	case <-p.done:
	case <-time.After(5 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.done
	}
}

// freeAddress is a port of the loopback that nobody uses at the moment.
func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
