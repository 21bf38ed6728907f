package kv

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// allow is gcra in Redis, in microseconds of its clock, which all processes share. It returns how long to wait; 0:
// allowed.
var allow = redis.NewScript(`
local period, events = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local tat = tonumber(redis.call('GET', KEYS[1]) or 0)
if tat < now then tat = now end
local after = tat + math.floor(period / events)
local wait = after - now - period
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return 0`)

func (s *shared) Allow(ctx context.Context, key string, l Limit) (Decision, error) {
	if l.Unlimited() {
		return Decision{Allowed: true}, nil
	}
	wait, err := allow.Run(ctx, s.client(key), []string{key}, l.Period.Microseconds(), l.Events).Int64()
	switch {
	case err == nil:
		return Decision{Allowed: wait == 0, RetryAfter: time.Duration(wait) * time.Microsecond}, nil
	case ctx.Err() != nil:
		return Decision{}, err
	}
	s.meter.alone.Inc()
	return s.near.Allow(ctx, key, l)
}
