package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"agrovet/tools/split/patient"
)

// j is a JSON object.
type j = map[string]any

const password = "trigo-y-quinua"

var phones atomic.Int64

func init() { phones.Store(60_000_000 + rand.Int64N(9_000_000)) } // the fixture's begin with 70

// roles as the original spells them, with where they have a profile and what they write about themselves.
var roles = []struct{ name, profile, about string }{
	{"Specialist", "specialists", "about_us"}, {"businessman", "businessmen", "descriptions"}, {"consumer", "consumers", ""},
}

// person is somebody, and all that was acknowledged to them.
type person struct {
	c                  *patient.Client
	id                 int64
	phone, name, token string
	role               int
	about              string // of themselves, in their profile
	adverts, posts     map[int64]string
	comments           map[int64]int64  // post by comment
	reactions, follows map[int64]bool   // posts, people
	said               map[int64]string // messages
	pictures           map[int64]int64  // by advert
	rooms              []int64
}

// community is people who do things at the same time.
type community struct {
	c *patient.Client

	mu     sync.Mutex
	people []*person // with those who come later
	rooms  map[int64]*person
	posts  []int64 // of everybody
}

// gather registers people and has each share a room with the next one.
func gather(ctx context.Context, g *ground) (*community, error) {
	m := &community{c: patient.New(g.front.Web), rooms: map[int64]*person{}}
	for i := range g.people {
		if _, err := m.register(ctx, i); err != nil {
			return m, err
		}
	}
	for i, p := range m.people {
		if err := m.meet(ctx, p, m.people[(i+1)%len(m.people)]); err != nil {
			return m, err
		}
	}
	return m, nil
}

// register makes somebody, the n-th.
func (m *community) register(ctx context.Context, n int) (*person, error) {
	p := &person{c: m.c, phone: fmt.Sprintf("+591%d", phones.Add(1)), name: "Persona " + word(), role: n % len(roles), adverts: map[int64]string{}, posts: map[int64]string{},
		comments: map[int64]int64{}, reactions: map[int64]bool{}, follows: map[int64]bool{}, pictures: map[int64]int64{}, said: map[int64]string{}}
	var got struct {
		Token string
		User  struct{ ID int64 }
	}
	err := p.post(ctx, "auth", "/api/auth/register/", j{"phone_number": p.phone, "password": password, "full_name": p.name, "role": roles[p.role].name}, &got)
	p.id, p.token = got.User.ID, got.Token
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil {
		m.people = append(m.people, p)
	}
	return p, err
}

// meet opens the room of two.
func (m *community) meet(ctx context.Context, p, other *person) error {
	var room struct{ ID int64 }
	err := p.post(ctx, "chat", "/api/chat/rooms/get_or_create_private/", j{"participants_ids": []int64{p.id, other.id}}, &room)
	p.rooms = append(p.rooms, room.ID)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rooms[room.ID] = p
	return err
}

// workWhile has everybody do one thing after the other until what happens meanwhile is through; what is begun is finished.
func (m *community) workWhile(ctx context.Context, do func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	quit, stop := context.WithCancel(ctx)
	g.Go(func() error { defer stop(); return do(ctx) })
	for _, p := range m.people {
		g.Go(func() error { return m.work(ctx, quit, p) })
	}
	return g.Wait()
}

func (m *community) work(ctx, quit context.Context, p *person) error {
	for n := 0; quit.Err() == nil; n++ {
		if err := m.act(ctx, p, n); err != nil {
			return fmt.Errorf("user %d: %w", p.id, err)
		}
		if err := rest(ctx, 100*time.Millisecond+rand.N(200*time.Millisecond)); err != nil {
			return err
		}
	}
	return nil
}

// somebody else of the community.
func (m *community) other(p *person) *person {
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		if q := m.people[rand.IntN(len(m.people))]; q != p {
			return q
		}
	}
}

// some is a post of anybody; 0: there is none yet.
func (m *community) some() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.posts) == 0 {
		return 0
	}
	return m.posts[rand.IntN(len(m.posts))]
}

// word is one that nobody else writes.
func word() string {
	b := make([]byte, 11)
	for i := range b {
		b[i] = [...]string{"bcdfgklmnpr", "aeiou"}[i%2][rand.IntN([...]int{11, 5}[i%2])]
	}
	return string(b)
}
