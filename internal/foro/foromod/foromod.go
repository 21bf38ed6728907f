// Package foromod is the forum in this process: the module behind the face foro.
package foromod

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/invariants"
	"agrovet/internal/foro/internal/web"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/sched"
	"agrovet/internal/platform/verify"
)

// The consumer groups of the forum: on user.events (contract: events.md §4), on profiles.events and on media.events.
const (
	Group         = "foro-service-user-consumer"
	ProfilesGroup = "foro-service-profiles-consumer"
	MediaGroup    = "foro-service-media-consumer"
)

// The consumer groups that make notifications of the forum's own events: of what happens, and for followers.
const (
	NoticesGroup   = "foro-service-notices-consumer"
	FollowersGroup = "foro-service-followers-consumer"
)

// Topics are what the module's outbox owns: its events, and which files it shows.
var Topics = []string{foro.Topic, media.ShownTopic("foro")}

// Users is what the forum asks of auth; auth.Service has it.
type Users = core.Users

// Profiles is what the forum asks of profiles; profiles.Service has it.
type Profiles = core.Profiles

// Media is what the forum asks of media; media.Service has it.
type Media = core.Media

// Config is what an operator decides. Zero fields take their defaults.
type Config struct {
	core.Config
}

// Deps is what the forum stands on: DB is schema foro, migrated; Outbox is the schema's, with Topics. All but
// Profiles, Media, Log and Now are needed.
type Deps = core.Deps

// Module is the forum.
type Module struct{ core *core.Core }

// New makes the module. It starts nothing.
func New(cfg Config, d Deps) (*Module, error) {
	c, err := core.New(cfg.Config, d)
	if err != nil {
		return nil, err
	}
	return &Module{c}, nil
}

// Routes adds the module's routes: /api/foro/.
func (m *Module) Routes(r *httpx.Router) { web.Register(r, m.core) }

// Subscriptions are the events that the module wants.
func (m *Module) Subscriptions() []bus.Subscription {
	return []bus.Subscription{
		{Name: Group, Routes: []bus.Route{bus.On(m.core.UserCreated), bus.On(m.core.RoleChanged), bus.On(m.core.UserDeleted)}},
		{Name: ProfilesGroup, Routes: []bus.Route{bus.On(m.core.ProfileCreated), bus.On(m.core.ProfileUpdated), bus.On(m.core.VerificationChanged)}},
		{Name: MediaGroup, Routes: []bus.Route{bus.On(m.core.MediaDeleted)}},
		{Name: NoticesGroup, Batch: noticesBatch, Routes: m.notices()},
		{Name: FollowersGroup, Batch: 1, Routes: []bus.Route{bus.On(m.core.TellFollowers)}}, // hundreds are told at once
	}
}

// Invariants are what always holds of the module's rows.
func (m *Module) Invariants() []verify.Invariant { return invariants.All() }

// References are the invariants of what rows refer to in other modules.
func (m *Module) References() []verify.Invariant { return invariants.References() }

// Jobs are what happens by the clock.
func (m *Module) Jobs() []sched.Job {
	return []sched.Job{
		{Name: "foro.forget", Every: 15 * time.Second, Timeout: 10 * time.Minute, Run: m.core.Forget},
		{Name: "foro.unanswered", Every: 10 * time.Minute, Run: m.core.TellWaiting},
		{Name: "foro.remove-communities", Every: time.Minute, Timeout: 10 * time.Minute, Run: m.core.RemoveCommunities},
		{Name: "foro.relevance", Every: 5 * time.Minute, Run: m.core.ReckonRelevance},
		{Name: "foro.purge-views", Every: time.Hour, Timeout: 10 * time.Minute, Run: m.core.PurgeViews},
		{Name: "foro.withhold", Every: time.Minute, Timeout: time.Hour, Run: m.core.Withhold},
		{Name: "foro.purge-counts", Every: time.Hour, Run: m.core.PurgeCounts},
		{Name: "foro.purge-notices", Every: time.Hour, Timeout: 30 * time.Minute, Run: m.core.PurgeNotices},
		{Name: "foro.document", Every: 2 * time.Second, Timeout: 10 * time.Minute, Run: m.core.Document},
		{Name: "foro.count-words", Every: 30 * time.Second, Timeout: 10 * time.Minute, Run: m.core.CountWords},
	}
}

// Run makes the communities of a new installation, and stores who looked at posts every few seconds until ctx ends.
// Then it stores what is left and returns.
func (m *Module) Run(ctx context.Context) error { return m.core.Run(ctx) }
