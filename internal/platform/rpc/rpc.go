// Package rpc carries questions between modules that run in different processes.
//
// A [Method] is a question: its name, and the types of what is asked and answered. The module that answers
// registers it on its HTTP server ([Method.Handle]), whoever asks calls it through a [Client] ([Method.Call]):
//
//	var Users = rpc.Method[[]int64, map[int64]User]{Name: "auth/users", Repeat: true}
//
//	Users.Handle(server, func(ctx context.Context, ids []int64) (map[int64]User, error) { … })
//	users, err := Users.Call(ctx, client, ids)
//
// On the wire it is POST /internal/rpc/<module>/<method>/ with the input as JSON; a file's bytes are the body, and the
// input is a header ([Method.Send], [Method.Receive]). The process signs with the installation's secret
// (httpx.Service); no user's token travels, so answering never asks who is asking. The time that is left, the
// request's id and the trace go along.
//
// Errors of the answering module arrive as they were: kind, code, texts and fields, so errors.Is holds. Whatever
// keeps the answer from coming (network, deadline, a refused credential, an open breaker) is the one error that the
// client was made with, and errs.ErrUnavailable as well. It says nothing about whether something happened.
package rpc

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Path is where all methods live. Nothing outside the installation is to be routed there.
const Path = "/internal/rpc/"

// Sizes at most, in bytes.
const (
	maxInput  = 1 << 20  // JSON
	maxHeader = 16 << 10 // JSON in a header
	maxAnswer = 32 << 20 // JSON
)

// Method is a question that a module answers to others.
type Method[In, Out any] struct {
	Name   string        // "<module>/<method>"
	Repeat bool          // asking twice does what asking once does, so a call that failed may be tried again
	Within time.Duration // time for the answer, all tries together; 0: the client's timeout
}

// WithTimeout is the method with another time for its answer.
func (m Method[In, Out]) WithTimeout(d time.Duration) Method[In, Out] {
	m.Within = d
	return m
}

// Call asks. Errors: those of the method; the client's own when there is no answer.
func (m Method[In, Out]) Call(ctx context.Context, c *Client, in In) (Out, error) {
	return m.Send(ctx, c, in, nil, 0)
}

// Send asks with a file's bytes behind the input. It is tried again only if no connection was made.
func (m Method[In, Out]) Send(ctx context.Context, c *Client, in In, content io.ReaderAt, size int64) (out Out, err error) {
	input, err := json.Marshal(in)
	switch {
	case err != nil:
		return out, err
	case content != nil && len(input) > maxHeader || len(input) > maxInput:
		return out, errInput.Wrap(fmt.Errorf("%s with an input of %d bytes", m.Name, len(input)))
	}
	answer, err := c.ask(ctx, question{m.Name, m.Repeat && content == nil, m.Within, input, content, size})
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		return out, c.unavailable(err)
	}
	return out, nil
}
