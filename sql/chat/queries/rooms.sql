-- RoomPairInsert makes the private room of two people, unless it is there.
-- name: RoomPairInsert :many
insert into room (is_private, low_id, high_id, about_add_id, name, created_by)
values (true, @low_id::bigint, @high_id::bigint, @about_add_id, @name, @created_by)
on conflict (low_id, high_id, about_add_id) where is_private do nothing returning *;

-- name: RoomByPair :many
select * from room where is_private and low_id = @low_id::bigint and high_id = @high_id::bigint and about_add_id = @about_add_id;

-- name: RoomGroupInsert :one
insert into room (is_private, name, created_by) values (false, @name, @created_by) returning *;

-- name: RoomRename :exec
update room set name = @name where id = @id;

-- MembersInsert makes people members of a room, who see what comes behind from_seq.
-- name: MembersInsert :many
insert into member (room_id, user_id, role, joined_seq, from_seq, delivered_seq, read_seq)
select @room_id::bigint, unnest(@user_ids::bigint[]), unnest(@roles::text[]), @from_seq::bigint, @from_seq::bigint, @from_seq::bigint, @from_seq::bigint
returning *;

-- name: MemberDelete :execrows
delete from member where room_id = @room_id and user_id = @user_id;

-- name: MemberHide :exec
update member set hidden = true, from_seq = @from_seq where room_id = @room_id and user_id = @user_id;

-- name: MemberUnhide :exec
update member set hidden = false where room_id = @room_id and user_id = @user_id and hidden;

-- name: MemberRole :exec
update member set role = @role where room_id = @room_id and user_id = @user_id;

-- name: MemberMute :exec
update member set muted_until = sqlc.narg(until) where room_id = @room_id and user_id = @user_id;

-- MembersAmong are those of some people who are in a room.
-- name: MembersAmong :many
select * from member where room_id = @room_id and user_id = any(@user_ids::bigint[]);

-- Settled is how far a room's log goes and how many are in it, with those of some people who are, all at one
-- moment: at least one row while there is a room, which names nobody when none of them is in it.
-- name: Settled :many
select room.last_seq, room.members, member.user_id, member.from_seq, member.delivered_seq, member.read_seq
from room left join member on member.room_id = room.id and member.user_id = any(@user_ids::bigint[])
where room.id = @room_id;

-- MemberHeir is who owns a group when its owner has left.
-- name: MemberHeir :many
select * from member where room_id = @room_id order by role <> 'owner', role <> 'admin', joined_at, user_id limit 1;

-- MembersPage is a part of who is in a room, by when they joined.
-- name: MembersPage :many
select * from member where room_id = @room_id and (joined_at, user_id) > (@after_at::timestamptz, @after_id::bigint)
order by joined_at, user_id limit @max_rows offset @skip;

-- MembersFirst are some of those who are in rooms: owner, admins, then by when they joined.
-- name: MembersFirst :many
select m.* from (select unnest(@room_ids::bigint[]) as room_id) r cross join lateral (
    select * from member where member.room_id = r.room_id
    order by member.role <> 'owner', member.role <> 'admin', member.joined_at, member.user_id limit @max_rows::integer) m;

-- RoomOfMember is a room that somebody is in.
-- name: RoomOfMember :many
select sqlc.embed(room), sqlc.embed(member) from member join room on room.id = member.room_id
where member.room_id = @room_id and member.user_id = @user_id;

-- RoomsListed are somebody's rooms that are listed, by last activity, newest first.
-- name: RoomsListed :many
select sqlc.embed(room), sqlc.embed(member) from member join room on room.id = member.room_id
where member.user_id = @user_id and (not member.hidden or room.last_seq > member.from_seq)
    and (room.last_activity, room.id) < (@before_at::timestamptz, @before_id::bigint)
order by room.last_activity desc, room.id desc limit @max_rows offset @skip;

-- name: RoomsListedCount :one
select count(*) from (
    select from member join room on room.id = member.room_id
    where member.user_id = @user_id and (not member.hidden or room.last_seq > member.from_seq) limit @max_rows) bounded;

-- RoomsAll are all of somebody's rooms, those that are hidden, too.
-- name: RoomsAll :many
select sqlc.embed(room), sqlc.embed(member) from member join room on room.id = member.room_id
where member.user_id = @user_id order by room.last_activity desc, room.id desc limit @max_rows;

-- MembershipsAfter are the rooms that somebody is in, by id.
-- name: MembershipsAfter :many
select room_id from member where user_id = @user_id and room_id > @after_id order by room_id limit @max_rows;

-- Unread counts the messages of others above a number of each room, up to most, among the newest reach entries.
-- name: Unread :many
select r.room_id::bigint as room_id, u.n from (select unnest(@room_ids::bigint[]) as room_id, unnest(@aboves::bigint[]) as above) r
join room on room.id = r.room_id
cross join lateral (select count(*) as n from (
    select from entry where entry.room_id = room.id and entry.seq > greatest(r.above, room.last_seq - @reach::bigint)
        and entry.kind = 'message' and entry.user_id <> @user_id and entry.deleted_at is null limit @most::integer) bounded) u;

-- Wrote tells which people have written in which rooms.
-- name: Wrote :many
select p.room_id::bigint as room_id, p.user_id::bigint as user_id
from (select unnest(@room_ids::bigint[]) as room_id, unnest(@user_ids::bigint[]) as user_id) p
where exists (select from entry where entry.user_id = p.user_id and entry.room_id = p.room_id and entry.kind = 'message');

-- RoomGone has a room removed in which nobody is any more.
-- name: RoomGone :exec
update room set gone = true where id = @id;

-- name: RoomsGone :many
select id from room where gone order by id limit @max_rows;

-- name: RoomDelete :exec
delete from room where id = @id;

-- EntriesOldest are some entries of a room that is going, behind one of them, locked.
-- name: EntriesOldest :many
select id, seq, media_id from entry where room_id = @room_id and seq > @after order by seq limit @max_rows for update;

-- name: EntriesDelete :exec
delete from entry where id = any(@ids::bigint[]);

-- name: RoomSize :one
select members from room where id = @id;
