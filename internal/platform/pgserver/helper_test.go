package pgserver

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// tempHome returns a directory for one server that also an unprivileged
// account can reach (t.TempDir is closed to others), below a short path.
func tempHome(t *testing.T) string {
	t.Helper()
	base, err := os.MkdirTemp("", "pgserver-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(base) })
	if err := os.Chmod(base, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(base, "postgres")
}

// made is a cluster that tests copy: making one takes most of a second.
var made struct {
	once sync.Once
	base string
	err  error
}

// clusterHome is tempHome with a cluster in it that was stopped in order.
func clusterHome(t *testing.T) string {
	t.Helper()
	made.once.Do(func() { made.err = makeCluster(testConfig(t, "")) })
	if made.err != nil {
		t.Fatal(made.err)
	}
	dir := tempHome(t)
	if out, err := exec.Command("cp", "-a", filepath.Join(made.base, "postgres"), dir).CombinedOutput(); err != nil {
		t.Fatalf("copy the cluster: %v: %s", err, out)
	}
	return dir
}

func makeCluster(cfg Config) (err error) {
	if made.base, err = os.MkdirTemp("", "pgserver-"); err != nil {
		return err
	}
	if err := os.Chmod(made.base, 0o755); err != nil {
		return err
	}
	cfg.Dir = filepath.Join(made.base, "postgres")
	s, err := Start(context.Background(), cfg)
	if err != nil {
		return err
	}
	return s.Stop(context.Background())
}

// testConfig does without syncing, which is most of the time of a cold start.
// Where no PostgreSQL is installed, one is fetched and kept for later runs.
func testConfig(t *testing.T, dir string) Config {
	t.Helper()
	return Config{
		Dir: dir, StartTimeout: time.Minute, AllowFetch: true, CacheDir: keptCache(),
		Log:      slog.New(slog.NewTextHandler(t.Output(), nil)),
		Settings: map[string]string{"fsync": "off"},
	}
}

// keptCache is where a fetched PostgreSQL stays beyond this run; pgtest has the
// same place, which this package's tests cannot ask.
func keptCache() string {
	if os.Geteuid() == 0 {
		return "/var/cache/agrovet"
	}
	return defaultCacheDir("")
}

// anyBinaries are those that tests run on.
func anyBinaries(t *testing.T) Binaries {
	t.Helper()
	bins, err := Find("", keptCache(), 0)
	if err != nil {
		bins, err = Fetch(t.Context(), keptCache(), 0, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return bins
}

// start starts a server that is stopped at the end of the test.
func start(t *testing.T, cfg Config) *Server {
	t.Helper()
	s, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, s) })
	return s
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := s.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func exec1(t *testing.T, dsn, statement string) {
	t.Helper()
	if err := execute(t.Context(), dsn, statement); err != nil {
		t.Fatal(err)
	}
}

func query1[T any](t *testing.T, dsn, query string) (value T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), query).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// contextCancelledBy returns a context that ends when condition holds.
func contextCancelledBy(t *testing.T, condition func() bool) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for ctx.Err() == nil && !condition() {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	return ctx, cancel
}
