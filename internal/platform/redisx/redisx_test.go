package redisx_test

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/redisx"
	"agrovet/internal/platform/tlstest"
)

func TestValid(t *testing.T) {
	for _, url := range []string{"redis://h", "redis://h:6379/3", "redis://:s3cret@h:6379/0", "rediss://user:s3cret@h", "unix:///run/redis.sock"} {
		require.NoError(t, redisx.Valid(url), url)
	}
	for url, says := range map[string]string{"http://h:6379/0": "scheme", "redis://h:6379/abc": "abc", "redis://h:63 79": "port", "redis://h/0?x=1": "x"} {
		require.ErrorContains(t, redisx.Valid(url), says)
	}
}

// A password is easily written so that the URL cannot be read, or that something else is taken for it.
func TestValidKeepsThePassword(t *testing.T) {
	for _, url := range []string{
		"redis://user:s3cret@h:x/0", "redis://:s3cret@h:6379/x", "http://user:s3cret@h", "redis://user:s3cret%zz@h:6379/0",
		"redis://user:s3cret/@h:6379/0", "redis://:/s3cret@h:6379/0", "redis://user:1/s3cret@h:6379/0", "redis://:s3cret#1@h:6379/0",
		"redis://user:1?s3cret@h:6379/0", "redis://:s3cret?@h:6379/0", "redis://user: s3cret@h:6379/0", "user:s3cret@h:6379/0",
		"s3cret@h", ":s3cret@h:6379", "s3cret:x@h:6379", "redis://user:%s3cret@h",
	} {
		_, err := redisx.Open(redisx.Config{URL: url})
		require.Error(t, err, url)
		for _, part := range []string{"s3c", "cret", "%zz"} {
			require.NotContains(t, err.Error(), part, url)
		}
	}
}

func TestCheck(t *testing.T) {
	r := realRedis(t)
	s, ctx := open(t, r.URL), context.Background()
	details, err := s.Check(ctx)
	require.NoError(t, err)
	require.Positive(t, details["connections"])
	r.Stop()
	_, err = s.Check(ctx)
	require.Error(t, err)
	details, err = s.Check(ctx)
	require.ErrorIs(t, err, redisx.ErrAway)
	require.Contains(t, details, "away_since")
	r.Start()
	back(t, s)
	_, err = s.Check(ctx)
	require.NoError(t, err)
}

// The cache has the database after the URL's, which the server may not have.
func TestCheckLooksAtBothDatabases(t *testing.T) {
	r := realRedis(t)
	s := open(t, "redis://"+address(r.URL)+"/15") // a server has 16 unless it is told otherwise
	require.NoError(t, ping(s))
	_, err := s.Check(context.Background())
	require.ErrorContains(t, err, "database 16")
	require.ErrorContains(t, err, "out of range")
}

func TestMetrics(t *testing.T) {
	r, metrics := realRedis(t), prometheus.NewRegistry()
	s, err := redisx.Open(redisx.Config{URL: r.URL, Registerer: metrics, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, ping(s))
	require.EqualValues(t, 1, metric(t, metrics, "agrovet_redis_up").GetGauge().GetValue())
	require.Positive(t, metric(t, metrics, "agrovet_redis_call_seconds").GetHistogram().GetSampleCount())
	r.Stop()
	makeAway(t, s)
	require.Zero(t, metric(t, metrics, "agrovet_redis_up").GetGauge().GetValue())
}

func metric(t *testing.T, from *prometheus.Registry, name string) *dto.Metric {
	t.Helper()
	all, err := from.Gather()
	require.NoError(t, err)
	for _, m := range all {
		if m.GetName() == name {
			return m.GetMetric()[0]
		}
	}
	t.Fatal("no metric " + name)
	return nil
}

// Close ends all that was begun, also the search for a Redis that is away, and ears that were left open.
func TestCloseEndsAll(t *testing.T) {
	r := realRedis(t)
	s, n := open(t, r.URL), &notes{}
	s.Listen(n.listener(), "one")
	n.told(t, "joined one", 1)
	s.Close()
	s.Close()

	s = open(t, r.URL)
	require.NoError(t, ping(s))
	r.Stop()
	makeAway(t, s)
	s.Listen((&notes{}).listener(), "one")
	s.Close()
}

// Through TLS, to a server whose authority the system trusts, and to no other.
func TestTLS(t *testing.T) {
	trusted, unknown := tlstest.Trusted(t), tlstest.Unknown(t)
	r := realRedis(t)
	with := func(c *tls.Config) *redisx.Server {
		p := before(t, address(r.URL), func(l net.Listener) net.Listener { return tls.NewListener(l, c) })
		return open(t, through("rediss", p.address()))
	}
	s, n := with(trusted.Server(t)), &notes{}
	require.NoError(t, ping(s))
	e := s.Listen(n.listener(), "one")
	defer e.Close()
	n.told(t, "joined one", 1)
	n.hears(t, s, "one", "a")

	s = with(unknown.Server(t))
	require.ErrorContains(t, ping(s), "certificate signed by unknown authority")
	require.True(t, s.Away())
	_, err := s.Check(context.Background())
	require.ErrorIs(t, err, redisx.ErrAway)

	plain := open(t, through("rediss", address(r.URL)))
	require.Error(t, ping(plain), "a server without TLS")
}
