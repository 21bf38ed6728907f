package rpc_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/rpc"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	m.Run()
}

const secret = "a secret of some length"

var (
	errAway  = errs.New(errs.Unavailable, "farm.unavailable", "No está.", "Away.")
	errTaken = &errs.Error{Kind: errs.Conflict, Code: "farm.taken", Text: errs.Text{ES: "Ocupado.", EN: "Taken."}, Alias: "error",
		Fields: []errs.Field{{Name: "stall", Text: errs.Text{ES: "No.", EN: "No."}, Scalar: true}}}
	double = rpc.Method[int, int]{Name: "farm/double", Repeat: true}
	milk   = rpc.Method[int, int]{Name: "farm/milk"} // not twice
	feed   = rpc.Method[string, string]{Name: "farm/feed"}
)

// farm is a module on a real server, and a process that asks it.
type farm struct {
	url      string
	server   *httptest.Server
	registry *prometheus.Registry
	clients  *rpc.Clients
	client   *rpc.Client
	asked    atomic.Int32 // requests that arrived
	wrong    atomic.Int32 // status with which those are answered that are not let through; 0: all are
	last     atomic.Pointer[http.Request]
}

// setup makes a farm; answer is what its methods do.
func setup(t *testing.T, answer func(ctx context.Context, n int) (int, error), change ...func(*rpc.Config)) *farm {
	t.Helper()
	f := &farm{registry: prometheus.NewRegistry()}
	s, err := httpx.New(httpx.Config{ServiceSecret: secret})
	require.NoError(t, err)
	s.UseAuthenticator(people{})
	double.Handle(s, answer)
	milk.Handle(s, answer)
	feed.Receive(s, time.Minute, func(_ context.Context, name string, r io.Reader) (string, error) {
		b, err := io.ReadAll(r)
		return name + " eats " + string(b), err
	})
	f.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.asked.Add(1)
		f.last.Store(r)
		if status := f.wrong.Load(); status != 0 {
			http.Error(w, "a proxy's own words", int(status))
			return
		}
		s.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(f.server.Close)
	cfg := rpc.Config{Caller: "village", Secret: secret, Timeout: 5 * time.Second, OpenFor: 50 * time.Millisecond, Registerer: f.registry}
	for _, c := range change {
		c(&cfg)
	}
	f.clients = rpc.NewClients(cfg)
	t.Cleanup(f.clients.Close)
	f.client = f.clients.To("farm", f.server.URL+"/", errAway)
	return f
}

// people have their name as a token.
type people struct{}

func (people) Authenticate(_ context.Context, token string) (authn.Principal, error) {
	if token != "ana" {
		return authn.Principal{}, errs.ErrTokenInvalid
	}
	return authn.Principal{UserID: 1, Superuser: true}, nil
}

func twice(_ context.Context, n int) (int, error) { return 2 * n, nil }

// state is the breaker's, as the metrics show it.
func (f *farm) state(t *testing.T) float64 {
	t.Helper()
	return f.family(t, "agrovet_rpc_breaker_state")[0].GetGauge().GetValue()
}

// family are the metrics of a name.
func (f *farm) family(t *testing.T, name string) []*dto.Metric {
	t.Helper()
	all, err := f.registry.Gather()
	require.NoError(t, err)
	for _, m := range all {
		if m.GetName() == name {
			return m.GetMetric()
		}
	}
	require.Fail(t, "no metric "+name)
	return nil
}
