package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"agrovet/tools/split/patient"
)

// order is in which order modules move. Auth is the first: it keeps ids and tokens, so that the original's services, which
// ask about tokens by HTTP, notice nothing; and agrovet's modules ask agrovet's auth alone. Media is the second: what shows
// files asks agrovet's media for them from the moment it is there.
var order = []string{"auth", "media", "profiles", "marketplace", "chat", "foro"}

// filesAt is where the original's files are, as its clients know.
const filesAt = "http://media.localhost/media/"

// back is the module that moves back.
const back = "marketplace"

const (
	calm    = 4 * time.Second        // between moves, so that people work in each state
	grace   = 2 * time.Second        // for writes that were on their way when a module was held
	turning = 30 * time.Second       // for Traefik to read its file
	again   = 100 * time.Millisecond // between looks
)

// paths have something of each module that needs no token; those for writing refuse who has none.
var paths = map[string]string{"auth": "/api/auth/login/", "media": "/api/media/", "profiles": "/api/profiles/specialists/", "marketplace": "/api/adds/", "chat": "/api/chat/messages/", "foro": "/api/foro/posts/"}

// moves is what happens while people work.
func (g *ground) moves(ctx context.Context) error {
	if err := g.carry(ctx, "import", order...); err != nil {
		return err
	}
	for i, module := range order {
		if err := patient.Rest(ctx, calm); err != nil {
			return err
		}
		if err := g.carry(ctx, "import", order[i:]...); err != nil {
			return err
		}
		if err := g.turn(ctx, "import", module, g.agrovet); err != nil {
			return fmt.Errorf("%s moves: %w", module, err)
		}
	}
	if err := patient.Rest(ctx, calm); err != nil {
		return err
	}
	if err := g.carry(ctx, "return", back); err != nil {
		return err
	}
	if err := g.turn(ctx, "return", back, g.original); err != nil {
		return fmt.Errorf("%s moves back: %w", back, err)
	}
	return patient.Rest(ctx, calm)
}

// turn leads a module's clients to where it is from now on. Meanwhile writes wait, and the last of them are carried over.
func (g *ground) turn(ctx context.Context, how, module, to string) error {
	begun := time.Now()
	if err := g.Route(g.at, module); err != nil {
		return err
	}
	if err := g.until(ctx, module, http.MethodPost, func(r *http.Response) bool {
		return r.StatusCode == http.StatusServiceUnavailable && r.Header.Get("Retry-After") != ""
	}); err != nil {
		return err
	}
	if err := patient.Rest(ctx, grace); err != nil {
		return err
	}
	if err := g.carry(ctx, how, module); err != nil {
		return err
	}
	g.at[module] = []string{to}
	if err := g.Route(g.at); err != nil {
		return err
	}
	mine := func(r *http.Response) bool {
		return r.StatusCode != http.StatusServiceUnavailable && (r.Header.Get("X-Request-Id") != "") == (to == g.agrovet)
	}
	if err := g.until(ctx, module, http.MethodPost, mine); err != nil {
		return err
	}
	say("%s has moved (%s); writes waited for %s", module, how, time.Since(begun).Round(100*time.Millisecond))
	return nil
}

// until asks in front until the answer is as it should be.
func (g *ground) until(ctx context.Context, module, method string, good func(*http.Response) bool) error {
	ctx, cancel := context.WithTimeout(ctx, turning)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, method, "http://"+g.front.Gateway+paths[module], strings.NewReader("{}"))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, res.Body) // of no interest
		_ = res.Body.Close()                 // same
		if good(res) {
			return nil
		}
		if err := patient.Rest(ctx, again); err != nil {
			return fmt.Errorf("no turn of Traefik in %s: %s: %w", turning, res.Status, err)
		}
	}
}

// carry brings over what is new of modules, from the original or back to it, and fails when a row is not accounted for.
func (g *ground) carry(ctx context.Context, how string, modules ...string) error {
	begun := time.Now()
	args := []string{how, "original", "--report", g.Dir + "/log/" + how + ".md"}
	if how == "import" {
		if !slices.Contains(modules, "media") { // it has files of what comes now
			modules = append([]string{"media"}, modules...)
		}
		args = append(args, "--files", filesAt+"="+g.files)
	}
	_, err := g.tool(ctx, append(args, "--only="+strings.Join(modules, ","))...)
	if err == nil {
		say("%s %s took %s", how, strings.Join(modules, ", "), time.Since(begun).Round(100*time.Millisecond))
	}
	return err
}
