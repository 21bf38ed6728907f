package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

// duel is how the product and its peer did, each as the median of its rounds, and the ratio of
// product to peer in each round.
type duel struct {
	product, peer float64
	ratios        []float64
}

// byTurns lets product and peer take turns, so that what else the machine does hits both. Who
// begins changes from round to round.
func byTurns(rounds int, product, peer func() (float64, error)) (duel, error) {
	var products, peers, ratios []float64
	for i := range rounds {
		a, b, err := turn(i%2 == 1, product, peer)
		if err != nil {
			return duel{}, err
		}
		products, peers, ratios = append(products, a), append(peers, b), append(ratios, a/b)
	}
	return duel{median(products), median(peers), ratios}, nil
}

func turn(peerFirst bool, product, peer func() (float64, error)) (a, b float64, err error) {
	if peerFirst {
		b, a, err = turn(false, peer, product)
		return a, b, err
	}
	if a, err = product(); err == nil {
		b, err = peer()
	}
	return a, b, err
}

// repeat measures without a peer.
func repeat(rounds int, once func() (float64, error)) (all []float64, err error) {
	for range rounds {
		v, err := once()
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

func median(all []float64) float64 { return quantile(all, 0.5) }

// quantile is the smallest of all that at least the given part of them does not exceed.
func quantile[T cmp.Ordered](all []T, part float64) T {
	sorted := slices.Sorted(slices.Values(all))
	if len(sorted) == 0 {
		var zero T
		return zero
	}
	return sorted[max(0, int(math.Ceil(part*float64(len(sorted))))-1)]
}

// spread is the median of the rounds, and how far they lie apart; format is that of a number.
func spread(rounds []float64, format string) string {
	text := fmt.Sprintf(format, median(rounds))
	if len(rounds) > 1 {
		text += fmt.Sprintf(" ("+format+"–"+format+")", slices.Min(rounds), slices.Max(rounds))
	}
	return text
}

// ms is a duration in milliseconds.
func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// lateness watches how late this machine lets a goroutine run that wants to every millisecond: what
// no program on it can be better than. The returned function ends it and tells the 99th percentile
// in milliseconds.
func lateness(ctx context.Context) (p99 func() float64) {
	ctx, cancel := context.WithCancel(ctx)
	var late []time.Duration
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			begun := time.Now()
			time.Sleep(time.Millisecond)
			late = append(late, time.Since(begun)-time.Millisecond)
		}
	}()
	return func() float64 { cancel(); <-done; return ms(quantile(late, 0.99)) }
}
