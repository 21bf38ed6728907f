-- name: DraftInsert :one
insert into draft (user_id, title, content, media_id, community_id, question, anonymous, species, tags, mentions, latitude, longitude)
values (@user_id, @title, @content, sqlc.narg(media_id), sqlc.narg(community_id), sqlc.narg(question), @anonymous, @species, @tags, @mentions,
    sqlc.narg(latitude), sqlc.narg(longitude))
returning id, version, updated_at;

-- name: DraftUpdate :one
update draft set title = @title, content = @content, media_id = sqlc.narg(media_id), community_id = sqlc.narg(community_id),
    question = sqlc.narg(question), anonymous = @anonymous, species = @species, tags = @tags, mentions = @mentions,
    latitude = sqlc.narg(latitude), longitude = sqlc.narg(longitude), version = version + 1, updated_at = clock_timestamp()
where id = @id returning version, updated_at;

-- name: DraftByID :many
select * from draft where id = @id and user_id = @user_id;

-- name: DraftForUpdate :many
select * from draft where id = @id and user_id = @user_id for no key update;

-- name: DraftDelete :exec
delete from draft where id = @id;

-- Drafts are somebody's, the last first.
-- name: Drafts :many
select * from draft where user_id = @user_id and id < @before_id order by id desc limit @max_rows offset @skip;

-- name: DraftsCount :one
select count(*) from (select from draft where user_id = @user_id limit @max_rows) bounded;
