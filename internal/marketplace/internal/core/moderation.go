package core

import (
	"context"

	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// Moderation is what a reader learns of what is said about an advert.
type Moderation struct {
	AddID int64
	Told  *store.Decision // the last that its publisher is told; nil: none
	Staff *Details        // nil for the publisher, also when they are staff
}

// Details are all that staff sees.
type Details struct {
	Case      Case
	Reports   []store.Report
	Flags     []store.Flag
	Decisions []store.Decision
}

// shownOfEach is how many reports, flags and decisions the details of an advert show.
const shownOfEach = 200

// Moderation is what is said about an advert, for its publisher and staff. Publishers learn what was
// decided and why, never who reported or what the rules have found.
//
// Errors: errs.ErrNotFound, errs.ErrForbidden.
func (c *Core) Moderation(ctx context.Context, id int64) (m Moderation, err error) {
	row, err := c.mine(ctx, id, 0)
	if err != nil {
		return m, err
	}
	m.AddID = id
	told, ok, err := c.store.Told(ctx, id)
	if err != nil {
		return m, err
	}
	if ok {
		m.Told = &told
	}
	if p, _ := authn.From(ctx); !p.Is(row.PublisherID) {
		m.Staff, err = c.details(ctx, row)
	}
	return m, err
}

func (c *Core) details(ctx context.Context, r store.Row) (*Details, error) {
	one, err := c.store.Case(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	said, err := c.said(ctx, []int64{r.ID}, []int64{one.DecisionID})
	if err != nil {
		return nil, err
	}
	shown, err := c.show(ctx, r)
	if err != nil {
		return nil, err
	}
	d := Details{Case: said.of(shown, one)}
	if d.Reports, err = c.store.Reports(ctx, r.ID, shownOfEach); err != nil {
		return nil, err
	}
	if d.Flags, err = c.store.Flags(ctx, r.ID, shownOfEach); err != nil {
		return nil, err
	}
	d.Decisions, err = c.store.Decisions(ctx, r.ID, shownOfEach)
	return &d, err
}

// DecisionLog is a part of all decisions, newest first, and whether more follows.
func (c *Core) DecisionLog(ctx context.Context, span store.LogSpan) (page []store.Decision, more bool, err error) {
	return pg.Peek(span.Limit, func(limit int) ([]store.Decision, error) {
		span.Limit = limit
		return c.store.Log(ctx, span)
	})
}

// DecisionLogCount counts the log up to limit.
func (c *Core) DecisionLogCount(ctx context.Context, limit int) (int64, error) {
	return c.store.LogCount(ctx, limit)
}
