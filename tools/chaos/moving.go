package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"agrovet/tools/split/fleet"
	"agrovet/tools/split/patient"
)

// turned is how long Traefik may take to read where things are.
const turned = 5 * time.Second

// moving has a community work while modules leave the process that has all of them, as ARCHITECTURE.md says how, and come
// back.
func moving(ctx context.Context, _ options, g *ground) error {
	if err := g.together(ctx); err != nil {
		return err
	}
	m, err := gather(ctx, g)
	if err != nil {
		return err
	}
	return m.workWhile(ctx, g, func(ctx context.Context) error {
		for _, module := range []string{"foro", "chat", "profiles", "marketplace", "media", "auth"} {
			if err := g.moveOut(ctx, module); err != nil {
				return fmt.Errorf("%s out: %w", module, err)
			}
			if err := g.moveIn(ctx, module); err != nil {
				return fmt.Errorf("%s in: %w", module, err)
			}
		}
		return nil
	})
}

// together starts one process with all modules, and Traefik in front.
func (g *ground) together(ctx context.Context) error {
	spec, err := g.spec("all", "all")
	if err != nil {
		return err
	}
	spec.Env = g.env
	if err := g.Start(ctx, spec); err != nil {
		return err
	}
	return g.front(ctx, g.route(""))
}

// route is where each module answers: all but one at the process that has all.
func (g *ground) route(moved string) map[string][]string {
	at := map[string][]string{}
	for _, m := range fleet.Modules {
		at[m.Name] = []string{g.at["all"]}
	}
	if moved != "" {
		at[moved] = []string{g.at[moved]}
	}
	return at
}

// moveOut starts the module elsewhere, leads its clients there, and has the others go on without it.
func (g *ground) moveOut(ctx context.Context, module string) error {
	if err := patient.Rest(ctx, calm); err != nil {
		return err
	}
	spec, err := g.spec(module, module)
	if err != nil {
		return err
	}
	spec.Env = g.elsewhere(module)
	if err := g.Start(ctx, spec); err != nil {
		return err
	}
	if err := g.turn(ctx, module); err != nil {
		return err
	}
	rest := slices.DeleteFunc(names(), func(m string) bool { return m == module })
	if err := g.become(ctx, strings.Join(rest, ","), append(slices.Clone(g.env), fleet.Address(module, g.at[module]))); err != nil {
		return err
	}
	say("%s is a process of its own", module)
	return patient.Rest(ctx, calm)
}

// moveIn has the others take the module back, leads its clients there, and ends its process.
func (g *ground) moveIn(ctx context.Context, module string) error {
	if err := g.become(ctx, "all", g.env); err != nil {
		return err
	}
	if err := g.turn(ctx, ""); err != nil {
		return err
	}
	if err := g.Process(module).Stop(); err != nil {
		return err
	}
	delete(g.at, module)
	say("%s is back", module)
	return patient.Rest(ctx, calm)
}

// become restarts the process that had all modules with others.
func (g *ground) become(ctx context.Context, modules string, env []string) error {
	p := g.Process("all")
	if err := p.Stop(); err != nil {
		return err
	}
	p.Args[slices.Index(p.Args, "--modules")+1], p.Env = modules, env
	return p.Restart(ctx)
}

// turn tells Traefik where a module that moved is, and waits until it knows.
func (g *ground) turn(ctx context.Context, moved string) error {
	if err := g.Route(g.route(moved)); err != nil {
		return err
	}
	return patient.Rest(ctx, turned)
}

// elsewhere is the environment of a module that finds the others in the process that has them.
func (g *ground) elsewhere(module string) []string {
	env := slices.Clone(g.env)
	for _, name := range names() {
		if name != module {
			env = append(env, fleet.Address(name, g.at["all"]))
		}
	}
	return env
}

func names() (all []string) {
	for _, m := range fleet.Modules {
		all = append(all, m.Name)
	}
	return all
}
