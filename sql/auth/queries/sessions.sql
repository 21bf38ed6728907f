-- name: SessionInsert :one
insert into sessions (user_id, token_hash, device) values ($1, $2, $3) returning id;

-- SessionPrincipal is who holds a token, unless the session has been idle for too long or its user is inactive.
-- name: SessionPrincipal :one
select s.id, s.user_id, s.last_used, u.role, u.is_staff, u.is_superuser
from sessions s join users u on u.id = s.user_id
where s.token_hash = $1 and s.last_used > @idle_since and u.is_active;

-- name: SessionsOf :many
select id, device, created_at, last_used from sessions
where user_id = $1 and last_used > @idle_since order by last_used desc, id desc limit 100;

-- name: SessionDelete :one
delete from sessions where id = $1 and user_id = $2 returning token_hash;

-- name: SessionsDeleteOthers :many
delete from sessions where user_id = $1 and id <> @keep returning id, token_hash;

-- SessionHashes are the keys under which a user's sessions may be cached.
-- name: SessionHashes :many
select token_hash from sessions where user_id = $1;

-- SessionsTrim ends the oldest sessions beyond the allowed number.
-- name: SessionsTrim :many
delete from sessions where id in (
    select s.id from sessions s where s.user_id = $1 order by s.last_used desc, s.id desc offset @most)
returning id, token_hash;

-- SessionsTouch notes that sessions were used.
-- name: SessionsTouch :exec
update sessions set last_used = now() where id = any(@ids::bigint[]);

-- name: SessionsPurge :execrows
delete from sessions where id in (select s.id from sessions s where s.last_used < @idle_since order by s.last_used limit 5000);
