package redisx

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
)

// guard keeps calls from a Redis that is away, and finds out that it is.
type guard struct{ *Server }

// DialHook leaves connections as they are.
func (guard) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook guards a command.
func (g guard) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		err := g.call(ctx, func() error { return next(ctx, cmd) })
		if errors.Is(err, ErrAway) {
			cmd.SetErr(err)
		}
		return err
	}
}

// ProcessPipelineHook guards commands that go together.
func (g guard) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		err := g.call(ctx, func() error { return next(ctx, cmds) })
		if errors.Is(err, ErrAway) {
			for _, c := range cmds {
				c.SetErr(err)
			}
		}
		return err
	}
}

// through marks the calls that are let through while Redis is away.
type through struct{}

func (g guard) call(ctx context.Context, do func() error) error {
	let := ctx.Value(through{}) != nil
	if g.away.Load() && !let {
		return ErrAway
	}
	start := time.Now()
	err := do()
	g.meter.called(time.Since(start))
	if !let && bad(err) && !gaveUp(ctx) {
		g.Fail(err)
	}
	return err
}

// moment is how much earlier than its caller's context a call may end that has the same deadline.
const moment = 10 * time.Millisecond

// gaveUp says whether the caller's time is over, so that an error says nothing about Redis.
func gaveUp(ctx context.Context) bool {
	at, ends := ctx.Deadline()
	return ctx.Err() != nil || ends && time.Until(at) < moment
}

// bad says whether an error means that Redis cannot be used now. A pool without a free connection is a busy
// process, not an absent Redis.
func bad(err error) bool {
	if err == nil || errors.Is(err, redis.Nil) || errors.Is(err, redis.ErrClosed) || errors.Is(err, redis.ErrPoolTimeout) {
		return false
	}
	var said redis.Error
	var network net.Error
	if errors.As(err, &network) || !errors.As(err, &said) {
		return true
	}
	return redis.IsLoadingError(err) || redis.IsReadOnlyError(err) || redis.IsOOMError(err) || redis.IsAuthError(err) ||
		redis.IsPermissionError(err) || redis.IsMaxClientsError(err) || redis.IsMasterDownError(err) || redis.IsClusterDownError(err) ||
		redis.HasErrorPrefix(err, "MISCONF") || redis.HasErrorPrefix(err, "NOREPLICAS")
}
