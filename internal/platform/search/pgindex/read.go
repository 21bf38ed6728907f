package pgindex

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Window is the newest documents that match.
type Window struct {
	Query   Query
	Below   int64                     // only of ids below this; 0: all
	Most    int                       // how many documents
	Columns func(s *Statement) string // what is read of d beside its id, with names
	Where   func(s *Statement)        // adds other conditions on d, each with its "and"; nil: none
}

// Read finds a window and returns what rest, which ends the statement, reads of it as the table matches: T by
// position. A window is looked for twice when the first look finds too few: matched says how many of its
// documents the rows tell of, which may be 0 when they tell of none.
//
//	hits, err := pgindex.Read(ctx, documents, window, func(s *pgindex.Statement) {
//		s.Add(" select id, author_id from matches order by id desc")
//	}, func(rows []hit) int { return len(rows) })
func Read[T any](ctx context.Context, x Index, w Window, rest func(*Statement), matched func([]T) int) ([]T, error) {
	l, err := x.first(ctx, w.Query, w.Most)
	for err == nil {
		var s Statement
		s.window(x, w, l.way)
		rest(&s)
		var rows []T
		if rows, err = collect[T](ctx, x, s.Text(), s.Args()...); err == nil && !l.next(matched(rows)) {
			return rows, nil
		}
	}
	return nil, err
}

func collect[T any](ctx context.Context, x Index, text string, args ...any) ([]T, error) {
	rows, err := x.DB.Q(ctx).Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[T])
}

// window begins a statement with the documents of a window, as matches.
//
// The planner is kept (offset 0) from reading the newest documents one by one until enough of them match: it
// knows nothing of the terms when it plans. And it is kept from having other processes read as well: it takes
// a hundredth of all documents for what terms have, so with millions of them it would start two processes
// for each bucket, which takes a hundred times as long as to read it. Therefore what is looked for comes
// from another row, the probe, which cannot be handed to them.
func (s *Statement) window(x Index, w Window, by way) {
	document := x.named("select d.{id}, ") + w.Columns(s) + x.named(" from {documents} d where true")
	most := s.Arg(w.Most)
	if by == newest {
		s.Add("with matches as (select found.* from (select %s::bigint as top offset 0) probe", s.below(w.Below))
		s.Add(" cross join lateral (%s and d.%s < probe.top", document, x.ID)
		s.where(w)
		s.Add(" order by d.%s desc limit %s) found)", x.ID, most)
		return
	}
	var arrays []string
	conditions := w.Query.conditions(func(terms []int64) string {
		arrays = append(arrays, s.Arg(terms)+"::bigint[]")
		return fmt.Sprintf("probe.a%d", len(arrays))
	})
	s.Add("with matches as (select found.* from ")
	s.probes(x, w, by, arrays)
	s.Add(" cross join lateral (select * from (%s%s", document, conditions)
	if w.Below != 0 {
		s.Add(" and d.%s + 0 < %s", x.ID, s.Arg(w.Below)) // most are below: the index of ids would only be in the way
	}
	s.where(w)
	s.Add(" offset 0) here order by %s desc limit %s) found limit %s)", x.ID, most, most)
}

// probes are what the index of terms is asked for, one after the other: the terms themselves, or those of
// one bucket each. Buckets are counted off in a list of columns, which makes the next when it is asked for;
// among the tables, all would be made before the first.
func (s *Statement) probes(x Index, w Window, by way, arrays []string) {
	if by == atOnce {
		s.Add("(select %s offset 0) probe", columns(arrays))
		return
	}
	depth := int64(math.MaxInt64)
	if by == recent {
		depth = sample - 1
	}
	for i, a := range arrays {
		arrays[i] = "(select array_agg(t + b + 1) from unnest(" + a + ") t)" // search.InBucket
	}
	s.Add(x.named("(select max({id}) / %d as top from {documents} where {id} < %s) newest"), Bucket, s.below(w.Below))
	s.Add(" cross join lateral (select %s", columns(arrays))
	s.Add(" from (select generate_series(top, greatest(0, top - %s), -1) as b) bucket offset 0) probe", s.Arg(depth))
}

// columns names arrays a1, a2 and so on.
func columns(arrays []string) string {
	named := make([]string, len(arrays))
	for i, a := range arrays {
		named[i] = fmt.Sprintf("%s as a%d", a, i+1)
	}
	return strings.Join(named, ", ")
}

func (s *Statement) where(w Window) {
	if w.Where != nil {
		w.Where(s)
	}
}

func (s *Statement) below(id int64) string {
	if id == 0 {
		return strconv.FormatInt(math.MaxInt64, 10)
	}
	return s.Arg(id)
}
