-- ReactionInsert makes a reaction, unless there is a vote, or a heart, already.
-- name: ReactionInsert :many
insert into reaction (user_id, post_id, comment_id, type) values (@user_id, sqlc.narg(post_id), sqlc.narg(comment_id), @type)
on conflict do nothing returning id, created_at;

-- ReactionSame is somebody's vote, or their heart.
-- name: ReactionSame :many
select * from reaction r where r.post_id = sqlc.narg(post_id) and r.user_id = @user_id and (r.type = 'heart') = @heart::boolean
union all
select * from reaction r where r.comment_id = sqlc.narg(comment_id) and r.user_id = @user_id and (r.type = 'heart') = @heart::boolean;

-- name: ReactionByID :many
select * from reaction where id = @id;

-- name: ReactionDelete :execrows
delete from reaction where id = @id;

-- ReactionsOfPost are those to a post, newest first.
-- name: ReactionsOfPost :many
select * from reaction where post_id = @post_id::bigint and id < @before order by id desc limit @max_rows offset @skip;

-- name: ReactionsOfComment :many
select * from reaction where comment_id = @comment_id::bigint and id < @before order by id desc limit @max_rows offset @skip;

-- name: ReactionsOfPostCount :one
select count(*) from (select from reaction where post_id = @post_id::bigint limit @max_rows) r;

-- name: ReactionsOfCommentCount :one
select count(*) from (select from reaction where comment_id = @comment_id::bigint limit @max_rows) r;

-- ReactionsToPosts is how somebody reacted to posts, hearts last. Each post is asked for by itself: some have
-- reacted to more than one would read here.
-- name: ReactionsToPosts :many
select t.id::bigint as id, r.type from unnest(@post_ids::bigint[]) as t(id)
cross join lateral (select type from reaction where post_id = t.id and user_id = @user_id order by (type = 'heart') limit 2) r;

-- ReactionsToComments is the same for comments.
-- name: ReactionsToComments :many
select t.id::bigint as id, r.type from unnest(@comment_ids::bigint[]) as t(id)
cross join lateral (select type from reaction where comment_id = t.id and user_id = @user_id order by (type = 'heart') limit 2) r;
