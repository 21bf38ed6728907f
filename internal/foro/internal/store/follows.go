package store

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/pg"
)

// WatchKind is what somebody follows or mutes.
type WatchKind string

// The kinds. Tags are not muted.
const (
	WatchPost   WatchKind = "post"
	WatchTag    WatchKind = "tag"
	WatchPerson WatchKind = "person"
)

// Watch is that somebody follows something, or wants to hear nothing of it.
type Watch struct {
	ID        int64
	ObjectID  int64 // of a post, a tag or a person
	CreatedAt time.Time
}

// watching is a statement about one kind: each has its own column and indexes.
func watching(sql string) map[WatchKind]string {
	all := map[WatchKind]string{}
	for _, k := range []WatchKind{WatchPost, WatchTag, WatchPerson} {
		all[k] = strings.ReplaceAll(sql, "object_id", string(k)+"_id")
	}
	return all
}

var (
	watchSet = watching(`insert into watch (user_id, object_id, muted) values ($1, $2, $3)
		on conflict (user_id, object_id) where object_id is not null
		do update set muted = excluded.muted, created_at = clock_timestamp() where watch.muted <> excluded.muted`)
	watchDelete = watching(`delete from watch where user_id = $1 and object_id = $2 and object_id is not null and muted = $3`)
	watchCount  = watching(`select count(*) from (select from watch where user_id = $1 and muted = $2 and object_id is not null limit $3) bounded`)
	watches     = watching(`select id, object_id, created_at from watch where user_id = $1 and muted = $2 and object_id is not null and id < $3
		order by id desc limit $4 offset $5`)
)

// SetWatch has somebody follow something, or mute it, which ends the other; changed is false when they did so
// already. The person is locked alone.
//
// Errors: errs.ErrNotFound for a post or tag that has gone meanwhile.
func (s Store) SetWatch(ctx context.Context, k WatchKind, userID, objectID int64, muted bool) (changed bool, err error) {
	tag, err := s.DB.Q(ctx).Exec(ctx, watchSet[k], userID, objectID, muted)
	if pg.Violates(err, "watch_post_id_fkey") || pg.Violates(err, "watch_tag_id_fkey") {
		err = errs.ErrNotFound
	}
	return tag.RowsAffected() > 0, err
}

// DeleteWatch ends it, if it is there.
func (s Store) DeleteWatch(ctx context.Context, k WatchKind, userID, objectID int64, muted bool) error {
	_, err := s.DB.Q(ctx).Exec(ctx, watchDelete[k], userID, objectID, muted)
	return err
}

// CountWatches counts what somebody follows, or mutes, up to limit.
func (s Store) CountWatches(ctx context.Context, k WatchKind, userID int64, muted bool, limit int) (n int64, err error) {
	err = s.DB.Q(ctx).QueryRow(ctx, watchCount[k], userID, muted, limit).Scan(&n)
	return n, err
}

// Watches is a part of what somebody follows, or mutes, the last first.
func (s Store) Watches(ctx context.Context, k WatchKind, userID int64, muted bool, span IDSpan) ([]Watch, error) {
	rows, err := s.DB.Q(ctx).Query(ctx, watches[k], userID, muted, span.below(), span.Limit, span.Skip)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Watch])
}

// TagByName returns one by its folded name; ok is false when there is none.
func (s Store) TagByName(ctx context.Context, name string) (t Tag, ok bool, err error) {
	rows, err := queries.TagByName(ctx, s.DB.Q(ctx), name)
	if err != nil || len(rows) == 0 {
		return t, false, err
	}
	return tagOf(rows[0]), true, nil
}

// TagsByID are those with these ids. What is not there is left out.
func (s Store) TagsByID(ctx context.Context, ids ...int64) (map[int64]Tag, error) {
	rows, err := queries.TagsByID(ctx, s.DB.Q(ctx), ids)
	all := make(map[int64]Tag, len(rows))
	for _, r := range rows {
		all[r.ID] = tagOf(r)
	}
	return all, err
}

func tagOf(r forodb.Tag) Tag { return Tag{r.ID, r.Name, int(r.PostsCount)} }

// Followers are some of those who follow something, in the order of their ids, from behind one on.
func (s Store) Followers(ctx context.Context, k WatchKind, objectID, after int64, limit int) ([]int64, error) {
	if k == WatchPost {
		return queries.FollowersOfPost(ctx, s.DB.Q(ctx), forodb.FollowersOfPostParams{PostID: objectID, AfterID: after, MaxRows: int32(limit)})
	}
	return queries.FollowersOfPerson(ctx, s.DB.Q(ctx), forodb.FollowersOfPersonParams{PersonID: objectID, AfterID: after, MaxRows: int32(limit)})
}

// FollowersOfTags are the same of those who follow any tag of a post.
func (s Store) FollowersOfTags(ctx context.Context, postID, after int64, limit int) ([]int64, error) {
	tags, err := queries.TagsOfPost(ctx, s.DB.Q(ctx), postID)
	if err != nil || len(tags) == 0 {
		return nil, err
	}
	return queries.FollowersOfTags(ctx, s.DB.Q(ctx), forodb.FollowersOfTagsParams{TagIds: tags, AfterID: after, MaxRows: int32(limit)})
}
