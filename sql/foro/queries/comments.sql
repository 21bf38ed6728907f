-- name: CommentInsert :one
insert into comment (post_id, parent_id, depth, user_id, anonymous, content, media_id, state)
values (@post_id, sqlc.narg(parent_id), @depth, @user_id, @anonymous, @content, sqlc.narg(media_id), @state)
returning id, created_at, updated_at;

-- name: CommentsByID :many
select * from comment where id = any(@ids::bigint[]);

-- CommentForUpdate locks the row. The post is locked before (PostForUpdate).
-- name: CommentForUpdate :many
select * from comment where id = @id for no key update;

-- CommentUpdate stores what the author changes.
-- name: CommentUpdate :one
update comment set content = @content, media_id = sqlc.narg(media_id), version = version + 1, updated_at = clock_timestamp(), edited_at = clock_timestamp()
where id = @id returning version, updated_at, edited_at;

-- CommentRevise keeps what a comment says, before it is changed.
-- name: CommentRevise :exec
insert into revision (comment_id, version, content, media_id) select id, version, content, media_id from comment where id = @id;

-- name: CommentRevisions :many
select version, content, media_id, until from revision where comment_id = @id and version < @before_version
order by version desc limit @max_rows offset @skip;

-- name: CommentRevisionsCount :one
select count(*) from (select from revision where comment_id = @id limit @max_rows) r;

-- name: CommentHasReplies :one
select exists (select from comment where parent_id = @id::bigint);

-- CommentEmpty leaves a comment's place alone, for the replies to it.
-- name: CommentEmpty :exec
update comment set state = 'deleted', user_id = 0, anonymous = false, content = '', media_id = null, version = version + 1, updated_at = clock_timestamp() where id = @id;

-- name: CommentDelete :exec
delete from comment where id = @id;

-- name: CommentRevisionsDelete :exec
delete from revision where comment_id = any(@ids::bigint[]);

-- name: CommentMentionsDelete :exec
delete from mention where comment_id = @id;

-- name: CommentMention :exec
insert into mention (comment_id, user_id) select @comment_id::bigint, id from unnest(@user_ids::bigint[]) as u(id);

-- name: CommentValidationsDelete :exec
delete from validation where comment_id = @id;

-- PostHeads are the few columns of posts that their comments depend on.
-- name: PostHeads :many
select id, author_id, community_id, state, locked, question, accepted_id from post where id = any(@ids::bigint[]);

-- CommentsNewest are visible comments of visible posts.
-- name: CommentsNewest :many
select c.id from comment c join post p on p.id = c.post_id
where c.state = 'visible' and p.state = 'visible' and c.id < @before_id order by c.id desc limit @max_rows offset @skip;

-- name: CommentsOfPost :many
select id from comment where post_id = @post_id and id < @before_id order by id desc limit @max_rows offset @skip;

-- name: CommentsOfPostCount :one
select count(*) from (select from comment where post_id = @post_id limit @max_rows) c;

-- name: CommentsTop :many
select id from comment where post_id = @post_id and parent_id is null and (popularity, id) < (@below::integer, @before_id::bigint)
order by popularity desc, id desc limit @max_rows offset @skip;

-- name: CommentsTopCount :one
select count(*) from (select from comment where post_id = @post_id and parent_id is null limit @max_rows) c;

-- name: CommentReplies :many
select id from comment where parent_id = @parent_id::bigint and id > @after_id order by id limit @max_rows offset @skip;

-- name: CommentRepliesNewest :many
select id from comment where parent_id = @parent_id::bigint and id < @before_id order by id desc limit @max_rows offset @skip;

-- name: CommentRepliesCount :one
select count(*) from (select from comment where parent_id = @parent_id::bigint limit @max_rows) c;

-- name: CommentMentions :many
select user_id from mention where comment_id = @comment_id::bigint order by user_id;
