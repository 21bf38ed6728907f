package blob

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/minio/minio-go/v7"
)

// patience is how long a service may do nothing in the middle of a request. It is what bounds
// requests without a deadline; a slow one that moves is left alone.
const patience = 30 * time.Second

// newTransport makes connections whose reads and writes end after patience without progress.
func newTransport(secure bool, patience time.Duration) (http.RoundTripper, error) {
	t, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: min(patience, 10*time.Second)}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return impatientConn{conn, patience}, nil
	}
	t.IdleConnTimeout = patience / 2 // before the read that waits on an idle connection gives up
	return quietTransport{t}, nil
}

type impatientConn struct {
	net.Conn
	patience time.Duration
}

func (c impatientConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.patience)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// Write gives the read that waits for the answer its time anew: it begins when the request is out.
func (c impatientConn) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.patience)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}
