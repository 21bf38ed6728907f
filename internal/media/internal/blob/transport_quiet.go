package blob

import (
	"io"
	"net/http"
	"os"
	"sync"
)

// quietTransport does not read on in a request's body once the request is over. http.Transport may,
// for a moment; and then the next try, or our caller, would read from it at the same time.
type quietTransport struct{ next http.RoundTripper }

func (q quietTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		return q.next.RoundTrip(req)
	}
	body := &quietBody{body: req.Body}
	req = req.WithContext(req.Context()) // a copy: a RoundTripper leaves its request as it is
	req.Body = body
	resp, err := q.next.RoundTrip(req)
	if err != nil {
		_ = body.Close() // waits for the read under way
		return nil, err
	}
	resp.Body = quietAnswer{resp.Body, body}
	return resp, nil
}

type quietBody struct {
	mu     sync.Mutex
	body   io.ReadCloser
	closed bool
}

func (b *quietBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, os.ErrClosed
	}
	return b.body.Read(p)
}

func (b *quietBody) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return b.body.Close()
}

// quietAnswer is the body of an answer; the request is over when it is closed.
type quietAnswer struct {
	io.ReadCloser
	request io.Closer
}

func (a quietAnswer) Close() error {
	err := a.ReadCloser.Close()
	_ = a.request.Close()
	return err
}
