package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// settleTime is how long what travels by events may take when everything is back.
const settleTime = 2 * time.Minute

// settle waits until every process says that all is well, nothing waits in an outbox, and no group is behind on Kafka;
// three times in a row, since what is handled makes new events.
func (g *ground) settle(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	start := time.Now()
	for calm := 0; calm < 3; {
		switch e := g.waiting(ctx); {
		case e == nil:
			calm++
		case ctx.Err() == nil:
			calm, err = 0, e
		}
		if e := g.rest(ctx, 300*time.Millisecond); e != nil {
			return fmt.Errorf("it does not settle in %s: %w", settleTime, err)
		}
	}
	say("all is handled %s later", time.Since(start).Round(100*time.Millisecond))
	return nil
}

// waiting says what is not done yet.
func (g *ground) waiting(ctx context.Context) error {
	for name, url := range g.at {
		if err := healthy(ctx, name, url); err != nil {
			return err
		}
	}
	if len(g.at) == 1 {
		return nil // everything goes through the process: groups that were there while modules were apart stay behind
	}
	return g.behind(ctx)
}

func healthy(ctx context.Context, name, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/health/detailed/", nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var h struct {
		Checks  map[string]string
		Details struct {
			Events struct {
				Feeds         map[string]struct{ Backlog int64 }
				Subscriptions map[string]struct{ Parked int64 }
			}
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&h); err != nil || res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s %v (%w)", name, res.Status, h.Checks, err)
	}
	for feed, f := range h.Details.Events.Feeds {
		if f.Backlog > 0 {
			return fmt.Errorf("%s: %d events wait in %s", name, f.Backlog, feed)
		}
	}
	for sub, s := range h.Details.Events.Subscriptions {
		if s.Parked > 0 {
			return fmt.Errorf("%s: %d events are parked in %s", name, s.Parked, sub)
		}
	}
	return nil
}

var lagging = regexp.MustCompile(`\S+ \([1-9]\d*\)`)

// behind says which groups have not read all of their topics.
func (g *ground) behind(ctx context.Context) error {
	out, err := g.tool(ctx, "topics")
	if err != nil {
		return err
	}
	if late := lagging.FindString(out); late != "" {
		return fmt.Errorf("behind on Kafka: %s", late)
	}
	return nil
}

// tool runs a command of agrovet beside the installation.
func (g *ground) tool(ctx context.Context, args ...string) (string, error) {
	binary, err := filepath.Abs(g.binary)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, binary, append(args, "--log-level", "error", "--data-dir", filepath.Join(g.Dir, "tool"))...)
	cmd.Env, cmd.Dir = append(os.Environ(), g.env...), g.Dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("agrovet %v: %w\n%s", args, err, out)
	}
	return string(out), nil
}
