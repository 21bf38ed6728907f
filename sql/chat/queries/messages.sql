-- Blocked says whether one of a private room's two blocks the other.
-- name: Blocked :one
select exists (select from room r where r.id = @room_id and r.is_private
    and (exists (select from block b where b.user_id = r.low_id and b.blocked_id = r.high_id)
        or exists (select from block b where b.user_id = r.high_id and b.blocked_id = r.low_id)))::boolean as blocked;

-- name: Message :many
select * from entry where id = @id and kind = 'message';

-- name: StoredUnder :many
select * from entry where room_id = @room_id and user_id = @user_id and client_key = @client_key::text;

-- Revise keeps what a message said.
-- name: Revise :exec
insert into revision (entry_id, number, content, media_id)
select e.id, coalesce((select max(r.number) from revision r where r.entry_id = e.id), 0) + 1, e.content, e.media_id from entry e where e.id = @id;

-- name: MessageEdit :one
update entry set content = @content, edited_at = clock_timestamp() where id = @id returning edited_at;

-- name: MessageDelete :one
update entry set content = '', media_id = null, deleted_at = clock_timestamp() where id = @id returning deleted_at;

-- name: Revisions :many
select * from revision where entry_id = @entry_id and number > @after::integer order by number limit @max_rows::integer offset @skip::integer;

-- name: RevisionsCount :one
select count(*) from (select from revision where entry_id = @entry_id limit @most::integer) r;

-- MediaForget takes a file that is gone out of messages, some at a time.
-- name: MediaForget :execrows
update entry set media_id = null where id in (select e.id from entry e where e.media_id = @media_id::bigint order by e.id limit @max_rows::integer for update);

-- name: MediaForgetRevisions :execrows
update revision set media_id = null
where (entry_id, number) in (select r.entry_id, r.number from revision r where r.media_id = @media_id::bigint limit @max_rows::integer);

-- LastSeqs is how long the logs of rooms are.
-- name: LastSeqs :many
select id, last_seq from room where id = any(@ids::bigint[]);

-- Memberships are a person's in some rooms, with how long the rooms' logs are.
-- name: Memberships :many
select sqlc.embed(member), room.last_seq from member join room on room.id = member.room_id
where member.user_id = @user_id and member.room_id = any(@room_ids::bigint[]);

-- EntriesBetween are the entries above one number of each room, up to another.
-- name: EntriesBetween :many
select sqlc.embed(entry), coalesce(target.seq, 0)::bigint as target_seq, coalesce(target.content, '')::text as target_content,
    target.edited_at as target_edited_at, target.deleted_at as target_deleted_at
from (select unnest(@room_ids::bigint[]) as room_id, unnest(@aboves::bigint[]) as above, unnest(@up_tos::bigint[]) as up_to) w
join entry on entry.room_id = w.room_id and entry.seq > w.above and entry.seq <= w.up_to
left join entry target on entry.kind in ('edit', 'delete') and target.id = entry.target_id
order by entry.room_id, entry.seq;

-- MessagesAfter are messages of a room above a number, oldest first.
-- name: MessagesAfter :many
select * from entry where room_id = @room_id and seq > @above and kind = 'message' order by seq limit @max_rows::integer offset @skip::integer;

-- MessagesBefore are messages of a room between two numbers, newest first.
-- name: MessagesBefore :many
select * from entry where room_id = @room_id and seq > @above and seq < @below and kind = 'message' order by seq desc limit @max_rows::integer;

-- name: MessagesCount :one
select count(*) from (select from entry where room_id = @room_id and seq > @above and kind = 'message' limit @most::integer) m;

-- MineAfter are the oldest messages, above an id, of all rooms of a person. The oldest n are of the n rooms whose first one is
-- the oldest.
-- name: MineAfter :many
select e.* from (
    select m.room_id, m.from_seq from member m
    cross join lateral (select id from entry where entry.room_id = m.room_id and entry.id > @after::bigint and entry.kind = 'message' and entry.seq > m.from_seq order by entry.id limit 1) first
    where m.user_id = @user_id order by first.id limit @max_rows::integer) r
cross join lateral (
    select * from entry where entry.room_id = r.room_id and entry.id > @after::bigint and entry.kind = 'message' and entry.seq > r.from_seq
    order by entry.id limit @max_rows::integer) e
order by e.id limit @max_rows::integer;

-- MineCount counts them, as far as it is asked to.
-- name: MineCount :one
select count(*) from (
    select from member m cross join lateral (
        select from entry where entry.room_id = m.room_id and entry.kind = 'message' and entry.seq > m.from_seq limit @most::integer) e
    where m.user_id = @user_id limit @most::integer) m;

-- RoomMembers are who is in rooms, and how far.
-- name: RoomMembers :many
select * from member where room_id = any(@room_ids::bigint[]) order by room_id, user_id;
