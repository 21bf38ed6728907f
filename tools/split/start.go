package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"path/filepath"
	"strings"

	"agrovet/deploy/traefik"
	"agrovet/tools/split/fleet"
)

// options are the flags.
type options struct {
	dir, binary, traefik, kafka string
	replicas                    int
	test                        bool
}

// split is what runs.
type split struct {
	fleet.Running
	at traefik.Entries
}

// The ports of what agrovet stands on; those of the modules are the fleet's. Replicas have free ones.
const (
	redisPort, kafkaPort, controllerPort = 6379, 9092, 9093
	dashboard                            = "127.0.0.1:8080"
	metrics                              = "127.0.0.1:8082"
)

// start starts everything, in the order in which one needs the other.
func (o options) start(ctx context.Context, f *fleet.Fleet) (s split, err error) {
	binary, err := filepath.Abs(o.binary)
	if err != nil {
		return s, err
	}
	ports, err := o.ports()
	if err != nil {
		return s, err
	}
	a := fleet.Split{Binary: binary, Ports: ports[5:], Replicas: o.replicas}
	if a.Database, err = f.Postgres(ctx, 100+60*o.replicas, ""); err != nil {
		return s, err
	}
	if a.Redis, err = f.Redis(ctx, ports[0]); err != nil {
		return s, err
	}
	broker, err := f.Broker(ctx, o.kafka, ports[1], ports[2])
	if err != nil {
		return s, err
	}
	a.Kafka = []string{broker}
	if o.test {
		a.Args = []string{"--auth-register-per-address=0"} // all of the stories' people are behind one address
	}
	if s.Running, err = a.Start(ctx, f); err != nil {
		return s, err
	}
	s.at = o.entries(ports[3], ports[4])
	return s, f.Traefik(ctx, o.traefik, s.at, s.Replicas)
}

// ports are those of Redis, Kafka, its controller, two of Traefik, and the modules'.
func (o options) ports() ([]int, error) {
	modules := len(fleet.Modules) * o.replicas
	free, err := fleet.FreePorts(5 + modules)
	if err != nil || o.test {
		return free, err
	}
	copy(free, []int{redisPort, kafkaPort, controllerPort})
	if o.replicas == 1 {
		for i, m := range fleet.Modules {
			free[5+i] = m.Port
		}
	}
	return free, nil
}

// entries are Traefik's addresses: the seed's ports, or others where those may not be had.
func (o options) entries(web, gateway int) traefik.Entries {
	if o.test {
		return fleet.Entries(web, gateway)
	}
	at := traefik.Entries{Web: "127.0.0.1:80", Gateway: "127.0.0.1:8000", Traefik: dashboard, Metrics: metrics}
	if !free(at.Web) {
		at.Web = "127.0.0.1:8088"
	}
	return at
}

// free says whether this process may listen there.
func free(address string) bool {
	l, err := net.Listen("tcp", address)
	return err == nil && l.Close() == nil
}

// installation is what the stories are told of: the seed's hosts, all at Traefik.
func (s split) installation() (string, error) {
	urls := map[string]string{}
	for _, m := range fleet.Modules {
		urls[m.Name] = "http://" + m.Name + ".localhost"
	}
	b, err := json.Marshal(map[string]any{"URLs": urls, "Dial": s.at.Web, "Tool": s.Tool, "Env": s.Env})
	return string(b), err
}

func (s split) announce(dir string) {
	_, port, _ := net.SplitHostPort(s.at.Web)
	suffix := map[bool]string{true: "", false: ":" + port}[port == "80"]
	fmt.Println("agrovet runs as six modules in processes of their own:")
	for _, m := range fleet.Modules {
		fmt.Printf("  %-12s http://%s.localhost%s  (%s)\n", m.Name, m.Name, suffix, strings.Join(s.Replicas[m.Name], ", "))
	}
	fmt.Printf("  one origin   http://%s\n  logs         %s\nStop with Ctrl-C.\n", s.at.Gateway, filepath.Join(dir, "log"))
}
