package core

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/demo"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/authn"
)

const seededDays = 30 // over which posts of a demo are spread

// Seed makes what a demo community's people ask and answer, with what follows from it: reactions, accepted and
// validated answers, and follows. It is published like any other, with events, and dated back. Where one of the people has
// written a post nothing is made, so seeding twice is fine. Who newcomers are does not matter.
func (c *Core) Seed(ctx context.Context, users ...auth.User) error {
	if len(users) == 0 {
		return nil
	}
	for _, u := range users {
		if ids, err := c.store.List(ctx, store.List{AuthorID: u.ID, Own: true}, store.IDSpan{Limit: 1}); err != nil || len(ids) > 0 {
			return err
		}
	}
	if err := c.SeedCommunities(ctx); err != nil {
		return err
	}
	threads := demo.Threads()
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		s, err := c.newSeeding(ctx, users)
		if err != nil {
			return err
		}
		for i, t := range threads {
			part := 1 - float64(i)/float64(len(threads)) // there are more of the last days than of the first
			s.at = c.Now().Add(-time.Duration(math.Pow(part, 1.5) * seededDays * float64(24*time.Hour)))
			s.random = rand.New(rand.NewPCG(uint64(i), 0x73656564))
			if err := s.thread(ctx, t); err != nil {
				return fmt.Errorf("seed the post %q: %w", t.Title, err)
			}
		}
		return nil
	})
}

// seeding is a demo that is being made.
type seeding struct {
	*Core
	users     []auth.User
	verified  []int64 // specialists
	last      int     // whose turn it was
	at        time.Time
	random    *rand.Rand
	post      foro.Post
	community map[string]int64 // by slug
}

// newSeeding makes the people known to the forum, as events about them will.
func (c *Core) newSeeding(ctx context.Context, users []auth.User) (*seeding, error) {
	s := &seeding{Core: c, users: users, community: map[string]int64{}}
	ids := make([]int64, len(users))
	for i, u := range users {
		ids[i] = u.ID
		if err := c.hasRole(ctx, u.ID, u.Role); err != nil {
			return nil, err
		}
		if err := c.learn(ctx, u.ID); err != nil {
			return nil, err
		}
	}
	people, err := c.store.People(ctx, ids...)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if people[id].Verified {
			s.verified = append(s.verified, id)
		}
	}
	for _, m := range standard {
		ids, err := c.store.Standard(ctx, []string{m.Slug})
		if err != nil {
			return nil, err
		}
		if len(ids) > 0 { // staff has not removed it
			s.community[m.Slug] = ids[0]
		}
	}
	return s, nil
}

// thread makes a post and all that is on it.
func (s *seeding) thread(ctx context.Context, t demo.Thread) error {
	author := s.somebody(t.By)
	if author == 0 {
		return nil // the community has nobody of that role
	}
	s.post = foro.Post{AuthorID: author, State: foro.Visible, Anonymous: t.Anonymous, Title: t.Title, Content: t.Content, Question: asks(t),
		Species: t.Species, Tags: t.Tags, CommunityID: s.community[t.Community]}
	as := s.as(ctx, author)
	if err := s.prepare(as, foro.Post{AuthorID: author}, &s.post); err != nil {
		return err
	}
	if err := s.write(as, &s.post); err != nil {
		return err
	}
	if err := s.store.BackdatePost(ctx, s.post.ID, s.at); err != nil {
		return err
	}
	if err := s.answers(ctx, t.Answers, foro.Comment{UserID: author}); err != nil {
		return err
	}
	return s.follow(ctx)
}

// as is ctx of somebody who acts.
func (s *seeding) as(ctx context.Context, id int64) context.Context {
	return authn.With(ctx, authn.Principal{UserID: id, Role: string(s.role(id))})
}

func (s *seeding) role(id int64) auth.Role {
	i := slices.IndexFunc(s.users, func(u auth.User) bool { return u.ID == id })
	return s.users[i].Role
}

// somebody is the next one of a role, by turns, without these; 0 when there is nobody.
func (s *seeding) somebody(role auth.Role, without ...int64) int64 {
	for range s.users {
		s.last = (s.last + 1) % len(s.users)
		if u := s.users[s.last]; u.Role == role && !slices.Contains(without, u.ID) {
			return u.ID
		}
	}
	return 0
}
