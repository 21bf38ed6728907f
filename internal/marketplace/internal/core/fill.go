package core

import (
	"context"
	"errors"
	"time"

	"agrovet/internal/platform/pg"
)

// Fill is how a database for measuring is filled.
type Fill struct {
	Total   int     // generated adverts that there are to be, with those of earlier runs
	Without string  // those that are made now have none of these words, nor their synonyms
	Known   []int64 // users whose adverts are not real either: the demo community's
	Force   bool    // although there are real adverts
}

// ErrReal says that there are adverts which real people may have written.
var ErrReal = errors.New("there are adverts here that were not generated, and filling takes the indexes away for a while: use a database for measuring")

// Fill makes adverts by COPY, with everything that publishing would leave but events, and returns how
// many. Which ones they are depends on their numbers alone. Their publishers are nobody who could ever
// sign up.
//
// Errors: ErrReal.
func (c *Core) Fill(ctx context.Context, f Fill) (made int, err error) {
	has, last, others, err := c.store.Generated(ctx, pg.FirstGenerated, f.Known)
	switch {
	case err != nil:
		return 0, err
	case f.Total <= has:
		return 0, nil
	case others && !f.Force:
		return 0, ErrReal
	}
	if err := c.CountWords(ctx); err != nil { // so that nothing older is left to be counted
		return 0, err
	}
	b, err := c.newBulk(ctx, f, has, last)
	if err != nil {
		return 0, err
	}
	if b.n > has/5 {
		err = c.store.Bulk().WithoutIndexes(ctx, b.run)
	} else {
		err = b.run(ctx)
	}
	if err == nil {
		err = c.store.Bulk().Vacuum(ctx, "publisher")
	}
	return b.n, err
}

// halfYear is over how long the adverts of the first run are spread; those of later ones are newer.
const halfYear = 182 * 24 * time.Hour
