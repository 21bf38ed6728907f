package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"agrovet/tools/split/patient"
	"agrovet/tools/split/people"
)

// sessionFresh is how long a session is believed without asking auth (authcache.Fresh), and a little more.
const sessionFresh = 5*time.Minute + 30*time.Second

// others is what is read of the modules that go on without auth.
var others = map[string]string{"profiles": "/api/profiles/specialists/", "marketplace": "/api/adds/", "chat": "/api/chat/rooms/", "foro": "/api/foro/posts/feed/", "media": "/api/media/"}

// away stops auth. Who is signed in reads on, also once sessions have to be asked for anew; strangers are told to
// come back, and are not taken for nobody.
func away(ctx context.Context, o options, g *ground) error {
	if err := g.apart(ctx); err != nil {
		return err
	}
	m, err := gather(ctx, g)
	if err != nil {
		return err
	}
	defer m.leave()
	if err := people.WorkWhile(ctx, m.people, act, func(ctx context.Context) error { return patient.Rest(ctx, calm) }); err != nil {
		return err
	}
	long := sessionFresh
	if o.short {
		long = 20 * time.Second
	}
	g.Process("auth").Kill()
	say("auth is killed")
	if err := m.without(ctx, g, long); err != nil {
		return err
	}
	if err := g.Process("auth").Restart(ctx); err != nil {
		return err
	}
	return m.back(ctx, g)
}

// without has everybody read for so long while auth is away, and strangers try.
func (m *community) without(ctx context.Context, g *ground, long time.Duration) error {
	reads, refused := 0, 0
	for start := time.Now(); time.Since(start) < long; {
		for module, path := range others {
			for _, p := range m.people {
				if a, _, err := m.Client.Once(ctx, patient.Request{Method: http.MethodGet, Module: module, Path: path, Token: p.Token}); err != nil || a.Status != http.StatusOK {
					return fmt.Errorf("auth is away for %s: %s answers %d to user %d (%w) %.200s", time.Since(start), module, a.Status, p.ID, err, a.Raw)
				}
				reads++
			}
			a, header, err := m.Client.Once(ctx, patient.Request{Method: http.MethodGet, Module: module, Path: path, Token: "nobody" + people.Word()})
			if err != nil || a.Status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" {
				return fmt.Errorf("auth is away: %s answers %d to a stranger, to come back after %q (%w)", module, a.Status, header.Get("Retry-After"), err)
			}
			refused++
		}
		if err := patient.Rest(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
	say("%d reads of people who are signed in, in five modules during %s without auth: all answered; %d strangers were told to come back", reads, long, refused)
	if err := g.breakers(ctx, 2); err != nil {
		return err
	}
	say("agrovet_rpc_breaker_state{module=\"auth\"} of every other process is 2, open")
	return nil
}

// back wants strangers to be known as such again, and auth to be asked: it takes a few answers to close a breaker.
func (m *community) back(ctx context.Context, g *ground) error {
	start := time.Now()
	err := soon(ctx, func() error {
		for module, path := range others {
			a, _, err := m.Client.Once(ctx, patient.Request{Method: http.MethodGet, Module: module, Path: path, Token: "nobody" + people.Word()})
			if err != nil || a.Status != http.StatusUnauthorized {
				return fmt.Errorf("auth is back: %s answers %d to a stranger (%w)", module, a.Status, err)
			}
		}
		return g.breakers(ctx, 0)
	})
	if err != nil {
		return err
	}
	say("all processes ask auth again %s after its start, and agrovet_rpc_breaker_state says so", time.Since(start).Round(10*time.Millisecond))
	return nil
}

// breakers wants the metric of every other process to say that its breaker for auth is in a state: 0 closed, 2 open.
func (g *ground) breakers(ctx context.Context, want float64) error {
	for name, url := range g.at {
		if name == "auth" {
			continue
		}
		got, err := metric(ctx, url, `agrovet_rpc_breaker_state{module="auth"}`)
		if err != nil || got != want {
			return fmt.Errorf("the breaker of %s for auth is at %v and not %v (%w)", name, got, want, err)
		}
	}
	return nil
}

// metric is one of a process's.
func metric(ctx context.Context, url, name string) (v float64, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/metrics/", nil)
	if err != nil {
		return 0, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		if text, found := strings.CutPrefix(lines.Text(), name+" "); found {
			_, err := fmt.Sscan(text, &v)
			return v, err
		}
	}
	return 0, fmt.Errorf("%s has no metric %s", url, name)
}
