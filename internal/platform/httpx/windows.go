package httpx

import (
	"context"
	"time"
)

// WindowPosition is where a page of a search ends: in which window of rows that are ranked together, and how far
// in it. Freshness is reckoned from when the walk began, so that the rank stays the same.
type WindowPosition struct {
	Below int64     `json:"below,omitempty"` // the window is of ids below this; 0: the newest
	Skip  int       `json:"skip,omitempty"`
	Began time.Time `json:"began"`
}

// Behind is the position n rows further: in a window of so many rows, the lowest id of which is oldest, or where
// the next window begins.
func (p WindowPosition) Behind(n, rows int, oldest int64) WindowPosition {
	if p.Skip += n; p.Skip >= rows {
		p.Below, p.Skip = oldest, 0
	}
	return p
}

// Windows is where the rows of a search come from: the newest that match are ranked together, then the next.
type Windows[R any] struct {
	Size int // of a window; behind one that is not full there is none
	// Find returns rows of a window, and how many it has.
	Find func(ctx context.Context, at WindowPosition, limit int) (rows []R, total int, err error)
	End  func(last R) WindowPosition // where a page ends whose last row this is
}

// ListWindows is [List] for a search. Page numbers and count are those of the first window.
func ListWindows[R, J any](ctx context.Context, in PageParams, from Windows[R], show func(context.Context, []R) []J) (Page[J], error) {
	began := time.Now()
	var first *[]R // the first page, when counting has read it
	return List(ctx, in, Source[R, WindowPosition]{
		Count: func(ctx context.Context, _ int) (int64, error) {
			rows, total, err := from.Find(ctx, WindowPosition{Began: began}, in.Size())
			first = &rows
			return int64(total), err
		},
		Rows: func(ctx context.Context, s Span[WindowPosition]) ([]R, bool, error) {
			if s.After == nil && s.Skip == 0 && first != nil {
				return *first, false, nil
			}
			at := WindowPosition{Began: began, Skip: s.Skip}
			if s.After != nil {
				at = *s.After
			}
			rows, total, err := from.Find(ctx, at, s.Limit)
			return rows, len(rows) > 0 && (from.End(rows[len(rows)-1]).Skip > 0 || total == from.Size), err
		},
		End:  from.End,
		Fits: func(p WindowPosition) bool { return p.Skip >= 0 && p.Skip <= from.Size && !p.Began.IsZero() },
	}, show)
}
