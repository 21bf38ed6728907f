// Package chatmod is the chat in this process: the module behind the face chat.
package chatmod

import (
	"context"

	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/core"
	"agrovet/internal/chat/internal/web"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/sched"
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

// Routes adds the module's routes: /api/chat/.
func (m *Module) Routes(r *httpx.Router) { web.Register(r, m.core) }

// Subscriptions are the events that the module wants.
func (m *Module) Subscriptions() []bus.Subscription { return nil }

// Jobs are what happens by the clock.
func (m *Module) Jobs() []sched.Job { return nil }

// Run works until ctx ends.
func (m *Module) Run(ctx context.Context) error { return m.core.Run(ctx) }
