package core

import (
	"context"

	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles/internal/store"
)

// Queue is a part of the submissions of one status, oldest first, with how their specialists are
// called. One row more is read than is asked for, to tell whether more follow.
func (c *Core) Queue(ctx context.Context, status store.Status, span store.QueueSpan) (page []Submission, more bool, err error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Verification, error) {
		span.Limit = limit
		return c.verifier.store.Queue(ctx, status, span)
	})
	return c.submissions(ctx, rows...), more, err
}

// QueueCount counts the submissions of one status, up to limit.
func (c *Core) QueueCount(ctx context.Context, status store.Status, limit int) (int64, error) {
	return c.verifier.store.QueueCount(ctx, status, limit)
}

// Submission is a submission and how its specialist is called.
type Submission struct {
	store.Verification
	Display string
}

func (c *Core) submissions(ctx context.Context, rows ...store.Verification) []Submission {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.UserID
	}
	users, _ := c.people(ctx, ids...) // without them the page shows ids
	out := make([]Submission, len(rows))
	for i, r := range rows {
		out[i] = Submission{r, display(users, r.UserID)}
	}
	return out
}
