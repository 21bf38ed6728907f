// Package chatmod is the chat in this process: the module behind the face chat.
package chatmod

import (
	"context"
	"errors"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/invariants"
	"agrovet/internal/chat/internal/live"
	"agrovet/internal/chat/internal/original"
	"agrovet/internal/chat/internal/rpc"
	"agrovet/internal/chat/internal/socket"
	"agrovet/internal/chat/internal/web"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	platform "agrovet/internal/platform/original"
	"agrovet/internal/platform/sched"
	"agrovet/internal/platform/verify"
)

// The consumer groups of the chat: on user.events and on media.events.
const (
	Group      = "chat-service-user-consumer"
	MediaGroup = "chat-service-media-consumer"
)

// Topics are what the module's outbox owns: its events, and which files it shows.
var Topics = []string{chat.Topic, media.ShownTopic("chat")}

// Users is what chat asks of auth; auth.Service has it.
type Users = core.Users

// Media is what chat asks of media; media.Service has it.
type Media = core.Media

// Config is what an operator decides. Zero fields take their defaults.
type Config struct {
	core.Config
	Live live.Config // connections
}

// Deps is what chat stands on: DB is schema chat, migrated; Outbox is the schema's, with Topics. All but
// Media, Line, Log, Now and Registerer are needed; without a Line, it is the module's own.
type Deps = core.Deps

// Module is the chat.
type Module struct {
	core *core.Core
	live *live.Live
}

// New makes the module. It starts nothing.
func New(cfg Config, d Deps) (*Module, error) {
	l, err := live.New(cfg.Live, live.Deps{Registerer: d.Registerer, Log: d.Log, Now: d.Now})
	if err != nil {
		return nil, err
	}
	if d.Line == nil {
		d.Line = l
	}
	c, err := core.New(cfg.Config, d)
	if err != nil {
		return nil, err
	}
	l.Use(c)
	return &Module{c, l}, nil
}

// Original is what the module takes from the original.
func (m *Module) Original() platform.Part { return original.Part() }

// Service is what chat does for other modules.
func (m *Module) Service() chat.Service { return m.core }

// Routes adds the module's routes: /api/chat/, and the sockets under /ws/.
func (m *Module) Routes(r *httpx.Router) {
	web.Register(r, m.core)
	socket.Register(r, m.live)
}

// RPC answers modules in other processes.
func (m *Module) RPC(s *httpx.Server) { rpc.Register(s, m.core) }

// Subscriptions are the events that the module wants.
func (m *Module) Subscriptions() []bus.Subscription {
	return []bus.Subscription{
		{Name: Group, Routes: []bus.Route{bus.On(m.core.UserUpdated), bus.On(m.core.UserDeleted)}},
		{Name: MediaGroup, Routes: []bus.Route{bus.On(m.core.MediaDeleted)}},
		{Name: SessionGroup, Routes: []bus.Route{bus.On(m.sessionsEnded)}},
		{Name: NoticeGroup, Routes: m.notices()},
	}
}

// Invariants are what always holds of the module's rows.
func (m *Module) Invariants() []verify.Invariant { return invariants.All() }

// References are the invariants of what rows refer to in other modules.
func (m *Module) References() []verify.Invariant { return invariants.References() }

// Jobs are what happens by the clock.
func (m *Module) Jobs() []sched.Job {
	return []sched.Job{
		{Name: "chat.document", Every: 3 * time.Second, Timeout: 10 * time.Minute, Run: m.core.Document},
		{Name: "chat.forget", Every: 15 * time.Second, Timeout: 10 * time.Minute, Run: m.core.Forget},
	}
}

// Run works until ctx ends: it writes and tells what was said, and keeps connections alive.
func (m *Module) Run(ctx context.Context) error {
	lines, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- m.live.Run(lines) }()
	err := m.core.Run(ctx) // first: what it stores last is still told
	hangUp()
	return errors.Join(err, <-ended)
}
