package blobtest

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
	"time"

	"agrovet/internal/media/internal/blob"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/stretchr/testify/require"
)

// Server is a real S3-compatible service (versitygw) on the loopback, with a bucket. It keeps objects
// in a directory, and dies with the test, however that ends.
type Server struct {
	t       testing.TB
	program string
	args    []string
	address string
	running *process // nil when it is stopped
}

const (
	bucket    = "agrovet"
	accessKey = "tester"
	secretKey = "tester-secret"
)

// S3Server starts a service with an empty bucket. The first test of a fresh checkout waits about a
// minute until the program is built.
func S3Server(t testing.TB) *Server { return S3ServerIn(t, t.TempDir()) }

// S3ServerIn is S3Server with its objects in a directory of the caller's, such as a small disk.
func S3ServerIn(t testing.TB, dir string) *Server {
	s := &Server{t: t, program: versitygw(t), address: freeAddress(t)}
	s.args = []string{"--port", s.address, "--quiet", "posix"}
	if !hasAttributes(dir) {
		s.args = append(s.args, "--sidecar", t.TempDir())
	}
	s.args = append(s.args, dir)
	s.Start()
	t.Cleanup(s.Stop)
	s.MakeBucket(bucket)
	return s
}

// Config is how to reach the bucket.
func (s *Server) Config() blob.S3Config {
	return blob.S3Config{
		Endpoint: "http://" + s.address, Bucket: bucket, AccessKey: accessKey, SecretKey: secretKey, PathStyle: true,
	}
}

// Client is for what blob.S3 has no methods for.
func (s *Server) Client() *minio.Client {
	client, err := minio.New(s.address, &minio.Options{Creds: credentials.NewStaticV4(accessKey, secretKey, ""), Region: "us-east-1"})
	require.NoError(s.t, err)
	return client
}

// MakeBucket makes one more bucket.
func (s *Server) MakeBucket(name string) {
	s.t.Helper()
	require.NoError(s.t, s.Client().MakeBucket(context.Background(), name, minio.MakeBucketOptions{}))
}

// Stop takes the service away, as a power cut does. What it has is there again after Start.
func (s *Server) Stop() {
	if s.running != nil {
		_ = s.running.cmd.Process.Kill() // it may have ended by itself
		<-s.running.done
		s.running = nil
	}
}

// Start brings the service back, at the same address, and waits until it answers.
func (s *Server) Start() {
	s.t.Helper()
	var err error
	s.running, err = launch(s.program, s.args)
	require.NoError(s.t, err)
	for !s.answers() {
		select {
		case <-s.running.done:
			require.FailNow(s.t, "versitygw ended", s.running.said.String())
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// answers says whether anything comes back; that it refuses strangers is answer enough.
func (s *Server) answers() bool {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address, nil)
	require.NoError(s.t, err)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return true
}

type process struct {
	cmd  *exec.Cmd
	said *bytes.Buffer // read it when done is closed
	done chan struct{}
}

// launch starts the program with nothing of our environment.
func launch(program string, args []string) (*process, error) {
	p := &process{cmd: exec.Command(program, args...), said: &bytes.Buffer{}, done: make(chan struct{})}
	p.cmd.Env = []string{"ROOT_ACCESS_KEY_ID=" + accessKey, "ROOT_SECRET_ACCESS_KEY=" + secretKey}
	p.cmd.Stdout, p.cmd.Stderr, p.cmd.SysProcAttr = p.said, p.said, &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(p.cmd.SysProcAttr)
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

// freeAddress is one that nobody uses. Its port is below those that outgoing connections get, so that
// it stays free while the service is stopped.
func freeAddress(t testing.TB) string {
	for {
		address := fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(12_000))
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
		if err == nil {
			_ = l.Close()
			return address
		}
	}
}
