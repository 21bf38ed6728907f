-- RoomLock keeps everybody else from changing a room until the commit.
-- name: RoomLock :many
select * from room where id = @id for update;

-- name: Room :many
select * from room where id = @id;

-- name: Member :many
select * from member where room_id = @room_id and user_id = @user_id;

-- EntriesInsert writes entries whose numbers were given under their rooms' locks, and notes how far the logs of these rooms are now, and
-- which of them are active.
-- name: EntriesInsert :many
with moved as (
    update room set last_seq = r.seq, last_activity = case when r.active then clock_timestamp() else last_activity end
    from (select unnest(@moved_ids::bigint[]) as id, unnest(@moved_seqs::bigint[]) as seq, unnest(@active::boolean[]) as active) r where room.id = r.id)
insert into entry (room_id, seq, kind, user_id, target_id, content, media_id, reply_to, client_key)
select unnest(@room_ids::bigint[]), unnest(@seqs::bigint[]), unnest(@kinds::text[]), unnest(@user_ids::bigint[]), nullif(unnest(@target_ids::bigint[]), 0),
    unnest(@contents::text[]), nullif(unnest(@media_ids::bigint[]), 0), nullif(unnest(@replies::bigint[]), 0), nullif(unnest(@client_keys::text[]), '')
returning id, created_at;

-- EntriesAt are the entries at some places.
-- name: EntriesAt :many
select sqlc.embed(entry), coalesce(target.seq, 0)::bigint as target_seq, coalesce(target.content, '')::text as target_content,
    target.edited_at as target_edited_at, target.deleted_at as target_deleted_at
from (select unnest(@room_ids::bigint[]) as room_id, unnest(@seqs::bigint[]) as seq) at
join entry on entry.room_id = at.room_id and entry.seq = at.seq
left join entry target on entry.kind in ('edit', 'delete') and target.id = entry.target_id;

-- NewestMessages are the newest messages of rooms above a number of each, newest first within a room.
-- name: NewestMessages :many
select e.* from (select unnest(@room_ids::bigint[]) as room_id, unnest(@aboves::bigint[]) as above) r
cross join lateral (
    select * from entry where entry.room_id = r.room_id and entry.seq > r.above and entry.kind = 'message'
    order by entry.seq desc limit @max_rows::integer) e;
