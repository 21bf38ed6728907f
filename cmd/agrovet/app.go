package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/kafka"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/observe"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/redisx"
	"agrovet/internal/platform/rpc"
	"agrovet/internal/platform/sched"
	"agrovet/internal/platform/verify"
)

// module is what every module's constructor returns, as far as the process runs it.
type module interface {
	Subscriptions() []bus.Subscription
	Jobs() []sched.Job
	Run(ctx context.Context) error
}

// app is the program: what all modules stand on, and the modules hosted here.
type app struct {
	cfg      Config
	registry *prometheus.Registry
	kv       interface {
		kv.Store
		Close()
	}
	redis   *redisx.Server // nil: this process shares nothing
	db      *databases
	bus     *bus.Bus
	kafka   *kafka.Road // nil without kafka.brokers
	server  *httpx.Server
	others  *rpc.Clients // modules in other processes
	modules map[string]module
	alive   map[string]verify.Alive // who is asked about what other modules refer to
	backups *backups                // nil without backup.dir
	hosted
	stopTracing func(context.Context) error
}

// newApp builds everything and starts nothing but the database; see openDatabases for beside.
func newApp(ctx context.Context, cfg Config, beside bool) (_ *app, err error) {
	a := &app{cfg: cfg, registry: observe.Metrics(), modules: map[string]module{}}
	defer func() {
		if err != nil {
			a.close()
		}
	}()
	if cfg.Tracing.Endpoint != "" {
		if a.stopTracing, err = observe.Tracing(ctx, cfg.Tracing.Endpoint, cfg.service(), version); err != nil {
			return nil, err
		}
	}
	if err = a.share(); err != nil {
		return nil, err
	}
	if a.db, err = openDatabases(ctx, cfg, beside); err != nil {
		return nil, err
	}
	a.bus = bus.New(bus.Config{Metrics: a.registry, Retention: cfg.Events.Retention})
	a.server, err = httpx.New(httpx.Config{
		Version: version, CORSOrigins: cfg.HTTP.CORSOrigins, TrustedProxies: cfg.HTTP.TrustedProxies,
		Timeout: cfg.HTTP.Timeout, Drain: cfg.HTTP.Drain,
		Registry: a.registry, KV: a.kv, ServiceSecret: cfg.Service.Secret, Trace: cfg.Tracing.Endpoint != "",
	})
	if err != nil {
		return nil, err
	}
	a.others = rpc.NewClients(rpc.Config{Caller: strings.Join(cfg.hosted(), "+"), Secret: cfg.Service.Secret, Timeout: cfg.Service.Timeout,
		Trace: cfg.Tracing.Endpoint != "", Registerer: a.registry})
	a.registry.MustRegister(poolMetrics(a.db.module))
	a.registry.MustRegister(sched.Collectors()...)
	a.checks()
	if err = a.wireKafka(); err != nil {
		return nil, err
	}
	return a, a.wire()
}

// checks are what /health/detailed/ looks at.
func (a *app) checks() {
	a.server.Check("database", func(ctx context.Context) (map[string]any, error) {
		details := map[string]any{}
		var all []error
		for name, db := range a.db.module {
			s := db.Stat()
			details[name] = map[string]any{"connections": s.TotalConns(), "in_use": s.AcquiredConns(), "max": s.MaxConns()}
			all = append(all, db.Ping(ctx))
		}
		return details, errors.Join(all...)
	})
	a.server.Check("events", func(ctx context.Context) (map[string]any, error) {
		stats, err := a.bus.Stats(ctx)
		return eventDetails(stats), err
	})
	if a.redis != nil {
		a.server.Check("redis", a.redis.Check)
	}
}

// run serves on the listener until ctx ends, then drains: first requests, then the modules' and the
// bus's work in hand. The database is closed by close.
func (a *app) run(ctx context.Context, l net.Listener) error {
	behind, stopBehind := context.WithCancel(context.WithoutCancel(ctx))
	defer stopBehind()
	g, gctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer stopBehind() // what serves requests outlives them
		return a.server.Run(gctx, l)
	})
	g.Go(func() error { return ended(behind, "events", a.bus.Run(behind)) })
	if a.kafka != nil {
		g.Go(func() error { return ended(behind, "kafka", a.kafka.Run(behind, a.bus.Inlets(), a.kafkaTopics())) })
	}
	for name, m := range a.modules {
		g.Go(func() error { return ended(behind, name, m.Run(behind)) })
		jobs := append(m.Jobs(), purgeKeys(a.db.module[name]))
		g.Go(func() error { return ended(behind, name+" jobs", sched.Run(behind, a.db.module[name], jobs...)) })
	}
	if a.backups != nil {
		g.Go(func() error {
			return ended(behind, "backups", sched.Run(behind, a.db.module[moduleNames[0]], a.backups.job()))
		})
	}
	if a.db.server != nil {
		g.Go(func() error {
			select {
			case <-a.db.server.Done():
				return fmt.Errorf("PostgreSQL ended by itself: %w", a.db.server.Err())
			case <-behind.Done():
				return nil
			}
		})
	}
	return g.Wait()
}

// ended tells a background part that stopped because it was told to from one that failed.
func ended(ctx context.Context, what string, err error) error {
	if err == nil || ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// purgeKeys keeps a module's table of idempotency keys small.
func purgeKeys(db *pg.DB) sched.Job {
	return sched.Job{Name: "httpx.purge-keys", Every: time.Hour, Run: func(ctx context.Context) error {
		for {
			if n, err := httpx.PurgeIdempotencyKeys(ctx, db); n == 0 || err != nil {
				return err
			}
		}
	}}
}

// eventDetails are the bus's figures as /health/detailed/ shows them.
func eventDetails(s bus.Stats) map[string]any {
	feeds, parked := map[string]any{}, map[string]any{}
	for _, f := range s.Feeds {
		feeds[f.Source+" → "+f.Destination] = map[string]any{"backlog": f.Backlog, "lag_seconds": f.Lag.Seconds()}
	}
	for _, sub := range s.Subscriptions {
		parked[sub.Subscription] = map[string]any{"parked": sub.Parked, "oldest_seconds": sub.Oldest.Seconds()}
	}
	return map[string]any{"feeds": feeds, "subscriptions": parked}
}

// close undoes newApp, last built first.
func (a *app) close() {
	if a.auth != nil {
		a.auth.Close()
	}
	if a.others != nil {
		a.others.Close()
	}
	if a.kafka != nil {
		a.kafka.Close()
	}
	if a.db != nil {
		a.db.close()
	}
	a.unshare()
	if a.stopTracing != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = a.stopTracing(ctx) // what could not be sent is lost: traces are not data
	}
}

// poolGauges show how busy each module's connections are.
type poolGauges struct {
	dbs   map[string]*pg.DB
	conns *prometheus.Desc
}

func poolMetrics(dbs map[string]*pg.DB) prometheus.Collector {
	return &poolGauges{dbs, prometheus.NewDesc("agrovet_db_connections",
		"Database connections, by module and state.", []string{"module", "state"}, nil)}
}

func (p *poolGauges) Describe(ch chan<- *prometheus.Desc) { ch <- p.conns }

func (p *poolGauges) Collect(ch chan<- prometheus.Metric) {
	for name, db := range p.dbs {
		s := db.Stat()
		ch <- prometheus.MustNewConstMetric(p.conns, prometheus.GaugeValue, float64(s.AcquiredConns()), name, "in_use")
		ch <- prometheus.MustNewConstMetric(p.conns, prometheus.GaugeValue, float64(s.IdleConns()), name, "idle")
	}
}

// announce prints where things are, for whoever typed the command.
func (a *app) announce(l net.Listener) {
	base := "http://" + hostPort(l.Addr())
	where := "database      " + "as configured"
	if a.db.server != nil {
		where = fmt.Sprintf("database      own PostgreSQL %s in %s/postgres", a.db.server.Version(), a.cfg.DataDir)
	}
	fmt.Fprintf(os.Stdout, `agrovet %s is ready
  API           %s/api/
  documentation %s/swagger/ and %s/redoc/
  health        %s/health/detailed/
  metrics       %s/metrics
  %s
  data          %s
Stop with Ctrl-C.
`, version, base, base, base, base, base, where, a.cfg.DataDir)
}

func hostPort(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
