package main

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"time"

	"agrovet/internal/platform/bus/kafka/standin"
	"agrovet/tools/split/fleet"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// realKafka has brokers be Apache Kafkas, by Java and Maven. They are one node each, on this machine.
var realKafka bool

// broker is a stand-in for Kafka in a process of its own ("bare broker"), which keeps what it is told; or a real one.
type broker struct {
	h          *house
	address    string
	controller int // port of a real one
	dir        string
	process    *process     // nil while it is away
	real       *fleet.Fleet // nil while it is away
}

// startBroker starts one and waits for it.
func (h *house) startBroker(ctx context.Context, name string) (*broker, error) {
	ports, err := fleet.FreePorts(2)
	if err != nil {
		return nil, err
	}
	b := &broker{h: h, address: fmt.Sprintf("127.0.0.1:%d", ports[0]), controller: ports[1], dir: filepath.Join(h.dir, name)}
	return b, b.start(ctx)
}

func (b *broker) start(ctx context.Context) (err error) {
	if realKafka {
		return b.startReal(ctx)
	}
	if b.process, err = b.h.self("broker", "-listen", b.address, "-files", b.dir); err != nil {
		return err
	}
	return b.awaitReady(ctx, b.process)
}

func (b *broker) startReal(ctx context.Context) (err error) {
	port, err := portOf(b.address)
	if err != nil {
		return err
	}
	if b.real, err = fleet.New(b.dir); err != nil {
		return err
	}
	_, err = b.real.Kafka(ctx, port, b.controller)
	return err
}

// stop takes the broker away. It may be away already.
func (b *broker) stop() {
	if b == nil {
		return
	}
	if b.real != nil {
		_ = b.real.Close() // how it ended does not matter
	}
	b.process.stop()
	b.process, b.real = nil, nil
}

func (b *broker) awaitReady(ctx context.Context, p *process) error {
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
		case <-p.done:
			return fmt.Errorf("the broker ended: %s", p.words())
		case <-ctx.Done():
			return fmt.Errorf("the broker does not answer: %w", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// bareBroker is the stand-in.
func bareBroker(ctx context.Context, listen, dir string) error {
	port, err := portOf(listen)
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

func portOf(address string) (int, error) {
	_, text, err := net.SplitHostPort(address)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}
