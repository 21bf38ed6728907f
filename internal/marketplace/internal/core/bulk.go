package core

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/marketplace/internal/demo"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/search/pgindex"
)

const (
	firstGenerated = int64(1) << 40 // the first user id of generated adverts
	generatedUsers = 40_000
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
	b.id, err = c.store.Reserve(ctx, b.n)
	return b, err
}

// run makes the adverts, on all processors: the server has about as much to do with them as this side.
func (b *bulk) run(ctx context.Context) error {
	g, chunks := errgroup.Group{}, make(chan int)
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() (err error) {
			for first := range chunks {
				if err == nil {
					err = b.chunk(ctx, first, min(bulkChunk, b.n-first))
				}
			}
			return err
		})
	}
	for first := 0; first < b.n; first += bulkChunk {
		chunks <- first
	}
	close(chunks)
	if err := g.Wait(); err != nil {
		return err
	}
	return b.store.Patient(ctx, func(ctx context.Context) error {
		ids := make([]int64, generatedUsers)
		for i := range ids {
			ids[i] = firstGenerated + int64(i)
		}
		if err := b.store.KnowPublishers(ctx, ids, b.now.Add(-b.from)); err != nil {
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
	return b.store.Patient(ctx, func(ctx context.Context) error { return b.store.Copy(ctx, rows) })
}
