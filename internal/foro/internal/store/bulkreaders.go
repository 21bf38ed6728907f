package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

// readerOf has somebody be among the generated people (@reader who, @first from which id on these people are, @posts how many posts there
// are of theirs): in communities, close to authors, following, and told of what they follow. What there is already
// stays. Which of it somebody gets hangs on their id.
var readerOf = []string{
	`insert into member (community_id, user_id) select id, @reader from (select id, row_number() over (order by id) as n from community where created_by >= @first and not gone) c
		where (n + @reader) % 100 = 0 or n <= 3 order by n limit 400 on conflict do nothing`,
	`insert into affinity (user_id, author_id, weight) select @reader, @first + (i * 37 + @reader * 101) % @people, 1 + i % 50 from generate_series(1, greatest(1, @posts::bigint / 1000)) i
		on conflict do nothing`,
	`insert into watch (user_id, person_id, muted) select @reader, @first + (i * 41 + @reader * 103) % @people, false from generate_series(1, greatest(1, @posts::bigint / 5000)) i on conflict do nothing`,
	`insert into watch (user_id, tag_id, muted) select @reader, id, false from (select id from tag where posts_count > 0 order by posts_count desc, id desc limit 20) t
		where (id + @reader) % 2 = 0 on conflict do nothing`,
	`insert into watch (user_id, post_id, muted) select @reader, id, false from post where author_id >= @first and state = 'visible' and (id + @reader) % 500 = 0
		order by id desc limit 2000 on conflict do nothing`,
	`insert into notification (recipient_id, type, post_id, actor_id, anonymous, actors_count, read, created_at, updated_at)
		select @reader, case when anonymous or id % 2 = 0 then 'followed_tag' else 'followed_person' end, id, case when anonymous then 0 else author_id end, anonymous, 1,
			id % 10 < 7, created_at, created_at
		from post p where author_id >= @first and state = 'visible' and (id + @reader) % 100 = 0
			and not exists (select from notification n where n.recipient_id = @reader and n.post_id = p.id)
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
