// Package mediamod is media in this process: the module behind the face media.
package mediamod

import (
	"context"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/core"
	"agrovet/internal/media/internal/invariants"
	"agrovet/internal/media/internal/original"
	"agrovet/internal/media/internal/rpc"
	"agrovet/internal/media/internal/web"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	platform "agrovet/internal/platform/original"
	"agrovet/internal/platform/sched"
	"agrovet/internal/platform/verify"
)

// The subscriptions.
const (
	Group      = "media-service-consumer" // to the other modules
	FilesGroup = "media-service-files"    // to media itself: smaller copies, and bytes that nobody has any more
)

// referrers are the modules that show objects.
var referrers = []string{"auth", "profiles", "marketplace", "chat", "foro"}

// Config of media; see core.
type Config = core.Config

// Limits bound what is taken in.
type Limits = content.Limits

// Deps is what media stands on: DB is schema media, migrated; Outbox is the schema's, with topics
// media.Topic and media.InternalTopic.
type Deps = core.Deps

// Module is media.
type Module struct{ core *core.Core }

// New makes the module. It starts nothing.
func New(cfg Config, d Deps) (*Module, error) {
	c, err := core.New(cfg, d)
	if err != nil {
		return nil, err
	}
	return &Module{c}, nil
}

// Service answers the other modules.
func (m *Module) Service() media.Service { return m.core }

// Routes adds the module's routes: under /api/media/, and the files themselves under /media/.
func (m *Module) Routes(r *httpx.Router, s *httpx.Server) { web.Register(r, s, m.core) }

// RPC answers modules in other processes.
func (m *Module) RPC(s *httpx.Server) { rpc.Register(s, m.core, m.core.MaxBytes()) }

// Subscriptions are the events that the module wants. Pictures are made smaller one at a time.
func (m *Module) Subscriptions() []bus.Subscription {
	others := []bus.Route{bus.On(m.core.UserDeleted)}
	for _, module := range referrers {
		others = append(others, bus.Route{Kind: media.ShownKind(module), Handle: bus.On(m.core.ShownAt).Handle},
			bus.Route{Kind: media.WithdrawnKind(module), Handle: bus.On(m.core.Withdrawn).Handle})
	}
	return []bus.Subscription{
		{Name: Group, Routes: others},
		{Name: FilesGroup, Batch: 1, Routes: []bus.Route{bus.On(m.core.MakeRenditions), bus.On(m.core.RemoveBytes)}},
	}
}

// Invariants are what always holds of the module's rows.
func (m *Module) Invariants() []verify.Invariant { return invariants.All() }

// References are the invariants of what rows refer to in other modules.
func (m *Module) References() []verify.Invariant { return invariants.References() }

// Bytes are the invariants of what is in the store, which is asked for every file.
func (m *Module) Bytes() []verify.Invariant { return m.core.Bytes() }

// OriginalFiles says where the original's files are.
type OriginalFiles = original.Files

// ParseOriginalPlace reads one place where they are; see original.ParsePlace.
func ParseOriginalPlace(text string, getenv func(string) string) (original.Place, error) {
	return original.ParsePlace(text, getenv)
}

// Original is what is taken from the original system.
func (m *Module) Original(f OriginalFiles) platform.Part { return original.Part(m.core, f) }

// Jobs sweep what nobody needs any more, and finish uploads whose process died.
func (m *Module) Jobs() []sched.Job { return m.core.Jobs() }

// Run returns at once: media has nothing that runs beside requests, events and jobs.
func (m *Module) Run(context.Context) error { return nil }

// Check says whether the store of bytes can be used, for /health/detailed/.
func (m *Module) Check(ctx context.Context) (map[string]any, error) { return m.core.Check(ctx) }

// Store keeps the bytes.
type Store = blob.Store

// DiskStore keeps them in a directory.
func DiskStore(dir string) (Store, error) { return blob.NewDisk(dir) }

// S3Config is a bucket of an S3-compatible service.
type S3Config = blob.S3Config

// S3Store keeps them in a bucket.
func S3Store(cfg S3Config) (Store, error) { return blob.NewS3(cfg) }
