package kafka

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"time"

	"agrovet/internal/platform/bus"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"
	"github.com/twmb/franz-go/plugin/kslog"
)

// Config of a road. Zero values stand for the defaults.
type Config struct {
	Brokers []string // host:port
	TLS     bool     // whether it is spoken to through TLS; the brokers' authority is one that the system trusts

	User, Password string // both empty: nobody signs in
	Mechanism      string // plain, scram-sha-256 or scram-sha-512, the default

	CreateTopics bool          // whether Run makes missing topics
	Partitions   int           // of topics that are made. Defaults to 3
	Replication  int           // copies of topics that are made. Defaults to 1
	Retention    time.Duration // of records of topics that are made. Defaults to 14 days

	// Session is after which time a silent consumer's partitions go to others. One that is busy for twice as
	// long loses them too. Defaults to 10 s.
	Session time.Duration
	Grace   time.Duration // how long Run may finish what is in hand. Defaults to 10 s

	// Dial makes connections. Defaults to TCP, or TLS over it.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	Metrics prometheus.Registerer // where agrovet_kafka_* is registered. Defaults to nowhere
	Log     *slog.Logger          // defaults to slog.Default()
}

func (c Config) withDefaults() Config {
	c.Partitions, c.Replication = or(c.Partitions, 3), or(c.Replication, 1)
	c.Retention = or(c.Retention, 14*24*time.Hour)
	c.Session, c.Grace = or(c.Session, 10*time.Second), or(c.Grace, 10*time.Second)
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}

func or[T int | time.Duration](value, otherwise T) T {
	if value > 0 {
		return value
	}
	return otherwise
}

// Road is a process's way to Kafka. Its methods may be called by any number of goroutines.
type Road struct {
	Config
	producer *kgo.Client // which also asks questions about the cluster
	metrics  *metrics
}

var _ bus.Sink = (*Road)(nil)

// New makes a road. It does not look for the brokers. Close ends it.
//
// Errors: a mechanism that does not exist, addresses that cannot be read.
func New(c Config) (*Road, error) {
	r := &Road{Config: c.withDefaults(), metrics: newMetrics()}
	options, err := r.options("agrovet-producer") // contract: events.md §1
	if err != nil {
		return nil, err
	}
	r.producer, err = kgo.NewClient(append(options,
		kgo.RequiredAcks(kgo.AllISRAcks()),
		kgo.ProducerLinger(0), // events come in batches
		kgo.ProduceRequestTimeout(10*time.Second),
	)...)
	if err != nil {
		return nil, fmt.Errorf("kafka: %w", err)
	}
	if c.Metrics != nil {
		c.Metrics.MustRegister(r.metrics.collectors()...)
	}
	return r, nil
}

// Close ends the connections. What was handed to Deliver and not acknowledged is given up.
func (r *Road) Close() { r.producer.Close() }

// options are common to the producer and all consumers.
func (r *Road) options(clientID string) ([]kgo.Opt, error) {
	options := []kgo.Opt{
		kgo.SeedBrokers(r.Brokers...), kgo.ClientID(clientID), kgo.WithLogger(warnings(r.Log)),
		kgo.MetadataMinAge(250 * time.Millisecond), kgo.MetadataMaxAge(30 * time.Second),
		kgo.RetryBackoffFn(backoff), kgo.DialTimeout(5 * time.Second), kgo.DisableClientMetrics(),
	}
	switch {
	case r.Dial != nil:
		options = append(options, kgo.Dialer(r.Dial))
	case r.TLS:
		options = append(options, kgo.DialTLSConfig(&tls.Config{MinVersion: tls.VersionTLS12}))
	}
	if r.User == "" {
		return options, nil
	}
	switch r.Mechanism {
	case "plain":
		return append(options, kgo.SASL(plain.Auth{User: r.User, Pass: r.Password}.AsMechanism())), nil
	case "scram-sha-256":
		return append(options, kgo.SASL(scram.Auth{User: r.User, Pass: r.Password}.AsSha256Mechanism())), nil
	case "scram-sha-512", "":
		return append(options, kgo.SASL(scram.Auth{User: r.User, Pass: r.Password}.AsSha512Mechanism())), nil
	}
	return nil, errors.New("kafka: no such mechanism: " + r.Mechanism)
}

// backoff is the pause after so many failures: doubling from 50 ms to a second, so that Kafka's return is
// noticed soon.
func backoff(failures int) time.Duration {
	pause := min(time.Second, 50*time.Millisecond<<min(failures, 5))
	return time.Duration(float64(pause) * (0.8 + 0.4*rand.Float64()))
}

// warnings passes on what the client complains of.
func warnings(log *slog.Logger) kgo.Logger { return warnLogger{kslog.New(log)} }

type warnLogger struct{ kgo.Logger }

func (warnLogger) Level() kgo.LogLevel { return kgo.LogLevelWarn }
