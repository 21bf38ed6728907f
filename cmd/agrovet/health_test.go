package main

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

// health runs the command as a container does.
func health(t *testing.T, listen string) error {
	t.Helper()
	c := command()
	c.SetArgs([]string{"health", "--listen", listen})
	return c.ExecuteContext(t.Context())
}

func TestHealth(t *testing.T) {
	server := httptest.NewServer(testApp(t).server.Handler())
	address := server.Listener.Addr().String()
	require.NoError(t, health(t, address))
	server.Close()
	require.ErrorContains(t, health(t, address), "nothing answers as agrovet on "+address)
}

// TestHealthOfStranger: another program that answers is not agrovet.
func TestHealthOfStranger(t *testing.T) {
	stranger := httptest.NewServer(nil)
	t.Cleanup(stranger.Close)
	require.Error(t, health(t, stranger.Listener.Addr().String()))
}
