-- UserTake makes a user of a person of the original. Nothing comes back when the id or the number is somebody's.
-- name: UserTake :one
insert into users (id, phone, phone_typed, password, role, full_name, last_name, picture, bio, latitude, longitude, date_joined, searchable)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, @searchable)
on conflict do nothing
returning *;

-- name: TakenOver :one
select * from taken_over where id = $1;

-- name: TakenOverNote :exec
insert into taken_over (id) values ($1) on conflict do nothing;

-- TakenOverToken keeps the original's token, unless it has ended here, and says so by the number of rows.
-- name: TakenOverToken :execrows
update taken_over set token_hash = @token_hash where id = @id and not closed;

-- name: TakenOverCloseTokens :exec
update taken_over set closed = true where token_hash = any(@hashes::bytea[]) and not closed;

-- name: TakenOverClose :exec
update taken_over set closed = true where id = $1 and not closed;

-- name: TakenOverForget :exec
update taken_over set closed = true, token_hash = null where id = $1;

-- name: SessionTake :exec
insert into sessions (user_id, token_hash) values ($1, $2) on conflict do nothing;
