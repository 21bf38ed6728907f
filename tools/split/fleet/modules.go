package fleet

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// Modules are all modules and the ports of the seed's processes.
var Modules = []struct {
	Name string
	Port int
}{{"media", 8001}, {"auth", 8002}, {"profiles", 8003}, {"marketplace", 8004}, {"foro", 8005}, {"chat", 8006}}

// Split is agrovet in six processes, or in several of each.
type Split struct {
	Binary   string   // the agrovet command
	Database string   // address of the owner
	Redis    string   // redis://host:port/0
	Kafka    []string // host:port
	Ports    []int    // of the processes: those of the first module's replicas, and so on
	Replicas int      // of each module
	Args     []string // more of `agrovet serve`, such as --tracing-endpoint=…
}

// Running is where a split that was started answers.
type Running struct {
	URLs     map[string]string   // of each module: of its process, or of a balancer in front of its replicas
	Replicas map[string][]string // of each process
	Tool     []string            // agrovet and the flags with which createsuperuser finds the installation
	Env      []string            // what the tool needs in its environment
}

// Start starts all processes. Those of module m are named m, or m-1, m-2 and so on.
func (s Split) Start(ctx context.Context, f *Fleet) (Running, error) {
	r := Running{URLs: map[string]string{}, Replicas: map[string][]string{}}
	ports := s.Ports
	for _, m := range Modules {
		for range s.Replicas {
			r.Replicas[m.Name] = append(r.Replicas[m.Name], fmt.Sprintf("http://127.0.0.1:%d", ports[0]))
			ports = ports[1:]
		}
		r.URLs[m.Name] = r.Replicas[m.Name][0]
		if s.Replicas > 1 {
			url, err := f.balance(r.Replicas[m.Name])
			if err != nil {
				return r, err
			}
			r.URLs[m.Name] = url
		}
	}
	r.Env = s.environment(f, r.URLs)
	r.Tool = []string{s.Binary, "--modules", "auth", "--log-level", "error", "--data-dir", filepath.Join(f.Dir, "tool")}
	return r, s.launch(ctx, f, r)
}

// launch starts one process of each module first: it brings the schema up to date.
func (s Split) launch(ctx context.Context, f *Fleet, r Running) error {
	for replica := range s.Replicas {
		var specs []Spec
		for _, m := range Modules {
			name := m.Name
			if s.Replicas > 1 {
				name = fmt.Sprintf("%s-%d", m.Name, replica+1)
			}
			url := r.Replicas[m.Name][replica]
			spec := f.Serve(s.Binary, name, m.Name, strings.TrimPrefix(url, "http://"), s.Args...)
			spec.Env = r.Env
			specs = append(specs, spec)
		}
		if err := f.Start(ctx, specs...); err != nil {
			return err
		}
	}
	return nil
}

// environment is what all processes share.
func (s Split) environment(f *Fleet, urls map[string]string) []string {
	env := f.Environment(s.Database, s.Redis, strings.Join(s.Kafka, ","))
	for module, url := range urls {
		env = append(env, Address(module, url))
	}
	return env
}
