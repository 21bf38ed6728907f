package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/chat/chattest"
	"agrovet/internal/chat/wsclient"
)

// What goes through the bad networks: each talker sends in two rooms, and is in no other.
const (
	talkers     = 50
	talkRooms   = 10
	perRoom     = 10 // members
	perTalker   = 100
	talkWithin  = 5 * time.Minute
	narrowEvery = 10 // of the talkers one in so many has 2G
)

// heardEntry is an entry of a room's log, as a client got it or as the database has it.
type heardEntry struct {
	Seq  int64
	ID   int64
	Type string
	Text string
}

// talker is a member with one device behind a bad network.
type talker struct {
	token   string
	id      int64
	network *chattest.Network
	client  *wsclient.Client
	rooms   []int64

	mu    sync.Mutex
	heard map[int64][]heardEntry
	acked map[string]wsclient.Ack // by text
}

func (k *talker) hear(f wsclient.Frame) {
	if !f.Entry() {
		return
	}
	var e struct {
		ID   int64  `json:"id"`
		Text string `json:"text"`
	}
	if json.Unmarshal(f.Raw, &e) != nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.heard[f.Room] = append(k.heard[f.Room], heardEntry{f.Seq, e.ID, f.Type, e.Text})
}

// say sends the talker's messages in one room, one after the other.
func (k *talker) say(ctx context.Context, room int64, acked *atomic.Int64) error {
	for n := range perTalker / len(k.rooms) {
		text := fmt.Sprintf("habla %d en %d: %d", k.id, room, n)
		ack, err := k.client.Send(ctx, wsclient.Outgoing{Room: room, Text: text})
		if err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
		k.mu.Lock()
		k.acked[text] = ack
		k.mu.Unlock()
		acked.Add(1)
	}
	return nil
}

// last is the last entry that the talker has of a room.
func (k *talker) last(room int64) int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	if all := k.heard[room]; len(all) > 0 {
		return all[len(all)-1].Seq
	}
	return 0
}

// TestChatThroughBadNetworksAndKills has fifty clients talk while their networks cut, double, delay and swap
// what they send and get, and the server is killed twice. What was acknowledged is there once, in one order
// without holes, and everybody ends with the history that the database has.
func TestChatThroughBadNetworksAndKills(t *testing.T) {
	dir := dataDir(t)
	args := []string{"--auth-register-per-address", "0", "--auth-login-per-address", "0", "--chat-messages", "0"}
	p := startServe(t, dir, args...)
	var address atomic.Pointer[string]
	at := func(p *process) { host := strings.TrimPrefix(p.base, "http://"); address.Store(&host) }
	at(p)

	all := gather(t, p, func() string { return *address.Load() })
	ctx, cancel := context.WithTimeout(t.Context(), talkWithin)
	defer cancel()
	var acked atomic.Int64
	g, gctx := errgroup.WithContext(ctx)
	for _, k := range all {
		for _, room := range k.rooms {
			g.Go(func() error { return k.say(gctx, room, &acked) })
		}
	}
	for _, after := range []int64{1500, 3500} {
		for acked.Load() < after && gctx.Err() == nil {
			time.Sleep(5 * time.Millisecond)
		}
		p.kill()
		p = startServe(t, dir, args...)
		at(p)
	}
	require.NoError(t, g.Wait())
	require.EqualValues(t, talkers*perTalker, acked.Load())

	stored := history(t, p.database())
	requireGapless(t, stored)
	var cut, twice, late int64
	for _, k := range all {
		k.network.Heal()
		c, d, l := k.network.Seen()
		cut, twice, late = cut+c, twice+d, late+l
	}
	require.Positive(t, cut)
	require.Positive(t, twice)
	require.Positive(t, late)
	for _, k := range all {
		k.requireHistory(t, ctx, stored)
	}
	t.Logf("%d messages; connections cut %d times, frames doubled %d times and late %d times", acked.Load(), cut, twice, late)
}

// gather registers the talkers, puts them into rooms and connects them.
func gather(t *testing.T, p *process, target func() string) []*talker {
	all := make([]*talker, talkers)
	var g errgroup.Group
	g.SetLimit(8) // more would be told to come back later
	for i := range all {
		g.Go(func() error {
			r := p.mustCall(201, "POST", "/api/auth/register/", map[string]any{"phone_number": fmt.Sprintf("+5917111%04d", i), "password": "trigo-y-soya-9",
				"full_name": fmt.Sprintf("Hablador %d", i), "role": "consumer"}).registered(t)
			all[i] = &talker{token: r.Token, id: r.User.ID, heard: map[int64][]heardEntry{}, acked: map[string]wsclient.Ack{}}
			return nil
		})
	}
	_ = g.Wait() // none returns an error
	for r := range talkRooms {
		members := make([]*talker, perRoom)
		ids := make([]int64, perRoom)
		for i := range members {
			members[i] = all[(r*talkers/talkRooms+i)%talkers]
			ids[i] = members[i].id
		}
		var made struct {
			ID int64 `json:"id"`
		}
		answer := p.mustCall(201, "POST", "/api/chat/rooms/", map[string]any{"participants_ids": ids, "is_private": false, "name": fmt.Sprint("Sala ", r)},
			"Authorization", "Token "+members[0].token)
		require.NoError(t, json.Unmarshal([]byte(answer.body), &made))
		for _, k := range members {
			k.rooms = append(k.rooms, made.ID)
		}
	}
	for i, k := range all {
		k.connect(t, i, target)
	}
	return all
}

func (k *talker) connect(t *testing.T, i int, target func() string) {
	k.network = &chattest.Network{Target: target, Faults: chattest.Faults{CutAfter: 0.01, CutBefore: 0.01, Twice: 0.03, Late: 0.03, Delay: 10 * time.Millisecond}}
	if i%narrowEvery == 0 {
		k.network.Faults.Bandwidth = 30_000 // EDGE: 240 kbit/s
	}
	host, err := k.network.Serve(t.Context())
	require.NoError(t, err)
	k.client, err = wsclient.Dial(t.Context(), wsclient.Config{URL: "http://" + host, Token: k.token, Handle: k.hear, Begin: wsclient.FromStart,
		Again: 2 * time.Second, MinWait: 20 * time.Millisecond, MaxWait: time.Second})
	require.NoError(t, err)
	t.Cleanup(k.client.Close)
}

// history is the logs of all rooms, from the database.
func history(t *testing.T, db *pgx.Conn) map[int64][]heardEntry {
	rows, err := db.Query(t.Context(), `select room_id, seq, id, case kind when 'message' then 'chat_message' when 'create' then 'room_created' else kind end,
		case kind when 'message' then content else '' end from chat.entry order by room_id, seq`)
	require.NoError(t, err)
	stored := map[int64][]heardEntry{}
	var room int64
	var e heardEntry
	_, err = pgx.ForEachRow(rows, []any{&room, &e.Seq, &e.ID, &e.Type, &e.Text}, func() error {
		stored[room] = append(stored[room], e)
		return nil
	})
	require.NoError(t, err)
	return stored
}

func requireGapless(t *testing.T, stored map[int64][]heardEntry) {
	texts := map[string]bool{}
	messages := 0
	for room, entries := range stored {
		for i, e := range entries {
			require.EqualValues(t, i+1, e.Seq, "room %d", room)
			if e.Type != "chat_message" {
				continue
			}
			require.False(t, texts[e.Text], "%q is there twice", e.Text)
			texts[e.Text] = true
			messages++
		}
	}
	require.Equal(t, talkers*perTalker, messages)
}

// requireHistory wants the talker to have what the database has, and what was acknowledged to be what is there.
func (k *talker) requireHistory(t *testing.T, ctx context.Context, stored map[int64][]heardEntry) {
	for _, room := range k.rooms {
		want := stored[room]
		for last := want[len(want)-1].Seq; k.last(room) < last; {
			select {
			case <-time.After(10 * time.Millisecond):
			case <-ctx.Done():
				require.FailNow(t, "history is missing", "user %d has %d of %d in room %d", k.id, k.last(room), last, room)
			}
		}
		k.mu.Lock()
		got := k.heard[room]
		for i := range got {
			if got[i].Type != "chat_message" {
				got[i].ID, got[i].Text = want[i].ID, "" // frames of other entries tell no id
			}
		}
		require.Equal(t, want, got, "user %d, room %d", k.id, room)
		for _, e := range want {
			if ack, ok := k.acked[e.Text]; ok {
				require.Equal(t, [2]int64{ack.MessageID, ack.Seq}, [2]int64{e.ID, e.Seq}, e.Text)
			}
		}
		k.mu.Unlock()
	}
}
