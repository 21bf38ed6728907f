-- name: UploadInsert :one
insert into upload (owner_id, size, name, mime, folder, description, expires_at)
values (@owner_id, @size, @name, @mime, @folder, sqlc.narg(description), @expires_at)
returning *;

-- How many uploads somebody has under way.
-- name: UploadsOpen :one
select count(*) from upload where owner_id = @owner_id and not done and expires_at > now();

-- name: UploadByID :one
select * from upload where id = @id and expires_at > now();

-- name: UploadForUpdate :one
select * from upload where id = @id for update;

-- Bytes have arrived, if they continue what is there.
-- name: UploadAdvance :execrows
update upload set received = received + @size, touched_at = now(), expires_at = @expires_at
where id = @id and received = @start and not done and received + @size <= upload.size;

-- name: UploadPartInsert :exec
insert into upload_part (upload_id, start, size, key) values (@upload_id, @start, @size, @key);

-- name: UploadParts :many
select * from upload_part where upload_id = @upload_id order by start;

-- name: UploadDone :exec
update upload set done = true, object_id = @object_id, expires_at = @expires_at where id = @id;

-- name: UploadPartsDelete :many
delete from upload_part where upload_id = @upload_id returning key;

-- name: UploadDelete :execrows
delete from upload where id = @id;

-- name: UploadsExpired :many
select id from upload where expires_at < now() order by expires_at limit @amount;

-- name: UploadsOfOwner :many
select id from upload where owner_id = @owner_id order by created_at limit @amount;

-- Uploads that have arrived and have not become an object, though nobody is at it any more.
-- name: UploadsUnfinished :many
select id from upload where not done and received = size and touched_at < @before and expires_at > now()
order by touched_at limit @amount;
