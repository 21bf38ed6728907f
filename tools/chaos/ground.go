package main

import (
	"context"
	"fmt"
	"slices"

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
	if g.broker, err = g.Broker(ctx, g.kafka, ports[1], ports[2]); err != nil {
		return err
	}
	g.at = map[string]string{}
	g.env = g.Environment(g.dsn, redis, g.broker)
	return nil
}

// spec is an agrovet process on a free port.
func (g *ground) spec(name, modules string) (fleet.Spec, error) {
	ports, err := fleet.FreePorts(1)
	if err != nil {
		return fleet.Spec{}, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", ports[0])
	g.at[name] = "http://" + address
	return g.Serve(g.binary, name, modules, address, slices.Concat(fleet.Unlimited, g.args, []string{"--log-level=warn"})...), nil
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
		g.env = append(g.env, fleet.Address(m.Name, replicas[m.Name][0]))
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
	entries := fleet.Entries(ports[0], ports[1])
	g.dial = entries.Web
	return g.Traefik(ctx, g.traefik, entries, replicas)
}
