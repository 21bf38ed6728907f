package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// market is adverts that are published under load, and who was told that theirs is.
type market struct {
	publishers []registered
	mu         sync.Mutex
	next       int
	size       int
	acked      map[int]int64 // number to the advert's id
	killAt     int           // the process is to be killed after so many acknowledgements
}

func (m *market) take() (int, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for ; m.next < m.size; m.next++ {
		if _, done := m.acked[m.next]; !done {
			m.next++
			return m.next - 1, true
		}
	}
	return 0, false
}

func (m *market) ack(i int, id int64) (kill bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.acked[i] = id
	return len(m.acked) == m.killAt
}

// matches says whether the advert of the number is one that is looked for: two in three are.
func matches(i int) bool { return i%3 != 0 }

// publish lets eight at a time publish, each of them changing what they have published. Who was not told
// keeps the same key for the next round.
func (m *market) publish(t *testing.T, p *process) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, ok := m.take(); ok; i, ok = m.take() {
				token := "Token " + m.publishers[i%len(m.publishers)].Token
				title := map[bool]string{true: "Alpaca", false: "Tractor"}[matches(i)]
				r, err := p.call(http.MethodPost, "/api/adds/", map[string]any{"title": fmt.Sprint(title, " ", i), "description": "Sano y bueno.", "price": i + 1, "condition": "used"},
					"Authorization", token, "Idempotency-Key", fmt.Sprint("market-", i))
				if err != nil {
					return // the process is dead
				}
				var made struct{ ID int64 }
				if r.status != http.StatusCreated || json.Unmarshal([]byte(r.body), &made) != nil {
					t.Errorf("advert %d: %d %s", i, r.status, r.body)
					return
				}
				if m.ack(i, made.ID) {
					go p.kill()
				}
				_, _ = p.call(http.MethodPatch, fmt.Sprintf("/api/adds/%d/", made.ID), map[string]any{"price": i + 2}, "Authorization", token) // whether it arrives or not
			}
		})
	}
	wg.Wait()
}

// TestAlertsSurviveKill kills the process (and with it its PostgreSQL) in the middle of 200 adverts that
// are published and changed, three times. In the end each saved search has exactly one alert, and one event
// of it, of each advert that it looks for and that somebody was told of.
func TestAlertsSurviveKill(t *testing.T) {
	const size, kills = 200, 3
	dir := dataDir(t)
	flags := []string{"--auth-register-per-address=0", "--marketplace-newcomer-adds=0", "--log-level=warn"}
	m := &market{size: size, acked: map[int]int64{}}
	p := startServe(t, dir, flags...)
	for i := range 8 {
		m.publishers = append(m.publishers, member(t, p, fmt.Sprint(70000001+i)))
	}
	seekers := []registered{member(t, p, "70000101"), member(t, p, "70000102")}
	for _, s := range seekers {
		for _, query := range []map[string]any{{"search": "alpacas", "max_price": "100000"}, {"search": "llama"}} {
			p.mustCall(http.StatusCreated, http.MethodPost, "/api/adds/searches/", map[string]any{"name": "Alpacas", "query": query}, "Authorization", "Token "+s.Token)
		}
	}
	for range kills {
		m.killAt, m.next = len(m.acked)+15+rand.IntN(30), 0
		m.publish(t, p)
		p.kill()
		p = startServe(t, dir, flags...)
	}
	m.killAt, m.next = 0, 0
	m.publish(t, p)
	require.Len(t, m.acked, size)
	m.verify(t, p, seekers)
	p.stop()
}

func (m *market) verify(t *testing.T, p *process, seekers []registered) {
	t.Helper()
	db := p.database()
	awaitAlerts(t, db)
	want := 0
	for i, id := range m.acked {
		alerts := 0
		if matches(i) {
			alerts = len(seekers)
			want += alerts
		}
		require.EqualValues(t, alerts, count(t, db, fmt.Sprintf("select count(*) from marketplace.alert where add_id = %d", id)), "advert %d", i)
		require.EqualValues(t, alerts, count(t, db, fmt.Sprintf("select count(*) from marketplace.outbox where type = 'add.alert' and key = '%d'", id)), "advert %d", i)
	}
	require.EqualValues(t, len(m.acked), count(t, db, "select count(*) from marketplace.add"))
	require.EqualValues(t, want, count(t, db, "select count(*) from marketplace.alert"))
	require.EqualValues(t, want, count(t, db, "select count(distinct (data->>'search_id', data->>'add_id')) from marketplace.outbox where type = 'add.alert'"))
	require.Zero(t, count(t, db, "select count(*) from marketplace.parked"))
	require.Zero(t, count(t, db, "select count(*) from marketplace.listing_before"))
	for _, s := range seekers {
		r := p.mustCall(http.StatusOK, http.MethodGet, "/api/adds/alerts/count/", nil, "Authorization", "Token "+s.Token)
		require.JSONEq(t, fmt.Sprintf(`{"count":%d}`, want/len(seekers)), r.body)
	}
}

// awaitAlerts waits until the alerts' group has received all that it wants.
func awaitAlerts(t *testing.T, db *pgx.Conn) {
	t.Helper()
	require.Eventually(t, func() bool {
		return count(t, db, `select count(*) from marketplace.outbox o where type in ('add.created', 'add.updated') and not exists
			(select from marketplace.inbox i where i.event_id = o.id and i.subscription = 'marketplace-service-alerts-consumer')`) == 0
	}, time.Minute, 50*time.Millisecond)
}
