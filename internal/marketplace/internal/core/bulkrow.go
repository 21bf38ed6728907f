package core

import (
	"context"
	"math/rand/v2"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/demo"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/pg"
)

// row is the advert of a number as publishing would have stored it.
func (b *bulk) row(ctx context.Context, i int) (r store.BulkRow, err error) {
	for try := 0; ; try++ {
		number := uint64(b.number+i) | uint64(try)<<40
		random := rand.New(rand.NewPCG(number, 0x6d657263)) // what the advert itself does not say
		a := b.maker.Make(number, demo.Want{Names: generatedNames})
		r = store.BulkRow{Row: store.Row{Add: a.Add}}
		r.ID, r.CategoryID = b.id+int64(i), b.categories[a.Category].ID
		r.PublisherID = pg.GeneratedPerson(random.Float64())
		if err := b.shape(ctx, store.Row{}, &r.Row); err != nil {
			return r, err
		}
		if r.Place.Exact != nil {
			r.Place.Rough = new(rough(b.key, r.PublisherID, *r.Place.Exact))
		}
		b.live(random, i, &r)
		doc, err := b.document(ctx, &r.Row)
		if err != nil {
			return r, err
		}
		if r.Status == marketplace.StatusActive {
			r.Document = doc
		}
		if !b.unwanted(doc) {
			return r, nil
		}
	}
}

func (b *bulk) unwanted(d store.Document) bool {
	if len(b.without) == 0 {
		return false
	}
	for _, t := range d.Terms {
		if b.without[t] {
			return true
		}
	}
	return false
}

// live gives an advert a past. Active ones have been renewed, so that they do not all expire at once.
func (b *bulk) live(random *rand.Rand, i int, r *store.BulkRow) {
	r.CreatedAt = b.now.Add(-b.from + time.Duration(i+1)*b.step)
	r.UpdatedAt = r.CreatedAt
	r.Status = pick(statuses, random)
	r.ExpiresAt = r.CreatedAt.Add(b.cfg.Lifetime)
	switch r.Status {
	case marketplace.StatusActive:
		r.ExpiresAt = b.now.Add(b.cfg.Warning + time.Duration(random.Float64()*float64(b.cfg.Lifetime-b.cfg.Warning)))
	case marketplace.StatusDraft:
		r.ExpiresAt = zero
	}
}

// statuses are as frequent as they stand here.
var statuses = []marketplace.Status{
	marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive,
	marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive,
	marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive, marketplace.StatusActive,
	marketplace.StatusSold, marketplace.StatusPaused, marketplace.StatusExpired,
}

func pick[T any](from []T, random *rand.Rand) T { return from[random.IntN(len(from))] }
