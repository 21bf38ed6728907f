package kafka_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/bus/bustest"
	"agrovet/internal/platform/bus/kafka/standin"
	"agrovet/internal/platform/tlstest"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
)

// TestRoadOverTLS has a producer and a consumer on brokers whose authority the system trusts, and who are signed in to.
func TestRoadOverTLS(t *testing.T) {
	trusted := tlstest.Trusted(t)
	bustest.TestRoad(t, func(t *testing.T) bustest.Road {
		source, subscriber := databases(t)
		addresses := broker(t, standin.TLS(trusted.Server(t)), kfake.EnableSASL(), kfake.Superuser("SCRAM-SHA-512", "agrovet", "secret")).ListenAddrs()
		return bustest.Road{Source: source, Subscriber: subscriber, Start: func(end bustest.End, subs ...bus.Subscription) *bustest.Process {
			c := config(end, addresses...)
			c.TLS, c.User, c.Password = true, "agrovet", "secret"
			return apart(t, c, source, subscriber, end, subs...)
		}}
	}, "LosesAndRepeatsNothingAcrossRestarts")
}

// TestTellsWhyTLSFails asks as the health page, `agrovet doctor` and `agrovet topics` do, and reads what a process that
// publishes and subscribes logs.
func TestTellsWhyTLSFails(t *testing.T) {
	trusted, unknown := tlstest.Trusted(t), tlstest.Unknown(t)
	for name, is := range map[string]struct {
		options []kfake.Opt
		tls     bool
		says    string
	}{
		"an authority that nobody knows": {[]kfake.Opt{kfake.TLS(unknown.Server(t))}, true, "certificate signed by unknown authority"},
		"TLS that is not spoken":         {[]kfake.Opt{kfake.TLS(trusted.Server(t))}, false, "is TLS missing"},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			c, said := config(bustest.InGoodOrder, broker(t, is.options...).ListenAddrs()...), &logged{}
			c.TLS, c.Log = is.tls, slog.New(slog.NewTextHandler(said, nil))
			road := open(t, c)
			defer road.Close()
			_, err := road.Check(t.Context())
			require.ErrorContains(t, err, is.says)
			_, err = road.Topics(t.Context(), []string{bustest.Topic})
			require.ErrorContains(t, err, is.says)
			require.ErrorContains(t, road.Ensure(t.Context(), []string{bustest.Topic}), is.says)

			said.forget()
			stop := run(road, []bus.Inlet{{Subscription: "test-notes", Topics: []string{bustest.Topic}}})
			defer stop()
			eventually(t, "a subscriber says why", func() bool { return strings.Contains(said.String(), is.says) })
			said.forget()
			ctx, cancel := context.WithCancel(t.Context())
			delivered := make(chan error)
			go func() { delivered <- road.Deliver(ctx, events(0, 1)) }()
			eventually(t, "a publisher says why", func() bool { return strings.Contains(said.String(), is.says) })
			cancel()
			require.ErrorIs(t, <-delivered, context.Canceled, "it waits until this is mended")
		})
	}
}

// logged is what was logged.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logged) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Reset()
}
