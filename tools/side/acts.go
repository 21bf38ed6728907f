package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"agrovet/tools/split/people"
)

// act is the n-th thing that somebody does.
func (m *community) act(ctx context.Context, p *person, n int) error {
	last := p.signIn
	if n%2 == 0 {
		last = func(ctx context.Context) error { return m.invite(ctx, p, n) }
	}
	acts := []func(context.Context) error{p.publish, p.publish, p.Write, p.Write, p.Write, p.Ask, p.Comment, p.Like, p.follow, p.Rename, p.tell, p.look, last}
	return acts[(n+int(p.ID))%len(acts)](ctx)
}

// publish publishes an advert, or gives one that is there another title.
func (p *person) publish(ctx context.Context) error {
	if !p.Publishes() {
		return nil
	}
	for id := range p.Adverts {
		if rand.IntN(2) > 0 {
			break
		}
		p.Adverts[id] = "Molino " + people.Word()
		return p.Patch(ctx, "marketplace", fmt.Sprintf("/api/adds/%d/", id), people.JSON{"title": p.Adverts[id]})
	}
	return p.Publish(ctx)
}

// follow is for those who publish alone, in the original.
func (p *person) follow(ctx context.Context) error {
	if !p.Publishes() {
		return nil
	}
	return p.Follow(ctx)
}

// tell writes about themselves into the profile.
func (p *person) tell(ctx context.Context) error {
	r := profiles[p.Role]
	if r.about == "" {
		return nil
	}
	p.about = "Del campo, " + people.Word()
	return p.Patch(ctx, "profiles", fmt.Sprintf("/api/profiles/%s/%d/", r.path, p.ID), people.JSON{r.about: p.about})
}

// signIn signs in once more, and goes on with the token that this gives.
func (p *person) signIn(ctx context.Context) (err error) {
	p.Token, err = p.Login(ctx)
	return err
}

// invite has somebody sign up and do some things at once, wherever the modules are.
func (m *community) invite(ctx context.Context, host *person, n int) error {
	p, err := m.register(ctx, n+int(host.ID))
	if err != nil {
		return err
	}
	if err := m.meet(ctx, p, host); err != nil {
		return err
	}
	for _, do := range []func(context.Context) error{p.publish, p.Write, p.tell, p.Ask, p.Comment, p.follow} {
		if err := do(ctx); err != nil {
			return fmt.Errorf("newcomer %d: %w", p.ID, err)
		}
	}
	return nil
}

// look reads what everybody reads, and something of one's own: what was acknowledged is there.
func (p *person) look(ctx context.Context) error {
	if err := p.Look(ctx); err != nil {
		return err
	}
	for id, title := range p.Adverts {
		return p.Titled(ctx, "marketplace", "/api/adds/%d/", map[int64]string{id: title})
	}
	for id, title := range p.Posts {
		return p.Titled(ctx, "foro", "/api/foro/posts/%d/", map[int64]string{id: title})
	}
	return nil
}
