package core

import (
	"context"
	"errors"
	"time"

	"agrovet/internal/platform/pg"
)

// Fill is how a database for measuring is filled.
type Fill struct {
	Total   int     // generated posts that there are to be, with those of earlier runs
	Known   []int64 // users whose posts are not real either: the demo community's
	Readers []int64 // users who are made to have to do with the generated people, so that what they read can be measured
	Without string  // what is made now has none of these words, nor their synonyms
	Force   bool    // although there are real posts
}

// ErrReal says that there are posts which real people may have written.
var ErrReal = errors.New("there are posts or comments here that were not generated, and filling takes the indexes away for a while: use a database for measuring")

// Fill makes posts by COPY, with what people would have made of them but events, and returns how many. Which ones
// they are depends on their numbers alone. There are, for a million posts, about five million comments, a million
// reactions, 10,000 communities with 800,000 members, and two million notifications. All this is by people who could
// never sign up.
//
// Errors: ErrReal.
func (c *Core) Fill(ctx context.Context, f Fill) (made int, err error) {
	if f.Total <= 0 {
		return 0, nil
	}
	has, last, others, err := c.store.Generated(ctx, f.Known)
	switch {
	case err != nil:
		return 0, err
	case others && !f.Force:
		return 0, ErrReal
	case f.Total > has:
		if err := c.fill(ctx, f, has, last); err != nil {
			return 0, err
		}
	}
	return max(0, f.Total-has), c.makeReaders(ctx, f.Readers, max(f.Total, has))
}

func (c *Core) fill(ctx context.Context, f Fill, has int, last time.Time) error {
	for _, before := range []func(context.Context) error{c.SeedCommunities, c.Document, c.CountWords} { // so that nothing older is left to be found or counted
		if err := before(ctx); err != nil {
			return err
		}
	}
	b, err := c.newBulk(ctx, f, has, last)
	if err != nil {
		return err
	}
	run := b.run
	if b.n > has/5 {
		run = func(ctx context.Context) error { return c.store.Bulk().WithoutIndexes(ctx, b.run) }
	}
	if err := c.store.Bulk().WithoutTriggers(ctx, run); err != nil {
		return err
	}
	if err := c.ReckonRelevance(ctx); err != nil {
		return err
	}
	return c.store.Bulk().Vacuum(ctx, c.store.BulkPeople().Tables...)
}

func (c *Core) makeReaders(ctx context.Context, ids []int64, posts int) error {
	err := c.store.Bulk().Patient(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			if err := c.store.MakeReader(ctx, id, posts); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	return pg.Bulk{DB: c.DB, Tables: []string{"member", "affinity", "watch", "notification"}}.Vacuum(ctx)
}
