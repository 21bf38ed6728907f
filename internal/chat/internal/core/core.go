// Package core is the rules of the chat.
//
// What is said takes one path, whichever door it came through: send.go checks it (draft.go, attachments.go),
// writer.go stores it with whatever else arrives meanwhile in one transaction (group.go gathers, batch.go
// decides about each), and only then the [Line] is told. edit.go changes messages, marks.go moves what members
// have got and read, receipts.go tells of it, read.go lists, log.go is a room's log for whoever is behind,
// show.go adds names (names.go) and files. open.go makes rooms, rooms.go lists them, members.go is who is in
// them and as what, settle.go tells the line of it, blocks.go who wants nothing of whom, people.go when somebody
// was last seen. find.go searches, in what document.go has made of messages. moderation.go is what staff does.
// forget.go is what happens when somebody is gone.
//
// Whoever changes a room holds its row (guard.go): so numbers have no gaps, and nobody writes after being
// put out.
package core

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
)

// Users is what chat asks of auth: how people are called.
type Users interface {
	// Users returns the users with these ids. Ids of nobody are left out.
	Users(ctx context.Context, ids ...int64) (map[int64]auth.User, error)
	// PhoneNumbers returns numbers in E.164; see auth.Service for whom they may be shown to.
	PhoneNumbers(ctx context.Context, ids ...int64) (map[int64]string, error)
}

// Media is what chat asks of media.
type Media interface {
	Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error)
	Claim(ctx context.Context, userID int64, ids ...int64) error
	Upload(ctx context.Context, u media.Upload) (media.Object, error)
}

// Publisher writes events into the transaction that ctx carries.
type Publisher interface {
	Publish(ctx context.Context, events ...bus.Payload) error
}

// Line is the people who are connected. What it is told is stored already. It does not block, and does not
// fail: whoever misses something asks for it when they are back.
type Line interface {
	// Entries are new lines of rooms' logs, those of one room in the order of their numbers.
	Entries(ctx context.Context, entries []Shown)
	// Marked is what members have got and read now.
	Marked(ctx context.Context, marked []Marked)
	// Added makes a room some people's from now on. Of the members, their roles and when they joined are not told.
	Added(ctx context.Context, at At, members []chat.Member)
	// Removed ends that a room is some people's.
	Removed(ctx context.Context, at At, userIDs ...int64)
	// Ended closes the connections of a person's sessions; with no sessions, all of the person's.
	Ended(ctx context.Context, userID int64, sessionIDs ...int64)
	// Notify shows a person what another module tells them.
	Notify(ctx context.Context, userID int64, n Notice)
}

// At is a room as it was when it was read who is in it. What was read at a lower Seq is older.
type At struct {
	RoomID  int64
	Seq     int64 // up to which its log went; 0: that is not known, or it had none yet
	Members int   // how many were in it; 0: that is not known, or nobody
}

// Notice is what another module tells a person by an event.
type Notice struct {
	ID   string // the event's
	Kind string // the event's type
	Data []byte // the event's data, JSON
}

// Config is what an operator decides. Zero fields take their defaults.
type Config struct {
	Country   string           // ISO 3166: whose synonyms a search uses
	PerSender kv.Limit         // messages of one person; zero: no limit
	Analyzer  *search.Analyzer // defaults to one with the synonyms that agrovet comes with
}

// Deps is what chat stands on.
type Deps struct {
	DB     *pg.DB
	Outbox Publisher
	Users  Users
	Media  Media // nil: messages are shown without files, and get no new ones
	KV     kv.Store
	Line   Line             // nil: nobody is connected
	Log    *slog.Logger     // defaults to slog.Default()
	Now    func() time.Time // defaults to time.Now

	Registerer prometheus.Registerer // of metrics; nil: none
}

// Core is all of the chat.
type Core struct {
	Deps
	cfg    Config
	store  store.Store
	names  *names
	sends  *group[[]chat.Entry, []sent]
	late   *group[[]chat.Entry, []sent] // sends to rooms that others hold
	talked atomic.Int64                 // transactions with messages
	marks  *group[[]want, []passed]
	settling
}

var _ chat.Service = (*Core)(nil)

// New makes the rules over a database.
func New(cfg Config, d Deps) (*Core, error) {
	if d.DB == nil || d.Outbox == nil || d.Users == nil || d.KV == nil {
		return nil, errors.New("chat needs a database, an outbox, auth's users and a key-value store")
	}
	if d.Line == nil {
		d.Line = nobody{}
	}
	if d.Log == nil {
		d.Log = slog.Default()
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	if cfg.Analyzer == nil {
		cfg.Analyzer = search.New(search.Default())
	}
	cfg.Analyzer = cfg.Analyzer.In(cfg.Country)
	c := &Core{Deps: d, cfg: cfg, store: store.Store{DB: d.DB}, names: newNames(d.Users, d.Now)}
	c.sends, c.late, c.marks = newGroup(c.writeNow), newGroup(c.write), newGroup(c.mark)
	return c, nil
}

// Run does what goes on beside requests until ctx ends, finishes what is in hand, and returns.
func (c *Core) Run(ctx context.Context) error {
	defer c.names.close()
	var working sync.WaitGroup
	working.Go(func() { c.sends.run(ctx) })
	working.Go(func() { c.late.run(ctx) })
	working.Go(func() { c.marks.run(ctx) })
	working.Wait()
	return nil
}

// nobody is connected.
type nobody struct{}

func (nobody) Entries(context.Context, []Shown)         {}
func (nobody) Marked(context.Context, []Marked)         {}
func (nobody) Added(context.Context, At, []chat.Member) {}
func (nobody) Removed(context.Context, At, ...int64)    {}
func (nobody) Ended(context.Context, int64, ...int64)   {}
func (nobody) Notify(context.Context, int64, Notice)    {}
