package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// load is requests over some connections for some time.
type load struct {
	address string
	conns   int
	warm    time.Duration // before it counts
	span    time.Duration // in which it counts
	most    int           // requests at most; no bound when 0
	rate    float64       // requests per second over all connections; as fast as answers come when 0
	busy    bool          // 429 is an answer like others
	request func(n int) []byte
}

// report is what came of a load.
type report struct {
	rate      float64 // answers per second, 429 left out
	latencies []time.Duration
}

// p is the latency that the given part of the requests did not exceed.
func (r report) p(part float64) time.Duration { return quantile(r.latencies, part) }

// answer is one that counts.
type answer struct {
	at, took time.Duration // at is its end, since the load began
	refused  bool
}

// run puts the load on the server. A status that is no success, 429 perhaps excepted, is an error.
func (l load) run(ctx context.Context) (report, error) {
	var next atomic.Int64
	answers := make([][]answer, l.conns)
	begun := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	for i := range l.conns {
		g.Go(func() (err error) {
			answers[i], err = l.connection(ctx, begun, &next)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return report{}, err
	}
	return l.sum(answers), nil
}

// connection sends requests, one after the other, until the time or the number is over.
func (l load) connection(ctx context.Context, begun time.Time, next *atomic.Int64) (answers []answer, err error) {
	c, err := dial(ctx, l.address, l.warm+l.span+30*time.Second)
	if err != nil {
		return nil, err
	}
	defer c.close()
	for ctx.Err() == nil {
		n := int(next.Add(1) - 1)
		due := l.due(begun, n)
		if over := l.warm + l.span; due.Sub(begun) >= over || l.most > 0 && n >= l.most {
			return answers, nil
		}
		a, err := l.send(c, n, due)
		if err != nil {
			return nil, err
		}
		a.at = time.Since(begun)
		if a.at > l.warm {
			answers = append(answers, a)
		}
	}
	return nil, ctx.Err()
}

// due is from when request n counts. A paced load waits for its time, with gaps as random as those
// of independent readers. A request whose time came while its connection waited for an answer counts
// from that time, so that a server that stalls cannot hide it by being asked less.
func (l load) due(begun time.Time, n int) time.Time {
	if l.rate == 0 {
		return time.Now()
	}
	due := begun.Add(time.Duration((float64(n) + rand.Float64()) / l.rate * float64(time.Second)))
	if wait := time.Until(due); wait > 0 {
		time.Sleep(wait)
		return time.Now()
	}
	return due
}

func (l load) send(c *client, n int, due time.Time) (answer, error) {
	status, err := c.do(l.request(n))
	if err != nil {
		return answer{}, err
	}
	refused := l.busy && status == http.StatusTooManyRequests
	if !refused && (status < 200 || status > 299) {
		return answer{}, fmt.Errorf("status %d: %.300s", status, c.body)
	}
	return answer{took: time.Since(due), refused: refused}, nil
}

// sum adds the connections up. A bounded number of requests is over when the last was answered.
func (l load) sum(answers [][]answer) (r report) {
	span, good := time.Duration(0), 0
	for _, of := range answers {
		for _, a := range of {
			if !a.refused {
				good++
			}
			r.latencies = append(r.latencies, a.took)
			span = max(span, a.at-l.warm)
		}
	}
	if span > 0 {
		r.rate = float64(good) / span.Seconds()
	}
	return r
}
