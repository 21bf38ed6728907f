package rpc

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v5"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
)

// timeoutHeader is how many milliseconds are left for the answer.
const timeoutHeader = "Rpc-Timeout"

// errInput: the two sides do not agree on the method, or the body was cut.
var errInput = errs.New(errs.Invalid, "rpc.input", "Solicitud interna incorrecta.", "Wrong internal request.")

// Handle answers the method with a function.
func (m Method[In, Out]) Handle(s *httpx.Server, answer func(context.Context, In) (Out, error)) {
	m.Receive(s, 0, func(ctx context.Context, in In, _ io.Reader) (Out, error) { return answer(ctx, in) })
}

// Receive is Handle for a method with bytes behind its input; limit is the time that all of it may take, 0: the
// server's.
func (m Method[In, Out]) Receive(s *httpx.Server, limit time.Duration, answer func(context.Context, In, io.Reader) (Out, error)) {
	s.Internal(Path+m.Name+"/", limit, func(c *echo.Context) error {
		ctx, cancel := withDeadline(c)
		defer cancel()
		var out Out
		in, rest, err := readInput[In](c.Request().Body)
		if err == nil {
			out, err = answer(ctx, in, rest)
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

// readInput reads the line of JSON; what follows it is rest.
func readInput[In any](body io.Reader) (in In, rest io.Reader, err error) {
	r := bufio.NewReader(body)
	line, err := readLine(r)
	if err == nil {
		err = json.Unmarshal(line, &in)
	}
	if err != nil {
		return in, nil, errInput.Wrap(err)
	}
	return in, r, nil
}

func readLine(r *bufio.Reader) (line []byte, err error) {
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(line) > maxInput:
			return nil, fmt.Errorf("an input of more than %d bytes", maxInput)
		}
	}
}
