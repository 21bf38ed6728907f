package httpx

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"testing"
	"time"

	"github.com/labstack/echo/v5"
	"github.com/stretchr/testify/require"
)

// TestServeSample keeps the sample API open for fuzzers and browsers until it is interrupted:
//
//	SERVE_SAMPLE=127.0.0.1:8099 go test -run TestServeSample -timeout 0 .
//
// Without the variable it only shows that the same server answers on a port.
func TestServeSample(t *testing.T) {
	address, stay := os.LookupEnv("SERVE_SAMPLE")
	if !stay {
		address = "127.0.0.1:0"
	}
	s := openZoo(t)(10).register(newServer(t))
	l, err := net.Listen("tcp", address)
	require.NoError(t, err)
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	if !stay {
		go func() {
			defer cancel()
			body, err := fetch("http://" + l.Addr().String() + "/zoo/")
			require.NoError(t, err)
			require.JSONEq(t, `{"count":0,"next":null,"previous":null,"results":[]}`, body)
		}()
	}
	require.NoError(t, s.Run(ctx, l))
}

func TestDownloadsHaveATimeOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := newServer(t, func(c *Config) { c.Timeout = time.Minute })
	left := func(c *echo.Context) time.Duration {
		deadline, ok := c.Request().Context().Deadline()
		require.True(t, ok)
		return time.Until(deadline)
	}
	s.Download("/files/{name}", Anyone, time.Hour, func(c *echo.Context) error {
		require.Greater(t, left(c), 30*time.Minute)
		return c.String(http.StatusOK, c.Param("name"))
	})
	require.Equal(t, "a.jpg", get("/files/a.jpg").to(t, s).body)
}
