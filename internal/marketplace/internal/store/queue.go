package store

import (
	"context"
	"time"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Queue is which cases a list shows, and in which order.
type Queue string

// The queues: open cases, the urgent ones first and then the longest waiting; decided ones, last decided
// first; all, last come first.
const (
	OpenCases    Queue = "open"
	DecidedCases Queue = "decided"
	AllCases     Queue = "all"
)

// CasePosition is where a page of a queue ends.
type CasePosition struct {
	Rank int       `json:"rank,omitempty"`
	At   time.Time `json:"at"`
	ID   int64     `json:"id"`
}

// End is where a page ends whose last case is c.
func (q Queue) End(c Case) CasePosition {
	switch q {
	case OpenCases:
		return CasePosition{c.Rank, c.Since, c.AddID}
	case DecidedCases:
		return CasePosition{0, c.Since, c.AddID}
	}
	return CasePosition{0, c.CreatedAt, c.AddID}
}

// Fits says whether the position is one that a queue can have: what the columns hold.
func (q Queue) Fits(p CasePosition) bool {
	return (p.Rank == Urgent || q == OpenCases && p.Rank == Usual) && p.At.Year() > 0 && p.At.Year() < 10_000
}

// CaseSpan is a part of a queue.
type CaseSpan struct {
	After *CasePosition // behind this; nil: from the beginning
	Skip  int
	Limit int
}

// Before and behind everything in a queue.
var (
	firstCase = CasePosition{Rank: -1}
	lastCase  = CasePosition{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
)

// Cases is a part of a queue, without the reader's own adverts.
func (s Store) Cases(ctx context.Context, q Queue, reader int64, span CaseSpan) ([]Case, error) {
	at := lastCase
	if q == OpenCases {
		at = firstCase
	}
	if span.After != nil {
		at = *span.After
	}
	rows, err := s.cases(ctx, q, reader, at, int32(span.Skip), int32(span.Limit))
	out := make([]Case, len(rows))
	for i, c := range rows {
		out[i] = caseOf(c)
	}
	return out, err
}

func (s Store) cases(ctx context.Context, q Queue, reader int64, at CasePosition, skip, limit int32) ([]marketplacedb.AddCase, error) {
	switch q {
	case OpenCases:
		return queries.CasesOpen(ctx, s.DB.Q(ctx), marketplacedb.CasesOpenParams{Reader: reader,
			AfterRank: int16(at.Rank), AfterSince: at.At, AfterID: at.ID, SkipRows: skip, MaxRows: limit})
	case DecidedCases:
		return queries.CasesDecided(ctx, s.DB.Q(ctx), marketplacedb.CasesDecidedParams{Reader: reader,
			BeforeSince: at.At, BeforeID: at.ID, SkipRows: skip, MaxRows: limit})
	}
	return queries.CasesAll(ctx, s.DB.Q(ctx), marketplacedb.CasesAllParams{Reader: reader,
		BeforeSince: at.At, BeforeID: at.ID, SkipRows: skip, MaxRows: limit})
}

// CasesCount counts a queue up to limit.
func (s Store) CasesCount(ctx context.Context, q Queue, reader int64, limit int) (int64, error) {
	switch q {
	case OpenCases:
		return queries.CasesOpenCount(ctx, s.DB.Q(ctx), marketplacedb.CasesOpenCountParams{Reader: reader, MaxRows: int32(limit)})
	case DecidedCases:
		return queries.CasesDecidedCount(ctx, s.DB.Q(ctx), marketplacedb.CasesDecidedCountParams{Reader: reader, MaxRows: int32(limit)})
	}
	return queries.CasesAllCount(ctx, s.DB.Q(ctx), marketplacedb.CasesAllCountParams{Reader: reader, MaxRows: int32(limit)})
}

// ReasonsOf are the reports of some adverts by reason, the most frequent first: the open ones, else
// those that the last decision closed.
func (s Store) ReasonsOf(ctx context.Context, addIDs []int64) (map[int64][]Reasons, error) {
	rows, err := queries.ReportCounts(ctx, s.DB.Q(ctx), addIDs)
	out := map[int64][]Reasons{}
	for _, r := range rows {
		out[r.AddID] = append(out[r.AddID], Reasons{r.AddID, r.Reason, int(r.N)})
	}
	return out, err
}

// FlagsOf are the flags of some adverts, oldest first: the open ones, else those that the last decision
// closed.
func (s Store) FlagsOf(ctx context.Context, addIDs []int64) (map[int64][]Flag, error) {
	rows, err := queries.FlagsShown(ctx, s.DB.Q(ctx), addIDs)
	out := map[int64][]Flag{}
	for _, f := range rows {
		out[f.AddID] = append(out[f.AddID], flagOf(f))
	}
	return out, err
}
