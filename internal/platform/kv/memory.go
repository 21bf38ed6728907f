package kv

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"
)

// memory keeps values and rate limits in the process, each in a bounded cache.
type memory struct {
	values *otter.Cache[string, value]
	limits *otter.Cache[string, arrival]
	now    func() time.Time
}

type value struct {
	bytes []byte
	ttl   time.Duration
}

type arrival struct {
	tat    time.Time // see gcra
	period time.Duration
}

// Memory is a Store in this process's memory with at most size values and as many limits; the
// least useful go first when it is full. Close ends its goroutines.
func Memory(size int) *memory {
	return newMemory(size, time.Now)
}

func newMemory(size int, now func() time.Time) *memory {
	return &memory{
		values: otter.Must(&otter.Options[string, value]{
			MaximumSize: size,
			ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[string, value]) time.Duration {
				return e.Value.ttl
			}),
		}),
		limits: otter.Must(&otter.Options[string, arrival]{
			MaximumSize: size,
			// A limit that nobody touched for its whole period is full again.
			ExpiryCalculator: otter.ExpiryWritingFunc(func(e otter.Entry[string, arrival]) time.Duration {
				return 2 * e.Value.period
			}),
		}),
		now: now,
	}
}

// Close ends the caches' goroutines.
func (m *memory) Close() {
	m.values.StopAllGoroutines()
	m.limits.StopAllGoroutines()
}

func (m *memory) Get(_ context.Context, key string) ([]byte, bool, error) {
	v, ok := m.values.GetIfPresent(key)
	return v.bytes, ok, nil
}

func (m *memory) GetMany(_ context.Context, keys ...string) (map[string][]byte, error) {
	values := map[string][]byte{}
	for _, k := range keys {
		if v, ok := m.values.GetIfPresent(k); ok {
			values[k] = v.bytes
		}
	}
	return values, nil
}

func (m *memory) Set(_ context.Context, key string, b []byte, ttl time.Duration) error {
	m.values.Set(key, value{b, ttl})
	return nil
}

func (m *memory) SetMany(_ context.Context, values map[string][]byte, ttl time.Duration) error {
	for k, b := range values {
		m.values.Set(k, value{b, ttl})
	}
	return nil
}

func (m *memory) Delete(_ context.Context, keys ...string) error {
	for _, k := range keys {
		m.values.Invalidate(k)
	}
	return nil
}

func (m *memory) Allow(_ context.Context, key string, l Limit) (d Decision, err error) {
	if l.Unlimited() {
		return Decision{Allowed: true}, nil
	}
	now := m.now()
	m.limits.Compute(key, func(old arrival, _ bool) (arrival, otter.ComputeOp) {
		var next time.Time
		next, d = gcra(now, old.tat, l)
		return arrival{next, l.Period}, otter.WriteOp
	})
	return d, nil
}
