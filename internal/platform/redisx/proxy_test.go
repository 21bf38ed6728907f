package redisx_test

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands before a server and hands on what clients say. It can fall silent, as a network does that loses a
// connection without a word.
type proxy struct {
	to  string
	l   net.Listener
	all sync.WaitGroup

	mu     sync.Mutex
	conns  []*proxied
	closed bool
}

// proxied is a connection of a client and what belongs to it.
type proxied struct {
	client, server net.Conn
	mute           chan struct{} // closed: nothing is handed on any more
	once           sync.Once
}

// before starts a proxy, which ends with the test. wrap may put TLS around what it listens to.
func before(t *testing.T, to string, wrap func(net.Listener) net.Listener) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{to: to, l: wrap(l)}
	p.all.Go(p.accept)
	t.Cleanup(p.close)
	return p
}

func plain(l net.Listener) net.Listener { return l }

func (p *proxy) address() string { return p.l.Addr().String() }

func (p *proxy) accept() {
	for {
		client, err := p.l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.to)
		if err != nil {
			_ = client.Close()
			continue
		}
		p.add(&proxied{client: client, server: server, mute: make(chan struct{})})
	}
}

func (p *proxy) add(c *proxied) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		c.close()
		return
	}
	p.conns = append(p.conns, c)
	p.all.Go(func() { c.copy(c.server, c.client) })
	p.all.Go(func() { c.copy(c.client, c.server) })
}

// copy hands on until an end closes; of a mute connection neither end is told so.
func (c *proxied) copy(to, from net.Conn) {
	_, _ = io.Copy(writer{c, to}, from)
	select {
	case <-c.mute:
	default:
		c.close()
	}
}

func (c *proxied) close() {
	c.once.Do(func() { _ = c.client.Close(); _ = c.server.Close() })
}

type writer struct {
	*proxied
	to net.Conn
}

func (w writer) Write(b []byte) (int, error) {
	select {
	case <-w.mute:
		return len(b), nil
	default:
		return w.to.Write(b)
	}
}

// silence has nothing more come through the connections that there are; new ones are as ever.
func (p *proxy) silence() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		select {
		case <-c.mute:
		default:
			close(c.mute)
		}
	}
}

func (p *proxy) close() {
	_ = p.l.Close()
	p.mu.Lock()
	p.closed = true
	for _, c := range p.conns {
		c.close()
	}
	p.mu.Unlock()
	p.all.Wait()
}
