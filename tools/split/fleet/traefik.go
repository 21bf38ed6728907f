package fleet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"agrovet/deploy/traefik"
)

// Entries are addresses for it on ports of this machine, and on any for what is its own.
func Entries(web, gateway int) traefik.Entries {
	return traefik.Entries{Web: fmt.Sprintf("127.0.0.1:%d", web), Gateway: fmt.Sprintf("127.0.0.1:%d", gateway), Traefik: "127.0.0.1:0", Metrics: "127.0.0.1:0"}
}

// Traefik writes its configuration, the same as in containers but for addresses, and starts the program in front of the
// processes of each module.
func (f *Fleet) Traefik(ctx context.Context, program string, at traefik.Entries, replicas map[string][]string) error {
	dynamic := f.dynamic()
	dir := filepath.Dir(dynamic)
	static := filepath.Join(dir, "traefik.yaml")
	config, err := traefik.Static(at, dynamic)
	if err != nil {
		return err
	}
	if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(static, config, 0o644), os.WriteFile(dynamic, traefik.Dynamic, 0o644)); err != nil {
		return err
	}
	path, err := filepath.Abs(program)
	if err != nil {
		return err
	}
	env := []string{"RATE_LIMIT=0"} // everybody is at one address here
	for module, urls := range replicas {
		env = append(env, strings.ToUpper(module)+"_URLS="+strings.Join(urls, " "))
	}
	return f.Start(ctx, Spec{Name: "traefik", Path: path, Args: []string{"--configFile=" + static}, Env: env, Ready: Healthy("http://" + at.Gateway + "/health/")})
}

// Route tells the Traefik that runs where the processes of each module are from now on, and whose writes wait. It takes
// some seconds.
func (f *Fleet) Route(replicas map[string][]string, held ...string) error {
	next := f.dynamic() + ".next"
	if err := os.WriteFile(next, traefik.DynamicAt(replicas, held...), 0o644); err != nil {
		return err
	}
	return os.Rename(next, f.dynamic())
}

func (f *Fleet) dynamic() string { return filepath.Join(f.Dir, "traefik", "dynamic.yaml") }
