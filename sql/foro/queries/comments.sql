-- name: CommentInsert :one
insert into comment (post_id, parent_id, depth, user_id, anonymous, content, media_id, state)
values (@post_id, sqlc.narg(parent_id), @depth, @user_id, @anonymous, @content, sqlc.narg(media_id), @state)
returning id, created_at, updated_at;

-- name: CommentsByID :many
select * from comment where id = any(@ids::bigint[]);

-- CommentForUpdate locks the row. The post is locked before (PostForUpdate).
-- name: CommentForUpdate :many
select * from comment where id = @id for no key update;
