package main

import (
	"net"
	"net/http"
	"testing"
	"time"

	"agrovet/internal/platform/bus/kafka/standin"
	"agrovet/internal/platform/tlstest"

	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// TestEveryTopicOnKafkaHasItsOwner looks at what modules publish.
func TestEveryTopicOnKafkaHasItsOwner(t *testing.T) {
	for _, e := range events {
		k := e.Payload.Kind()
		if !k.Internal {
			require.Contains(t, moduleNames, ownerOf(k.Topic), k.Topic)
		}
	}
	require.Empty(t, ownerOf("auth.internal"))
	require.Equal(t, "auth", ownerOf("user.events"))
	require.Equal(t, "profiles", ownerOf("profiles.events"))
	require.Equal(t, "foro", ownerOf("foro.media"))
}

// TestServeWithKafka starts while Kafka is away, works meanwhile, and tells Kafka everything when it comes.
func TestServeWithKafka(t *testing.T) {
	first, err := standin.New()
	require.NoError(t, err)
	address := first.ListenAddrs()[0]
	first.Close()

	p := startShared(t, "--kafka-brokers", address)
	require.Contains(t, p.mustCall(http.StatusServiceUnavailable, http.MethodGet, "/health/detailed/", nil).body, `"kafka":"error: unavailable"`)
	p.mustCall(http.StatusCreated, http.MethodPost, "/api/auth/register/", map[string]any{
		"phone_number": "70000001", "password": "maiz-y-papas", "full_name": "Persona", "role": "specialist"})

	kafka, err := standin.New(kfake.Ports(portOf(t, address)))
	require.NoError(t, err)
	defer kafka.Close()
	cl, err := kgo.NewClient(kgo.SeedBrokers(address), kgo.ConsumeTopics("user.events"), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.MetadataMinAge(100*time.Millisecond))
	require.NoError(t, err)
	defer cl.Close()
	var created *kgo.Record
	require.Eventually(t, func() bool {
		cl.PollFetches(t.Context()).EachRecord(func(r *kgo.Record) { created = r })
		return created != nil
	}, time.Minute, 10*time.Millisecond)
	require.Equal(t, "1", string(created.Key))
	require.Contains(t, string(created.Value), `"type":"user.`)

	health := p.mustCall(http.StatusOK, http.MethodGet, "/health/detailed/", nil).body
	require.Contains(t, health, `"kafka":"ok"`)
	require.Contains(t, health, `"auth → kafka"`)
	out, err := p.tool("topics", "--kafka-brokers", address)
	require.NoError(t, err, out)
	require.Regexp(t, `user\.events +auth +3 +1`, out)
	require.Regexp(t, `foro\.media +foro +3 +1`, out)
	require.NotContains(t, out, "internal")
	out, err = p.tool("events", "rejected")
	require.NoError(t, err, out)
	require.Contains(t, out, "PLACE")
	p.stop()
}

// TestKafkaOverTLS is on brokers with an authority of their own, where one signs in. What is wrong is said.
func TestKafkaOverTLS(t *testing.T) {
	authority := tlstest.Unknown(t)
	kafka, err := standin.New(kfake.TLS(authority.Server(t)), kfake.EnableSASL(), kfake.Superuser("PLAIN", "agrovet", "secret"))
	require.NoError(t, err)
	defer kafka.Close()
	p := &process{t: t, dataDir: t.TempDir()}
	topics := func(args ...string) (string, error) {
		return p.tool(append([]string{"topics", "--kafka-brokers", kafka.ListenAddrs()[0], "--kafka-user", "agrovet"}, args...)...)
	}
	out, err := topics("--kafka-tls", "--kafka-password", "secret", "--kafka-mechanism", "plain")
	require.Error(t, err)
	require.Contains(t, out, "certificate signed by unknown authority")

	t.Setenv("SSL_CERT_DIR", authority.Dir(t))
	out, err = topics("--kafka-tls", "--kafka-password", "secret", "--kafka-mechanism", "plain")
	require.NoError(t, err, out)
	require.Regexp(t, `user\.events +auth +3 +1`, out)
	out, err = topics("--kafka-tls", "--kafka-password", "wrong", "--kafka-mechanism", "plain")
	require.Error(t, err, out)
	out, err = topics("--kafka-password", "secret", "--kafka-mechanism", "plain")
	require.Error(t, err)
	require.Contains(t, out, "is TLS missing")
}

func portOf(t *testing.T, address string) int {
	addr, err := net.ResolveTCPAddr("tcp", address)
	require.NoError(t, err)
	return addr.Port
}
