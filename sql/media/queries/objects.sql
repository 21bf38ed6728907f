-- name: ObjectInsert :one
insert into object (owner_id, file_id, name, description, price, content_type, object_id)
values (@owner_id, sqlc.narg(file_id), @name, sqlc.narg(description), sqlc.narg(price)::text::numeric,
    sqlc.narg(content_type), sqlc.narg(object_id))
returning id, created_at;

-- name: ObjectsByIDs :many
select object.id, object.owner_id, object.file_id, object.name, object.description, coalesce(object.price::text, '')::text as price,
    object.content_type, object.object_id, object.created_at,
    coalesce(file.kind, '')::text as kind, coalesce(file.mime, '')::text as mime, coalesce(file.private, false) as private,
    coalesce(file.key, '')::text as key, coalesce(file.size, 0) as size, coalesce(file.width, 0) as width,
    coalesce(file.height, 0) as height, coalesce(file.duration_ms, 0) as duration_ms, file.latitude, file.longitude,
    file.taken_at, coalesce(file.preview, '')::text as preview, coalesce(file.renditions, '[]') as renditions
from object left join file on file.id = object.file_id
where object.id = any(@ids::bigint[]);

-- Somebody's objects, newest first, behind (that is, older than) the one with the id before_id.
-- name: ObjectsOf :many
select id from object where owner_id = @owner_id and id < @before_id order by id desc limit @amount offset @skip;

-- name: ObjectsCount :one
select count(*) from (select from object where owner_id = @owner_id limit @most) bounded;

-- Objects that nobody else changes until the transaction ends, in an order that everybody takes.
-- name: ObjectsLock :many
select id, owner_id, file_id from object where id = any(@ids::bigint[]) order by id for update;

-- name: ObjectUpdate :exec
update object set file_id = sqlc.narg(file_id), name = @name, description = sqlc.narg(description),
    price = sqlc.narg(price)::text::numeric, content_type = sqlc.narg(content_type), object_id = sqlc.narg(object_id)
where id = @id;

-- Unclaimed ones become the user's; those that no place shows yet are spared by the sweep for a while.
-- name: ObjectsClaim :exec
update object set owner_id = @owner_id, unshown_since = case when unshown_since is null then null else now() end
where id = any(@ids::bigint[]);

-- name: ObjectsDelete :exec
delete from object where id = any(@ids::bigint[]);

-- name: ObjectsOfOwner :many
select id from object where owner_id = @owner_id and owner_id <> 0 order by id limit @amount;

-- Objects with the file.
-- name: ObjectsOfFile :many
select id from object where file_id = @file_id order by id;

-- Somebody's objects that no place has shown since then.
-- name: ObjectsUnshown :many
select id from object where owner_id <> 0 and unshown_since < @before order by unshown_since limit @amount;

-- Nobody's objects that no place has shown since then.
-- name: ObjectsUnclaimed :many
select id from object where owner_id = 0 and unshown_since < @before order by unshown_since limit @amount;
