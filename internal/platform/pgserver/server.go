package pgserver

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"sync/atomic"
	"syscall"
	"time"
)

// Server is a running PostgreSQL. Its methods may be called from any
// goroutine.
type Server struct {
	cfg     Config
	home    *home
	bins    Binaries
	at      address
	log     *serverLog
	cmd     *exec.Cmd
	secret  string
	crashed bool // the run before ended uncleanly

	stopping atomic.Bool
	done     chan struct{}
	err      error // set before done is closed
}

// Start makes the cluster in cfg.Dir when there is none, starts its server
// and returns when it answers. The first start takes about a second, later
// ones a tenth; fetching PostgreSQL comes on top. Cancelling ctx gives up;
// it has no effect once Start has returned.
//
// Errors: the sentinels of this package; the text of others quotes the last
// lines of server.log.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	h, err := openHome(cfg.Dir)
	if err != nil {
		return nil, fmt.Errorf("pgserver: %w", err)
	}
	s := &Server{cfg: cfg, home: h, done: make(chan struct{})}
	if err := s.prepare(ctx); err != nil {
		s.at.release()
		h.unlock()
		return nil, fmt.Errorf("pgserver: %w", err)
	}
	if err := s.launch(); err != nil {
		s.finish(err)
		return nil, fmt.Errorf("pgserver: %w", err)
	}
	if err := s.awaitReady(ctx); err != nil {
		return nil, fmt.Errorf("pgserver: %w", err)
	}
	return s, nil
}

// prepare does everything that comes before the server's process.
func (s *Server) prepare(ctx context.Context) (err error) {
	if s.bins, err = choose(ctx, s.cfg, s.home); err != nil {
		return err
	}
	if err := s.home.account.checkAccess(s.bins, s.home.root); err != nil {
		return err
	}
	if err := s.home.initialise(ctx, s.cfg, s.bins); err != nil {
		return err
	}
	if s.crashed, err = s.home.settle(ctx, s.cfg.Log); err != nil {
		return err
	}
	if s.secret, err = s.home.password(); err != nil {
		return err
	}
	if s.at, err = s.home.listenOn(); err != nil {
		return err
	}
	if s.log, err = s.home.openLog(); err != nil {
		return blameDisk(s.home.root, err)
	}
	return nil
}

// launch starts the server's process from a goroutine that keeps its thread
// until the process is gone: the parent-death signal is bound to that thread.
func (s *Server) launch() error {
	s.cmd = s.home.account.command(s.bins, s.home.root, "postgres", s.arguments()...)
	s.cmd.Stdout, s.cmd.Stderr = s.log.file, s.log.file
	dieWithParent(s.cmd.SysProcAttr, syscall.SIGINT)
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		err := s.cmd.Start()
		started <- err
		if err == nil {
			s.finish(s.exited(s.cmd.Wait()))
		}
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	return nil
}

func (s *Server) arguments() []string {
	args := []string{"-D", s.home.data()}
	settings := s.cfg.settings(s.bins, s.at)
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		args = append(args, "-c", key+"="+settings[key])
	}
	return args
}

// exited explains the end of the process; nil for one that was asked for.
func (s *Server) exited(err error) error {
	if s.stopping.Load() && err == nil {
		return nil
	}
	how := "by itself"
	if err != nil {
		how = err.Error()
	}
	return blameDisk(s.home.root, fmt.Errorf("%w (%s); its last words in %s:\n%s", ErrExited, how, s.home.logPath(), s.log.tail()))
}

// finish gives everything back and tells the world.
func (s *Server) finish(err error) {
	s.err = err
	s.at.release()
	s.log.file.Close()
	s.home.unlock()
	close(s.done)
}

// DSN returns a connection URL of the superuser to the database agrovet. It
// contains the password: do not log it.
func (s *Server) DSN() string { return s.at.dsn(s.secret, Database) }

// PID returns the process id of the server.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Version returns the server's version, such as "15.18".
func (s *Server) Version() string { return s.bins.Version }

// Done is closed when the server is gone, stopped or not.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err returns nil while the server runs and after an orderly stop, else why
// it ended.
func (s *Server) Err() error {
	select {
	case <-s.done:
		return s.err
	default:
		return nil
	}
}

// quitGrace is how long a server may take to abort.
const quitGrace = 10 * time.Second

// Stop shuts the server down and returns when its process is gone: sessions
// are ended and everything is written (SIGINT). When ctx is done before that,
// the server aborts (SIGQUIT) and the next start recovers from the log, losing
// nothing. Stopping twice is harmless. It returns what Err returns.
func (s *Server) Stop(ctx context.Context) error {
	s.stopping.Store(true)
	s.signal(syscall.SIGINT)
	select {
	case <-s.done:
		return s.err
	case <-ctx.Done():
	}
	s.cfg.Log.Warn("PostgreSQL did not stop in time: aborting it; the next start recovers", "pid", s.PID())
	s.signal(syscall.SIGQUIT)
	select {
	case <-s.done:
	case <-time.After(quitGrace):
		s.signal(syscall.SIGKILL)
		<-s.done
	}
	return s.err
}

// signal ignores a process that is gone already: done tells.
func (s *Server) signal(sig os.Signal) {
	if err := s.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.cfg.Log.Error("cannot signal PostgreSQL", "pid", s.PID(), "signal", sig, "error", err)
	}
}
