// Package socket is the doors for those who stay connected: /ws/, /ws/chat/{room}/, /ws/presence/
// (contract: websocket.md) and, where sockets do not pass, the event stream /api/chat/stream/.
//
// handshake.go lets in, transport.go writes and reader.go reads a socket's frames, obey.go does what clients
// ask, flood.go bounds how much they ask, stream.go is the event stream.
//
// What a connection is sent, and in which order, is the hub's. A socket that is idle is one goroutine, which
// reads; whatever needs more than a little stack runs in another one, which ends.
package socket

import (
	"context"
	"maps"
	"time"

	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/live"
	"agrovet/internal/chat/internal/wire"
	"agrovet/internal/platform/httpx"
)

// The kinds of connections.
const (
	everything = "all"      // /ws/
	oneRoom    = "room"     // /ws/chat/{room}/
	presence   = "presence" // /ws/presence/
	stream     = "stream"   // /api/chat/stream/
)

// doors are where people come in.
type doors struct {
	live   *live.Live
	router *httpx.Router
}

// Register adds all doors, and has them close when the server drains.
func Register(r *httpx.Router, l *live.Live) {
	d := &doors{l, r}
	r.Socket("/ws/", d.all)
	r.Socket("/ws/chat/{room}/", d.room)
	r.Socket("/ws/presence/", d.presence)
	d.addStream()
	r.OnDrain(l.Hub.Drain)
	r.Check("chat", l.Check)
}

// within bounds what is asked for a connection.
const within = 15 * time.Second

// welcome has a connection take part in all rooms of its person, and tells how far they are. Where positions
// names a room, the other side has that room up to there; those of the other rooms are added, and what is no room
// of theirs is taken out.
func (d *doors) welcome(ctx context.Context, c *hub.Conn, positions map[int64]int64, held bool) error {
	rooms, err := d.live.Rules().Rooms(ctx, c.UserID)
	if err != nil {
		return err
	}
	places, own := make([]hub.Place, len(rooms)), make(map[int64]bool, len(rooms))
	for i, m := range rooms {
		own[m.ID] = true
		pos, said := positions[m.ID]
		if !said {
			pos = m.LastSeq
			positions[m.ID] = pos
		}
		places[i] = hub.Place{Room: m.ID, From: m.Member.FromSeq, Pos: pos, Seq: m.LastSeq, Size: m.Members, Tells: said, Held: held}
	}
	maps.DeleteFunc(positions, func(id, _ int64) bool { return !own[id] })
	if c.Kind != presence {
		c.Send(live.Frame(func() any { return d.welcomeOf(c.UserID, rooms) }))
	}
	d.live.Hub.Seat(c, places...)
	return nil
}

func (d *doors) welcomeOf(userID int64, rooms []core.Membership) wire.Welcome {
	w := wire.Welcome{Type: wire.TypeWelcome, UserID: userID, Heartbeat: d.live.Config.Heartbeat.Seconds(), Rooms: make([]wire.RoomState, len(rooms))}
	for i, m := range rooms {
		w.Rooms[i] = wire.RoomState{Room: m.ID, LastSeq: m.LastSeq, FromSeq: m.Member.FromSeq, DeliveredSeq: m.Member.DeliveredSeq, ReadSeq: m.Member.ReadSeq}
	}
	return w
}
