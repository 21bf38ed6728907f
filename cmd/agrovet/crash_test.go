package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// crowd registers people under load and remembers who was told that they are in.
type crowd struct {
	mu     sync.Mutex
	next   int
	size   int
	acked  map[int]registered
	killAt int // the process is to be killed after so many acknowledgements
}

func (c *crowd) take() (int, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for ; c.next < c.size; c.next++ {
		if _, done := c.acked[c.next]; !done {
			c.next++
			return c.next - 1, true
		}
	}
	return 0, false
}

// ack notes the answer and says whether it is time to kill.
func (c *crowd) ack(i int, r registered) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acked[i] = r
	return len(c.acked) == c.killAt
}

// register lets eight at a time in. Who was not told keeps the same key for the next round.
func (c *crowd) register(t *testing.T, p *process) {
	roles := []string{"specialist", "businessman", "consumer"}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				i, ok := c.take()
				if !ok {
					return
				}
				r, err := p.call(http.MethodPost, "/api/auth/register/", map[string]any{
					"phone_number": fmt.Sprintf("+5917%07d", 1000000+i), "password": "maiz-y-papas", "full_name": fmt.Sprint("Persona ", i), "role": roles[i%3],
				}, "Idempotency-Key", fmt.Sprint("crowd-", i))
				if err != nil {
					return // the process is dead
				}
				if r.status != http.StatusCreated {
					t.Errorf("registration %d: %d %s", i, r.status, r.body)
					return
				}
				if c.ack(i, r.registered(t)) {
					go p.kill()
				}
			}
		})
	}
	wg.Wait()
}

// TestCrash kills the process (and with it its PostgreSQL) in the middle of 200 registrations, three
// times. In the end everybody who was told so is in, with exactly one profile, and no event was lost
// or taken twice.
func TestCrash(t *testing.T) {
	const size, kills = 200, 3
	dir := dataDir(t)
	noLimits := []string{"--auth-register-per-address=0", "--log-level=warn"}
	c := &crowd{size: size, acked: map[int]registered{}}
	for range kills {
		c.killAt = len(c.acked) + 20 + rand.IntN(30)
		c.next = 0
		c.register(t, startServe(t, dir, noLimits...))
	}
	p := startServe(t, dir, noLimits...)
	c.killAt, c.next = 0, 0
	c.register(t, p)
	require.Len(t, c.acked, size)

	db := p.database()
	awaitDrained(t, db)
	for i, r := range c.acked {
		require.NotZero(t, r.User.ID)
		got := p.mustCall(http.StatusOK, http.MethodGet, fmt.Sprintf("/api/auth/users/%d/", r.User.ID), nil, "Authorization", "Token "+r.Token)
		require.Contains(t, got.body, fmt.Sprintf(`"full_name":"Persona %d"`, i))
	}
	require.EqualValues(t, size, count(t, db, "select count(*) from auth.users"))
	require.EqualValues(t, size, count(t, db, "select count(*) from auth.outbox where type = 'user.created'"))
	require.EqualValues(t, size, count(t, db, "select count(distinct key) from auth.outbox where type = 'user.created'"))
	require.EqualValues(t, size, count(t, db, "select count(*) from profiles.outbox where type = 'profile.created'"))
	require.EqualValues(t, size, count(t, db, "select count(distinct key) from profiles.outbox where type = 'profile.created'"))
	require.EqualValues(t, size, count(t, db, "select count(distinct user_id) from (select user_id from profiles.specialist union all select user_id from profiles.businessman union all select user_id from profiles.consumer) p"))
	require.EqualValues(t, size, count(t, db, "select (select count(*) from profiles.specialist) + (select count(*) from profiles.businessman) + (select count(*) from profiles.consumer)"))
	require.Zero(t, count(t, db, "select count(*) from profiles.parked"))
	p.stop()
}

func count(t *testing.T, db *pgx.Conn, sql string) (n int64) {
	t.Helper()
	require.NoError(t, db.QueryRow(context.Background(), sql).Scan(&n), sql)
	return n
}

// awaitDrained waits until profiles has received every user.created.
func awaitDrained(t *testing.T, db *pgx.Conn) {
	t.Helper()
	require.Eventually(t, func() bool {
		return count(t, db, `select count(*) from auth.outbox o where type = 'user.created' and not exists
			(select from profiles.inbox i where i.event_id = o.id)`) == 0
	}, time.Minute, 50*time.Millisecond)
}
