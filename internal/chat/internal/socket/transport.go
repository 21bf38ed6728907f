package socket

import (
	"encoding/binary"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"agrovet/internal/chat/internal/hub"
)

const (
	writeWithin = 10 * time.Second // the network has to take what is written
	closeWithin = 2 * time.Second  // and the other side to answer a close frame
	writeBuffer = 64 << 10         // of the kernel: who is slow is to show soon
	togetherMax = 16 << 10         // bytes of small frames that are written at once
)

// transport writes a socket's frames. It does not use the library's writers: a frame's bytes are the same for
// all sockets, header included, and what waits goes out with one call of the kernel. Every Write of the
// connection is of whole frames, so those of the library, which answers protocol errors, may come between.
type transport struct {
	socket   *websocket.Conn
	net      net.Conn
	patience time.Duration // without hearing anything

	try    trial
	partly int // bytes of the next frame that are written already

	mu      sync.Mutex
	closing bool
	ended   chan struct{} // closed when the last frame is written
	once    sync.Once
}

func newTransport(s *websocket.Conn, patience time.Duration) *transport {
	if tcp, ok := s.NetConn().(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(writeBuffer) // the system's own size works, too
	}
	t := &transport{socket: s, net: s.NetConn(), patience: patience, ended: make(chan struct{})}
	t.try.prepare(t.net)
	return t
}

var together = sync.Pool{New: func() any { b := make([]byte, 0, togetherMax); return &b }}

// Write sends frames, small ones together.
func (t *transport) Write(frames []*hub.Frame) error {
	t.mu.Lock()
	if !t.closing {
		_ = t.net.SetWriteDeadline(time.Now().Add(writeWithin)) // fails with the connection, as Write does
	}
	t.mu.Unlock()
	defer t.unhurried()
	if len(frames) == 1 {
		_, err := t.net.Write(t.rest(frames[0]))
		return err
	}
	buffer := together.Get().(*[]byte)
	defer together.Put(buffer)
	b := (*buffer)[:0]
	for _, f := range frames {
		form := t.rest(f)
		if len(b)+len(form) > togetherMax && len(b) > 0 {
			if _, err := t.net.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
		if len(form) > togetherMax {
			if _, err := t.net.Write(form); err != nil {
				return err
			}
			continue
		}
		b = append(b, form...)
	}
	if len(b) == 0 {
		return nil
	}
	_, err := t.net.Write(b)
	return err
}

// Try writes a frame if the kernel takes it now.
func (t *transport) Try(f *hub.Frame) bool {
	form := f.Form(encode)
	n := t.try.write(form)
	if n == len(form) {
		return true
	}
	t.partly = n
	return false
}

// rest is what of a frame is not written yet.
func (t *transport) rest(f *hub.Frame) []byte {
	form := f.Form(encode)[t.partly:]
	t.partly = 0
	return form
}

// unhurried takes the deadline of a Write away, which would keep Try from writing later.
func (t *transport) unhurried() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closing {
		_ = t.net.SetWriteDeadline(time.Time{}) // fails with the connection
	}
}

// Close writes a close frame. The reader waits for the other side's and ends.
func (t *transport) Close(code int, reason string) {
	if t.partly > 0 {
		t.Abort() // nothing can follow half a frame
		return
	}
	t.Hurry()
	data := binary.BigEndian.AppendUint16(nil, uint16(code))
	data = append(data, reason...)
	if code == websocket.CloseNoStatusReceived {
		data = nil
	}
	if _, err := t.net.Write(frame(websocket.CloseMessage, data)); err != nil {
		t.Abort()
	}
	t.once.Do(func() { close(t.ended) })
}

// Hurry leaves little time for all that is left to do.
func (t *transport) Hurry() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closing = true
	_ = t.net.SetDeadline(time.Now().Add(closeWithin)) // fails when it is closed already
}

// Abort ends the connection.
func (t *transport) Abort() {
	_ = t.net.Close() // it may be closed already
	t.once.Do(func() { close(t.ended) })
}

// heard gives the other side time until it has to be heard again.
func (t *transport) heard() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closing {
		_ = t.net.SetReadDeadline(time.Now().Add(t.patience)) // fails with the connection, as reading does
	}
}

var opcodes = map[hub.Op]int{hub.Text: websocket.TextMessage, hub.Ping: websocket.PingMessage, hub.Pong: websocket.PongMessage}

func encode(op hub.Op, data []byte) []byte { return frame(opcodes[op], data) }

// frame is one whole frame of a server (RFC 6455 §5.2).
func frame(opcode int, data []byte) []byte {
	b := make([]byte, 0, len(data)+10)
	b = append(b, 0x80|byte(opcode))
	switch n := len(data); {
	case n < 126:
		b = append(b, byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 127), uint64(n))
	}
	return append(b, data...)
}
