package store

import (
	"context"
	"errors"
	"math"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Transition is a step of an advert's life.
type Transition struct {
	Version          int
	At               time.Time
	ActorID          int64              // 0: the clock
	Previous, Status marketplace.Status // Previous is empty when it was made
}

// Price is what was asked from a moment on.
type Price struct {
	At                     time.Time
	Amount, Currency, Unit string
	OnRequest              bool
}

// AddTransition remembers that the advert, now of its new version, had another status.
func (s Store) AddTransition(ctx context.Context, r *Row, actor int64, previous marketplace.Status) error {
	return queries.TransitionInsert(ctx, s.DB.Q(ctx), marketplacedb.TransitionInsertParams{
		AddID: r.ID, Version: int32(r.Version), ActorID: actor, Previous: string(previous), Status: string(r.Status)})
}

// AddPrice remembers what is asked for the advert now.
func (s Store) AddPrice(ctx context.Context, r *Row) error {
	return queries.PriceInsert(ctx, s.DB.Q(ctx), marketplacedb.PriceInsertParams{AddID: r.ID, Version: int32(r.Version),
		Price: r.Price.Amount, Currency: r.Price.Currency, Unit: r.Price.Unit, OnRequest: r.Price.OnRequest})
}

// Transitions are the last steps of an advert's life, newest first, at most limit.
func (s Store) Transitions(ctx context.Context, id int64, before, limit int) ([]Transition, error) {
	if before == 0 {
		before = math.MaxInt32
	}
	rows, err := queries.Transitions(ctx, s.DB.Q(ctx), marketplacedb.TransitionsParams{AddID: id, BeforeVersion: int32(before), MaxRows: int32(limit)})
	out := make([]Transition, len(rows))
	for i, r := range rows {
		out[i] = Transition{int(r.Version), r.At, r.ActorID, marketplace.Status(r.Previous), marketplace.Status(r.Status)}
	}
	return out, err
}

// Prices are the last prices of an advert, newest first, at most limit.
func (s Store) Prices(ctx context.Context, id int64, limit int) ([]Price, error) {
	rows, err := queries.Prices(ctx, s.DB.Q(ctx), marketplacedb.PricesParams{AddID: id, MaxRows: int32(limit)})
	out := make([]Price, len(rows))
	for i, r := range rows {
		out[i] = Price{r.At, amount(r.Price), r.Currency, r.Unit, r.OnRequest}
	}
	return out, err
}

// Publisher is what is known of a person who publishes.
type Publisher struct {
	Since   time.Time // their first advert
	Today   int       // adverts published in the current 24 hours
	DayEnds time.Time // when those are over
	Gone    bool
}

// LockPublisher returns what is known of a person, and locks it until the commit.
func (s Store) LockPublisher(ctx context.Context, userID int64, now time.Time) (Publisher, error) {
	p, err := queries.PublisherLock(ctx, s.DB.Q(ctx), marketplacedb.PublisherLockParams{UserID: userID, Now: now, DayAgo: now.Add(-24 * time.Hour)})
	return Publisher{p.Since, int(p.Today), p.DayFrom.Add(24 * time.Hour), p.Gone}, err
}

// CountPublished counts an advert of a person who is locked.
func (s Store) CountPublished(ctx context.Context, userID int64) error {
	return queries.PublisherCount(ctx, s.DB.Q(ctx), userID)
}

// Go remembers that a person is gone.
func (s Store) Go(ctx context.Context, userID int64, now time.Time) error {
	return queries.PublisherGone(ctx, s.DB.Q(ctx), marketplacedb.PublisherGoneParams{UserID: userID, Now: now})
}

// Expired are some active adverts whose time has come; they are locked, and skipped when others have
// them.
func (s Store) Expired(ctx context.Context, now time.Time, limit int) ([]int64, error) {
	return queries.AddsExpired(ctx, s.DB.Q(ctx), marketplacedb.AddsExpiredParams{Now: now, MaxRows: int32(limit)})
}

// Expiring are some active adverts whose time comes soon and whose publishers were not told, marked as
// told now.
func (s Store) Expiring(ctx context.Context, now, soon time.Time, limit int) ([]marketplace.Expiring, error) {
	rows, err := queries.AddsExpiring(ctx, s.DB.Q(ctx), marketplacedb.AddsExpiringParams{Now: now, Soon: soon, MaxRows: int32(limit)})
	if err != nil {
		return nil, err
	}
	out, ids := make([]marketplace.Expiring, len(rows)), make([]int64, len(rows))
	for i, r := range rows {
		out[i] = marketplace.Expiring{AddID: r.ID, PublisherID: r.PublisherID, Title: r.Title, ExpiresAt: or(r.ExpiresAt).UTC().Format(time.RFC3339)}
		ids[i] = r.ID
	}
	return out, queries.AddsWarned(ctx, s.DB.Q(ctx), marketplacedb.AddsWarnedParams{Now: now, Ids: ids})
}

// Backdate has a demo's advert made and changed at other times than it was.
func (s Store) Backdate(ctx context.Context, id int64, made, changed, expires time.Time) error {
	q := s.DB.Q(ctx)
	return errors.Join(
		queries.AddBackdate(ctx, q, marketplacedb.AddBackdateParams{ID: id, Made: made, Changed: changed, ExpiresAt: moment(expires)}),
		queries.ListingBackdate(ctx, q, marketplacedb.ListingBackdateParams{ID: id, Made: made}),
		queries.TransitionsBackdate(ctx, q, marketplacedb.TransitionsBackdateParams{ID: id, Made: made, Changed: changed}),
		queries.PricesBackdate(ctx, q, marketplacedb.PricesBackdateParams{ID: id, Made: made, Changed: changed}))
}
