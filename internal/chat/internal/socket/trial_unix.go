//go:build unix

package socket

import (
	"net"
	"syscall"
)

// trial writes to a connection what the kernel takes now, without waiting.
type trial struct {
	conn syscall.RawConn // nil: it cannot be tried
	do   func(fd uintptr) bool
	data []byte
	n    int
}

func (t *trial) prepare(c net.Conn) {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return
	}
	if raw, err := tcp.SyscallConn(); err == nil {
		t.conn, t.do = raw, t.once
	}
}

// write says how much was taken. Errors show when the rest is written.
func (t *trial) write(data []byte) int {
	if t.conn == nil {
		return 0
	}
	t.data, t.n = data, 0
	if t.conn.Write(t.do) != nil {
		t.n = 0
	}
	t.data = nil
	return t.n
}

func (t *trial) once(fd uintptr) bool {
	n, err := syscall.Write(int(fd), t.data)
	if err == nil {
		t.n = n
	}
	return true // not to wait until more is taken
}
