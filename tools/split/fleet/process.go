// Package fleet runs an installation of several processes on this machine: agrovet in any grouping, what it stands on,
// and what stands in front. Everything that it starts is a child that dies with this process.
package fleet

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// The limits of waiting: for readiness (a first start makes schemas), and for an end that was asked for.
const (
	startTime = 3 * time.Minute
	stopTime  = 40 * time.Second
)

// Spec says how a process is started, again and again.
type Spec struct {
	Name  string   // of the process and of its log
	Path  string   // of the program
	Args  []string // without the program
	Env   []string // beside this process's own: NAME=value
	Dir   string   // working directory; empty: that of the fleet
	Ready func(context.Context) error
}

// Process is one that runs, or has run.
type Process struct {
	Spec
	log  string
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // of its end; read it after done
}

// launch starts it and waits until it is ready. Its log is continued.
func (p *Process) launch(ctx context.Context) error {
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd, done := exec.Command(p.Path, p.Args...), make(chan struct{})
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.Dir, log, log
	cmd.Env = append(os.Environ(), p.Env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C is for this process, which ends them in order
	dieWithParent(cmd.SysProcAttr)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	p.cmd, p.done = cmd, done
	go func() { p.err = cmd.Wait(); close(done) }()
	return p.await(ctx)
}

func (p *Process) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for {
		err := p.Ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.done:
			return fmt.Errorf("%s has ended: %w\n%s", p.Name, errors.Join(p.err), p.tail())
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready: %w\n%s", p.Name, err, p.tail())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// tail is the end of its log.
func (p *Process) tail() string {
	b, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(b[max(0, len(b)-2000):])
}

// Done is closed when it has ended, however that came.
func (p *Process) Done() <-chan struct{} { return p.done }

// PID is its process id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Kill ends it with SIGKILL and waits until it is gone.
func (p *Process) Kill() { p.end(syscall.SIGKILL) }

// Stop asks it to end, and kills it when it takes too long. It is harmless when it has ended.
func (p *Process) Stop() error {
	const terminated = 128 + int(syscall.SIGTERM) // what Java says of it
	p.end(syscall.SIGTERM)
	var failed *exec.ExitError
	if errors.As(p.err, &failed) && failed.ExitCode() > 0 && failed.ExitCode() != terminated {
		return fmt.Errorf("%s: %w\n%s", p.Name, p.err, p.tail())
	}
	return nil
}

func (p *Process) end(sig syscall.Signal) {
	_ = p.cmd.Process.Signal(sig) // it may be gone already
	select {
	case <-p.done:
	case <-time.After(stopTime):
		_ = p.cmd.Process.Kill() // same
		<-p.done
	}
}

// Restart starts it again after it has ended, as it was started before.
func (p *Process) Restart(ctx context.Context) error {
	<-p.done
	return p.launch(ctx)
}

// Healthy is ready when the address answers 200.
func Healthy(url string) func(context.Context) error {
	client := &http.Client{Timeout: 5 * time.Second}
	return func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		res, err := client.Do(req)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", url, res.Status)
		}
		return nil
	}
}

// logFile is where a process's log is.
func logFile(dir, name string) string { return filepath.Join(dir, "log", name+".log") }
