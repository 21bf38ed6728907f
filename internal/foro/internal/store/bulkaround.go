package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro"
	"agrovet/internal/platform/pg"
)

// Generated tells what there is already: how many posts of generated people, when the last was made, and whether
// there are posts or comments of others than them and the known.
func (s Store) Generated(ctx context.Context, known []int64) (n int, last time.Time, others bool, err error) {
	return n, last, others, s.DB.Q(ctx).QueryRow(ctx, `select count(*), coalesce(max(created_at), 'epoch'),
		exists (select from post where author_id < $1 and author_id <> all($2::bigint[]))
			or exists (select from comment where user_id < $1 and user_id <> all($2::bigint[]))
		from post where author_id >= $1`, pg.FirstGenerated, notNil(known)).Scan(&n, &last, &others)
}

// KnowPeople remembers generated people, all of them or, where there are any, none.
func (s Store) KnowPeople(ctx context.Context, people []Person) error {
	var there bool
	err := s.DB.Q(ctx).QueryRow(ctx, "select exists (select from person where user_id >= $1)", pg.FirstGenerated).Scan(&there)
	if err != nil || there {
		return err
	}
	columns := []string{"user_id", "role", "since", "verified", "species", "latitude", "longitude"}
	return s.BulkPeople().Copy(ctx, "person", columns, len(people), func(i int) []any {
		p := people[i]
		return []any{p.UserID, string(p.Role), p.Since, p.Verified, notNil(p.Species), latitude(p.Place), longitude(p.Place)}
	})
}

// GeneratedCommunities are the ids of those that generated people founded, in the order of their numbers.
func (s Store) GeneratedCommunities(ctx context.Context) ([]int64, error) {
	rows, err := s.DB.Q(ctx).Query(ctx, "select id from community where created_by >= $1 order by id", pg.FirstGenerated)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// CopyCommunities stores communities, which have their ids, with by which words they are found.
func (s Store) CopyCommunities(ctx context.Context, all []foro.Community) error {
	columns := []string{"id", "name", "slug", "short_description", "created_by", "created_at"}
	err := s.BulkPeople().Copy(ctx, "community", columns, len(all), func(i int) []any {
		c := all[i]
		return []any{c.ID, c.Name, c.Slug, c.ShortDescription, c.CreatedBy, c.CreatedAt}
	})
	if err != nil {
		return err
	}
	return s.BulkPeople().Copy(ctx, "community_words", []string{"community_id", "beginnings"}, len(all), func(i int) []any {
		return []any{all[i].ID, wordsOf(all[i])}
	})
}

// CopyMembers stores members. A trigger counts them.
func (s Store) CopyMembers(ctx context.Context, all []BulkMember) error {
	return s.BulkPeople().Copy(ctx, "member", []string{"community_id", "user_id", "role", "joined_at"}, len(all), func(i int) []any {
		m := all[i]
		return []any{m.CommunityID, m.UserID, string(m.Role), m.JoinedAt}
	})
}

// BulkMember is somebody in a community.
type BulkMember struct {
	CommunityID int64
	UserID      int64
	Role        foro.Role
	JoinedAt    time.Time
}

// MakeTags sees to it that there are these tags, and returns their ids by name.
func (s Store) MakeTags(ctx context.Context, names []string) (map[string]int64, error) {
	if err := queries.TagsMake(ctx, s.DB.Q(ctx), names); err != nil {
		return nil, err
	}
	rows, err := s.DB.Q(ctx).Query(ctx, "select id, name from tag where name = any($1)", names)
	if err != nil {
		return nil, err
	}
	ids := make(map[string]int64, len(names))
	var id int64
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error { ids[name] = id; return nil })
	return ids, err
}

// CountTagged counts anew how many visible posts have each tag.
func (s Store) CountTagged(ctx context.Context) error {
	_, err := s.DB.Q(ctx).Exec(ctx, `update tag set posts_count = n from (select tag_id, count(*) as n from post_tag where shown group by tag_id) c
		where id = c.tag_id and posts_count <> n`)
	return err
}

// AddAffinityFrom counts what was done on the posts from an id on, none of which was counted before.
func (s Store) AddAffinityFrom(ctx context.Context, postID int64, w Weights) error {
	_, err := s.DB.Q(ctx).Exec(ctx, `insert into affinity as a (user_id, author_id, weight)
		select user_id, author_id, sum(weight) from (
			select c.user_id, p.author_id, $2::integer as weight from comment c join post p on p.id = c.post_id
			where p.id >= $1 and not c.anonymous and not p.anonymous
			union all
			select r.user_id, p.author_id, $3 from reaction r join post p on p.id = r.post_id where p.id >= $1 and not p.anonymous
			union all
			select r.user_id, c.user_id, $4 from reaction r join comment c on c.id = r.comment_id where c.post_id >= $1 and not c.anonymous
		) done where user_id <> author_id group by user_id, author_id order by user_id, author_id
		on conflict (user_id, author_id) do update set weight = a.weight + excluded.weight`, postID, w.Comment, w.PostReaction, w.CommentReaction)
	return err
}
