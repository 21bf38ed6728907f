// Package stories is what clients see of an installation, told against any shape of it: one process or many, behind
// a gateway or not.
//
// The stories speak HTTP and WebSocket alone, and run a tool of agrovet where staff is needed. They make people and
// things of their own, so they may run side by side and again on an installation that is in use. What travels by events
// is waited for. Each module has a file; a story is a line of its table.
//
// The installation must allow what many people behind one address do: --auth-register-per-address=0.
package stories

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// Modules are all that an installation has.
var Modules = []string{"auth", "media", "profiles", "marketplace", "chat", "foro"}

// Installation says where one is and how to run its tools.
type Installation struct {
	URLs map[string]string // where each module answers: http://host:port
	Dial string            // host:port to which all connections go, whatever the host of a URL; empty: to that host
	Tool []string          // agrovet, and the flags with which its tools find this installation
	Env  []string          // what its tools need in their environment, beside the tests' own: NAME=value
}

// At is an installation in which one process has all modules.
func At(url string, tool ...string) Installation {
	in := Installation{URLs: map[string]string{}, Tool: tool}
	for _, m := range Modules {
		in.URLs[m] = url
	}
	return in
}

// tale is one story: what it shows, and how.
type tale struct {
	shows string
	tell  func(s *story)
}

// Run tells all stories, or only those of some tables.
func Run(t *testing.T, in Installation, only ...string) {
	w := &world{Installation: in, http: in.client(), phones: 70_000_000 + rand.Int64N(9_900_000)}
	t.Cleanup(w.http.CloseIdleConnections)
	for _, module := range []struct {
		name  string
		tales []tale
	}{
		{"conventions", conventions}, {"auth", authTales}, {"media", mediaTales}, {"profiles", profilesTales},
		{"marketplace", marketplaceTales}, {"chat", chatTales}, {"sockets", liveTales}, {"foro", foroTales}, {"communities", communityTales}, {"across", acrossTales},
	} {
		if len(only) > 0 && !slices.Contains(only, module.name) {
			continue
		}
		t.Run(module.name, func(t *testing.T) {
			t.Parallel()
			for _, tale := range module.tales {
				t.Run(tale.shows, func(t *testing.T) {
					t.Parallel()
					tale.tell(&story{T: t, world: w})
				})
			}
		})
	}
}

// world is what all stories of a run share.
type world struct {
	Installation
	http   *http.Client
	phones int64    // the last one that somebody has
	known  sync.Map // people whom stories share
}

// story is one that is being told.
type story struct {
	*testing.T
	*world
}

// tool runs a command of agrovet beside the installation.
func (s *story) tool(args ...string) {
	s.Helper()
	cmd := exec.CommandContext(s.Context(), s.Tool[0], append(args, s.Tool[1:]...)...)
	cmd.Env, cmd.Dir = append(cmd.Environ(), s.Env...), s.TempDir() // no agrovet.yaml there
	out, err := cmd.CombinedOutput()
	require.NoError(s, err, "%s", out)
}

// phone is a number that nobody has.
func (s *story) phone() string { return fmt.Sprintf("+591%d", atomic.AddInt64(&s.phones, 1)) }

// word is one that nobody else writes.
func (s *story) word() string {
	b := make([]byte, 12)
	for i := range b {
		b[i] = [...]string{"bcdfgklmnpr", "aeiou"}[i%2][rand.IntN([...]int{11, 5}[i%2])]
	}
	return string(b[:11]) // ends in a consonant
}
