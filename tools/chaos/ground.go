package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"agrovet/deploy/traefik"
	"agrovet/tools/split/fleet"
)

// ground is an installation: its processes, and what they stand on.
type ground struct {
	*fleet.Fleet
	options
	dsn    string
	broker string
	env    []string          // of all processes
	at     map[string]string // where each process answers, by its name
	args   []string          // of all processes, besides the limits
	dial   string            // host:port of what stands in front: clients ask <module>.localhost there
}

// stores starts PostgreSQL, Redis and Kafka.
func (g *ground) stores(ctx context.Context) (err error) {
	ports, err := fleet.FreePorts(3)
	if err != nil {
		return err
	}
	if g.dsn, err = g.Postgres(ctx, 200, ""); err != nil {
		return err
	}
	redis, err := g.Redis(ctx, ports[0])
	if err != nil {
		return err
	}
	if g.kafka == "real" {
		g.broker, err = g.Kafka(ctx, ports[1], ports[2])
	} else {
		var self string
		if self, err = os.Executable(); err != nil {
			return err
		}
		g.broker, err = g.Broker(ctx, ports[1], self, standIn)
	}
	g.at = map[string]string{}
	g.env = []string{"AGROVET_DATABASE_URL=" + g.dsn, "AGROVET_REDIS_URL=" + redis, "AGROVET_KAFKA_BROKERS=" + g.broker,
		"AGROVET_SERVICE_SECRET=" + rand.Text(), "AGROVET_HTTP_TRUSTED_PROXIES=127.0.0.1/32", "AGROVET_MEDIA_DIR=" + filepath.Join(g.Dir, "files")}
	return err
}

// limits are off: all people are at one address and in a hurry.
var limits = []string{"--auth-register-per-address=0", "--auth-login-per-address=0", "--auth-login-per-phone=0", "--chat-messages=0", "--chat-frames=0",
	"--marketplace-newcomer-adds=0", "--foro-newcomer-posts=0", "--foro-newcomer-comments=0", "--log-level=warn"}

// spec is an agrovet process on a free port.
func (g *ground) spec(name, modules string) (fleet.Spec, error) {
	ports, err := fleet.FreePorts(1)
	if err != nil {
		return fleet.Spec{}, err
	}
	binary, err := filepath.Abs(g.binary)
	if err != nil {
		return fleet.Spec{}, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", ports[0])
	g.at[name] = "http://" + address
	args := append([]string{"serve", "--modules", modules, "--listen", address, "--data-dir", filepath.Join(g.Dir, name)}, slices.Concat(limits, g.args)...)
	return fleet.Spec{Name: name, Path: binary, Args: args, Ready: fleet.Healthy(g.at[name] + "/health/")}, nil
}

// apart starts a process for each module, two for chat, and Traefik in front.
func (g *ground) apart(ctx context.Context) error {
	var specs []fleet.Spec
	replicas := map[string][]string{}
	for _, m := range fleet.Modules {
		names := []string{m.Name}
		if m.Name == "chat" {
			names = []string{"chat-1", "chat-2"}
		}
		for _, name := range names {
			spec, err := g.spec(name, m.Name)
			if err != nil {
				return err
			}
			specs = append(specs, spec)
			replicas[m.Name] = append(replicas[m.Name], g.at[name])
		}
		g.env = append(g.env, address(m.Name, replicas[m.Name][0]))
	}
	for i := range specs {
		specs[i].Env = g.env
	}
	if err := g.Start(ctx, specs...); err != nil {
		return err
	}
	return g.front(ctx, replicas)
}

// front starts Traefik in front of processes.
func (g *ground) front(ctx context.Context, replicas map[string][]string) error {
	ports, err := fleet.FreePorts(2)
	if err != nil {
		return err
	}
	entries := traefik.Entries{Web: fmt.Sprintf("127.0.0.1:%d", ports[0]), Gateway: fmt.Sprintf("127.0.0.1:%d", ports[1]), Traefik: "127.0.0.1:0", Metrics: "127.0.0.1:0"}
	g.dial = entries.Web
	return g.Traefik(ctx, g.traefik, entries, replicas)
}
