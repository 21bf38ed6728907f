package wsclient

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// line is one connection. One goroutine reads; any may write.
type line struct {
	conn     *websocket.Conn
	in       bytes.Buffer
	mu       sync.Mutex // of writing
	silence  time.Duration
	goodbyes sync.Once
}

// writeWithin bounds how long the network may take for a frame.
const writeWithin = 10 * time.Second

func newLine(conn *websocket.Conn) *line {
	l := &line{conn: conn}
	conn.SetPingHandler(func(data string) error {
		l.heard()
		err := conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeWithin))
		if err != nil {
			l.cut()
		}
		return nil
	})
	l.patience(time.Minute)
	return l
}

// patience is how long the server may be silent.
func (l *line) patience(d time.Duration) {
	if d > 0 {
		l.silence = d
	}
	l.heard()
}

func (l *line) heard() { _ = l.conn.SetReadDeadline(time.Now().Add(l.silence)) } // fails on a closed one, as reading does then

// read waits for the next frame, whose bytes hold until the one after it.
func (l *line) read() ([]byte, error) {
	_, r, err := l.conn.NextReader()
	if err != nil {
		return nil, err
	}
	l.heard()
	if l.in.Cap() > 64<<10 {
		l.in = bytes.Buffer{}
	}
	l.in.Reset()
	_, err = l.in.ReadFrom(io.LimitReader(r, 16<<20))
	return l.in.Bytes(), err
}

func (l *line) say(frame any) error {
	b, err := json.Marshal(frame)
	if err != nil {
		return err
	}
	return l.write(b)
}

// write sends a frame. A connection that takes none is cut.
func (l *line) write(b []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	err := l.conn.WriteMessage(websocket.TextMessage, b)
	if err != nil {
		l.cut()
	}
	return err
}

// cut drops the connection; the reader notices.
func (l *line) cut() { _ = l.conn.Close() }

// bye ends the connection politely.
func (l *line) bye() {
	l.goodbyes.Do(func() {
		_ = l.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
		l.cut()
	})
}
