package store

import (
	"context"
	"math"
	"time"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Case is an advert in staff's queue, or that was in it.
type Case struct {
	AddID       int64
	PublisherID int64
	Open        bool
	Rank        int       // Urgent or not
	Since       time.Time // when it came into the queue, or was decided
	DecisionID  int64     // the last; 0: none
	CreatedAt   time.Time // when it came into the queue for the first time
}

// Ranks of cases: those that come first, and the others.
const (
	Urgent = 0
	Usual  = 1
)

// Decision is what staff has decided about an advert.
type Decision struct {
	ID          int64
	AddID       int64
	PublisherID int64
	ActorID     int64
	Decision    marketplace.Decision
	Reason      string
	Reports     int // how many of them it closed
	Flags       int
	At          time.Time
}

// Reasons are how many members report an advert for a reason.
type Reasons struct {
	AddID  int64
	Reason string
	N      int
}

// OpenCase puts an advert that is locked into the queue, or moves it up.
func (s Store) OpenCase(ctx context.Context, r Row, rank int, at time.Time) error {
	return queries.CaseOpen(ctx, s.DB.Q(ctx), marketplacedb.CaseOpenParams{AddID: r.ID, PublisherID: r.PublisherID, Rank: int16(rank), At: at})
}

// Case is that of an advert; the zero case when it never was in the queue.
func (s Store) Case(ctx context.Context, addID int64) (Case, error) {
	rows, err := queries.CaseByID(ctx, s.DB.Q(ctx), addID)
	if err != nil || len(rows) == 0 {
		return Case{AddID: addID}, err
	}
	return caseOf(rows[0]), nil
}

// Decide writes a decision about an advert that is locked, and closes what was open.
func (s Store) Decide(ctx context.Context, d Decision) (Decision, error) {
	row, err := queries.DecisionInsert(ctx, s.DB.Q(ctx), marketplacedb.DecisionInsertParams{AddID: d.AddID, PublisherID: d.PublisherID,
		ActorID: d.ActorID, Decision: string(d.Decision), Reason: d.Reason, At: d.At})
	if err != nil {
		return d, err
	}
	if _, err := queries.ReportsClose(ctx, s.DB.Q(ctx), marketplacedb.ReportsCloseParams{AddID: d.AddID, DecisionID: row.ID}); err != nil {
		return d, err
	}
	if _, err := queries.FlagsClose(ctx, s.DB.Q(ctx), marketplacedb.FlagsCloseParams{AddID: d.AddID, DecisionID: row.ID}); err != nil {
		return d, err
	}
	return decisionOf(row), queries.CaseDecide(ctx, s.DB.Q(ctx), marketplacedb.CaseDecideParams{
		AddID: d.AddID, PublisherID: d.PublisherID, At: d.At, DecisionID: row.ID})
}

// Decisions are those about an advert, newest first, at most limit.
func (s Store) Decisions(ctx context.Context, addID int64, limit int) ([]Decision, error) {
	rows, err := queries.Decisions(ctx, s.DB.Q(ctx), marketplacedb.DecisionsParams{AddID: addID, MaxRows: int32(limit)})
	return decisionsOf(rows), err
}

// DecisionsByID are these decisions.
func (s Store) DecisionsByID(ctx context.Context, ids []int64) (map[int64]Decision, error) {
	rows, err := queries.DecisionsByID(ctx, s.DB.Q(ctx), ids)
	byID := make(map[int64]Decision, len(rows))
	for _, d := range decisionsOf(rows) {
		byID[d.ID] = d
	}
	return byID, err
}

// Told is the last decision that an advert's publisher is told; ok is false when there is none.
func (s Store) Told(ctx context.Context, addID int64) (d Decision, ok bool, err error) {
	rows, err := queries.DecisionTold(ctx, s.DB.Q(ctx), addID)
	if err != nil || len(rows) == 0 {
		return d, false, err
	}
	return decisionOf(rows[0]), true, nil
}

// LogSpan is a part of the log: behind a decision, which is 0 at the beginning.
type LogSpan struct {
	After       int64
	Skip, Limit int
}

// Log is a part of all decisions, newest first.
func (s Store) Log(ctx context.Context, span LogSpan) ([]Decision, error) {
	if span.After == 0 {
		span.After = math.MaxInt64
	}
	rows, err := queries.DecisionLog(ctx, s.DB.Q(ctx), marketplacedb.DecisionLogParams{BeforeID: span.After, SkipRows: int32(span.Skip), MaxRows: int32(span.Limit)})
	return decisionsOf(rows), err
}

// LogCount counts the log up to limit.
func (s Store) LogCount(ctx context.Context, limit int) (int64, error) {
	return queries.DecisionLogCount(ctx, s.DB.Q(ctx), int32(limit))
}

func caseOf(c marketplacedb.AddCase) Case {
	return Case{c.AddID, c.PublisherID, c.Open, int(c.Rank), c.Since, c.DecisionID, c.CreatedAt}
}

func decisionOf(d marketplacedb.AddDecision) Decision {
	return Decision{d.ID, d.AddID, d.PublisherID, d.ActorID, marketplace.Decision(d.Decision), d.Reason, int(d.Reports), int(d.Flags), d.At}
}

func decisionsOf(rows []marketplacedb.AddDecision) []Decision {
	out := make([]Decision, len(rows))
	for i, d := range rows {
		out[i] = decisionOf(d)
	}
	return out
}
