package core

import (
	"context"
	"time"

	"agrovet/internal/platform/authn"
)

// MaxRanking is how many posts there are in one at most.
const MaxRanking = 500

// Ranking is which posts a reader may want to read, as it was at a moment, best first.
type Ranking struct {
	At  time.Time
	IDs []int64
}

// Rank is the caller's ranking of now, of 500 posts at most: the best of the newest 300, of the newest 200 by the
// 50 authors with whom the caller has most to do, ten by each at most, and of the 200 that are worth most to everybody.
// So its cost does not grow with the forum. The caller has nothing to do with those beyond the closest 1,000.
func (c *Core) Rank(ctx context.Context) (Ranking, error) {
	now := c.Now()
	ids, err := c.store.Relevant(ctx, authn.UserID(ctx), now)
	return Ranking{now, ids}, err
}

// Ranked shows posts of a ranking, with what they are worth to the caller; the weights are those of now. Those
// that have gone meanwhile are left out.
func (c *Core) Ranked(ctx context.Context, r Ranking) ([]Shown, error) {
	scores, err := c.store.Scores(ctx, authn.UserID(ctx), r.At, r.IDs)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, 0, len(scores))
	for _, id := range r.IDs {
		if _, ok := scores[id]; ok {
			ids = append(ids, id)
		}
	}
	rows, err := c.store.Posts(ctx, ids...)
	if err != nil {
		return nil, err
	}
	shown, err := c.showAll(ctx, rows)
	for i := range shown {
		shown[i].Relevance = scores[shown[i].ID]
	}
	return shown, err
}
