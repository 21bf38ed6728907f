-- name: PostInsert :one
insert into post (author_id, anonymous, question, title, content, media_id, community_id, species, latitude, longitude, state)
values (@author_id, @anonymous, @question, @title, @content, sqlc.narg(media_id), sqlc.narg(community_id), @species,
    sqlc.narg(latitude), sqlc.narg(longitude), @state)
returning id, created_at, updated_at;

-- name: PostsByID :many
select sqlc.embed(post),
    array(select t.name from post_tag pt join tag t on t.id = pt.tag_id where pt.post_id = post.id order by t.name)::text[] as tags,
    array(select m.user_id from mention m where m.post_id = post.id order by m.user_id)::bigint[] as mentions
from post where post.id = any(@ids::bigint[]);

-- PostForUpdate locks the row: whoever changes a post or adds to it does so one after another.
-- name: PostForUpdate :many
select * from post where id = @id for no key update;

-- PostUpdate is a change by the author. The row is locked.
-- name: PostUpdate :one
update post set title = @title, content = @content, media_id = sqlc.narg(media_id), community_id = sqlc.narg(community_id), question = @question,
    species = @species, latitude = sqlc.narg(latitude), longitude = sqlc.narg(longitude), version = version + 1, updated_at = clock_timestamp(),
    edited_at = case when @edited::boolean then clock_timestamp() else edited_at end
where id = @id returning version, updated_at, edited_at;

-- name: PostDelete :exec
delete from post where id = @id;

-- PostCommentsWithFiles are the comments of a post that show a file.
-- name: PostCommentsWithFiles :many
select id from comment where post_id = @post_id and media_id is not null order by id;

-- name: PostRevisionInsert :exec
insert into revision (post_id, version, title, content, media_id) values (@post_id, @version, @title, @content, sqlc.narg(media_id));

-- PostRevisions are what a post said before, the last first.
-- name: PostRevisions :many
select version, title, content, media_id, until from revision where post_id = @post_id and version < @before_version
order by version desc limit @max_rows offset @skip;

-- name: PostRevisionsCount :one
select count(*) from (select from revision where post_id = @post_id limit @max_rows) bounded;

-- PostsOfMedia locks the posts which show a file, in a comment or in what they or it said before as well.
-- name: PostsOfMedia :exec
select id from post where id = any(array(
    select p.id from post p where p.media_id = @media_id
    union select c.post_id from comment c where c.media_id = @media_id
    union select r.post_id from revision r where r.media_id = @media_id and r.post_id is not null
    union select c.post_id from revision r join comment c on c.id = r.comment_id where r.media_id = @media_id))
order by id for no key update;

-- MediaForget takes a file that is gone out of all that shows it.
-- name: MediaForget :exec
with posts as (update post p set media_id = null where p.media_id = @media_id),
    comments as (update comment c set media_id = null where c.media_id = @media_id),
    revisions as (update revision r set media_id = null where r.media_id = @media_id)
update draft d set media_id = null where d.media_id = @media_id;
