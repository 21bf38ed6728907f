package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/search"
)

// Find is what messages are looked for by.
type Find struct {
	UserID int64
	RoomID int64 // 0: all rooms of theirs
	Groups []search.Group
	Below  int64 // only of ids below it; 0: all
	Limit  int
}

// partSpread keeps the parts of one room apart from those of the next ones. Parts of different rooms may share a
// mark all the same; the room is compared, too.
const partSpread = 7919

// Find returns the ids of messages that a person may see and that have a term of each group, newest first.
//
// What it costs does not depend on how many messages have the words. Terms are marked with the room and a
// part of its log, 512 entries long; each room is asked for its newest hit, part by part from the end,
// which for a common word is the first part, and for a rare one all parts, each a look into the index. The
// newest n hits of all rooms are in the n rooms whose newest hit is the newest: only these are asked for n.
func (s Store) Find(ctx context.Context, f Find) ([]int64, error) {
	var q statement
	user, below, limit := q.arg(f.UserID), q.arg(f.Below), q.arg(f.Limit)
	room := ""
	if f.RoomID != 0 {
		room = " and m.room_id = " + q.arg(f.RoomID)
	}
	hits := q.hits(f.Groups, below)
	q.add(`with mine as materialized (
			select m.room_id, m.from_seq, r.last_seq from member m join room r on r.id = m.room_id where m.user_id = %s and r.last_seq > m.from_seq%s),
		newest as materialized (
			select mine.* from mine cross join lateral (%s limit 1) first order by first.entry_id desc limit %s)
		select found.entry_id from newest mine cross join lateral (%s limit %s) found order by found.entry_id desc limit %s`,
		user, room, hits, limit, hits, limit, limit)
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// hits are the hits in the room mine, newest first. The planner is kept (offset 0) from reading the newest documents one by one until enough of them
// match: it knows nothing of the terms when it plans.
func (s *statement) hits(groups []search.Group, below string) string {
	var terms strings.Builder
	for _, g := range groups {
		fmt.Fprintf(&terms, " and (d.terms && %s", s.marked(g.Any()))
		for _, phrase := range g.Phrases() {
			fmt.Fprintf(&terms, " or d.terms @> %s", s.marked(phrase))
		}
		terms.WriteString(")")
	}
	return fmt.Sprintf(`select here.entry_id from generate_series(mine.last_seq / %d, (mine.from_seq + 1) / %d, -1) part
		cross join lateral (
			select hit.entry_id from (select d.entry_id, d.room_id, d.seq from document d where true%s offset 0) hit
			where hit.room_id = mine.room_id and hit.seq > mine.from_seq and hit.seq / %d = part and (%s = 0 or hit.entry_id < %s)
			order by hit.entry_id desc) here`, partSize, partSize, terms.String(), partSize, below, below)
}

// marked are terms as documents have them in a part of a room (search.InBucket).
func (s *statement) marked(terms []int64) string {
	return fmt.Sprintf("(select coalesce(array_agg(t + (mine.room_id * %d + part) %% %d + 1), '{}') from unnest(%s::bigint[]) t)", partSpread, search.Buckets, s.arg(terms))
}

// statement is a query that is put together.
type statement struct {
	text strings.Builder
	args []any
}

// arg adds an argument and returns its place in the text.
func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return fmt.Sprintf("$%d", len(s.args))
}

func (s *statement) add(format string, args ...any) { fmt.Fprintf(&s.text, format, args...) }
