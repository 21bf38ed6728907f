package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

// lease is how long somebody is there after their process has died, and the time between two looks at that.
const lease = (45 + 15) * time.Second

// chats has people of every room at two processes, and kills one: nothing is lost, and its people are gone within the
// lease.
func chats(ctx context.Context, _ options, g *ground) error {
	if err := g.apart(ctx); err != nil {
		return err
	}
	m, err := assemble(ctx, g)
	if err != nil {
		return err
	}
	defer m.leave()
	sides := map[string][]*person{}
	for i, p := range m.people {
		side := []string{"chat-1", "chat-2"}[i%2]
		sides[side] = append(sides[side], p)
		if err := p.connect(ctx, g.at[side], false); err != nil {
			return err
		}
	}
	if err := errors.Join(m.talk(ctx, m.people, 10), m.level(ctx), m.see(ctx, sides["chat-2"][:1], sides["chat-1"][1:], true)); err != nil {
		return err
	}
	say("people of both processes talk in %d rooms", len(m.rooms))
	g.Process("chat-1").Kill()
	start := time.Now()
	say("chat-1 is killed")
	if err := m.talk(ctx, sides["chat-2"], 10); err != nil {
		return err
	}
	if err := m.see(ctx, sides["chat-2"], sides["chat-1"], false); err != nil {
		return err
	}
	say("those of chat-2 have been told that those of chat-1 are gone %s later (lease %s)", time.Since(start).Round(100*time.Millisecond), lease)
	if err := g.Process("chat-1").Restart(ctx); err != nil {
		return err
	}
	if err := errors.Join(m.see(ctx, sides["chat-2"], sides["chat-1"], true), m.talk(ctx, m.people, 5), m.level(ctx), g.settle(ctx), m.check(ctx), g.invariants(ctx)); err != nil {
		return err
	}
	say("they came back, know what was said meanwhile, and talk")
	return nil
}

// talk has people say something in each of their rooms, several times.
func (m *community) talk(ctx context.Context, people []*person, times int) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, p := range people {
		g.Go(func() error {
			for range times {
				for _, room := range p.Rooms {
					if err := p.say(ctx, room); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// level wants all sockets to have been told of everything.
func (m *community) level(ctx context.Context) (err error) {
	for room, members := range m.rooms {
		_, e := m.room(ctx, room, members)
		err = errors.Join(err, e)
	}
	return err
}

// see waits until some have been told that those of others with whom they share a room came, or went, and that nobody
// else did.
func (m *community) see(ctx context.Context, some, others []*person, there bool) error {
	return soon(ctx, func() error {
		for _, p := range some {
			if err := p.sees(others, there); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *person) sees(others []*person, there bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	shared := map[int64]bool{}
	for _, o := range others {
		if shared[o.ID] = p.knows(o); !shared[o.ID] {
			continue
		}
		if was, told := p.there[o.ID]; !told || was != there {
			return fmt.Errorf("%s was not told that %s is there: %t", p, o, there)
		}
	}
	for id, was := range p.there {
		if !there && !was && !shared[id] {
			return fmt.Errorf("%s was told that user %d went", p, id)
		}
	}
	return nil
}

// knows says whether they have a room in common.
func (p *person) knows(o *person) bool {
	for _, r := range p.Rooms {
		for _, s := range o.Rooms {
			if r == s {
				return true
			}
		}
	}
	return false
}
