// Package live is the people who are connected: it tells them what the rules say has happened (core.Line),
// in the words of package wire, by the hub; and brings back to the rules what their devices have.
//
// entries.go is rooms' logs, marks.go receipts, which are put together for a moment, got.go what devices say
// that they have, people.go presence, meter.go the metrics.
package live

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/hub"
	"agrovet/internal/chat/internal/wire"
)

// Rules is what connections ask of core.
type Rules interface {
	Member(ctx context.Context, roomID, userID int64) (chat.Room, chat.Member, error)
	Rooms(ctx context.Context, userID int64) ([]core.Membership, error)
	Last(ctx context.Context, roomIDs []int64) (map[int64]int64, error)
	After(ctx context.Context, wants []core.Want) (map[int64][]core.Shown, error)
	SendAll(ctx context.Context, drafts []core.Draft) []core.Sent
	Read(ctx context.Context, roomID, userID, upToSeq int64) (messageIDs []int64, err error)
	ReadMessages(ctx context.Context, roomID, userID int64, ids []int64) (messageIDs []int64, err error)
	Delivered(ctx context.Context, userID int64, upTo map[int64]int64) error
	// Partners are the rooms of at most so many members, and the people in them who may know of one's presence.
	Partners(ctx context.Context, userID int64, most int) (roomIDs, userIDs []int64, err error)
	// MayType says whether a room may be told that one of its members is writing; always: it need not be asked again.
	MayType(ctx context.Context, roomID int64) (always bool, err error)
	Seen(ctx context.Context, userIDs []int64, at time.Time) error
	LastSeen(ctx context.Context, asker int64, ids ...int64) (map[int64]time.Time, error)
}

// Config is what an operator decides. Zero fields take their defaults.
type Config struct {
	Connections int           // of this process at most; 0: 20,000
	PerPerson   int           // of one person at most; 0: 20
	Frames      int           // of one connection in 10 seconds; 0: no limit
	Heartbeat   time.Duration // 0: 30 s
	Lease       time.Duration // of presence; 0: 45 s
	Grace       time.Duration // from a person's last connection to being offline; 0: 5 s
	Gather      time.Duration // for how long receipts are put together; 0: 100 ms
	Lifetime    time.Duration // of a connection, which then comes anew and shows its token again; 0: 24 h
	Broker      hub.Broker    // nil: one of this process alone
}

// Deps is what it stands on. Registerer, Log and Now may be nil.
type Deps struct {
	Registerer prometheus.Registerer
	Log        *slog.Logger
	Now        func() time.Time
}

// Live is the people who are connected. It is a core.Line.
type Live struct {
	Hub    *hub.Hub
	Config Config
	Meter  *Meter
	Log    *slog.Logger
	rules  Rules
	marks  marks
	got    got
}

var _ core.Line = (*Live)(nil)

// New makes it. Use gives it the rules before anybody connects. Run ends it.
func New(cfg Config, d Deps) (*Live, error) {
	if cfg.Gather == 0 {
		cfg.Gather = 100 * time.Millisecond
	}
	if cfg.Lifetime == 0 {
		cfg.Lifetime = 24 * time.Hour
	}
	if cfg.Heartbeat == 0 {
		cfg.Heartbeat = 30 * time.Second
	}
	if d.Log == nil {
		d.Log = slog.Default()
	}
	l := &Live{Config: cfg, Log: d.Log}
	l.marks.live, l.got.live = l, l
	var err error
	l.Hub, err = hub.New(hub.Config{
		Entries: entries{l}, People: people{l}, Resumed: resumed, TooFar: tooFar, Online: online, Offline: offline, Reconnect: reconnect,
		SlowCode: wire.CloseSlow, SlowReason: wire.ReasonSlow, AwayCode: wire.CloseAway, SupersededCode: wire.CloseTooMany,
		Connections: cfg.Connections, PerPerson: cfg.PerPerson, Heartbeat: cfg.Heartbeat, Lease: cfg.Lease, Grace: cfg.Grace,
		Broker: cfg.Broker, Log: d.Log, Now: d.Now,
	})
	if err != nil {
		return nil, err
	}
	l.Meter = meter(l.Hub, d.Registerer)
	return l, nil
}

// Use sets the rules.
func (l *Live) Use(r Rules) { l.rules = r }

// Rules are the rules.
func (l *Live) Rules() Rules { return l.rules }

// Run keeps connections alive until ctx ends, then ends them.
func (l *Live) Run(ctx context.Context) error {
	err := l.Hub.Run(ctx)
	l.marks.flush()
	l.Hub.Close()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Check shows the connections, for /health/detailed/.
func (l *Live) Check(context.Context) (map[string]any, error) {
	return map[string]any{"connections": l.Hub.Size()}, nil
}

// Frame is a frame of a value of wire, whose bytes are made when somebody wants them.
func Frame(v func() any) *hub.Frame {
	return hub.Lazy(func() []byte {
		b, err := json.Marshal(v())
		if err != nil { // values of wire always can be
			slog.Error("a frame cannot be written", "error", err)
			return []byte("{}")
		}
		return b
	})
}

func resumed(room, seq int64) *hub.Frame {
	return standing(room, seq, Frame(func() any { return wire.Resumed{Type: wire.TypeResumed, RoomIDs: wire.RoomIDsOf(room), Seq: seq} }))
}

func tooFar(room, seq int64) *hub.Frame {
	return standing(room, seq, Frame(func() any { return wire.TooFar{Type: wire.TypeTooFar, RoomIDs: wire.RoomIDsOf(room), Seq: seq} }))
}

func reconnect(after time.Duration) *hub.Frame {
	return Frame(func() any { return wire.Reconnect{Type: wire.TypeReconnect, After: after.Seconds()} })
}

func online(userID int64, _ time.Time) *hub.Frame {
	return Frame(func() any { return wire.Presence{Type: wire.TypeOnline, UserID: userID} })
}

func offline(userID int64, seen time.Time) *hub.Frame {
	return Frame(func() any {
		p := wire.Presence{Type: wire.TypeOffline, UserID: userID}
		if !seen.IsZero() {
			at := wire.Written(seen)
			p.LastSeen = &at
		}
		return p
	})
}
