package rpc

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

const (
	timeoutHeader = "Rpc-Timeout" // how many milliseconds are left for the answer
	inputHeader   = "Rpc-Input"   // base64 of what is asked, when the body is bytes
)

// errInput: the two sides do not agree on the method, or the body was cut.
var errInput = errs.New(errs.Invalid, "rpc.input", "Solicitud interna incorrecta.", "Wrong internal request.")

// Handle answers the method with a function.
func (m Method[In, Out]) Handle(s *httpx.Server, answer func(context.Context, In) (Out, error)) {
	m.Receive(s, 0, func(ctx context.Context, in In, _ io.Reader) (Out, error) { return answer(ctx, in) })
}

// Receive is Handle for a method with bytes behind its input, which are sent once they are read; limit is the time that all of it may take, 0: the
// server's.
func (m Method[In, Out]) Receive(s *httpx.Server, limit time.Duration, answer func(context.Context, In, io.Reader) (Out, error)) {
	s.Internal(Path+m.Name+"/", limit, func(c *echo.Context) error {
		ctx, cancel := withDeadline(c)
		defer cancel()
		var out Out
		in, err := readInput[In](c.Request())
		if err == nil {
			out, err = answer(ctx, in, c.Request().Body)
		}
		if err != nil {
			e := httpx.Failure(ctx, err)
			return c.JSON(e.Kind.Status(), refusal{toWire(e)})
		}
		return c.JSON(http.StatusOK, out)
	})
}

// withDeadline gives the answer the time that the caller has, if that is less than the server's. The body must come
// within it as well.
func withDeadline(c *echo.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := c.Request().Context(), context.CancelFunc(func() {})
	if ms, err := strconv.ParseInt(c.Request().Header.Get(timeoutHeader), 10, 64); err == nil && ms > 0 {
		ctx, cancel = context.WithTimeout(ctx, time.Duration(min(ms, maxMillis))*time.Millisecond)
	}
	if end, ok := ctx.Deadline(); ok {
		httpx.KeepReading(c, end)
	}
	return ctx, cancel
}

// maxMillis keeps a number of milliseconds from overflowing a duration.
const maxMillis = int64(24 * time.Hour / time.Millisecond)

// readInput reads what is asked. Of a method with bytes behind it, it stands in a header, so that the bytes need not
// be sent when it is refused (RFC 9110 §10.1.1).
func readInput[In any](r *http.Request) (in In, err error) {
	var text []byte
	if header := r.Header.Get(inputHeader); header != "" {
		text, err = base64.StdEncoding.DecodeString(header)
	} else {
		text, err = io.ReadAll(http.MaxBytesReader(nil, r.Body, maxInput))
	}
	if err == nil {
		err = json.Unmarshal(text, &in)
	}
	if err != nil {
		return in, errInput.Wrap(err)
	}
	return in, nil
}
