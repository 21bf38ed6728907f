package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"agrovet/tools/split/patient"
	"agrovet/tools/split/people"
)

// renames is how often everybody takes another name.
const renames = 5

// travel shows how long it takes until what registering makes elsewhere is there, and in which order events come.
func travel(ctx context.Context, o options, g *ground) error {
	if err := g.apart(ctx); err != nil {
		return err
	}
	c := people.New(g.dial)
	var took []time.Duration
	names := map[string][]string{}
	for i := range 5 * o.people {
		p, err := c.Register(ctx, roles[i%len(roles)])
		if err != nil {
			return err
		}
		start := time.Now()
		if err := soon(ctx, func() error { return welcome(ctx, p) }); err != nil {
			return err
		}
		took = append(took, time.Since(start))
		if names[fmt.Sprint(p.ID)], err = rename(ctx, p); err != nil {
			return err
		}
	}
	slices.Sort(took)
	say("%d people registered through auth's host; profile and community were there, as clients see it, after %s (p50), %s (p99)",
		len(took), took[len(took)/2].Round(time.Millisecond), took[len(took)*99/100].Round(time.Millisecond))
	if err := g.settle(ctx); err != nil {
		return err
	}
	lag, err := g.tool(ctx, "topics")
	if err != nil {
		return err
	}
	say("%s", strings.ReplaceAll(strings.TrimSpace(lag), "\n", "\n            "))
	return g.inOrder(ctx, names)
}

// rename changes the person's name a few times and returns the names.
func rename(ctx context.Context, p *people.Person) (names []string, err error) {
	for range renames {
		if err := p.Rename(ctx); err != nil {
			return nil, err
		}
		names = append(names, p.Name)
	}
	return names, nil
}

// inOrder wants each person's events on Kafka to be the registration and then the names, in the order in which they
// were taken.
func (g *ground) inOrder(ctx context.Context, names map[string][]string) error {
	heard, err := g.userEvents(ctx, len(names)*(1+renames))
	if err != nil {
		return err
	}
	for id, want := range names {
		if got := heard[id]; len(got) != 1+renames || got[0].Type != "user.created" {
			return fmt.Errorf("user %s has %d events on Kafka, of which the first is %+v", id, len(got), got)
		}
		for i, name := range want {
			if got := heard[id][i+1]; got.Data.Name != name {
				return fmt.Errorf("user %s: event %d on Kafka has the name %q and not %q", id, i+1, got.Data.Name, name)
			}
		}
	}
	say("user.events has %d events of each of %d people, each person's in order", 1+renames, len(names))
	return nil
}

// userEvent is what this program reads of one.
type userEvent struct {
	Type string
	Data struct {
		Name string `json:"full_name"`
	}
}

// userEvents are the first n events of users on Kafka, by the record's key.
func (g *ground) userEvents(ctx context.Context, n int) (map[string][]userEvent, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	c, err := kgo.NewClient(kgo.SeedBrokers(g.broker), kgo.ConsumeTopics("user.events"), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	if err != nil {
		return nil, err
	}
	defer c.Close()
	heard := map[string][]userEvent{}
	for n > 0 {
		fetches := c.PollFetches(ctx)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("%d events of users are not on Kafka: %w", n, ctx.Err())
		}
		for _, r := range fetches.Records() {
			var e userEvent
			if err := json.Unmarshal(r.Value, &e); err != nil {
				return nil, err
			}
			heard[string(r.Key)] = append(heard[string(r.Key)], e)
			n--
		}
	}
	return heard, nil
}

// soon waits until something is so, for as long as a lease at most.
func soon(ctx context.Context, is func() error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, lease)
	defer cancel()
	for {
		if err = is(); err == nil {
			return nil
		}
		if patient.Rest(ctx, 5*time.Millisecond) != nil {
			return fmt.Errorf("not within %s: %w", lease, err)
		}
	}
}
