package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// j is a JSON object.
type j = map[string]any

// The limits of waiting: for an answer, and until trying again has helped.
const (
	answerTime = 45 * time.Second
	patience   = 5 * time.Minute
	pause      = 300 * time.Millisecond
)

// answer is what came back, read whole.
type answer struct {
	status int
	raw    []byte
	tries  int
}

// into reads the JSON.
func (a answer) into(v any) error {
	if err := json.Unmarshal(a.raw, v); err != nil {
		return fmt.Errorf("%w in %.300s", err, a.raw)
	}
	return nil
}

// client asks what stands in front, patiently, and counts what it meets.
type client struct {
	http  *http.Client
	trace string // traceparent of all requests; empty: none
	dial  func(ctx context.Context, network, address string) (net.Conn, error)

	mu      sync.Mutex
	met     map[string]int
	writes  int
	longest time.Duration
}

func newClient(front string) *client {
	c := &client{met: map[string]int{}}
	c.dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, network, front)
	}
	c.http = &http.Client{Timeout: answerTime, Transport: &http.Transport{DialContext: c.dial, MaxIdleConnsPerHost: 20, IdleConnTimeout: time.Minute}}
	return c
}

// request is one that may be sent again.
type request struct {
	method, module, path, token, key string
	content                          []byte
	kind                             string // Content-Type
}

var number = regexp.MustCompile(`\d+`)

func (r request) route() string {
	return r.method + " " + number.ReplaceAllString(strings.SplitN(r.path, "?", 2)[0], "N")
}

// once sends it one time.
func (c *client) once(ctx context.Context, r request) (answer, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, "http://"+r.module+".localhost"+r.path, bytes.NewReader(r.content))
	if err != nil {
		return answer{}, nil, err
	}
	req.Header.Set("Content-Type", r.kind)
	if r.token != "" {
		req.Header.Set("Authorization", "Token "+r.token)
	}
	if c.trace != "" {
		req.Header.Set("Traceparent", c.trace)
	}
	if r.key != "" {
		req.Header.Set("Idempotency-Key", r.key)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return answer{}, nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return answer{status: res.StatusCode, raw: raw}, res.Header, err
}

// do sends it until there is an answer that trying again would not change.
func (c *client) do(ctx context.Context, r request) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	start := time.Now()
	for tries := 1; ; tries++ {
		a, header, err := c.once(ctx, r)
		a.tries = tries
		again := err != nil || a.status >= 500 || slices.Contains([]int{408, 425, 429}, a.status)
		c.note(r, a, err, time.Since(start))
		if !again {
			return a, nil
		}
		wait := pause
		if s, e := strconv.Atoi(header.Get("Retry-After")); e == nil {
			wait = max(pause, min(time.Duration(s)*time.Second, 3*time.Second))
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return a, fmt.Errorf("%s: not healed in %s: %w, %d %.300s", r.route(), patience, errors.Join(err, ctx.Err()), a.status, a.raw)
		}
	}
}

func (c *client) note(r request, a answer, err error, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil:
		c.met[r.route()+" → no answer"]++
	case a.status >= 400:
		c.met[fmt.Sprintf("%s → %d", r.route(), a.status)]++
	default:
		if r.method != http.MethodGet {
			c.writes++
		}
		c.longest = max(c.longest, took)
	}
}

// report prints what was met.
func (c *client) report() {
	c.mu.Lock()
	defer c.mu.Unlock()
	say("%d acknowledged writes by REST; the longest was healed after %s; answers that were no success:", c.writes, c.longest.Round(time.Millisecond))
	for _, what := range slices.Sorted(maps.Keys(c.met)) {
		say("  %4d  %s", c.met[what], what)
	}
}

// write sends a write with a key of its own, and wants success.
func (c *client) write(ctx context.Context, r request) (answer, error) {
	r.key = rand.Text()
	a, err := c.do(ctx, r)
	if err == nil && a.status >= 300 {
		err = fmt.Errorf("%s, try %d: %d %.300s", r.route(), a.tries, a.status, a.raw)
	}
	return a, err
}
