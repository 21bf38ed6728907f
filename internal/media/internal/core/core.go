// Package core is the rules of media.
//
// upload.go takes files in, resume.go those that come in pieces; object.go is what is said of objects,
// and who may read and change it; shown.go follows what other modules show, and who leaves; render.go
// makes the smaller copies, and removes bytes that nobody has any more; sweep.go is what happens by the
// clock; link.go signs addresses of private objects.
//
// Bytes and rows cannot change together. So bytes come first and go last: a row is written when its
// bytes are safe, and bytes are removed, by an event of the transaction, when their row is gone. What a
// crash leaves between the two are bytes without a row, and the sweep finds those.
package core

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/picture"
	"agrovet/internal/media/internal/store"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
)

// Config of media. Zero fields take their defaults.
type Config struct {
	// PublicURL is where public files are read: keys of the store are appended. Defaults to
	// FilesPath, this server itself.
	PublicURL string
	Anonymous bool           // whether those who are not signed in may upload pictures
	Limits    content.Limits // of what is taken in

	KeepUnshown   time.Duration // how long an object that nothing shows is kept. Defaults to 7 days
	KeepUnclaimed time.Duration // how long nobody's object is kept. Defaults to 1 day
	KeepUpload    time.Duration // how long an upload waits for its next piece. Defaults to 7 days
	LinkLife      time.Duration // how long a link to a private object works. Defaults to 5 minutes
}

// FilesPath is where this server serves public files.
const FilesPath = "/media/"

func (c Config) withDefaults() Config {
	if c.PublicURL == "" {
		c.PublicURL = FilesPath
	}
	for _, d := range []struct {
		value     *time.Duration
		otherwise time.Duration
	}{{&c.KeepUnshown, 7 * 24 * time.Hour}, {&c.KeepUnclaimed, 24 * time.Hour}, {&c.KeepUpload, 7 * 24 * time.Hour}, {&c.LinkLife, 5 * time.Minute}} {
		if *d.value == 0 {
			*d.value = d.otherwise
		}
	}
	return c
}

// Publisher writes events into the transaction that ctx carries.
type Publisher interface {
	Publish(ctx context.Context, events ...bus.Payload) error
}

// Deps is what media stands on. All but Log are needed.
type Deps struct {
	DB     *pg.DB
	Outbox Publisher
	Store  blob.Store
	Log    *slog.Logger
}

// Core is all of media. It is a media.Service.
type Core struct {
	cfg    Config
	deps   Deps
	store  store.Store
	blobs  blob.Store
	studio *picture.Studio
	signer signer
	log    *slog.Logger
}

var _ media.Service = (*Core)(nil)

// New makes the rules over a database and a store of bytes.
func New(cfg Config, d Deps) (*Core, error) {
	if d.DB == nil || d.Outbox == nil || d.Store == nil {
		return nil, errors.New("media needs a database, an outbox and a store of bytes")
	}
	if d.Log == nil {
		d.Log = slog.Default()
	}
	s := store.Store{DB: d.DB}
	cfg = cfg.withDefaults()
	return &Core{cfg: cfg, deps: d, store: s, blobs: d.Store, log: d.Log, studio: picture.New(picture.Config{}),
		signer: signer{secret: s.Secret, life: cfg.LinkLife}}, nil
}

// Config returns what is in force.
func (c *Core) Config() Config { return c.cfg }

// MaxBytes is the size of the largest file that is taken in; 0: no limit.
func (c *Core) MaxBytes() (most int64) {
	for _, n := range c.cfg.Limits.Bytes {
		most = max(most, n)
	}
	return most
}

// Blobs is the store of bytes, for whoever serves them.
func (c *Core) Blobs() blob.Store { return c.blobs }

// Check says whether the store of bytes can be used, for /health/detailed/.
func (c *Core) Check(ctx context.Context) (map[string]any, error) { return nil, c.blobs.Check(ctx) }

// publish writes events into ctx's transaction.
func (c *Core) publish(ctx context.Context, events ...bus.Payload) error {
	return c.deps.Outbox.Publish(ctx, events...)
}

// tx runs fn in a transaction of media's schema.
func (c *Core) tx(ctx context.Context, fn func(ctx context.Context) error) error {
	return c.deps.DB.Tx(ctx, fn)
}

// stored turns a store's word into media's: full, or away.
func stored(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, blob.ErrFull):
		return media.ErrFull.Wrap(err)
	}
	return media.ErrStorage.Wrap(err)
}
