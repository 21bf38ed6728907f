package store

import (
	"context"
	"time"

	"agrovet/internal/foro/internal/store/forodb"
)

// ReckonRelevance brings the relevance of the newest posts below an id up to date, of at most limit that were
// written since a moment. n is how many there were, oldest the last of them, 0 for none.
func (s Store) ReckonRelevance(ctx context.Context, before int64, since time.Time, limit int) (oldest int64, n int, err error) {
	r, err := queries.RelevanceReckon(ctx, s.DB.Q(ctx), forodb.RelevanceReckonParams{Before: IDSpan{Before: before}.below(), Since: since, MaxRows: int32(limit)})
	return r.Oldest, int(r.N), err
}

// EndRelevance has posts below an id (0: all) be worth nothing any more, of which there are n of at most limit.
func (s Store) EndRelevance(ctx context.Context, before int64, limit int) (n int, err error) {
	rows, err := queries.RelevanceEnd(ctx, s.DB.Q(ctx), forodb.RelevanceEndParams{Before: IDSpan{Before: before}.below(), MaxRows: int32(limit)})
	return int(rows), err
}

// Relevant are the posts that somebody may want to read at a moment, best first, 500 at most.
func (s Store) Relevant(ctx context.Context, userID int64, at time.Time) ([]int64, error) {
	return queries.Relevant(ctx, s.DB.Q(ctx), forodb.RelevantParams{UserID: userID, At: at})
}

// Scores are what posts are worth to somebody at a moment. Those that are not there for everybody are left out.
func (s Store) Scores(ctx context.Context, userID int64, at time.Time, ids []int64) (map[int64]float64, error) {
	rows, err := queries.Scores(ctx, s.DB.Q(ctx), forodb.ScoresParams{UserID: userID, At: at, Ids: ids})
	all := make(map[int64]float64, len(rows))
	for _, r := range rows {
		all[r.ID] = r.Score
	}
	return all, err
}
