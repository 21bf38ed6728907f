// Package core is the rules of profiles.
//
// A user has one profile, of the kind that follows the role. Three things make, change and remove
// it: auth's events (members.go), the user (write.go) and staff. They may come in any order and at
// the same time, so each of them first takes the user's owner row, on which the others wait, and
// then looks at what is there. The owner row, once it is there, says which kind the profile is of;
// before, auth's role does. Reading never writes (read.go): what the event has not made yet is shown
// as the empty profile that it will make.
//
// files.go is which files a profile may show and how media learns of them, verification.go how a
// specialist becomes verified, place.go what others learn of where a specialist works.
package core

import (
	"context"
	"log/slog"

	"agrovet/internal/auth"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// Users is what profiles asks of auth: how a user is called, and which role they have.
type Users interface {
	// Users returns the users with these ids. Ids of nobody are left out.
	Users(ctx context.Context, ids ...int64) (map[int64]auth.User, error)
}

// Publisher writes events into the transaction that ctx carries.
type Publisher interface {
	Publish(ctx context.Context, events ...bus.Payload) error
}

// Deps is what profiles stands on.
type Deps struct {
	DB     *pg.DB
	Outbox Publisher
	Users  Users
	Media  Media        // nil: profiles are shown without their files, and get no new ones
	Log    *slog.Logger // defaults to slog.Default()
}

// Core is all of profiles. It is a profiles.Service.
type Core struct {
	base
	Specialists *Profiles[profiles.Specialist]
	Businessmen *Profiles[profiles.Businessman]
	Consumers   *Profiles[profiles.Consumer]
	verifier    verifier
}

var _ profiles.Service = (*Core)(nil)

// base is what the three kinds share.
type base struct {
	Deps
	owners store.Owners
}

// Profiles are the profiles of one kind.
type Profiles[T any] struct {
	base
	kind  profiles.Kind
	table table[T]
	rules[T]
}

// rules are what the kinds do differently.
type rules[T any] struct {
	empty  func(userID int64) T
	tidy   func(*T)
	check  check[T]
	files  func(T) []place                                            // which files a profile shows
	forget func(p *T, mediaID int64)                                  // takes a file out
	finish func(ctx context.Context, before T, p *T) error            // before a changed profile is stored
	follow func(ctx context.Context, before T, r *store.Row[T]) error // after it is
	ended  func(ctx context.Context, r store.Row[T]) error            // after it is deleted
}

// table is one kind's rows.
type table[T any] interface {
	Of(ctx context.Context, userIDs ...int64) ([]store.Row[T], error)
	Stored(ctx context.Context, userID int64) ([]store.Row[T], error)
	Page(ctx context.Context, s store.Span) ([]store.Row[T], error)
	Count(ctx context.Context, limit int) (int64, error)
	Insert(ctx context.Context, r store.Row[T]) (int64, error)
	Update(ctx context.Context, r store.Row[T]) error
	Delete(ctx context.Context, userID int64) error
}

// New makes the rules over a database.
func New(d Deps) *Core {
	if d.Log == nil {
		d.Log = slog.Default()
	}
	b := base{Deps: d, owners: store.Owners{DB: d.DB}}
	v := verifier{b, store.Verifications{DB: d.DB}}
	return &Core{
		base:        b,
		verifier:    v,
		Specialists: &Profiles[profiles.Specialist]{b, profiles.KindSpecialist, store.Specialists{DB: d.DB}, specialistRules(b, v)},
		Businessmen: &Profiles[profiles.Businessman]{b, profiles.KindBusinessman, store.Businessmen{DB: d.DB}, businessmanRules()},
		Consumers:   &Profiles[profiles.Consumer]{b, profiles.KindConsumer, store.Consumers{DB: d.DB}, consumerRules()},
	}
}

func specialistRules(b base, v verifier) rules[profiles.Specialist] {
	return rules[profiles.Specialist]{
		empty: func(id int64) profiles.Specialist { return *emptyCard(profiles.KindSpecialist, id).Specialist },
		tidy:  tidySpecialist, check: checkSpecialist, files: specialistFiles, forget: specialistForgets,
		finish: b.roughen, follow: v.documentsChanged, ended: v.profileDeleted,
	}
}

func businessmanRules() rules[profiles.Businessman] {
	return rules[profiles.Businessman]{
		empty: func(id int64) profiles.Businessman { return *emptyCard(profiles.KindBusinessman, id).Businessman },
		tidy:  tidyBusinessman, check: checkBusinessman, files: businessmanFiles, forget: businessmanForgets,
		finish: func(context.Context, profiles.Businessman, *profiles.Businessman) error { return nil },
		follow: func(context.Context, profiles.Businessman, *store.Row[profiles.Businessman]) error { return nil },
		ended:  func(context.Context, store.Row[profiles.Businessman]) error { return nil },
	}
}

func consumerRules() rules[profiles.Consumer] {
	return rules[profiles.Consumer]{
		empty:  func(id int64) profiles.Consumer { return *emptyCard(profiles.KindConsumer, id).Consumer },
		tidy:   func(*profiles.Consumer) {},
		check:  func(_, _ profiles.Consumer, _ bool) []errs.Field { return nil },
		files:  func(profiles.Consumer) []place { return nil },
		forget: func(*profiles.Consumer, int64) {},
		finish: func(context.Context, profiles.Consumer, *profiles.Consumer) error { return nil },
		follow: func(context.Context, profiles.Consumer, *store.Row[profiles.Consumer]) error { return nil },
		ended:  func(context.Context, store.Row[profiles.Consumer]) error { return nil },
	}
}

func emptyCard(kind profiles.Kind, userID int64) profiles.Card {
	card, _ := profiles.Empty(kind, userID)
	return card
}

// Cards returns the profiles of these users, with one query per kind.
func (c *Core) Cards(ctx context.Context, userIDs ...int64) (map[int64]profiles.Card, error) {
	cards := make(map[int64]profiles.Card, len(userIDs))
	if len(userIDs) == 0 {
		return cards, nil
	}
	specialists, err := c.Specialists.table.Of(ctx, userIDs...)
	if err != nil {
		return nil, err
	}
	businessmen, err := c.Businessmen.table.Of(ctx, userIDs...)
	if err != nil {
		return nil, err
	}
	consumers, err := c.Consumers.table.Of(ctx, userIDs...)
	if err != nil {
		return nil, err
	}
	for i, r := range specialists {
		cards[r.UserID] = profiles.Card{Specialist: &specialists[i].Profile}
	}
	for i, r := range businessmen {
		cards[r.UserID] = profiles.Card{Businessman: &businessmen[i].Profile}
	}
	for i, r := range consumers {
		cards[r.UserID] = profiles.Card{Consumer: &consumers[i].Profile}
	}
	return cards, nil
}
