package main

import (
	"context"
	"fmt"
	"os/exec"
	"time"
)

// measureStart is from the start of the process to the first answer of /health/, on a database that
// is there and current.
func measureStart(ctx context.Context, h *house) ([]row, error) {
	if _, err := h.startOnce(ctx); err != nil { // builds it, and makes the schemas
		return nil, err
	}
	var floor []float64
	took, err := repeat(5*h.rounds, func() (float64, error) {
		least, err := h.printVersion(ctx)
		if err != nil {
			return 0, err
		}
		floor = append(floor, least)
		return h.startOnce(ctx)
	})
	return []row{{
		what: "start to ready", measured: spread(took, "%.0f") + " ms", peer: spread(floor, "%.0f") + " ms to print its version",
		rounds: took, unit: " ms", limit: atMost(100),
	}}, err
}

// printVersion is how long the binary takes to do nothing.
func (h *house) printVersion(ctx context.Context) (float64, error) {
	begun := time.Now()
	err := exec.CommandContext(ctx, h.binary, "version").Run()
	return ms(time.Since(begun)), err
}

func (h *house) startOnce(ctx context.Context) (float64, error) {
	begun := time.Now()
	p, err := h.serve(ctx)
	if err != nil {
		return 0, err
	}
	defer p.stop()
	return ms(time.Since(begun)), nil
}

// idleFor is how long a process rests before its memory is looked at.
const idleFor = 10 * time.Second

// measureMemory is what a process that nobody asks for anything keeps in memory.
func measureMemory(ctx context.Context, h *house) ([]row, error) {
	p, err := h.serve(ctx)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	select {
	case <-time.After(idleFor):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	mib, err := p.memory()
	return []row{{
		what: "idle memory", measured: fmt.Sprintf("%.1f MiB", mib), peer: "–",
		rounds: []float64{mib}, unit: " MiB", limit: atMost(40),
	}}, err
}
