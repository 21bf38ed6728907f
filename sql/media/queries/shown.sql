-- name: ShownAt :many
select object_id from shown where place = @place;

-- name: ShownRemove :exec
delete from shown where place = @place and object_id = any(@ids::bigint[]);

-- name: ShownAdd :exec
insert into shown (place, object_id) select @place, id from unnest(@ids::bigint[]) as id on conflict do nothing;

-- Notes which of these objects are shown, and since when not.
-- name: ObjectsNoteShown :exec
update object set unshown_since = case when exists (select from shown where object_id = object.id) then null
    else coalesce(unshown_since, now()) end
where id = any(@ids::bigint[]);
