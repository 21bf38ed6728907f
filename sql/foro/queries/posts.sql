-- name: PostInsert :one
insert into post (author_id, anonymous, question, title, content, media_id, community_id, species, latitude, longitude, state)
values (@author_id, @anonymous, @question, @title, @content, sqlc.narg(media_id), sqlc.narg(community_id), @species,
    sqlc.narg(latitude), sqlc.narg(longitude), @state)
returning id, created_at, updated_at;

-- name: PostsByID :many
select * from post where id = any(@ids::bigint[]);

-- PostForUpdate locks the row: whoever changes a post or adds to it does so one after another.
-- name: PostForUpdate :many
select * from post where id = @id for no key update;
