package kv

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// What is read while a key changes is not remembered: it may be what was there before.
func TestNear(t *testing.T) {
	n := newNear(100)
	t.Cleanup(n.Close)
	keep := func(turn int) bool {
		n.keep("k", []byte("old"), time.Hour, turn)
		_, ok := n.values.GetIfPresent("k")
		return ok
	}
	require.True(t, keep(n.turn("k")))
	turn := n.turn("k")
	n.drop("k")
	require.False(t, keep(turn))
	turn = n.turn("k")
	n.clear()
	require.False(t, keep(turn))
}
