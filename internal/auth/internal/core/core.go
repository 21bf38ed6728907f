// Package core is the rules of identities.
//
// register.go lets people in, login.go and sessions.go let them back in and out, there.go, welcome.go and
// takeover.go bring them from the original, users.go is what is known of them, change.go and passwords.go
// who may change it, codes.go proves by SMS that a number is theirs and reset.go what follows from that;
// operator.go and seed.go are for the command line. Hashing passwords takes tens of milliseconds on
// purpose and happens before transactions begin.
package core

import (
	"context"
	"errors"
	"log/slog"
	"os/exec"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authcache"
	"agrovet/internal/auth/internal/living"
	"agrovet/internal/auth/internal/password"
	"agrovet/internal/auth/internal/phone"
	"agrovet/internal/auth/internal/sms"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pg"
)

// Config of auth. Limits of zero mean no limit.
type Config struct {
	TokenIdle          time.Duration    // a session unused for so long ends. Defaults to 90 days
	Country            string           // of numbers without country code, ISO 3166. Defaults to BO
	HashWorkers        int              // see password.Config
	HashCommand        func() *exec.Cmd // runs password.Serve; see password.Config
	LoginPerPhone      kv.Limit         // tries
	LoginPerAddress    kv.Limit         // tries
	RegisterPerAddress kv.Limit
	CodesPerPhone      int // SMS codes in an hour
	CodesPerAddress    int // SMS codes in an hour
	CodesTotal         int // SMS codes in an hour, of the installation
	// Asked says that modules in other processes ask for users, so that what they keep of them is to be removed.
	Asked bool
	// Original is the original's auth, while it runs beside this one; see package living.
	Original living.Config
}

func (c Config) withDefaults() Config {
	if c.TokenIdle == 0 {
		c.TokenIdle = 90 * 24 * time.Hour
	}
	if c.Country == "" {
		c.Country = "BO"
	}
	c.Original = c.Original.WithDefaults()
	return c
}

// Publisher writes events into the transaction that ctx carries.
type Publisher interface {
	Publish(ctx context.Context, events ...bus.Payload) error
}

// Deps is what auth stands on. All but Media, Registerer and Log are needed.
type Deps struct {
	DB         *pg.DB
	Outbox     Publisher
	KV         kv.Store
	SMS        sms.Sender
	Media      Media // nil: requests with a picture are refused
	Registerer prometheus.Registerer
	Log        *slog.Logger
}

// Core is all of auth. It is an auth.Service.
type Core struct {
	cfg    Config
	deps   Deps
	store  store.Store
	cache  authcache.Cache
	hasher *password.Hasher
	sender *senderHealth
	there  *there // nil: there is no original
	used   usedSessions
	log    *slog.Logger
}

var _ auth.Service = (*Core)(nil)

// New makes the rules over a database. Close ends its workers.
func New(cfg Config, d Deps) (*Core, error) {
	if d.DB == nil || d.Outbox == nil || d.KV == nil || d.SMS == nil {
		return nil, errors.New("auth needs a database, an outbox, a key-value store and an SMS sender")
	}
	if d.Log == nil {
		d.Log = slog.Default()
	}
	cfg = cfg.withDefaults()
	hasher, err := password.New(password.Config{Workers: cfg.HashWorkers, Command: cfg.HashCommand, Log: d.Log})
	if err != nil {
		return nil, err
	}
	return &Core{cfg: cfg, deps: d, store: store.Store{DB: d.DB}, cache: authcache.Cache{KV: d.KV}, log: d.Log,
		hasher: hasher, sender: newSenderHealth(d.Registerer), there: newThere(living.New(cfg.Original, d.Registerer))}, nil
}

// Config returns what is in force.
func (c *Core) Config() Config { return c.cfg }

// Close ends the hashing workers, and what is kept of the original.
func (c *Core) Close() {
	c.hasher.Close()
	if c.there != nil {
		c.there.close()
	}
}

// parsePhone finds the line that somebody means. Errors: auth.ErrPhoneInvalid, about the field.
func (c *Core) parsePhone(typed, field string) (string, error) {
	n, err := phone.Parse(typed, c.cfg.Country)
	if err != nil {
		return "", auth.ErrPhoneInvalid.At(field).Wrap(err)
	}
	return string(n), nil
}

// publish writes events into ctx's transaction.
func (c *Core) publish(ctx context.Context, events ...bus.Payload) error {
	c.forgetShown(ctx, events...)
	return c.deps.Outbox.Publish(ctx, events...)
}

// tx runs fn in a transaction of auth's schema.
func (c *Core) tx(ctx context.Context, fn func(ctx context.Context) error) error {
	return c.deps.DB.Tx(ctx, fn)
}

// Users returns the users with these ids; see auth.Service.
func (c *Core) Users(ctx context.Context, ids ...int64) (map[int64]auth.User, error) {
	if len(ids) == 0 {
		return map[int64]auth.User{}, nil
	}
	return c.store.Shown(ctx, ids)
}

// PhoneNumbers returns the numbers of these users; see auth.Service.
func (c *Core) PhoneNumbers(ctx context.Context, ids ...int64) (map[int64]string, error) {
	if len(ids) == 0 {
		return map[int64]string{}, nil
	}
	return c.store.Phones(ctx, ids)
}

// usedSessions collects sessions that were used, to be noted together.
type usedSessions struct {
	mu  sync.Mutex
	ids map[int64]struct{}
}

func (u *usedSessions) add(id int64) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ids == nil {
		u.ids = map[int64]struct{}{}
	}
	u.ids[id] = struct{}{}
}

func (u *usedSessions) take() []int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	ids := make([]int64, 0, len(u.ids))
	for id := range u.ids {
		ids = append(ids, id)
	}
	u.ids = nil
	return ids
}
