// Package patient is a client of what runs behind Traefik, as good ones are: it asks again, with the same key, until there
// is an answer that asking again would not change, and counts what it meets.
package patient

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

// Patience is how long asking again may take to help.
const Patience = 5 * time.Minute

const (
	answerTime = 45 * time.Second // for one answer
	pause      = 300 * time.Millisecond
)

// Answer is what came back, read whole.
type Answer struct {
	Status int
	Raw    []byte
	Tries  int
}

// Into reads the JSON.
func (a Answer) Into(v any) error {
	if err := json.Unmarshal(a.Raw, v); err != nil {
		return fmt.Errorf("%w in %.300s", err, a.Raw)
	}
	return nil
}

// Client asks the hosts of modules, <module>.localhost, at one address.
type Client struct {
	Trace string // traceparent of all requests; empty: none
	Dial  func(ctx context.Context, network, address string) (net.Conn, error)
	http  *http.Client

	mu      sync.Mutex
	met     map[string]int
	writes  int
	longest time.Duration
}

// New is a client of what listens on front, host:port.
func New(front string) *Client {
	c := &Client{met: map[string]int{}}
	c.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, network, front)
	}
	c.http = &http.Client{Timeout: answerTime, Transport: &http.Transport{DialContext: c.Dial, MaxIdleConnsPerHost: 20, IdleConnTimeout: time.Minute}}
	return c
}

// Request is one that may be sent again.
type Request struct {
	Method, Module, Path, Token, Key string
	Content                          []byte
	Kind                             string // Content-Type
}

var number = regexp.MustCompile(`\d+`)

func (r Request) route() string {
	return r.Method + " " + number.ReplaceAllString(strings.SplitN(r.Path, "?", 2)[0], "N")
}

// Once sends it one time.
func (c *Client) Once(ctx context.Context, r Request) (Answer, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, r.Method, "http://"+r.Module+".localhost"+r.Path, bytes.NewReader(r.Content))
	if err != nil {
		return Answer{}, nil, err
	}
	req.Header.Set("Content-Type", r.Kind)
	if r.Token != "" {
		req.Header.Set("Authorization", "Token "+r.Token)
	}
	if c.Trace != "" {
		req.Header.Set("Traceparent", c.Trace)
	}
	if r.Key != "" {
		req.Header.Set("Idempotency-Key", r.Key)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return Answer{}, nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	return Answer{Status: res.StatusCode, Raw: raw}, res.Header, err
}

// Do sends it until there is an answer that trying again would not change.
func (c *Client) Do(ctx context.Context, r Request) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	start := time.Now()
	for tries := 1; ; tries++ {
		a, header, err := c.Once(ctx, r)
		a.Tries = tries
		again := err != nil || a.Status >= 500 || slices.Contains([]int{408, 425, 429}, a.Status)
		c.note(r, a, err, time.Since(start))
		if !again {
			return a, nil
		}
		wait := pause
		if s, e := strconv.Atoi(header.Get("Retry-After")); e == nil {
			wait = max(pause, min(time.Duration(s)*time.Second, 3*time.Second))
		}
		if Rest(ctx, wait) != nil {
			return a, fmt.Errorf("%s: not healed in %s: %w, %d %.300s", r.route(), Patience, errors.Join(err, ctx.Err()), a.Status, a.Raw)
		}
	}
}

// Rest waits, or says why ctx has ended.
func Rest(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *Client) note(r Request, a Answer, err error, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err != nil:
		c.met[r.route()+" → no answer"]++
	case a.Status >= 400:
		c.met[fmt.Sprintf("%s → %d", r.route(), a.Status)]++
	default:
		if r.Method != http.MethodGet {
			c.writes++
		}
		c.longest = max(c.longest, took)
	}
}

// Report prints what was met.
func (c *Client) Report(say func(format string, args ...any)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	say("%d acknowledged writes by REST; the longest was healed after %s; answers that were no success:", c.writes, c.longest.Round(time.Millisecond))
	for _, what := range slices.Sorted(maps.Keys(c.met)) {
		say("  %4d  %s", c.met[what], what)
	}
}

// Write sends a write with a key of its own, and wants success.
func (c *Client) Write(ctx context.Context, r Request) (Answer, error) {
	r.Key = rand.Text()
	a, err := c.Do(ctx, r)
	if err == nil && a.Status >= 300 {
		err = fmt.Errorf("%s, try %d: %d %.300s", r.route(), a.Tries, a.Status, a.Raw)
	}
	return a, err
}

// Send writes JSON and reads the answer into v, which may be nil.
func (c *Client) Send(ctx context.Context, method, module, path, token string, body, v any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	a, err := c.Write(ctx, Request{Method: method, Module: module, Path: path, Token: token, Content: content, Kind: "application/json"})
	if err != nil || v == nil {
		return err
	}
	return a.Into(v)
}

// Get reads into v, which may be nil, and wants success.
func (c *Client) Get(ctx context.Context, module, path, token string, v any) error {
	a, err := c.Do(ctx, Request{Method: http.MethodGet, Module: module, Path: path, Token: token})
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("GET %s: %d %.300s", path, a.Status, a.Raw)
	}
	if err != nil || v == nil {
		return err
	}
	return a.Into(v)
}
