-- Documented is up to where documents are made. All that were given an id up to fence_id are to be seen once passed is true: whoever
-- writes entries locks their room first, and so has a number (xid) before the entries have ids.
-- name: Documented :one
select reached_id, done_id, fence_id, fence_xid,
    (pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= fence_xid or pg_snapshot_xmax(pg_current_snapshot())::text::bigint < fence_xid)::boolean as passed,
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint as now_xid, (select coalesce(max(id), 0) from entry)::bigint as last_id
from documented;

-- DocumentedTo notes what a run has done, unless an import has meanwhile brought messages below: it leaves its own number
-- at the fence.
-- name: DocumentedTo :exec
update documented set reached_id = @reached_id, done_id = @done_id, fence_id = @fence_id, fence_xid = @fence_xid
where reached_id = @was_reached_id and done_id = @was_done_id and fence_xid = @was_fence_xid;

-- Undocumented are messages between two ids that have no document, in the order of their ids.
-- name: Undocumented :many
select id, room_id, seq, content from entry
where id > @above and id <= @up_to and kind = 'message' and deleted_at is null and content <> ''
    and not exists (select from document d where d.entry_id = entry.id)
order by id limit @max_rows::integer;

-- name: DocumentAdd :batchexec
insert into document (entry_id, room_id, seq, terms) values (@entry_id, @room_id, @seq, @terms) on conflict do nothing;

-- name: DocumentPut :exec
insert into document (entry_id, room_id, seq, terms) values (@entry_id, @room_id, @seq, @terms)
on conflict (entry_id) do update set terms = excluded.terms;

-- name: MessagesByIDs :many
select * from entry where id = any(@ids::bigint[]) and kind = 'message';

-- DocumentsEmpty has messages not found any more, also those of which documents are being made just now.
-- name: DocumentsEmpty :exec
insert into document (entry_id, room_id, seq, terms)
select id, room_id, seq, '{}' from entry where id = any(@ids::bigint[]) and kind = 'message'
on conflict (entry_id) do update set terms = excluded.terms;
