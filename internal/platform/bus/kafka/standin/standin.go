// Package standin is a broker for tests, measurements and trials on one machine: it speaks Kafka's protocol, with groups
// and idempotent producers, and is one program without replication.
package standin

import (
	"crypto/tls"
	"net"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
)

// farewell is how long a connection outlives its client. It is longer than any group's rebalance.
const farewell = 30 * time.Second

// New starts a stand-in. kfake never puts out a member whose connection ends while it waits to join (its session's
// timer starts only once an answer has been taken), where Kafka does after the session's time: the partitions of
// a process that is killed just then would be nobody's for ever. So connections outlive their clients for a while.
func New(options ...kfake.Opt) (*kfake.Cluster, error) {
	return kfake.NewCluster(append([]kfake.Opt{kfake.NumBrokers(1), kfake.ListenFn(listen)}, options...)...)
}

func listen(network, address string) (net.Listener, error) {
	l, err := net.Listen(network, address) //nolint:noctx // as kfake does
	return listener{l}, err
}

// TLS is a stand-in that is spoken to through TLS, also by groups: with kfake's own option a client's farewell would end
// its connection at once.
func TLS(c *tls.Config) kfake.Opt {
	return kfake.ListenFn(func(network, address string) (net.Listener, error) {
		l, err := net.Listen(network, address) //nolint:noctx // as kfake does
		if err != nil {
			return nil, err
		}
		return listener{tls.NewListener(l, c)}, nil
	})
}

type listener struct{ net.Listener }

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, closed: make(chan struct{})}, nil
}

// conn is a connection that does not say at once that its client has gone.
type conn struct {
	net.Conn
	once   sync.Once
	closed chan struct{} // by this side
}

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if err != nil {
		timer := time.NewTimer(farewell)
		defer timer.Stop()
		select {
		case <-c.closed:
		case <-timer.C:
		}
	}
	return n, err
}

// Write takes what nobody reads any more for read: that the client has gone is said by Read.
func (c *conn) Write(b []byte) (int, error) {
	if _, err := c.Conn.Write(b); err != nil {
		select {
		case <-c.closed:
			return 0, err
		default:
		}
	}
	return len(b), nil
}

func (c *conn) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}
