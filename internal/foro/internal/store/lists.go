package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro/internal/store/forodb"
)

// List is which posts a list shows, newest first: visible ones that are all of this.
type List struct {
	CommunityID int64  // 0: any
	AuthorID    int64  // 0: any; else none on which they do not show their name
	Own         bool   // of the author, also those, and those that are not visible
	Tag         string // folded; empty: any
	Question    *bool  // nil: both
}

// from is the query for the ids of a list below an id. What selects most has its index in this very order; the
// rest is looked up row by row.
func (l List) from(below int64) *statement {
	var q statement
	if l.Tag == "" || l.AuthorID != 0 {
		q.add("select id from post p where id < %s", q.arg(below))
		l.where(&q)
		if l.Tag != "" {
			q.add(" and exists (select from post_tag where post_id = p.id and tag_id = (select id from tag where name = %s) offset 0)", q.arg(l.Tag))
		}
		return &q
	}
	q.add("select post_id as id from post_tag pt")
	if l.CommunityID != 0 || l.Question != nil {
		q.add(" cross join lateral (select from post p where id = pt.post_id")
		l.where(&q)
		q.add(" offset 0) p")
	}
	q.add(" where tag_id = (select id from tag where name = %s) and shown and post_id < %s", q.arg(l.Tag), q.arg(below))
	return &q
}

// where adds the conditions on posts. Those that are the same for all who ask are written into the text, so that
// the partial indexes are used.
func (l List) where(q *statement) {
	if !l.Own {
		q.add(" and state = 'visible'")
	}
	if l.AuthorID != 0 {
		q.add(" and author_id = %s", q.arg(l.AuthorID))
		if !l.Own {
			q.add(" and not anonymous")
		}
	}
	if l.CommunityID != 0 {
		q.add(" and community_id = %s", q.arg(l.CommunityID))
	}
	if l.Question != nil {
		q.add(" and question = %t", *l.Question)
	}
}

// List returns the ids of a part of a list.
func (s Store) List(ctx context.Context, l List, span IDSpan) ([]int64, error) {
	q := l.from(span.below())
	q.add(" order by id desc limit %s offset %s", q.arg(span.Limit), q.arg(span.Skip))
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// CountList counts a list up to limit.
func (s Store) CountList(ctx context.Context, l List, limit int) (int64, error) {
	if l == (List{Tag: l.Tag}) && l.Tag != "" { // it is counted already
		n, err := queries.TagPosts(ctx, s.DB.Q(ctx), l.Tag)
		if err != nil || len(n) == 0 {
			return 0, err
		}
		return min(int64(n[0]), int64(limit)), nil
	}
	return s.count(ctx, l.from(IDSpan{}.below()), "id desc", limit)
}

// Feed returns the ids of a part of the visible posts of the communities that somebody is in, newest first.
func (s Store) Feed(ctx context.Context, userID int64, span IDSpan) ([]int64, error) {
	return queries.Feed(ctx, s.DB.Q(ctx), forodb.FeedParams{
		UserID: userID, BeforeID: span.below(), Reach: int32(span.Skip + span.Limit), Skip: int32(span.Skip), MaxRows: int32(span.Limit)})
}

// CountFeed counts it up to limit.
func (s Store) CountFeed(ctx context.Context, userID int64, limit int) (int64, error) {
	return queries.FeedCount(ctx, s.DB.Q(ctx), forodb.FeedCountParams{UserID: userID, MaxRows: int32(limit)})
}
