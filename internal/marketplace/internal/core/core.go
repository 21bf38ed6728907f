// Package core is the rules of the marketplace.
//
// publish.go makes adverts and change.go changes them: both bring what a publisher wrote into shape
// (draft.go), and store it with everything that follows from it in one transaction (save.go). life.go
// says which statuses follow each other and clock.go what time does to adverts. read.go is single
// adverts and lists, find.go searches. pictures.go is which files an advert may show and how media
// learns of them, place.go what others learn of where a thing is. members.go is auth's events. follows.go,
// feed.go, favourites.go and blocks.go are what people do around adverts, views.go whose looks count.
// report.go is what members report and examine.go what the rules find; decide.go is what staff decides,
// queue.go and moderation.go what it sees before.
//
// searches.go is saved searches; each change of what one looks for ends a version and begins another
// (versions.go). anchors.go is by what an advert finds the versions that may want it, and alerts.go whom
// it alerts, on the module's own events; alerted.go is what those people see.
package core

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/views"
)

// Users is what the marketplace asks of auth: how publishers are called, and which role they have.
type Users interface {
	// Users returns the users with these ids. Ids of nobody are left out.
	Users(ctx context.Context, ids ...int64) (map[int64]auth.User, error)
}

// Media is what the marketplace asks of media.
type Media interface {
	Objects(ctx context.Context, ids ...int64) (map[int64]media.Object, error)
	Claim(ctx context.Context, userID int64, ids ...int64) error
	Upload(ctx context.Context, u media.Upload) (media.Object, error)
}

// Publisher writes events into the transaction that ctx carries.
type Publisher interface {
	Publish(ctx context.Context, events ...bus.Payload) error
}

// Config is what an operator decides. Zero fields take their defaults.
type Config struct {
	Roles    []auth.Role      // who may publish; empty: specialists and businessmen
	Everyone bool             // anybody may publish, whatever Roles says
	Country  string           // ISO 3166: whose arroba, synonyms and currency when an advert does not say
	Currency string           // ISO 4217, of prices that name none; empty: the country's
	Lifetime time.Duration    // until an active advert expires; defaults to 60 days
	Warning  time.Duration    // before that, its publisher is told; defaults to 3 days
	Newcomer time.Duration    // how long somebody is new after their first advert; defaults to 7 days
	PerDay   int              // adverts of a newcomer in 24 hours; 0: no limit
	Table    *measure.Table   // sizes of units; defaults to measure.Standard()
	Analyzer *search.Analyzer // defaults to one with the synonyms that agrovet comes with
}

// Deps is what the marketplace stands on.
type Deps struct {
	DB     *pg.DB
	Outbox Publisher
	Users  Users
	Media  Media            // nil: adverts are shown without pictures, and get no new ones
	Chats  Chats            // nil: nobody can be written to from an advert
	Log    *slog.Logger     // defaults to slog.Default()
	Now    func() time.Time // defaults to time.Now
}

// Core is all of the marketplace.
type Core struct {
	Deps
	cfg        Config
	store      store.Store
	categories categories
	views      *views.Counter
	usual      usual
	counts     counts
}

// New makes the rules over a database.
func New(cfg Config, d Deps) (*Core, error) {
	if d.DB == nil || d.Outbox == nil || d.Users == nil {
		return nil, errors.New("the marketplace needs a database, an outbox and auth's users")
	}
	if d.Log == nil {
		d.Log = slog.Default()
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	rows := store.Store{DB: d.DB}
	return &Core{Deps: d, cfg: cfg, store: rows, views: views.New(rows, d.Log, d.Now)}, nil
}

func (c Config) withDefaults() (Config, error) {
	if len(c.Roles) == 0 {
		c.Roles = []auth.Role{auth.Specialist, auth.Businessman}
	}
	if c.Currency == "" {
		c.Currency = measure.DefaultCurrency(c.Country)
	}
	if _, ok := measure.CurrencyByCode(c.Currency); !ok {
		return c, errors.New("marketplace.currency: there is no currency " + c.Currency)
	}
	if c.Lifetime == 0 {
		c.Lifetime = 60 * 24 * time.Hour
	}
	if c.Warning == 0 {
		c.Warning = 3 * 24 * time.Hour
	}
	if c.Newcomer == 0 {
		c.Newcomer = 7 * 24 * time.Hour
	}
	if c.Table == nil {
		c.Table = measure.Standard()
	}
	if c.Analyzer == nil {
		c.Analyzer = search.New(search.Default())
	}
	c.Analyzer = c.Analyzer.In(c.Country)
	return c, nil
}

func (c *Core) publish(ctx context.Context, e ...bus.Payload) error {
	return c.Outbox.Publish(ctx, e...)
}
