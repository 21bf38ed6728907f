-- What a demo's posts and comments are dated back with.

-- name: PostBackdate :exec
update post set created_at = @at, updated_at = @at where id = @id;

-- name: CommentBackdate :exec
update comment set created_at = @at, updated_at = @at where id = @id;

-- name: ReactionsBackdate :exec
update reaction set created_at = @at where post_id = @post_id or comment_id in (select id from comment c where c.post_id = @post_id);

-- name: ValidationBackdate :exec
update validation set at = @at where comment_id = @comment_id;
