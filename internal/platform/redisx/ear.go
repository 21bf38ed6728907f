package redisx

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
)

// pingEvery is after how much silence it is asked whether the connection lives; as long again without an
// answer means that it does not.
const pingEvery = time.Second

// Listener is told what is published, by one goroutine. Its functions do not block.
type Listener struct {
	Hear   func(channel, payload string)
	Joined func(channel string) // from now on what is published there is heard, also after each Deaf
	Deaf   func()               // nothing is heard until Joined is said again
}

// Ear listens to channels until it is closed, and connects anew by itself.
type Ear struct {
	server *Server
	to     Listener
	pubsub *redis.PubSub
	ended  chan struct{}
	stop   context.CancelFunc
}

// Listen begins to listen to channels, which it does not wait for.
func (s *Server) Listen(to Listener, channels ...string) *Ear {
	ctx, stop := context.WithCancel(s.ctx)
	e := &Ear{server: s, to: to, pubsub: s.Main.Subscribe(ctx), ended: make(chan struct{}), stop: stop}
	go e.run(ctx, channels)
	return e
}

// Subscribe adds channels, Unsubscribe takes them away. They may block for a second; what fails is made good
// when the ear is connected anew.
func (e *Ear) Subscribe(ctx context.Context, channels ...string) {
	e.note(ctx, e.pubsub.Subscribe(ctx, channels...))
}

// Unsubscribe takes channels away.
func (e *Ear) Unsubscribe(ctx context.Context, channels ...string) {
	e.note(ctx, e.pubsub.Unsubscribe(ctx, channels...))
}

func (e *Ear) note(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && !errors.Is(err, redis.ErrClosed) {
		e.server.Fail(err)
	}
}

// Close ends it; nothing is told afterwards.
func (e *Ear) Close() {
	e.stop()
	_ = e.pubsub.Close()
	<-e.ended
}

func (e *Ear) run(ctx context.Context, channels []string) {
	defer close(e.ended)
	e.Subscribe(ctx, channels...)
	for pause := firstProbe; ctx.Err() == nil; {
		err := e.listen(ctx, &pause)
		e.to.Deaf()
		e.note(ctx, err)
		select {
		case <-time.After(pause):
			pause = min(2*pause, slowestTry)
		case <-ctx.Done():
		}
	}
}

// listen hears until the connection fails.
func (e *Ear) listen(ctx context.Context, pause *time.Duration) error {
	for silent := false; ; {
		m, err := e.receive(ctx, silent)
		var network net.Error
		switch {
		case err == nil:
			silent, *pause = false, firstProbe
			e.tell(m)
			continue
		case silent || !errors.As(err, &network) || !network.Timeout():
			return err
		}
		silent = true
		if err := e.pubsub.Ping(ctx); err != nil {
			return err
		}
	}
}

// receive waits for a while. A connection that was asked and does not answer is given up, so that the next call makes
// another; go-redis keeps one whose time is up unless it was the context's.
func (e *Ear) receive(ctx context.Context, asked bool) (any, error) {
	if !asked {
		return e.pubsub.ReceiveTimeout(ctx, pingEvery)
	}
	ctx, cancel := context.WithTimeout(ctx, pingEvery)
	defer cancel()
	return e.pubsub.Receive(ctx)
}

func (e *Ear) tell(m any) {
	switch m := m.(type) {
	case *redis.Message:
		e.to.Hear(m.Channel, m.Payload)
	case *redis.Subscription:
		if m.Kind == "subscribe" {
			e.to.Joined(m.Channel)
		}
	}
}
