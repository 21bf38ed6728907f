-- name: FileInsert :one
insert into file (owner_id, sha256, private, kind, mime, key, size, width, height, duration_ms, latitude, longitude, taken_at, state)
values (@owner_id, @sha256, @private, @kind, @mime, @key, @size, @width, @height, @duration_ms,
    sqlc.narg(latitude), sqlc.narg(longitude), sqlc.narg(taken_at), @state)
on conflict (owner_id, sha256, private) where owner_id <> 0 do nothing
returning id;

-- The file with the same bytes of the same owner, which nobody removes until the transaction ends.
-- name: FileSame :one
select * from file where owner_id = @owner_id and owner_id <> 0 and sha256 = @sha256 and private = @private for update;

-- name: FileForUpdate :one
select * from file where id = @id for update;

-- name: FileByKey :one
select * from file where key = @key;

-- The file is gone unless an object has it.
-- name: FileFree :many
delete from file where id = any(@ids::bigint[]) and not exists (select from object where object.file_id = file.id)
returning id, key, kind;

-- Files that are locked, in an order that everybody takes.
-- name: FilesLock :exec
select id from file where id = any(@ids::bigint[]) order by id for update;

-- name: FileRendered :exec
update file set renditions = @renditions, preview = @preview, state = @state where id = @id;

-- Of these keys, those that neither a file nor a part of an upload has. A rendition's key is its file's
-- with an ending.
-- name: KeysUnknown :many
select k::text from unnest(@keys::text[]) as k
where not exists (select from file where file.key = regexp_replace(k, '\.(small|medium|large)\.webp$', ''))
    and not exists (select from upload_part where upload_part.key = k);

-- name: Secret :one
select value from secret;
