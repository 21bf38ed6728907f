// Package redisx is the way to Redis, which may be away: then nothing waits for it. The first call that fails
// makes it away; from then on calls fail at once with [ErrAway], a write is tried in the background until it
// succeeds, and whoever asked for it ([Server.Returning]) settles what happened meanwhile before others use it again.
package redisx

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/extra/redisotel/v9"
	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// ErrAway is what calls fail with while Redis is away.
var ErrAway = errors.New("redis is away")

// How long things take at most.
const (
	dialWithin  = time.Second
	answerIn    = 300 * time.Millisecond // a call's answer; Redis takes less than a millisecond
	firstProbe  = 50 * time.Millisecond  // from a failure to the first try; each further one takes twice as long
	slowestTry  = time.Second
	settleIn    = 30 * time.Second // what is done before Redis is used again
	retryPause  = 8 * time.Millisecond
	connections = 64 // of each of the two databases, at most
)

// Config is how to reach Redis. URL is needed.
type Config struct {
	URL        string                // redis://user:password@host:6379/0, rediss:// or unix://; see redis.ParseURL
	Trace      bool                  // whether calls are traced
	Registerer prometheus.Registerer // of metrics; nil: none
	Log        *slog.Logger          // defaults to slog.Default()
}

// Server is a Redis. Nothing is dialled before it is used.
type Server struct {
	Main  *redis.Client // the database of the URL
	Cache *redis.Client // the one after it: what may be thrown away at any time
	log   *slog.Logger
	meter meter

	ctx  context.Context // ends with Close
	stop context.CancelFunc
	work sync.WaitGroup

	away      atomic.Bool
	mu        sync.Mutex
	since     time.Time
	unsettled bool // something happened that is to be settled before Redis is used
	returning []func(ctx context.Context) error
}

// Open makes the way to Redis. Close ends it.
//
// Errors: those of Valid.
func Open(cfg Config) (*Server, error) {
	if err := Valid(cfg.URL); err != nil {
		return nil, fmt.Errorf("the URL of Redis: %w", err)
	}
	o, err := redis.ParseURL(cfg.URL)
	if err != nil {
		return nil, err
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	s := &Server{log: cfg.Log}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.meter.register(s, cfg.Registerer)
	cached := *o
	cached.DB++
	for _, one := range []struct {
		client **redis.Client
		o      *redis.Options
	}{{&s.Main, o}, {&s.Cache, &cached}} {
		*one.client = redis.NewClient(bounded(one.o))
		(*one.client).AddHook(guard{s})
		if cfg.Trace {
			err = errors.Join(err, redisotel.InstrumentTracing(*one.client))
		}
	}
	return s, err
}

func bounded(o *redis.Options) *redis.Options {
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout = dialWithin, answerIn, answerIn
	o.PoolSize, o.PoolTimeout = connections, answerIn
	o.ContextTimeoutEnabled = true
	o.DialerRetries, o.MaxRetries, o.MinRetryBackoff, o.MaxRetryBackoff = 1, 1, retryPause, retryPause
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return o
}

// Close ends connections and the search for a Redis that is away.
func (s *Server) Close() {
	s.mu.Lock()
	s.stop()
	s.mu.Unlock()
	s.work.Wait()
	_ = s.Main.Close()
	_ = s.Cache.Close()
}

// Away says whether Redis is away.
func (s *Server) Away() bool { return s.away.Load() }

// Returning has something done each time that Redis is there again, before others use it; when it fails, Redis
// stays away.
func (s *Server) Returning(do func(ctx context.Context) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.returning = append(s.returning, do)
}

// Check is for /health/detailed/.
func (s *Server) Check(ctx context.Context) (map[string]any, error) {
	for _, c := range []*redis.Client{s.Main, s.Cache} {
		if err := c.Ping(ctx).Err(); err != nil {
			return s.absence(), fmt.Errorf("database %d: %w", c.Options().DB, err)
		}
	}
	p := s.Main.PoolStats()
	return map[string]any{"connections": p.TotalConns, "idle": p.IdleConns}, nil
}

func (s *Server) absence() map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.Away() {
		return nil
	}
	return map[string]any{"away_since": s.since.UTC()}
}
