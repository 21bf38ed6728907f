package store

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/geo"
)

// Open is a list of questions that nobody has answered, the newest first.
type Open struct {
	Without int64    // not those by this user
	Species []string // about one of these, "" for none; empty: about anything
	Tag     string   // folded; empty: any. Only the tag's newest posts are looked through
	Circle  *geo.Circle
	Nowhere bool // with Circle: those without a place as well
}

// How many questions are looked through for a place, and posts for a tag.
const (
	maxPlaces = 1000
	maxTagged = 2000
)

// Questions returns a part of the list: the ids alone. With a circle it is of the newest thousand that fit
// otherwise.
func (s Store) Questions(ctx context.Context, o Open, span IDSpan) ([]int64, error) {
	if o.Circle == nil {
		all, err := s.open(ctx, o, span.below(), span.Skip+span.Limit)
		return ids(all[min(span.Skip, len(all)):]), err
	}
	all, err := s.near(ctx, o)
	for len(all) > 0 && all[0].ID >= span.below() {
		all = all[1:]
	}
	all = all[min(span.Skip, len(all)):]
	return ids(all[:min(span.Limit, len(all))]), err
}

// CountQuestions counts the list up to limit.
func (s Store) CountQuestions(ctx context.Context, o Open, limit int) (n int64, err error) {
	if o.Circle != nil {
		all, err := s.near(ctx, o)
		return int64(min(len(all), limit)), err
	}
	query, args := o.query(math.MaxInt64, limit)
	err = s.DB.Q(ctx).QueryRow(ctx, "select count(*) from ("+query+") q", args...).Scan(&n)
	return n, err
}

// question is one of a list, as far as it matters for it.
type question struct {
	ID                  int64
	Latitude, Longitude *float64
}

func ids(all []question) []int64 {
	out := make([]int64, len(all))
	for i, q := range all {
		out[i] = q.ID
	}
	return out
}

// near are those within the circle.
func (s Store) near(ctx context.Context, o Open) (near []question, err error) {
	all, err := s.open(ctx, o, math.MaxInt64, maxPlaces)
	for _, q := range all {
		at := point(q.Latitude, q.Longitude)
		if at == nil && o.Nowhere || at != nil && at.KM(o.Circle.Center) <= o.Circle.KM {
			near = append(near, q)
		}
	}
	return near, err
}

func (s Store) open(ctx context.Context, o Open, below int64, limit int) ([]question, error) {
	query, args := o.query(below, limit)
	rows, err := s.DB.Q(ctx).Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[question])
}

// query is the list without its circle. Of each species the newest are read by the index that has them in their
// order.
func (o Open) query(below int64, limit int) (string, []any) {
	const open = "p.state = 'visible' and p.question and not p.answered and p.author_id <> $1"
	args := []any{o.Without, below, limit}
	switch {
	case o.Tag != "":
		args = append(args, o.Tag)
		about := ""
		if len(o.Species) > 0 {
			args = append(args, o.Species)
			about = " and (p.species && $5::text[] or p.species = '{}' and '' = any($5::text[]))"
		}
		return fmt.Sprintf(`select p.id, p.latitude, p.longitude from (
			select post_id from post_tag where tag_id = (select id from tag where name = $4) order by post_id desc limit %d) t
			join post p on p.id = t.post_id where p.id < $2 and %s%s order by p.id desc limit $3`, maxTagged, open, about), args
	case len(o.Species) > 0:
		args = append(args, o.Species)
		return `select distinct on (q.post_id) q.post_id, q.latitude, q.longitude from unnest($4::text[]) as s(name) cross join lateral (
			select post_id, latitude, longitude from open_question
			where species = s.name and post_id < $2 and author_id <> $1 order by post_id desc limit $3) q
			order by q.post_id desc limit $3`, args
	}
	return strings.Join([]string{"select p.id, p.latitude, p.longitude from post p where p.id < $2 and", open, "order by p.id desc limit $3"}, " "), args
}

// Waiting are questions made before a moment that nobody has answered and nobody was told of, the oldest first,
// locked until the commit.
func (s Store) Waiting(ctx context.Context, before time.Time, limit int) ([]foro.Post, error) {
	rows, err := queries.PostsWaiting(ctx, s.DB.Q(ctx), forodb.PostsWaitingParams{Before: before, MaxRows: int32(limit)})
	posts := make([]foro.Post, len(rows))
	for i, r := range rows {
		posts[i] = foro.Post{ID: r.ID, AuthorID: r.AuthorID, Species: r.Species, Place: point(r.Latitude, r.Longitude)}
	}
	return posts, err
}

// Waited notes that people were told of these questions.
func (s Store) Waited(ctx context.Context, postIDs []int64) error {
	return queries.PostsWaited(ctx, s.DB.Q(ctx), postIDs)
}
