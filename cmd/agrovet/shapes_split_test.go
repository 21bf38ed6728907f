//go:build shapes

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/cmd/agrovet/stories"
	"agrovet/internal/platform/pgtest"
	"agrovet/tools/split/fleet"
)

// The shapes beside the one that every test run tells the stories to: `make shapes`.
func init() {
	shapes = append(shapes,
		shape{"OneProcessWithRedisAndKafka", oneProcessWithAll},
		shape{"SixProcesses", func(t *testing.T) stories.Installation { return apart(t, 1) }},
		shape{"TwoOfEach", func(t *testing.T) stories.Installation { return apart(t, 2) }},
	)
	restoredStories = nil // all
}

// newFleet is one that ends with the test. When it fails, the logs are shown.
func newFleet(t *testing.T) *fleet.Fleet {
	t.Helper()
	f, err := fleet.New(dataDir(t))
	require.NoError(t, err)
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			showLogs(t, f)
		}
	})
	return f
}

func showLogs(t *testing.T, f *fleet.Fleet) {
	logs, _ := filepath.Glob(filepath.Join(f.Dir, "log", "*.log")) // the pattern is right
	for _, path := range logs {
		if b, err := os.ReadFile(path); err == nil {
			t.Logf("%s\n%s", path, b[max(0, len(b)-5000):])
		}
	}
}

// stores starts Redis and a Kafka, on free ports.
func stores(t *testing.T, f *fleet.Fleet) (redis, broker string) {
	t.Helper()
	ports, err := fleet.FreePorts(2)
	require.NoError(t, err)
	redis, err = f.Redis(t.Context(), ports[0])
	require.NoError(t, err)
	broker, err = f.StandIn(ports[1])
	require.NoError(t, err)
	return redis, broker
}

func oneProcessWithAll(t *testing.T) stories.Installation {
	redis, broker := stores(t, newFleet(t))
	return alone(t, "--redis-url="+redis, "--kafka-brokers="+broker)
}

// apart is each module in a process of its own, or in several, and their ports instead of a gateway.
func apart(t *testing.T, replicas int) stories.Installation {
	path, err := binary()
	require.NoError(t, err)
	f := newFleet(t)
	s := fleet.Split{Binary: path, Replicas: replicas, Args: []string{manyFromOneAddress, "--log-level=warn"}}
	redis, broker := stores(t, f)
	s.Redis, s.Kafka = redis, []string{broker}
	s.Database, err = f.Postgres(t.Context(), 100+60*replicas, pgtest.CacheDir())
	require.NoError(t, err)
	s.Ports, err = fleet.FreePorts(len(fleet.Modules) * replicas)
	require.NoError(t, err)
	r, err := s.Start(t.Context(), f)
	require.NoError(t, err)
	return stories.Installation{URLs: r.URLs, Tool: r.Tool, Env: r.Env}
}
