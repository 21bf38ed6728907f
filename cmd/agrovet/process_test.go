package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pgserver"
	"agrovet/internal/platform/pgtest"
)

// binaryDir is where the built command is; empty: no test has asked for it.
var binaryDir string

// binary builds the command once for all tests that run it as a process of its own.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "agrovet-test-bin-")
	if err != nil {
		return "", err
	}
	binaryDir = dir
	path := filepath.Join(dir, "agrovet")
	cmd := exec.Command("go", "build", "-o", path, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	pgtest.Main(cleaning{m})
}

// cleaning removes the built binary after the tests.
type cleaning struct{ m *testing.M }

func (c cleaning) Run() int {
	code := c.m.Run()
	if binaryDir != "" {
		os.RemoveAll(binaryDir)
	}
	return code
}

// dataDir is a directory that is still to be made, where root's PostgreSQL account can enter, which it
// cannot with t.TempDir.
func dataDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(pgtest.TempDir(), "agrovet-test-data-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return filepath.Join(dir, "agrovet")
}

// process is a running `agrovet serve`.
type process struct {
	t       testing.TB
	cmd     *exec.Cmd
	dataDir string
	dsn     string // of the owner of a database elsewhere; empty: it has a PostgreSQL of its own
	log     string // path of its log
	base    string // URL
	exited  chan error
}

var bannerURL = regexp.MustCompile(`API +(http://\S+)/api/`)

// serve starts the command on a free port and waits until it is ready.
func startServe(t testing.TB, dataDir string, args ...string) *process {
	t.Helper()
	path, err := binary()
	require.NoError(t, err)
	p := &process{t: t, dataDir: dataDir, dsn: valueOf("--database-url", args), log: filepath.Join(t.TempDir(), "agrovet.log"), exited: make(chan error, 1)}
	logFile, err := os.Create(p.log)
	require.NoError(t, err)
	args = append([]string{"serve", "--listen", "127.0.0.1:0", "--data-dir", dataDir, "--postgres-cache-dir", pgtest.CacheDir()}, args...)
	p.cmd = exec.Command(path, args...)
	p.cmd.Dir = t.TempDir() // no agrovet.yaml there
	p.cmd.Stdout, p.cmd.Stderr = logFile, logFile
	require.NoError(t, p.cmd.Start())
	go func() { p.exited <- p.cmd.Wait(); logFile.Close() }()
	t.Cleanup(p.kill)
	p.awaitReady()
	return p
}

// startShared is startServe on a database of the tests' server that has all schemas, for tests that show nothing of
// the PostgreSQL that agrovet runs: making one takes longer than most of them.
func startShared(t testing.TB, args ...string) *process {
	t.Helper()
	return startServe(t, dataDir(t), append(args, "--database-url", soundDatabase(t))...)
}

// valueOf is what follows a flag; empty: it is not among args.
func valueOf(flag string, args []string) string {
	if i := slices.Index(args, flag); i >= 0 {
		return args[i+1]
	}
	return ""
}

func (p *process) awaitReady() {
	p.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if m := bannerURL.FindStringSubmatch(p.readLog()); m != nil {
			p.base = m[1]
			return
		}
		select {
		case err := <-p.exited:
			p.exited <- err
			require.FailNow(p.t, "serve ended", "%v\n%s", err, p.readLog())
		default:
		}
	}
	require.FailNow(p.t, "serve is not ready", p.readLog())
}

func (p *process) readLog() string {
	b, _ := os.ReadFile(p.log)
	return string(b)
}

// kill ends the process the hard way.
func (p *process) kill() {
	_ = p.cmd.Process.Signal(syscall.SIGKILL) // it may be gone already
	err := <-p.exited
	p.exited <- err
}

// stop ends the process as an operator does, and wants it to end well.
func (p *process) stop() {
	p.t.Helper()
	require.NoError(p.t, p.cmd.Process.Signal(syscall.SIGTERM))
	err := <-p.exited
	p.exited <- err
	require.NoError(p.t, err, p.readLog())
}

// tool runs another command of the binary on the same data directory.
func (p *process) tool(args ...string) (string, error) {
	path, err := binary()
	require.NoError(p.t, err)
	args = append(args, "--data-dir", p.dataDir, "--postgres-cache-dir", pgtest.CacheDir(), "--log-level", "error")
	if p.dsn != "" {
		args = append(args, "--database-url", p.dsn)
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = p.t.TempDir()
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// database is a connection of the owner to the process's database.
func (p *process) database() *pgx.Conn {
	p.t.Helper()
	dsn, err := p.dsn, error(nil)
	if dsn == "" {
		dsn, err = pgserver.Attach(filepath.Join(p.dataDir, "postgres"))
		require.NoError(p.t, err)
	}
	conn, err := pgx.Connect(context.Background(), dsn)
	require.NoError(p.t, err)
	p.t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// response is an answer, read whole.
type response struct {
	status int
	header http.Header
	body   string
}

// call sends a request; headers are name, value, name, value…
func (p *process) call(method, path string, body any, headers ...string) (response, error) {
	var reader io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return response{}, err
		}
		reader = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, p.base+path, reader)
	if err != nil {
		return response{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{Timeout: 60 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		return response{}, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return response{res.StatusCode, res.Header, string(b)}, err
}

// mustCall wants the status.
func (p *process) mustCall(status int, method, path string, body any, headers ...string) response {
	p.t.Helper()
	r, err := p.call(method, path, body, headers...)
	require.NoError(p.t, err)
	require.Equal(p.t, status, r.status, "%s %s: %s", method, path, r.body)
	return r
}

// registered is what registration answers.
type registered struct {
	Token string `json:"token"`
	User  struct {
		ID   int64  `json:"id"`
		Role string `json:"role"`
	} `json:"user"`
}

func (r response) registered(t testing.TB) registered {
	t.Helper()
	var out registered
	require.NoError(t, json.Unmarshal([]byte(r.body), &out), r.body)
	return out
}
