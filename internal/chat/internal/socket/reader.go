package socket

import (
	"bytes"
	"io"
	"sync"

	"github.com/gorilla/websocket"

	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/wire"
)

// MaxFrame is how large a client's frame may be, in bytes.
const MaxFrame = 64 << 10

// peer is the other side of a socket.
type peer struct {
	*doors
	conn   *hub.Conn
	out    *transport
	kind   string
	room   int64 // the only one; 0: all
	strict bool  // unknown types are errors
	lang   string
	flood  flood
	bad    int // frames that were no JSON
	typed  typed
	sends  *outgoing // nil: nothing was sent yet
	bye    bool      // the other side has closed
}

var frames = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// listen answers pings, and takes what pongs say.
func (p *peer) listen() {
	s := p.out.socket
	s.SetPingHandler(func(data string) error {
		p.out.heard()
		p.conn.Send(hub.Of(hub.Pong, []byte(data)))
		return nil
	})
	s.SetPongHandler(func(data string) error {
		p.out.heard()
		if seq := p.conn.Ponged([]byte(data)); seq > 0 {
			p.live.Got(p.conn.UserID, p.room, seq)
		}
		return nil
	})
	s.SetCloseHandler(func(code int, _ string) error {
		p.bye = true
		p.conn.Close(code, "") // the same code goes back (RFC 6455 §5.5.1)
		return nil
	})
}

// read reads until the connection ends, and ends it.
func (p *peer) read() {
	defer p.leave()
	for {
		p.out.heard()
		kind, r, err := p.out.socket.NextReader()
		if err != nil {
			if p.bye {
				<-p.out.ended // the answer is written, or cannot be
			}
			return
		}
		if !p.take(kind, r) {
			p.linger()
			return
		}
	}
}

// leave takes the connection away from the hub, and closes it.
func (p *peer) leave() {
	p.live.Hub.Leave(p.conn)
	p.out.Abort()
	p.conn.Close(wire.CloseNormal, "") // nothing is written any more
}

// take reads one frame and has it obeyed; false: the connection ends.
func (p *peer) take(kind int, r io.Reader) bool {
	if kind != websocket.TextMessage {
		p.cut("binary", wire.CloseText, "text frames only")
		return false
	}
	b := frames.Get().(*bytes.Buffer)
	defer frames.Put(b)
	b.Reset()
	n, err := b.ReadFrom(io.LimitReader(r, MaxFrame+1))
	switch {
	case err != nil:
		return false
	case n > MaxFrame:
		p.cut("too_big", wire.CloseTooBig, "frames of at most 64 KiB")
		return false
	}
	p.live.Meter.Received()
	p.conn.Await()
	done := make(chan bool)
	go func() { done <- p.obey(b.Bytes()) }() // with a stack of its own, which is not kept
	return <-done
}

func (p *peer) cut(why string, code int, reason string) {
	p.live.Meter.Cut(why)
	p.conn.Close(code, reason)
}

// linger reads what the other side still sends, so that it sees why it is cut: a connection that is closed
// with unread bytes is reset, and the close frame lost.
func (p *peer) linger() {
	<-p.out.ended
	_, _ = io.CopyN(io.Discard, p.out.net, 1<<20) // until it closes, or the deadline
}
