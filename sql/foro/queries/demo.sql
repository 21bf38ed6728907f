-- What a demo's posts and comments are dated back with.

-- name: PostBackdate :exec
update post set created_at = @at, updated_at = @at where id = @id;

-- name: CommentBackdate :exec
update comment set created_at = @at, updated_at = @at where id = @id;

-- name: ReactionsBackdate :exec
update reaction r set created_at = @at where r.post_id = @post_id::bigint or r.comment_id in (select c.id from comment c where c.post_id = @post_id);
