package redisx_test

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// saying is a server that answers everything in the same way.
func saying(t *testing.T, answer string) (address string) {
	t.Helper()
	noLeaks(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { answerAll(c, answer) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		all.Wait()
	})
	return l.Addr().String()
}

// answerAll answers each command, which begins with a line of * (RESP, Redis protocol specification).
func answerAll(c net.Conn, answer string) {
	defer func() { _ = c.Close() }()
	for lines := bufio.NewScanner(c); lines.Scan(); {
		if !strings.HasPrefix(lines.Text(), "*") {
			continue
		}
		if _, err := c.Write([]byte(answer + "\r\n")); err != nil {
			return
		}
	}
}
