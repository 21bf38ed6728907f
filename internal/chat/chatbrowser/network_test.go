package chatbrowser_test

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// network is the way from browsers to the server, which tests interrupt.
type network struct {
	listener net.Listener
	server   string
	mu       sync.Mutex
	down     bool
	open     map[net.Conn]bool
}

func through(t testing.TB, server string) *network {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	n := &network{listener: l, server: server, open: map[net.Conn]bool{}}
	go n.serve()
	t.Cleanup(func() {
		n.set(true)
		l.Close()
	})
	return n
}

func (n *network) url() string { return "http://" + n.listener.Addr().String() }

// set takes the network away, or gives it back.
func (n *network) set(down bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.down = down
	for c := range n.open {
		if down {
			c.Close()
		}
	}
}

func (n *network) serve() {
	for {
		in, err := n.listener.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", n.server)
		if err != nil || !n.keep(in, out) {
			in.Close()
			continue
		}
		go n.copy(in, out)
		go n.copy(out, in)
	}
}

func (n *network) keep(in, out net.Conn) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.down {
		out.Close()
		return false
	}
	n.open[in], n.open[out] = true, true
	return true
}

func (n *network) copy(to, from net.Conn) {
	_, _ = io.Copy(to, from)
	to.Close()
	from.Close()
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.open, to)
	delete(n.open, from)
}
