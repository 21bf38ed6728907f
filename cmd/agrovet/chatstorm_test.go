package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/chat/wsclient"
)

// The storm: devices of members, each in some rooms, in each of which messages are missing.
const (
	stormMembers = 200
	stormDevices = 5 // of each
	stormRooms   = 20
	stormEach    = 50 // members of a room
	stormMissing = 10 // messages in each room
)

// device is a client that counts what it gets.
type device struct {
	client *wsclient.Client
	heard  atomic.Int64 // messages
	lost   atomic.Int64 // connections
}

// gate is a network that can be closed.
type gate struct{ closed atomic.Bool }

func (g *gate) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if g.closed.Load() {
		return nil, errors.New("there is no network")
	}
	return (&net.Dialer{}).DialContext(ctx, network, address)
}

// TestAThousandClientsResumeAtOnce has a thousand devices come back together after a restart, all of them
// behind. Each gets what it lacks, none meets an error, and the database is asked in batches: far less often than
// there are messages to hand out.
func TestAThousandClientsResumeAtOnce(t *testing.T) {
	dir := dataDir(t)
	args := []string{"--auth-register-per-address", "0", "--chat-messages", "0", "--database-url", soundDatabase(t)}
	p := startServe(t, dir, append(args, "--listen", "127.0.0.1:0")...)
	members, rooms := village(t, p)
	var network gate
	var devices []*device
	for _, m := range members {
		for range stormDevices {
			devices = append(devices, connect(t, p.base, m.Token, &network))
		}
	}

	network.closed.Store(true)
	p.stop()
	p = startServe(t, dir, append(args, "--listen", p.base[len("http://"):])...)
	missing(t, p, members, rooms)
	db := p.database()
	before := commits(t, db)
	network.closed.Store(false)

	perDevice := int64(stormMissing * stormRooms * stormEach / stormMembers)
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if !slices.ContainsFunc(devices, func(d *device) bool { return d.heard.Load() < perDevice }) {
			break
		}
		require.True(t, time.Now().Before(end), "devices are still behind")
	}
	for _, d := range devices {
		require.NoError(t, d.client.Err())
		require.Equal(t, perDevice, d.heard.Load())
	}
	asked, handed := commits(t, db)-before, perDevice*int64(len(devices))
	t.Logf("%d messages handed out to %d devices, %d transactions", handed, len(devices), asked)
	require.Less(t, asked, handed/8)
}

// village registers members and puts them into rooms, so many each.
func village(t *testing.T, p *process) ([]registered, []int64) {
	members := make([]registered, stormMembers)
	var g errgroup.Group
	g.SetLimit(8) // more would be told to come back later
	for i := range members {
		g.Go(func() error {
			members[i] = p.mustCall(201, "POST", "/api/auth/register/", map[string]any{"phone_number": fmt.Sprintf("+5917222%04d", i), "password": "trigo-y-soya-9",
				"full_name": fmt.Sprintf("Vecina %d", i), "role": "consumer"}).registered(t)
			return nil
		})
	}
	_ = g.Wait() // none returns an error
	rooms := make([]int64, stormRooms)
	for r := range rooms {
		ids := make([]int64, stormEach)
		for i := range ids {
			ids[i] = members[(r*stormMembers/stormRooms+i)%stormMembers].User.ID
		}
		var made struct {
			ID int64 `json:"id"`
		}
		answer := p.mustCall(201, "POST", "/api/chat/rooms/", map[string]any{"participants_ids": ids, "is_private": false, "name": fmt.Sprint("Plaza ", r)},
			"Authorization", "Token "+members[r*stormMembers/stormRooms].Token)
		require.NoError(t, json.Unmarshal([]byte(answer.body), &made))
		rooms[r] = made.ID
	}
	return members, rooms
}

func connect(t *testing.T, base, token string, network *gate) *device {
	d := &device{}
	var err error
	d.client, err = wsclient.Dial(t.Context(), wsclient.Config{URL: base, Token: token, NetDial: network.dial, Silent: true,
		MinWait: 100 * time.Millisecond, MaxWait: 2 * time.Second, Lost: func(error) { d.lost.Add(1) },
		Handle: func(f wsclient.Frame) {
			if f.Type == "chat_message" {
				d.heard.Add(1)
			}
		}})
	require.NoError(t, err)
	t.Cleanup(d.client.Close)
	return d
}

// missing sends to every room by REST.
func missing(t *testing.T, p *process, members []registered, rooms []int64) {
	for r, room := range rooms {
		for n := range stormMissing {
			p.mustCall(201, "POST", "/api/chat/messages/", map[string]any{"room": room, "content": fmt.Sprintf("Aviso %d", n)},
				"Authorization", "Token "+members[r*stormMembers/stormRooms].Token)
		}
	}
}

// commits is how many transactions the database has committed, those of single statements too.
func commits(t *testing.T, db *pgx.Conn) (n int64) {
	time.Sleep(1500 * time.Millisecond) // backends report about every second
	_, err := db.Exec(t.Context(), "select pg_stat_clear_snapshot()")
	require.NoError(t, err)
	require.NoError(t, db.QueryRow(t.Context(), "select xact_commit from pg_stat_database where datname = current_database()").Scan(&n))
	return n
}
