// Package people is a community that works with agrovet as clients do, and remembers what was acknowledged: what tools/chaos
// and tools/side have their people do in common, and read back.
package people

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

// JSON is an object.
type JSON = map[string]any

// Password is everybody's.
const Password = "trigo-y-quinua"

var phones atomic.Int64

func init() { phones.Store(60_000_000 + rand.Int64N(9_000_000)) } // those of the original's fixture begin with 70

// Community is people who do things at the same time.
type Community struct {
	Client *patient.Client

	mu     sync.Mutex
	people []*Person
	posts  []int64 // of everybody
}

// New is nobody yet, who will ask what listens on front, host:port.
func New(front string) *Community { return &Community{Client: patient.New(front)} }

// Register makes somebody.
func (c *Community) Register(ctx context.Context, role string) (*Person, error) {
	p := newPerson(c, role)
	var got struct {
		Token string
		User  struct{ ID int64 }
	}
	if err := p.Post(ctx, "auth", "/api/auth/register/", JSON{"phone_number": p.Phone, "password": Password, "full_name": p.Name, "role": role}, &got); err != nil {
		return nil, err
	}
	p.ID, p.Token = got.User.ID, got.Token
	c.mu.Lock()
	defer c.mu.Unlock()
	c.people = append(c.people, p)
	return p, nil
}

// WorkWhile has people do one thing after the other until what happens meanwhile is through; what is begun is finished. act
// is the n-th thing that somebody does.
func WorkWhile[P fmt.Stringer](ctx context.Context, people []P, act func(ctx context.Context, p P, n int) error, meanwhile func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	quit, end := context.WithCancel(ctx)
	g.Go(func() error { defer end(); return meanwhile(ctx) })
	for _, p := range people {
		g.Go(func() error {
			for n := 0; quit.Err() == nil; n++ {
				if err := act(ctx, p, n); err != nil {
					return fmt.Errorf("%s: %w", p, err)
				}
				if err := patient.Rest(ctx, 150*time.Millisecond+rand.N(200*time.Millisecond)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// anybody of those who are there.
func (c *Community) anybody() *Person {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.people[rand.IntN(len(c.people))]
}

// some is a post of anybody; 0: there is none yet.
func (c *Community) some() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.posts) == 0 {
		return 0
	}
	return c.posts[rand.IntN(len(c.posts))]
}
