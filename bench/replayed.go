package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
)

// replayed are requests that the peer answers as it has seen the product do.
type replayed struct {
	what          string
	product, bare func(n int) []byte
	creates       string // the query that makes a row, by its name; empty: requests read
	most          int    // requests of a round at most; no bound when 0
}

// anonymous are reads for which nobody has to sign in.
func anonymous(what string, path func(n int) string) replayed { return signed(what, "", path) }

// signed are reads of somebody, whom the peer knows from the statements.
func signed(what, token string, path func(n int) string) replayed {
	return replayed{what: what,
		product: func(n int) []byte { return get(path(n), token) },
		bare:    func(n int) []byte { return get(path(n), "") }}
}

// always is the one path.
func always(path string) func(int) string { return func(int) string { return path } }

// written are requests that make rows, the same to product and peer.
func written(what, creates string, request func(n int) []byte) replayed {
	return replayed{what: what, product: request, bare: request, creates: creates}
}

// measureReplays compares each kind of requests with the same statements in a bare handler.
func (h *house) measureReplays(ctx context.Context, all ...replayed) (rows []row, err error) {
	for _, k := range all {
		r, err := h.measureReplay(ctx, k)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k.what, err)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func (h *house) measureReplay(ctx context.Context, k replayed) (row, error) {
	method, bound := "GET ", atLeast(0.7)
	if k.creates != "" {
		method, bound = "POST ", atLeast(0.6)
	}
	if err := h.show(ctx, k); err != nil {
		return row{}, err
	}
	against := func(p *process, request func(int) []byte) func() (float64, error) {
		l := reading(p, request)
		l.most = k.most
		return func() (float64, error) {
			if err := h.awaitQuiet(ctx); err != nil {
				return 0, err
			}
			return throughput(ctx, l)()
		}
	}
	d, err := byTurns(h.rounds, against(h.community.product, k.product), against(h.community.bare, k.bare))
	return row{what: method + k.what + ", against a bare handler with the same SQL", measured: perSecond(d.product), peer: perSecond(d.peer),
		rounds: d.ratios, limit: bound}, err
}

// show has the peer learn from the product.
func (h *house) show(ctx context.Context, k replayed) error {
	if k.creates != "" {
		w, err := h.watch(ctx, h.community.product, k.product)
		if err != nil {
			return err
		}
		r, err := w.creating(k.creates)
		if err != nil {
			return err
		}
		return h.pass(ctx, r, w.asked)
	}
	w, err := h.watch(ctx, h.community.product, func(int) []byte { return k.product(0) })
	did, missing := w.ofRequest(w.did)
	if err == nil && len(missing) > 0 {
		err = fmt.Errorf("the product executed %d statements before, and now not: %s", len(missing), missing[0])
	}
	if err != nil {
		return err
	}
	if err := h.pass(ctx, replay{Statements: did, Creates: -1, Answer: w.answer}, w.asked); err != nil {
		return err
	}
	return h.sameWork(ctx, k.product(0), k.bare(0))
}

// pass tells the peer what a request led to. One that states what it varies in, or whose last part of the path
// is a number, stands for all like it.
func (h *house) pass(ctx context.Context, r replay, asked []byte) error {
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(asked)))
	if err != nil {
		return err
	}
	of := request.URL.RequestURI()
	r.Varying = varying(request)
	if _, err := strconv.Atoi(r.Varying[0]); err != nil {
		r.Varying = nil
	} else if request.Header.Get(varyingHeader) == "" {
		of = ofAny(of)
	}
	return h.teach(ctx, kindOf(request, of), r)
}

// idOf is the id of what an answer shows.
func idOf(answer []byte) (int64, error) {
	var made struct {
		ID int64 `json:"id"`
	}
	err := json.Unmarshal(answer, &made)
	return made.ID, err
}

// keys counts the idempotency keys that were given out.
var keys atomic.Int64

func newKey() string { return "bench-" + strconv.FormatInt(keys.Add(1), 10) }

// write is a member's request with an idempotency key. It tells the peer, which knows no tokens, whose it is, and
// the ids of what it is about.
func write(path string, by member, key string, about []int64, body map[string]any) []byte {
	b, err := json.Marshal(body)
	if err != nil {
		panic(err) // bodies are maps of numbers and strings
	}
	varies := strconv.FormatInt(by.id, 10)
	for _, id := range about {
		varies += "," + strconv.FormatInt(id, 10)
	}
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Token %s\r\n%s: %s\r\nIdempotency-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, by.token, varyingHeader, varies, key, len(b), b)
}
