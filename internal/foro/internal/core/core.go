// Package core is the rules of the forum.
//
// publish.go makes posts and answer.go comments; remark.go and erase.go change and delete comments. read.go shows
// posts, comments.go lists comments and thread.go what was said below a post; page.go asks the other modules for all
// of it at once, who.go says as whom authors appear. accept.go and validate.go are which comments answer,
// unanswered.go the questions that wait, forget.go is what remains of those who are gone.
// shape.go and tags.go say in which form posts are stored; edit.go changes and delete.go deletes them, history.go has
// what they said before, lists.go lists them; drafts.go keeps what is not published yet, publishdraft.go publishes it.
// access.go is who may see and do what, newcomers.go how much those write who have just come, members.go what auth
// and profiles tell of people. communities.go shows communities, founding.go and running.go make, change and end
// them; membership.go and moderators.go are who is what in them, insiders.go lists those, standard.go and
// defaults.go are the communities that everybody is put into.
// reactions.go is how people react and reactors.go who did; affinity.go, relevance.go and relevant.go are what is
// worth reading to whom, views.go whose looks count.
// document.go makes by what posts and comments are found, with traits.go; find.go finds them, hits.go shows them.
// follows.go is what people follow and mute, causes.go of what they are told, notices.go what they are shown of it.
// seed.go makes the forum of a demo community; fill.go fills a database for measuring, with the posts of bulk.go.
//
// Moderation: report.go is what people say against something, examine.go what the rules find, appeal.go what
// authors say against a decision; case.go is what moderators look at, and queue.go in which order; decide.go
// and moderate.go are what they say, effect.go what follows, and log.go what everybody learns. suspend.go keeps
// people from writing, bans.go shows whom, and withhold.go hides what they wrote meanwhile.
package core

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"agrovet/internal/auth"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search"
	"agrovet/internal/platform/views"
	"agrovet/internal/profiles"
)

// Users is what the forum asks of auth: how people are called.
type Users interface {
	// Users returns the users with these ids. Ids of nobody are left out.
	Users(ctx context.Context, ids ...int64) (map[int64]auth.User, error)
}

// Profiles is what the forum asks of profiles: what people are.
type Profiles interface {
	// Cards returns the profiles of these users. Users without one are left out.
	Cards(ctx context.Context, userIDs ...int64) (map[int64]profiles.Card, error)
}

// Media is what the forum asks of media.
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
	Country  string           // ISO 3166: whose synonyms
	Analyzer *search.Analyzer // defaults to one with the synonyms that agrovet comes with

	DeletedUsers    string        // what becomes of what somebody wrote whose account is deleted: [Anonymise] (the default) or [Remove]
	UnansweredAfter time.Duration // after which specialists are told of a question. Defaults to 6 h
	InternalSecret  string        // of AddUser; empty: there is no such thing

	HideAfter        int           // how many reports hide something until somebody decides; 0: never
	NewcomerPeriod   time.Duration // how long somebody is a newcomer; 0: nobody is
	NewcomerPosts    int           // a newcomer's in 24 hours; 0: no limit
	NewcomerComments int           // and comments; 0: no limit
	KeepNotices      time.Duration // how long notifications are kept; defaults to 180 days
}

// What becomes of what somebody wrote whose account is deleted.
const (
	Anonymise = "anonymise" // it stays without their name
	Remove    = "remove"
)

// Deps is what the forum stands on.
type Deps struct {
	DB       *pg.DB
	Outbox   Publisher
	Users    Users
	Profiles Profiles         // nil: authors are shown without what they are
	Media    Media            // nil: posts are shown without files, and get no new ones
	Log      *slog.Logger     // defaults to slog.Default()
	Now      func() time.Time // defaults to time.Now
}

// Core is all of the forum.
type Core struct {
	Deps
	cfg   Config
	store store.Store
	views *views.Counter
}

// New makes the rules over a database.
func New(cfg Config, d Deps) (*Core, error) {
	if d.DB == nil || d.Outbox == nil || d.Users == nil {
		return nil, errors.New("the forum needs a database, an outbox and auth's users")
	}
	if d.Log == nil {
		d.Log = slog.Default()
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	cfg.DeletedUsers = cmp.Or(cfg.DeletedUsers, Anonymise)
	cfg.UnansweredAfter = cmp.Or(cfg.UnansweredAfter, 6*time.Hour)
	if cfg.Analyzer == nil {
		cfg.Analyzer = search.New(search.Default())
	}
	if cfg.KeepNotices == 0 {
		cfg.KeepNotices = 180 * 24 * time.Hour
	}
	cfg.Analyzer = cfg.Analyzer.In(cfg.Country)
	rows := store.Store{DB: d.DB}
	return &Core{Deps: d, cfg: cfg, store: rows, views: views.New(rows, d.Log, d.Now)}, nil
}

func (c *Core) publish(ctx context.Context, e ...bus.Payload) error {
	return c.Outbox.Publish(ctx, e...)
}
