package core

import (
	"context"
	"maps"
	"time"

	"github.com/maypok86/otter/v2"

	"agrovet/internal/auth"
)

const (
	nameFresh  = 300 * time.Second // then auth is asked again (contract: events.md §5)
	nameKept   = 24 * time.Hour    // while auth is away
	namesKept  = 50_000
	nameWithin = time.Second // to wait for auth, at most
)

// names remembers how people are called. What auth tells is believed for five minutes, and for longer when
// auth is away. It is bounded; its goroutine ends with close.
type names struct {
	users Users
	now   func() time.Time
	known *otter.Cache[int64, name]
}

type name struct {
	auth.User
	at time.Time
}

func newNames(users Users, now func() time.Time) *names {
	return &names{users, now, otter.Must(&otter.Options[int64, name]{
		MaximumSize:      namesKept,
		ExpiryCalculator: otter.ExpiryWriting[int64, name](nameKept),
	})}
}

// of returns those who are known, asking auth at once for all who are not. With an error it returns those
// who were known before.
func (n *names) of(ctx context.Context, ids []int64) (map[int64]auth.User, error) {
	out := make(map[int64]auth.User, len(ids))
	var ask []int64
	for _, id := range ids {
		k, ok := n.known.GetIfPresent(id)
		if ok {
			out[id] = k.User
		}
		if !ok || n.now().Sub(k.at) >= nameFresh {
			ask = append(ask, id)
		}
	}
	if len(ask) == 0 {
		return out, nil
	}
	ctx, cancel := context.WithTimeout(ctx, nameWithin)
	defer cancel()
	told, err := n.users.Users(ctx, ask...)
	if err != nil {
		maps.Copy(out, told)
		return out, err
	}
	for _, id := range ask {
		u, ok := told[id]
		if !ok { // nobody, which is worth remembering, too
			u = auth.User{ID: id}
		}
		n.known.Set(id, name{u, n.now()})
		out[id] = u
	}
	return out, nil
}

// forget has auth asked when somebody is shown next.
func (n *names) forget(id int64) { n.known.Invalidate(id) }

func (n *names) close() { n.known.StopAllGoroutines() }

// UserUpdated forgets how somebody was called.
func (c *Core) UserUpdated(_ context.Context, e auth.UserUpdated) error {
	c.names.forget(e.UserID)
	return nil
}
