// Package chatmod is the chat in this process: the module behind the face chat.
package chatmod

import (
	"context"
	"time"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/web"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/sched"
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
type Config struct{ core.Config }

// Deps is what chat stands on: DB is schema chat, migrated; Outbox is the schema's, with Topics. All but
// Media, Log and Now are needed.
type Deps = core.Deps

// Module is the chat.
type Module struct{ core *core.Core }

// New makes the module. It starts nothing.
func New(cfg Config, d Deps) (*Module, error) {
	c, err := core.New(cfg.Config, d)
	if err != nil {
		return nil, err
	}
	return &Module{c}, nil
}

// Service is what chat does for other modules.
func (m *Module) Service() chat.Service { return m.core }

// Routes adds the module's routes: /api/chat/.
func (m *Module) Routes(r *httpx.Router) { web.Register(r, m.core) }

// Subscriptions are the events that the module wants.
func (m *Module) Subscriptions() []bus.Subscription {
	return []bus.Subscription{
		{Name: Group, Routes: []bus.Route{bus.On(m.core.UserUpdated), bus.On(m.core.UserDeleted)}},
		{Name: MediaGroup, Routes: []bus.Route{bus.On(m.core.MediaDeleted)}},
	}
}

// Jobs are what happens by the clock.
func (m *Module) Jobs() []sched.Job {
	return []sched.Job{
		{Name: "chat.document", Every: 3 * time.Second, Timeout: 10 * time.Minute, Run: m.core.Document},
		{Name: "chat.forget", Every: 15 * time.Second, Timeout: 10 * time.Minute, Run: m.core.Forget},
	}
}

// Run works until ctx ends.
func (m *Module) Run(ctx context.Context) error { return m.core.Run(ctx) }
