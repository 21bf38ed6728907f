package main

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"agrovet/internal/platform/bus/kafka/standin"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// broker is a stand-in for Kafka in a process of its own ("bare broker"), which keeps what it is told.
type broker struct {
	h       *house
	address string
	dir     string
	process *process // nil while it is away
}

// startBroker starts one and waits for it.
func (h *house) startBroker(ctx context.Context, name string) (*broker, error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	b := &broker{h: h, address: address, dir: filepath.Join(h.dir, name)}
	return b, b.start(ctx)
}

func (b *broker) start(ctx context.Context) (err error) {
	if b.process, err = b.h.self("broker", "-listen", b.address, "-files", b.dir); err != nil {
		return err
	}
	return b.awaitReady(ctx)
}

// stop takes the broker away. It may be away already.
func (b *broker) stop() {
	if b == nil {
		return
	}
	b.process.stop()
	b.process = nil
}

func (b *broker) awaitReady(ctx context.Context) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(b.address))
	if err != nil {
		return err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		err := client.Ping(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-b.process.done:
			return fmt.Errorf("the broker ended: %s", b.process.words())
		case <-ctx.Done():
			return fmt.Errorf("the broker does not answer: %w", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// bareBroker is the stand-in.
func bareBroker(ctx context.Context, listen, dir string) error {
	_, text, err := net.SplitHostPort(listen)
	if err != nil {
		return err
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		return err
	}
	cluster, err := standin.New(kfake.Ports(port), kfake.DataDir(dir))
	if err != nil {
		return err
	}
	<-ctx.Done()
	cluster.Close()
	return nil
}
