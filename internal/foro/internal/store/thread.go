package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Bounds are how much of a thread is read at once.
type Bounds struct {
	Top     int // comments on a post itself
	Replies int // to each comment
	Levels  int // of replies below the first comments
	Total   int // comments altogether, level by level
}

// Branch is a comment and where it stands in what was read.
type Branch struct {
	foro.Comment
	Level int  // 0: the first ones
	Rank  int  // among the first ones of its post, or of those that were asked for; from 1
	More  bool // it has more replies than those that were read
}

// Threads are the beginnings of what was said about posts: the most popular comments with their oldest replies,
// level by level. Of each post's comments there is one more than wanted, without replies, when there are more.
func (s Store) Threads(ctx context.Context, b Bounds, postIDs ...int64) ([]Branch, error) {
	return s.branches(ctx, b, fmt.Sprintf(`select (f.c).*, 0 as level, f.rank from unnest($1::bigint[]) as p(id) cross join lateral (
			select c, row_number() over (order by popularity desc, id desc) as rank from comment c
			where post_id = p.id and parent_id is null order by popularity desc, id desc limit %d) f`, b.Top+1), b.Top, postIDs)
}

// Branches are comments with what answers them: the oldest replies, level by level.
func (s Store) Branches(ctx context.Context, b Bounds, ids ...int64) ([]Branch, error) {
	return s.branches(ctx, b, `select c.*, 0 as level, i.rank from unnest($1::bigint[]) with ordinality as i(id, rank) join comment c on c.id = i.id`, len(ids), ids)
}

// thread reads what is below the first comments. Each parent's replies are read by the index that has them in
// their order, and nothing is read beyond the limits.
const thread = `with recursive thread as (
	(%[1]s)
	union all
	select r.*, t.level + 1, t.rank from thread t
		cross join lateral (select * from comment where parent_id = t.id order by id limit %[2]d) r
		where t.level < %[3]d and t.rank <= $2
), cut as materialized (select * from thread limit %[4]d),
replies as (select parent_id, count(*) as n, max(id) as last from cut where level > 0 group by parent_id)
select cut.*,
	case when cut.rank <= $2 and (cut.level = %[3]d or r.n = %[2]d or (select count(*) from cut) = %[4]d)
		then exists (select from comment c where c.parent_id = cut.id and c.id > coalesce(r.last, 0)) else false end,
	case when cut.validations > 0 then array(select v.user_id from validation v where v.comment_id = cut.id order by v.at, v.user_id limit 3) end,
	array(select m.user_id from mention m where m.comment_id = cut.id order by m.user_id)
from cut left join replies r on r.parent_id = cut.id`

func (s Store) branches(ctx context.Context, b Bounds, first string, top int, ids []int64) ([]Branch, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := s.DB.Q(ctx).Query(ctx, fmt.Sprintf(thread, first, b.Replies, b.Levels, b.Total), ids, top)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Branch, error) {
		r, err := pgx.RowToStructByPos[struct {
			forodb.Comment
			Level, Rank           int
			More                  bool
			Validators, Mentioned []int64
		}](row)
		c := commentOf(r.Comment)
		c.Validators, c.Mentions = r.Validators, r.Mentioned
		return Branch{Comment: c, Level: r.Level, Rank: r.Rank, More: r.More}, err
	})
}
