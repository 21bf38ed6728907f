package store

import (
	"context"
	"math"
	"time"

	"agrovet/internal/foro/internal/store/forodb"
)

// Queue is which cases a list shows: open ones by rank and then the longest waiting first, then decided ones,
// last decided first.
type Queue struct {
	State       string  // open, decided, or empty: both
	Kind        Kind    // empty: all
	Communities []int64 // nil: of all communities and of none
	Reader      int64   // their own are left out
}

// CasePosition is where a page of a queue ends.
type CasePosition struct {
	Rank  int   `json:"rank"`
	Place int64 `json:"place"`
	ID    int64 `json:"id"`
}

// End is where a page ends whose last case is c.
func (q Queue) End(c Case) CasePosition {
	if c.Rank == Decided {
		return CasePosition{c.Rank, -c.Since.UnixMicro(), c.ID}
	}
	return CasePosition{c.Rank, c.Since.UnixMicro(), c.ID}
}

// Fits says whether the position is one that a queue can have: what the columns hold.
func (q Queue) Fits(p CasePosition) bool { return p.Rank >= Urgent && p.Rank <= Decided }

// CaseSpan is a part of a queue.
type CaseSpan struct {
	After *CasePosition // behind this; nil: from the beginning
	Skip  int
	Limit int
}

// ranks are the first and the last that the queue shows.
func (q Queue) ranks() (first, last int16) {
	switch q.State {
	case "open":
		return Urgent, Usual
	case "decided":
		return Decided, Decided
	}
	return Urgent, Decided
}

func (q Queue) kinds() []string {
	if q.Kind != "" {
		return []string{string(q.Kind)}
	}
	kinds := make([]string, len(Kinds))
	for i, k := range Kinds {
		kinds[i] = string(k)
	}
	return kinds
}

// Queue is a part of a queue.
func (s Store) Queue(ctx context.Context, q Queue, span CaseSpan) ([]Case, error) {
	first, last := q.ranks()
	at := CasePosition{int(first) - 1, math.MaxInt64, math.MaxInt64}
	if span.After != nil && span.After.Rank >= int(first) {
		at = *span.After
	}
	ids, err := s.queue(ctx, q, last, at, span)
	if err != nil {
		return nil, err
	}
	return s.Cases(ctx, ids...)
}

func (s Store) queue(ctx context.Context, q Queue, last int16, at CasePosition, span CaseSpan) ([]int64, error) {
	if q.Communities == nil {
		return queries.CasesEverywhere(ctx, s.DB.Q(ctx), forodb.CasesEverywhereParams{Kinds: q.kinds(), LastRank: last, AfterRank: int16(at.Rank), AfterPlace: at.Place,
			AfterID: at.ID, Reader: q.Reader, UpTo: int32(span.Skip + span.Limit), SkipRows: int32(span.Skip), MaxRows: int32(span.Limit)})
	}
	return queries.CasesOfCommunities(ctx, s.DB.Q(ctx), forodb.CasesOfCommunitiesParams{Communities: q.Communities, Kinds: q.kinds(), LastRank: last, AfterRank: int16(at.Rank),
		AfterPlace: at.Place, AfterID: at.ID, Reader: q.Reader, UpTo: int32(span.Skip + span.Limit), SkipRows: int32(span.Skip), MaxRows: int32(span.Limit)})
}

// QueueCount counts a queue up to limit.
func (s Store) QueueCount(ctx context.Context, q Queue, limit int) (int64, error) {
	first, last := q.ranks()
	if q.Communities == nil {
		return queries.CasesEverywhereCount(ctx, s.DB.Q(ctx), forodb.CasesEverywhereCountParams{Kinds: q.kinds(), FirstRank: first, LastRank: last, Reader: q.Reader, MaxRows: int32(limit)})
	}
	return queries.CasesOfCommunitiesCount(ctx, s.DB.Q(ctx), forodb.CasesOfCommunitiesCountParams{Communities: q.Communities, Kinds: q.kinds(), FirstRank: first, LastRank: last,
		Reader: q.Reader, MaxRows: int32(limit)})
}

// Purge forgets what counts for a day alone: alike texts, and what newcomers wrote.
func (s Store) Purge(ctx context.Context, dayAgo time.Time, most int) error {
	for {
		a, err := queries.AlikePurge(ctx, s.DB.Q(ctx), forodb.AlikePurgeParams{DayAgo: dayAgo, MaxRows: int32(most)})
		if err != nil {
			return err
		}
		n, err := queries.NewcomerPurge(ctx, s.DB.Q(ctx), forodb.NewcomerPurgeParams{DayAgo: dayAgo, MaxRows: int32(most)})
		if err != nil || max(a, n) < int64(most) {
			return err
		}
	}
}
