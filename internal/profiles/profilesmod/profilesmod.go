// Package profilesmod is profiles in this process: the module behind the face profiles.
package profilesmod

import (
	"context"
	"errors"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/sched"
	"agrovet/internal/platform/verify"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/core"
	"agrovet/internal/profiles/internal/invariants"
	"agrovet/internal/profiles/internal/rpc"
	"agrovet/internal/profiles/internal/web"
)

// The consumer groups of profiles: on user.events (contract: events.md §4), and on media.events.
const (
	Group      = "profiles-service-user-consumer"
	MediaGroup = "profiles-service-media-consumer"
)

// Topics are what the module's outbox owns: its events, and which files it shows.
var Topics = []string{profiles.Topic, media.ShownTopic("profiles")}

// Users is what profiles asks of auth; auth.Service has it.
type Users = core.Users

// Media is what profiles asks of media; media.Service has it.
type Media = core.Media

// Publisher writes events into the transaction that ctx carries; *bus.Outbox is one.
type Publisher = core.Publisher

// Config of profiles. There is nothing to set.
type Config struct{}

// Deps is what profiles stands on: DB is schema profiles, migrated; Outbox is the schema's, with
// Topics. All but Media and Log are needed; without Media, profiles are shown without their files and
// what needs it is refused with profiles.ErrMediaUnavailable.
type Deps = core.Deps

// Module is profiles.
type Module struct{ core *core.Core }

// New makes the module. It starts nothing.
func New(_ Config, d Deps) (*Module, error) {
	if d.DB == nil || d.Outbox == nil || d.Users == nil {
		return nil, errors.New("profiles needs a database, an outbox and auth's users")
	}
	return &Module{core.New(d)}, nil
}

// Service answers the other modules.
func (m *Module) Service() profiles.Service { return m.core }

// Routes adds the module's routes under /api/profiles/.
func (m *Module) Routes(r *httpx.Router) { web.Register(r, m.core) }

// RPC answers modules in other processes.
func (m *Module) RPC(s *httpx.Server) { rpc.Register(s, m.core) }

// Subscriptions are the events that the module wants.
func (m *Module) Subscriptions() []bus.Subscription {
	return []bus.Subscription{
		{Name: Group, Routes: []bus.Route{
			bus.On(m.core.UserCreated),
			bus.On(m.core.RoleChanged),
			bus.On(m.core.UserDeleted),
		}},
		{Name: MediaGroup, Routes: []bus.Route{bus.On(m.core.MediaDeleted)}},
	}
}

// Seed fills the profiles of a demo community's specialists and businessmen with Spanish texts and
// places, and verifies one specialist. The users must exist in auth. It may be run again: what owners
// have written stays.
func (m *Module) Seed(ctx context.Context, users []auth.User, picture func(int64) media.Upload) error {
	return m.core.Seed(ctx, picture, users...)
}

// Invariants are what always holds of the module's rows.
func (m *Module) Invariants() []verify.Invariant { return invariants.All() }

// References are the invariants of what rows refer to in other modules.
func (m *Module) References() []verify.Invariant { return invariants.References() }

// Jobs are what happens by the clock.
func (m *Module) Jobs() []sched.Job {
	return []sched.Job{{Name: "profiles.expire-verifications", Every: 24 * time.Hour, Timeout: time.Hour, Run: m.core.ExpireVerifications}}
}

// Run returns at once: profiles has nothing that runs beside requests and events.
func (m *Module) Run(context.Context) error { return nil }
