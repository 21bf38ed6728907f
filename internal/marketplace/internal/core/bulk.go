package core

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"agrovet/internal/marketplace/internal/demo"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search/pgindex"
)

const (
	generatedNames = 60_000 // of farms and people: a long tail of rare words
	bulkChunk      = 2_000  // adverts in one transaction
)

// bulk is adverts that are being made.
type bulk struct {
	*Core
	n, number  int   // how many, and the number of the first
	id         int64 // of the first
	from, step time.Duration
	now        time.Time
	key        uuid.UUID
	maker      *demo.Maker
	categories map[string]store.Category
	without    map[int64]bool // terms
	tally      pgindex.Tally
}

func (c *Core) newBulk(ctx context.Context, f Fill, has int, last time.Time) (b *bulk, err error) {
	b = &bulk{Core: c, n: f.Total - has, number: has, now: c.Now(), maker: demo.New(), categories: map[string]store.Category{}, without: map[int64]bool{}}
	b.from = min(halfYear, b.now.Sub(last))
	b.step = b.from / time.Duration(b.n)
	all, err := c.Categories(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		b.categories[one.Name] = one
	}
	for _, g := range c.cfg.Analyzer.Query(f.Without).Groups {
		for _, t := range g.Any() {
			b.without[t] = true
		}
	}
	if b.key, err = c.store.PlaceKey(ctx); err != nil {
		return nil, err
	}
	b.id, err = c.store.Bulk().Reserve(ctx, "add", b.n)
	return b, err
}

// run makes the adverts.
func (b *bulk) run(ctx context.Context) error {
	if err := pg.Chunks(b.n, bulkChunk, func(first, n int) error { return b.chunk(ctx, first, n) }); err != nil {
		return err
	}
	return b.store.Bulk().Patient(ctx, func(ctx context.Context) error {
		if err := b.store.KnowPublishers(ctx, pg.AllGenerated(), b.now.Add(-b.from)); err != nil {
			return err
		}
		return b.store.Index().Counted(ctx, &b.tally, b.id+int64(b.n)-1)
	})
}

// chunk makes some of the adverts and stores them.
func (b *bulk) chunk(ctx context.Context, first, n int) error {
	rows := make([]store.BulkRow, n)
	for i := range rows {
		r, err := b.row(ctx, first+i)
		if err != nil {
			return fmt.Errorf("advert %d: %w", b.number+first+i, err)
		}
		if rows[i] = r; r.Document.Terms != nil {
			b.tally.Add(r.Document.Terms, b.vocabulary(r.Title, r.Description))
		}
	}
	return b.store.Bulk().Patient(ctx, func(ctx context.Context) error { return b.store.Copy(ctx, rows) })
}
