package store

import (
	"context"
	"math"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro/internal/store/forodb"
)

// Tag is a word that posts are found by.
type Tag struct {
	ID    int64
	Name  string // folded
	Posts int    // visible ones
}

// AddTags gives tags to a new post. It locks how often each is used until the commit.
func (s Store) AddTags(ctx context.Context, postID int64, names []string) error {
	if len(names) == 0 {
		return nil
	}
	if err := queries.TagsMake(ctx, s.DB.Q(ctx), names); err != nil {
		return err
	}
	return queries.PostTagsAdd(ctx, s.DB.Q(ctx), forodb.PostTagsAddParams{PostID: postID, Names: names})
}

// SetTags makes these the tags of a post, which is locked.
func (s Store) SetTags(ctx context.Context, postID int64, names []string) error {
	if err := queries.PostTagsKeep(ctx, s.DB.Q(ctx), forodb.PostTagsKeepParams{PostID: postID, Names: notNil(names)}); err != nil {
		return err
	}
	return s.AddTags(ctx, postID, names)
}

// TagPosition is where a page of tags ends.
type TagPosition struct {
	Posts int   `json:"posts"`
	ID    int64 `json:"id"`
}

// TagSpan is a part of the list of tags.
type TagSpan struct {
	After *TagPosition // behind this; nil: from the beginning
	Skip  int
	Limit int
}

// tagsBeginning is the query for the tags in use that begin so. An index has those of one or two letters in their
// order; of more letters there are few, which are put in order.
func tagsBeginning(prefix string) *statement {
	var q statement
	switch letters := utf8.RuneCountInString(prefix); letters {
	case 0:
		q.add("select id, name, posts_count from tag where posts_count > 0")
	case 1, 2:
		q.add("select id, name, posts_count from tag where posts_count > 0 and left(name, %d) = %s", letters, q.arg(prefix))
	default:
		q.add(`select id, name, posts_count from (select * from tag where name ~>=~ %s and name ~<~ %s offset 0) few where posts_count > 0`,
			q.arg(prefix), q.arg(prefix+"\U0010FFFF"))
	}
	return &q
}

const tagOrder = "posts_count desc, id desc"

// Tags is a part of the tags in use that begin so, the most used first.
func (s Store) Tags(ctx context.Context, prefix string, span TagSpan) ([]Tag, error) {
	q, after := tagsBeginning(prefix), TagPosition{math.MaxInt32, math.MaxInt64}
	if span.After != nil {
		after = *span.After
	}
	q.add(" and (posts_count, id) < (%s, %s) order by %s limit %s offset %s",
		q.arg(after.Posts), q.arg(after.ID), tagOrder, q.arg(span.Limit), q.arg(span.Skip))
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Tag])
}

// CountTags counts them up to limit.
func (s Store) CountTags(ctx context.Context, prefix string, limit int) (int64, error) {
	return s.count(ctx, tagsBeginning(prefix), tagOrder, limit)
}
