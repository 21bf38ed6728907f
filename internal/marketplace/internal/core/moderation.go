package core

import (
	"context"

	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/authn"
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
	limit := span.Limit
	span.Limit++
	rows, err := c.store.Cases(ctx, q, authn.UserID(ctx), span)
	if err != nil {
		return nil, false, err
	}
	if more = len(rows) > limit; more {
		rows = rows[:limit]
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
	d := Details{Case: said.of(c.showAll(ctx, []store.Row{r})[0], one)}
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
	limit := span.Limit
	span.Limit++
	page, err = c.store.Log(ctx, span)
	if more = len(page) > limit; more {
		page = page[:limit]
	}
	return page, more, err
}

// DecisionLogCount counts the log up to limit.
func (c *Core) DecisionLogCount(ctx context.Context, limit int) (int64, error) {
	return c.store.LogCount(ctx, limit)
}
