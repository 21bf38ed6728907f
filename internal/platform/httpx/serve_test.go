package httpx

import (
	"context"
	"net"
	"os"
	"os/signal"
	"testing"

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
