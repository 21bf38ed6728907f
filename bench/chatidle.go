package main

import (
	"context"
	"fmt"
	"time"
)

const (
	idleSockets = 10_000
	settling    = 15 * time.Second // connections have their garbage collected
)

// measureIdleSockets is what a connection costs that is signed in and does nothing.
func measureIdleSockets(ctx context.Context, h *house) ([]row, error) {
	c, err := h.openChat(ctx)
	if err != nil {
		return nil, err
	}
	defer c.close()
	if err := rests(ctx, settling); err != nil {
		return nil, err
	}
	before, err := c.product.memory()
	if err != nil {
		return nil, err
	}
	sockets, err := connectAll(ctx, c.product, c.people, 0, idleSockets)
	if err != nil {
		return nil, err
	}
	defer closeAll(sockets)
	if err := rests(ctx, settling); err != nil {
		return nil, err
	}
	after, err := c.product.memory()
	kib := (after - before) * 1024 / idleSockets
	return []row{{what: fmt.Sprintf("memory of each of %d idle sockets", idleSockets), measured: fmt.Sprintf("%.1f KiB", kib), peer: "–",
		rounds: []float64{kib}, unit: " KiB", limit: atMost(16)}}, err
}
