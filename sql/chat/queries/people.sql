-- PeopleMake sees to it that there are rows to lock, in the order in which they are locked.
-- name: PeopleMake :exec
insert into person (user_id) select id from unnest(@ids::bigint[]) id order by id on conflict do nothing;

-- PeopleForShare keeps people from going while others refer to them, the lower id first.
-- name: PeopleForShare :many
select user_id, gone from person where user_id = any(@ids::bigint[]) order by user_id for share;

-- PersonForUpdate locks a person whose things change.
-- name: PersonForUpdate :one
select gone from person where user_id = @user_id for update;

-- name: PersonForShare :one
select gone from person where user_id = @user_id for share;

-- PersonGo marks a person as gone, after whom nothing refers to them; it waits for those who do just now.
-- name: PersonGo :exec
insert into person (user_id, gone, forgetting) values (@user_id, true, true)
on conflict (user_id) do update set gone = true, forgetting = true, last_seen = null, hide_last_seen = false;

-- PeopleForgetting are people who are gone and have left something.
-- name: PeopleForgetting :many
select user_id from person where forgetting order by user_id limit @max_rows;

-- name: PersonForgotten :exec
update person set forgetting = false where user_id = @user_id;

-- name: PersonHides :many
select hide_last_seen from person where user_id = @user_id;

-- PersonHide says whether the person was there to be asked.
-- name: PersonHide :execrows
insert into person (user_id, hide_last_seen) values (@user_id, @hide)
on conflict (user_id) do update set hide_last_seen = excluded.hide_last_seen where not person.gone;

-- PeopleSeen notes when people were connected. Later times stay.
-- name: PeopleSeen :exec
insert into person (user_id, last_seen) select id, @at::timestamptz from unnest(@ids::bigint[]) id order by id
on conflict (user_id) do update set last_seen = excluded.last_seen
    where not person.gone and (person.last_seen is null or person.last_seen < excluded.last_seen);

-- LastSeen is when people were last connected, as far as the asker may know: they share a room, and neither
-- hide it nor have blocked the asker.
-- name: LastSeen :many
select p.user_id, p.last_seen::timestamptz as last_seen from person p
where p.user_id = any(@ids::bigint[]) and p.last_seen is not null and not p.hide_last_seen and not p.gone
    and not exists (select from block where block.user_id = p.user_id and block.blocked_id = @asker)
    and exists (select from member theirs join member mine on mine.room_id = theirs.room_id and mine.user_id = @asker
        where theirs.user_id = p.user_id);

-- RoomsSmall are somebody's rooms of at most so many members.
-- name: RoomsSmall :many
select room.id from member join room on room.id = member.room_id
where member.user_id = @user_id and room.members <= @most
order by room.last_activity desc, room.id desc limit @max_rows;

-- Partners are the people in rooms who neither block somebody nor are blocked by them.
-- name: Partners :many
select distinct member.user_id from member
where member.room_id = any(@room_ids::bigint[]) and member.user_id <> @user_id
    and not exists (select from block where block.user_id = member.user_id and block.blocked_id = @user_id)
    and not exists (select from block where block.user_id = @user_id and block.blocked_id = member.user_id)
order by member.user_id;

-- name: BlockInsert :execrows
insert into block (user_id, blocked_id) values (@user_id, @blocked_id) on conflict do nothing;

-- name: BlockDelete :exec
delete from block where user_id = @user_id and blocked_id = @blocked_id;

-- Blocks are those whom somebody wants nothing of, the last first.
-- name: Blocks :many
select * from block where user_id = @user_id and id < @before_id order by id desc limit @max_rows offset @skip;

-- name: Block :many
select * from block where user_id = @user_id and blocked_id = @blocked_id;

-- name: BlocksCount :one
select count(*) from (select from block where user_id = @user_id limit @max_rows) bounded;

-- BlockBetween tells whether one of two blocks the other.
-- name: BlockBetween :one
select (exists (select from block a where a.user_id = @one and a.blocked_id = @other)
    or exists (select from block b where b.user_id = @other and b.blocked_id = @one))::boolean as blocked;

-- RoomWithin tells whether a room is private, and if so whether one of its two blocks the other.
-- name: RoomWithin :many
select room.is_private, (room.is_private and (
    exists (select from block a where a.user_id = room.low_id and a.blocked_id = room.high_id)
    or exists (select from block b where b.user_id = room.high_id and b.blocked_id = room.low_id)))::boolean as blocked
from room where room.id = @room_id;

-- BlockersAmong are those of some people who want nothing of somebody.
-- name: BlockersAmong :many
select user_id from block where blocked_id = @blocked_id and user_id = any(@user_ids::bigint[]);

-- BlocksForget removes some of the blocks by and of somebody.
-- name: BlocksForget :execrows
delete from block where id = any(array(
    select id from (
        (select a.id from block a where a.user_id = @user_id limit @max_rows)
        union all
        (select b.id from block b where b.blocked_id = @user_id limit @max_rows)) both_ways));

-- RoomsForget takes somebody's name off rooms that they made.
-- name: RoomsForget :execrows
update room set created_by = 0 where id = any(array(select r.id from room r where r.created_by = @user_id limit @max_rows));

-- EntriesOf are some entries that somebody made, behind one of them, locked. Without a place to begin at, each
-- part would walk over all that is forgotten already.
-- name: EntriesOf :many
select id, room_id, media_id from entry where user_id = @user_id and (room_id, id) > (@after_room::bigint, @after_id::bigint)
order by room_id, id limit @max_rows for update;

-- EntriesForget takes the author and what they said out of entries.
-- name: EntriesForget :exec
update entry set user_id = 0, client_key = null, media_id = null,
    content = case when kind in ('message', 'edit') then '' else content end,
    deleted_at = case when kind = 'message' then coalesce(deleted_at, clock_timestamp()) end
where id = any(@ids::bigint[]);

-- name: RevisionsDelete :exec
delete from revision where entry_id = any(@ids::bigint[]);
