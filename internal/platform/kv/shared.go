package kv

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"agrovet/internal/platform/redisx"
)

// changed is the channel on which stores tell each other of keys: who tells, then the keys, in lines.
const changed = "kv:changed"

// deleteWithin bounds Delete, which is done although its caller has gone.
const deleteWithin = 2 * time.Second

// Redis is a Store that several processes share; size is how many values this one remembers at most. See shared.
// Metrics go to r, which may be nil. Close ends it before the server.
func Redis(server *redisx.Server, size int, r prometheus.Registerer) *shared {
	s := &shared{redis: server, near: newNear(size), id: rand.Text()[:8], meter: newMeter(r)}
	server.Returning(s.settle)
	s.ear = server.Listen(redisx.Listener{
		Hear: s.heard,
		Joined: func(string) {
			s.near.clear()
			s.hears.Store(true)
		},
		Deaf: func() { s.hears.Store(false) },
	}, changed)
	return s
}

// tell has other processes forget keys, behind what p does already.
func (s *shared) tell(ctx context.Context, p redis.Pipeliner, keys []string) {
	for some := range slices.Chunk(keys, atOnce) {
		p.Publish(ctx, changed, s.id+"\n"+strings.Join(some, "\n"))
	}
}

func (s *shared) heard(_, payload string) {
	from, keys, _ := strings.Cut(payload, "\n")
	if from != s.id {
		s.near.drop(strings.Split(keys, "\n")...)
	}
}

// Delete forgets the keys, in Redis as soon as it is there.
func (s *shared) Delete(ctx context.Context, keys ...string) error {
	if len(keys) == 0 {
		return nil
	}
	defer s.near.drop(keys...) // last: what was read before is not kept
	s.owed.add(keys...)
	if s.redis.WhileAway(func() {}) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deleteWithin)
	defer cancel()
	if err := s.remove(ctx, keys); err != nil {
		s.redis.Fail(err)
		return nil
	}
	s.owed.done(keys)
	return nil
}

// remove deletes keys in Redis, and tells.
func (s *shared) remove(ctx context.Context, keys []string) error {
	for some := range slices.Chunk(keys, atOnce) {
		deletes := map[*redis.Client][]string{}
		for _, k := range some {
			deletes[s.client(k)] = append(deletes[s.client(k)], k)
		}
		for client, those := range deletes {
			p := client.Pipeline()
			p.Del(ctx, those...)
			s.tell(ctx, p, those)
			if _, err := p.Exec(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// settle deletes what could not be deleted, and forgets what was remembered, before Redis is used again.
func (s *shared) settle(ctx context.Context) error {
	keys, kinds := s.owed.all()
	for _, kind := range kinds {
		if err := s.removeKind(ctx, kind); err != nil {
			return err
		}
	}
	if err := s.remove(ctx, keys); err != nil {
		return err
	}
	s.owed.settled(keys, kinds)
	s.near.clear()
	return nil
}

// removeKind deletes all keys that begin with a word.
func (s *shared) removeKind(ctx context.Context, kind string) error {
	client := s.client(kind)
	for cursor := uint64(0); ; {
		keys, next, err := client.Scan(ctx, cursor, kind+"*", 1000).Result()
		if err != nil {
			return err
		}
		if err := s.remove(ctx, keys); err != nil {
			return err
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}
