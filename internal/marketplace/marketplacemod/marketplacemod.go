// Package marketplacemod is the marketplace in this process: the module behind the face marketplace.
package marketplacemod

import (
	"context"
	"fmt"
	"os"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/invariants"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/marketplace/internal/original"
	"agrovet/internal/marketplace/internal/web"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	platform "agrovet/internal/platform/original"
	"agrovet/internal/platform/sched"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/verify"
)

// The consumer groups of the marketplace: on user.events, on media.events, and on its own events.
const (
	Group       = "marketplace-service-user-consumer"
	MediaGroup  = "marketplace-service-media-consumer"
	AlertsGroup = "marketplace-service-alerts-consumer"
)

// Topics are what the module's outbox owns: its events, and which files it shows.
var Topics = []string{marketplace.Topic, media.ShownTopic("marketplace")}

// Users is what the marketplace asks of auth; auth.Service has it.
type Users = core.Users

// Media is what the marketplace asks of media; media.Service has it.
type Media = core.Media

// Chats is what the marketplace asks of chat.
type Chats = core.Chats

// Config is what an operator decides. Zero fields take their defaults.
type Config struct {
	core.Config
	UnitsFile    string // rows that replace those of the table of units; empty: none
	SynonymsFile string // classes of words beside those that agrovet comes with; empty: none
}

// Deps is what the marketplace stands on: DB is schema marketplace, migrated; Outbox is the schema's,
// with Topics. All but Media, Chats, Log and Now are needed; without Media, adverts are shown without
// pictures, and what needs it or Chats is refused with marketplace.ErrMediaUnavailable or
// ErrChatUnavailable.
type Deps = core.Deps

// Module is the marketplace.
type Module struct{ core *core.Core }

// New makes the module. It starts nothing.
//
// Errors name the key, or the file and its line, that is wrong.
func New(cfg Config, d Deps) (*Module, error) {
	if cfg.UnitsFile != "" {
		rows, err := os.ReadFile(cfg.UnitsFile)
		if err != nil {
			return nil, fmt.Errorf("marketplace.units-file: %w", err)
		}
		if cfg.Table, err = measure.Standard().Override(string(rows)); err != nil {
			return nil, fmt.Errorf("marketplace.units-file %s: %w", cfg.UnitsFile, err)
		}
	}
	if cfg.SynonymsFile != "" {
		f, err := os.Open(cfg.SynonymsFile)
		if err != nil {
			return nil, fmt.Errorf("marketplace.synonyms-file: %w", err)
		}
		defer f.Close()
		more, err := search.Load(f)
		if err != nil {
			return nil, fmt.Errorf("marketplace.synonyms-file %s: %w", cfg.SynonymsFile, err)
		}
		cfg.Analyzer = search.New(search.Default().With(more))
	}
	c, err := core.New(cfg.Config, d)
	if err != nil {
		return nil, err
	}
	return &Module{c}, nil
}

// Routes adds the module's routes: /api/adds/, /api/categories/ and /api/follows/.
func (m *Module) Routes(r *httpx.Router) { web.Register(r, m.core) }

// Subscriptions are the events that the module wants.
func (m *Module) Subscriptions() []bus.Subscription {
	return []bus.Subscription{
		{Name: Group, Routes: []bus.Route{bus.On(m.core.UserDeleted)}},
		{Name: MediaGroup, Routes: []bus.Route{bus.On(m.core.MediaDeleted)}},
		{Name: AlertsGroup, Batch: alertsBatch, Routes: []bus.Route{
			{Kind: marketplace.Created{}.Kind(), Handle: m.core.AddShown},
			{Kind: marketplace.Updated{}.Kind(), Handle: m.core.AddShown},
			bus.On(m.core.AddDeleted),
		}},
	}
}

// alertsBatch is how many adverts are compared with saved searches in one transaction: each may have many
// alerts.
const alertsBatch = 32

// Seed makes 200 adverts in Spanish of a demo community's people, who must exist in auth, as far as their
// roles may publish; some have a picture. It may be run again: where one of them has an advert already
// nothing is made.
func (m *Module) Seed(ctx context.Context, users []auth.User, picture func(int64) media.Upload) error {
	if err := m.core.SeedCategories(ctx); err != nil {
		return err
	}
	return m.core.Seed(ctx, picture, users...)
}

// Fill is how a database for measuring is filled.
type Fill = core.Fill

// Fill makes adverts by COPY until there are as many generated ones as are wanted, and returns how many
// it made. It is for measuring: the indexes are not there meanwhile, and no event tells of the adverts.
//
// Errors: also that there are adverts which real people may have written.
func (m *Module) Fill(ctx context.Context, f Fill) (made int, err error) {
	if err := m.core.SeedCategories(ctx); err != nil {
		return 0, err
	}
	return m.core.Fill(ctx, f)
}

// Original is what the module takes from the original.
func (m *Module) Original() platform.Part { return original.Part(m.core) }

// Invariants are what always holds of the module's rows.
func (m *Module) Invariants() []verify.Invariant { return invariants.All() }

// References are the invariants of what rows refer to in other modules.
func (m *Module) References() []verify.Invariant { return invariants.References() }

// Jobs are what happens by the clock.
func (m *Module) Jobs() []sched.Job {
	return []sched.Job{
		{Name: "marketplace.expire", Every: 5 * time.Minute, Timeout: 10 * time.Minute, Run: m.core.Expire},
		{Name: "marketplace.warn", Every: time.Hour, Timeout: 10 * time.Minute, Run: m.core.Warn},
		{Name: "marketplace.purge-views", Every: time.Hour, Timeout: 10 * time.Minute, Run: m.core.PurgeViews},
		{Name: "marketplace.count-words", Every: 30 * time.Second, Timeout: 10 * time.Minute, Run: m.core.CountWords},
		{Name: "marketplace.anchor-searches", Every: time.Hour, Run: m.core.AnchorSearches},
		{Name: "marketplace.purge-searches", Every: 6 * time.Hour, Run: m.core.PurgeVersions},
	}
}

// Run makes the categories of a new installation, and stores who looked at adverts every few seconds until
// ctx ends. Then it stores what is left and returns.
func (m *Module) Run(ctx context.Context) error { return m.core.Run(ctx) }
