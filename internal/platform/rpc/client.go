package rpc

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/sony/gobreaker/v2"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// Client asks one module in another process; [Clients.To] makes it.
type Client struct {
	module, base, sign string
	timeout            time.Duration
	away               *errs.Error
	http               *http.Client
	breaker            *gobreaker.CircuitBreaker[[]byte]
	metrics            *metrics
}

// question is a call with its types taken off.
type question struct {
	name    string
	repeat  bool
	within  time.Duration
	input   []byte
	content io.ReaderAt // nil: the input is the body
	size    int64
}

const (
	tries      = 3
	firstPause = 20 * time.Millisecond // about; the next is twice as long
	retryAfter = 2 * time.Second       // what clients of ours are told
)

// errHurried: the caller's own deadline left too little time to blame the other side.
var errHurried = errors.New("rpc: too little time was left")

// noAnswer is why there was none.
type noAnswer struct {
	cause   error
	unsent  bool // nothing can have reached the other side
	passing bool // it may be better in a moment
}

func (n *noAnswer) Error() string { return n.cause.Error() }
func (n *noAnswer) Unwrap() error { return n.cause }

// ask asks until there is an answer, or trying again makes no sense.
func (c *Client) ask(ctx context.Context, q question) (answer []byte, err error) {
	begun := time.Now()
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(q.within, c.timeout))
	defer cancel()
	for try := range tries {
		if answer, err = c.try(ctx, q); err == nil || !q.again(err) || !pause(ctx, try) {
			break
		}
		c.metrics.retried(q.name)
	}
	c.metrics.asked(q.name, err, time.Since(begun))
	var told *errs.Error
	if errors.As(err, &told) && !failed(told) {
		return nil, told
	}
	if err != nil {
		return nil, c.unavailable(err)
	}
	return answer, nil
}

// unavailable is what callers are told when there is no answer.
func (c *Client) unavailable(cause error) error {
	return c.away.After(retryAfter).Wrap(errs.ErrUnavailable.Wrap(fmt.Errorf("%s: %w", c.module, cause)))
}

func (c *Client) try(ctx context.Context, q question) ([]byte, error) {
	return c.breaker.Execute(func() ([]byte, error) {
		begun := time.Now()
		answer, err := c.exchange(ctx, q)
		if errors.Is(err, context.DeadlineExceeded) && time.Since(begun) < c.timeout/10 {
			err = errors.Join(errHurried, err)
		}
		return answer, err
	})
}

// again says whether a call that failed so may be tried once more.
func (q question) again(err error) bool {
	var n *noAnswer
	if errors.As(err, &n) {
		return n.unsent || q.repeat && n.passing
	}
	var told *errs.Error
	return q.repeat && errors.As(err, &told) && failed(told)
}

// pause waits before the next try; false: there is none.
func pause(ctx context.Context, try int) bool {
	d := firstPause << try
	d = d/2 + rand.N(d)
	if end, ok := ctx.Deadline(); try == tries-1 || ok && time.Until(end) < 2*d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// exchange is one try. Errors: *errs.Error, told by the other side; *noAnswer.
func (c *Client) exchange(ctx context.Context, q question) ([]byte, error) {
	req, err := c.request(ctx, q)
	if err != nil {
		return nil, &noAnswer{cause: err}
	}
	res, err := c.http.Do(req)
	if err != nil {
		var op *net.OpError
		return nil, &noAnswer{cause: err, unsent: errors.As(err, &op) && op.Op == "dial", passing: true}
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, &noAnswer{cause: err, passing: true}
	case len(body) > maxAnswer:
		return nil, &noAnswer{cause: fmt.Errorf("an answer of more than %d bytes", maxAnswer)}
	case res.StatusCode == http.StatusOK:
		return body, nil
	}
	if told := fromWire(body); told != nil {
		return nil, told
	}
	return nil, &noAnswer{cause: fmt.Errorf("%s answered %s", req.URL, res.Status), passing: passing(res.StatusCode)}
}

func passing(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}

func (c *Client) request(ctx context.Context, q question) (*http.Request, error) {
	first, _ := q.body() // never fails
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+Path+q.name+"/", first)
	if err != nil {
		return nil, err
	}
	req.GetBody, req.ContentLength = q.body, int64(len(q.input))
	req.Header.Set("Content-Type", "application/json")
	if q.content != nil {
		req.ContentLength = q.size
		req.Header.Set("Content-Type", "application/octet-stream")
		req.Header.Set(inputHeader, base64.StdEncoding.EncodeToString(q.input))
		req.Header.Set("Expect", "100-continue") // refused before the bytes are sent
	}
	req.Header.Set("Authorization", c.sign)
	if id := httpx.RequestID(ctx); id != "" {
		req.Header.Set("X-Request-Id", id)
	}
	if end, ok := ctx.Deadline(); ok {
		req.Header.Set(timeoutHeader, strconv.FormatInt(max(1, time.Until(end).Milliseconds()), 10))
	}
	return req, nil
}

// body is what is sent, from its beginning.
func (q question) body() (io.ReadCloser, error) {
	if q.content == nil {
		return io.NopCloser(bytes.NewReader(q.input)), nil
	}
	if q.size == 0 {
		return http.NoBody, nil
	}
	return io.NopCloser(io.NewSectionReader(q.content, 0, q.size)), nil
}

// Check is for /health/detailed/: it fails while the module is not asked because it does not answer.
func (c *Client) Check(context.Context) (map[string]any, error) {
	state := c.breaker.State()
	details := map[string]any{"breaker": state.String()}
	if state == gobreaker.StateOpen {
		return details, fmt.Errorf("%s does not answer", c.module)
	}
	return details, nil
}
