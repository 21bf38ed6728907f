package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

// readerOf has somebody (@reader) be among the generated people (from the id @first on), who wrote so many posts:
// in communities, close to authors, following, and told of what they follow. What there is already
// stays. Which of it somebody gets hangs on their id.
var readerOf = []string{
	`insert into member (community_id, user_id) select id, @reader::bigint from (select id, row_number() over (order by id) as n from community where created_by >= @first::bigint and not gone) c
		where (n + @reader::bigint) % 100 = 0 or n <= 3 order by n limit 400 on conflict do nothing`,
	`insert into affinity (user_id, author_id, weight) select @reader::bigint, @first::bigint + (i * 37 + @reader::bigint * 101) % @people::bigint, 1 + i % 50 from generate_series(1, greatest(1, @posts::bigint / 1000)) i
		on conflict do nothing`,
	`insert into watch (user_id, person_id, muted) select @reader::bigint, @first::bigint + (i * 41 + @reader::bigint * 103) % @people::bigint, false from generate_series(1, greatest(1, @posts::bigint / 5000)) i on conflict do nothing`,
	`insert into watch (user_id, tag_id, muted) select @reader::bigint, id, false from (select id from tag where posts_count > 0 order by posts_count desc, id desc limit 20) t
		where (id + @reader::bigint) % 2 = 0 on conflict do nothing`,
	`insert into watch (user_id, post_id, muted) select @reader::bigint, id, false from post where author_id >= @first::bigint and state = 'visible' and (id + @reader::bigint) % 500 = 0
		order by id desc limit 2000 on conflict do nothing`,
	`insert into notification (recipient_id, type, post_id, actor_id, anonymous, actors_count, read, created_at, updated_at)
		select @reader::bigint, case when anonymous or id % 2 = 0 then 'followed_tag' else 'followed_person' end, id, case when anonymous then 0 else author_id end, anonymous, 1,
			id % 10 < 7, created_at, created_at
		from post p where author_id >= @first::bigint and state = 'visible' and (id + @reader::bigint) % 100 = 0
			and not exists (select from notification n where n.recipient_id = @reader::bigint and n.post_id = p.id)
		order by id on conflict do nothing`,
}

// MakeReader has somebody be among the generated people, who wrote so many posts.
func (s Store) MakeReader(ctx context.Context, userID int64, posts int) error {
	args := pgx.NamedArgs{"reader": userID, "first": pg.FirstGenerated, "people": pg.GeneratedPeople, "posts": posts}
	for _, sql := range readerOf {
		if _, err := s.DB.Q(ctx).Exec(ctx, sql, args); err != nil {
			return err
		}
	}
	return nil
}
