package core

import (
	"context"

	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/pg"
)

// Case is an advert in staff's queue, with what is said against it: what is open, else what the last
// decision closed.
type Case struct {
	Add      Shown
	Entry    store.Case
	Reasons  []store.Reasons
	Flags    []store.Flag
	Decision *store.Decision // the last; nil: none
}

// Queue is a part of a queue, and whether more follows. The reader's own adverts are in none.
func (c *Core) Queue(ctx context.Context, q store.Queue, span store.CaseSpan) (page []Case, more bool, err error) {
	rows, more, err := pg.Peek(span.Limit, func(limit int) ([]store.Case, error) {
		span.Limit = limit
		return c.store.Cases(ctx, q, authn.UserID(ctx), span)
	})
	if err != nil {
		return nil, false, err
	}
	page, err = c.cases(ctx, rows)
	return page, more && len(page) > 0, err
}

// QueueCount counts a queue up to limit.
func (c *Core) QueueCount(ctx context.Context, q store.Queue, limit int) (int64, error) {
	return c.store.CasesCount(ctx, q, authn.UserID(ctx), limit)
}

// cases are what a page shows of its cases. Adverts that were deleted meanwhile are left out.
func (c *Core) cases(ctx context.Context, rows []store.Case) ([]Case, error) {
	var ids, decisions []int64
	for _, r := range rows {
		ids, decisions = append(ids, r.AddID), append(decisions, r.DecisionID)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	adds, err := c.byIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	shown := make(map[int64]Shown, len(adds))
	for _, a := range adds {
		shown[a.ID] = a
	}
	said, err := c.said(ctx, ids, decisions)
	if err != nil {
		return nil, err
	}
	page := make([]Case, 0, len(rows))
	for _, r := range rows {
		if a, ok := shown[r.AddID]; ok {
			page = append(page, said.of(a, r))
		}
	}
	return page, nil
}

// said is what is said about some adverts.
type said struct {
	reasons   map[int64][]store.Reasons
	flags     map[int64][]store.Flag
	decisions map[int64]store.Decision
}

func (c *Core) said(ctx context.Context, ids, decisions []int64) (s said, err error) {
	if s.reasons, err = c.store.ReasonsOf(ctx, ids); err != nil {
		return s, err
	}
	if s.flags, err = c.store.FlagsOf(ctx, ids); err != nil {
		return s, err
	}
	s.decisions, err = c.store.DecisionsByID(ctx, decisions)
	return s, err
}

func (s said) of(a Shown, r store.Case) Case {
	out := Case{Add: a, Entry: r, Reasons: s.reasons[r.AddID], Flags: s.flags[r.AddID]}
	if d, ok := s.decisions[r.DecisionID]; ok {
		out.Decision = &d
	}
	return out
}
