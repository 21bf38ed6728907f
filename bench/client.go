package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// client is one keep-alive HTTP/1.1 connection of the load generator. It does as little as it can:
// what it costs is taken from the server that it measures, since both share the machine. Answers
// must state their length.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte // of the last answer
}

// dial connects. Everything on the connection has to be done within life.
func dial(ctx context.Context, address string, life time.Duration) (*client, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Now().Add(life)); err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 32<<10)}, nil
}

func (c *client) close() { _ = c.conn.Close() }

// do sends a request and reads its answer; the body is in c.body until the next one.
func (c *client) do(request []byte) (status int, err error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, err
	}
	length := -1
	for first := true; ; first = false {
		line, err := c.line()
		if err != nil {
			return 0, err
		}
		switch {
		case first:
			if status, err = statusOf(line); err != nil {
				return 0, err
			}
		case len(line) == 0:
			return status, c.read(status, length)
		default:
			length = contentLength(line, length)
		}
	}
}

// line reads a line without its end.
func (c *client) line() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}

func (c *client) read(status, length int) error {
	if status == http.StatusNoContent {
		length = 0
	}
	if length < 0 {
		return fmt.Errorf("answer with status %d states no length", status)
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	_, err := io.ReadFull(c.in, c.body)
	return err
}

func statusOf(line []byte) (int, error) {
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return 0, fmt.Errorf("not an HTTP answer: %.40q", line)
	}
	return strconv.Atoi(string(line[9:12]))
}

// contentLength reads the header of that name and leaves length as it is for others.
func contentLength(line []byte, length int) int {
	name, value, _ := bytes.Cut(line, []byte(":"))
	if !bytes.EqualFold(name, []byte("Content-Length")) {
		return length
	}
	n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
	if err != nil {
		return -1
	}
	return n
}

// get is a GET request, signed when there is a token.
func get(path, token string) []byte {
	signature := ""
	if token != "" {
		signature = "Authorization: Token " + token + "\r\n"
	}
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", path, signature)
}

// post is a POST request with a JSON body.
func post(path string, body any) []byte {
	b, err := json.Marshal(body)
	if err != nil {
		panic(err) // bodies are maps of strings
	}
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, len(b), b)
}
