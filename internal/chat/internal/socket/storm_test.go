package socket_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/chat/internal/live"
	"agrovet/internal/chat/wsclient"
)

// Clients whose lines are cut again and again end with one history: everything once, in the order of the log.
func TestClientsThatAreCutLoseNothing(t *testing.T) {
	const clients, messages = 12, 60
	w := setup(t, func(c *live.Config) { c.Frames = 0 })
	users := make([]int64, clients)
	for i := range users {
		users[i] = int64(100 + i)
	}
	w.rules.Room(7, users...)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var mu sync.Mutex
	got := make([][]int64, clients)
	all := make([]*wsclient.Client, clients)
	for i := range all {
		c, err := wsclient.Dial(ctx, wsclient.Config{URL: w.http.URL, Token: fmt.Sprint(users[i]), Begin: wsclient.FromStart, Again: time.Second,
			MinWait: time.Millisecond, MaxWait: 20 * time.Millisecond, Handle: func(f wsclient.Frame) {
				if f.Type == "chat_message" {
					mu.Lock()
					got[i] = append(got[i], f.Seq)
					mu.Unlock()
				}
			}})
		require.NoError(t, err)
		defer c.Close()
		all[i] = c
	}
	var wg sync.WaitGroup
	for _, c := range all {
		wg.Go(func() {
			for n := range messages {
				_, err := c.Send(ctx, wsclient.Outgoing{Room: 7, Text: fmt.Sprint(n)})
				if err != nil {
					t.Error(err)
					return
				}
				if rand.IntN(10) == 0 {
					c.Cut()
				}
			}
		})
	}
	wg.Wait()
	for i := range all {
		require.Eventually(t, func() bool {
			mu.Lock()
			defer mu.Unlock()
			return len(got[i]) == clients*messages
		}, patience, time.Millisecond, "client %d", i)
		for n, seq := range got[i] {
			require.EqualValues(t, n+1, seq)
		}
	}
}

// A thousand who come back at once share a few questions.
func TestAThousandResumesShareQuestions(t *testing.T) {
	const clients, rooms, missing = 1000, 20, 15
	w := setup(t, func(c *live.Config) { c.PerPerson = clients })
	for id := range int64(rooms) {
		w.rules.Room(100+id, ana, luis)
		for range missing {
			w.rules.Say(100+id, luis, "x")
		}
	}
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() {
			room := 100 + i%rooms
			c := w.as(ana, "/ws/")
			c.await("welcome")
			c.send(object{"type": "resume", "rooms": object{fmt.Sprint(room): 0}})
			for n := 1; n <= missing; n++ {
				if o := c.await("chat_message"); o["seq"] != float64(n) || o["room"] != float64(room) {
					t.Errorf("%d: %v instead of %d of %d", i, o["seq"], n, room)
				}
			}
			_ = c.c.CloseNow()
		})
	}
	wg.Wait()
	require.Less(t, w.rules.Asked("after"), clients, "of %d clients", clients)
	t.Log("pages read:", w.rules.Asked("after"), "rooms in them:", w.rules.Asked("wants"), "levels:", w.rules.Asked("last"))
}
