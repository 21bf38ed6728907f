package kv

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"agrovet/internal/platform/redisx"
)

// shared is a Store in Redis. In front of it this process remembers for two seconds what it has read; what others
// change it hears of. While it does not hear, it asks Redis each time. While Redis is away it goes on with what
// it was told itself, for 15 s at most; limits then hold per process. What is deleted meanwhile is deleted in
// Redis before anybody here reads there again.
type shared struct {
	redis *redisx.Server
	near  *near
	owed  owed
	ear   *redisx.Ear
	id    string      // of this store, among those that tell each other
	hears atomic.Bool // of what others change
	meter *meter
}

// atOnce is how many keys one command has at most.
const atOnce = 500

// cachePrefix begins the keys of what may be thrown away at any time, which have a database of their own.
const cachePrefix = "cache:"

func (s *shared) client(key string) *redis.Client {
	if strings.HasPrefix(key, cachePrefix) {
		return s.redis.Cache
	}
	return s.redis.Main
}

// Close ends listening; the way to Redis stays open.
func (s *shared) Close() {
	s.ear.Close()
	s.near.Close()
}

// remembered is what this process may believe without asking Redis.
func (s *shared) remembered(key string) ([]byte, bool) {
	if !s.hears.Load() && !s.redis.Away() {
		return nil, false
	}
	v, ok := s.near.values.GetIfPresent(key)
	return v.bytes, ok
}

func (s *shared) Get(ctx context.Context, key string) ([]byte, bool, error) {
	all, err := s.GetMany(ctx, key)
	b, ok := all[key]
	return b, ok, err
}

func (s *shared) GetMany(ctx context.Context, keys ...string) (map[string][]byte, error) {
	values := make(map[string][]byte, len(keys))
	asked := map[*redis.Client][]string{}
	for _, k := range keys {
		if b, ok := s.remembered(k); ok {
			values[k] = b
			s.meter.near.Inc()
		} else {
			asked[s.client(k)] = append(asked[s.client(k)], k)
		}
	}
	for client, some := range asked {
		if err := s.ask(ctx, client, some, values); err != nil {
			return values, err
		}
	}
	return values, nil
}

// ask reads keys from Redis. When that fails, what is not remembered is not there.
func (s *shared) ask(ctx context.Context, client *redis.Client, keys []string, values map[string][]byte) error {
	for len(keys) > 0 {
		some := keys[:min(len(keys), atOnce)]
		keys = keys[len(some):]
		turns := make([]int, len(some))
		for i, k := range some {
			turns[i] = s.near.turn(k)
		}
		got, err := client.MGet(ctx, some...).Result()
		if err != nil && ctx.Err() != nil {
			return err
		}
		for i, k := range some {
			if err != nil {
				s.meter.alone.Inc()
				if b, ok := s.remembered(k); ok {
					values[k] = b
				}
			} else if b, ok := got[i].(string); ok {
				values[k] = []byte(b)
				s.meter.hit.Inc()
				s.near.keep(k, values[k], nearFor, turns[i])
			} else {
				s.meter.miss.Inc()
			}
		}
	}
	return nil
}

func (s *shared) Set(ctx context.Context, key string, b []byte, ttl time.Duration) error {
	return s.SetMany(ctx, map[string][]byte{key: b}, ttl)
}

func (s *shared) SetMany(ctx context.Context, values map[string][]byte, ttl time.Duration) error {
	ttl = max(ttl, time.Millisecond) // 0 would be for ever
	writes, keys, turns := map[*redis.Client]redis.Pipeliner{}, make([]string, 0, len(values)), map[string]int{}
	for k, b := range values {
		client := s.client(k)
		if writes[client] == nil {
			writes[client] = client.Pipeline()
		}
		writes[client].Set(ctx, k, b, ttl)
		keys = append(keys, k)
		s.near.drop(k)
		turns[k] = s.near.turn(k)
	}
	keep := nearFor
	for _, p := range writes {
		s.tell(ctx, p, keys)
		if _, err := p.Exec(ctx); err != nil {
			if ctx.Err() != nil {
				return err
			}
			if s.redis.Away() {
				keep = aloneFor
			}
		}
	}
	for k, b := range values {
		s.near.keep(k, b, min(ttl, keep), turns[k])
	}
	return nil
}
