// Package redistest gives tests a real redis-server of their own, which can be stopped, started again and
// paused. tools/redis says which program it is.
package redistest

import (
	"bytes"
	"context"
	"net"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"agrovet/internal/platform/sources"
)

// startWithin bounds how long a server may take to answer.
const startWithin = 20 * time.Second

// Server is a redis-server on 127.0.0.1. Its data are in a directory of the test.
type Server struct {
	URL  string // redis://127.0.0.1:<port>/0
	t    testing.TB
	port string
	dir  string
	cmd  *exec.Cmd
	said *bytes.Buffer
}

// New starts a server, which ends with the test. What it is told is on disk before it answers, so a server
// that is stopped and started knows it again.
func New(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	s := &Server{URL: "redis://127.0.0.1:" + port + "/0", t: t, port: port, dir: t.TempDir()}
	s.Start()
	t.Cleanup(s.Stop)
	return s
}

// Start starts the server again, at the same address and with the data that it had.
func (s *Server) Start() {
	s.t.Helper()
	s.said = &bytes.Buffer{}
	s.cmd = exec.Command(program(s.t), "--port", s.port, "--bind", "127.0.0.1", "--dir", s.dir, "--save", "", //nolint:gosec // a path that we made
		"--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no")
	s.cmd.Stdout, s.cmd.Stderr = s.said, s.said
	if err := s.cmd.Start(); err != nil {
		s.t.Fatalf("redistest: %v", err)
	}
	client := s.Client()
	defer func() { _ = client.Close() }()
	for limit := time.Now().Add(startWithin); ; time.Sleep(5 * time.Millisecond) {
		err := client.Ping(context.Background()).Err()
		if err == nil {
			return
		}
		if time.Now().After(limit) {
			s.Stop()
			s.t.Fatalf("redistest: the server does not answer: %v\n%s", err, s.said)
		}
	}
}

// Client is a connection to the server; whoever asks closes it.
func (s *Server) Client() *redis.Client {
	o, err := redis.ParseURL(s.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	return redis.NewClient(o)
}

// Stop kills the server. It may be said again.
func (s *Server) Stop() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	s.cmd = nil
}

// Pause has the server hang: connections stay, and nothing answers.
func (s *Server) Pause() { s.signal(syscall.SIGSTOP) }

// Resume ends Pause.
func (s *Server) Resume() { s.signal(syscall.SIGCONT) }

func (s *Server) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatalf("redistest: %v", err)
	}
}

var find = sync.OnceValues(func() (string, error) { return sources.Found(context.Background(), "redis") })

func program(t testing.TB) string {
	t.Helper()
	path, err := find()
	if err != nil {
		t.Fatalf("redistest: these tests need a redis-server: install one, or set REDIS_SERVER to its path (%v)", err)
	}
	return path
}
