package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/cmd/agrovet/stories"
	"agrovet/internal/platform/pgtest"
)

// shape is a way to run agrovet.
type shape struct {
	name  string
	start func(t *testing.T) stories.Installation
}

// shapes are those in which clients must notice no difference.
var shapes = []shape{
	{"OneProcess", oneProcess},
}

// TestShapes tells the same stories to each.
func TestShapes(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) { stories.Run(t, s.start(t)) })
	}
}

// manyFromOneAddress allows what the stories' many people do from one address.
const manyFromOneAddress = "--auth-register-per-address=0"

func oneProcess(t *testing.T) stories.Installation { return alone(t) }

// alone is one process with more arguments.
func alone(t *testing.T, args ...string) stories.Installation {
	return startServe(t, dataDir(t), append([]string{manyFromOneAddress, "--log-level=warn"}, args...)...).installation(t, args...)
}

// installation is how the stories find it; its tools need args, too.
func (p *process) installation(t *testing.T, args ...string) stories.Installation {
	path, err := binary()
	require.NoError(t, err)
	return stories.At(p.base, append([]string{path, "--data-dir", p.dataDir, "--postgres-cache-dir", pgtest.CacheDir(), "--log-level=error"}, args...)...)
}
