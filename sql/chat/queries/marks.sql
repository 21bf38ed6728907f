-- MembersLock keeps how far members are from changing until the commit. Everybody locks in this order.
-- name: MembersLock :many
select sqlc.embed(m), r.last_seq
from (select unnest(@room_ids::bigint[]) as room_id, unnest(@user_ids::bigint[]) as user_id) w
join member m on m.room_id = w.room_id and m.user_id = w.user_id
join room r on r.id = m.room_id
order by m.room_id, m.user_id for update of m;

-- MembersMove notes how far members are, who are locked.
-- name: MembersMove :exec
update member set delivered_seq = w.delivered, read_seq = w.read
from (select unnest(@room_ids::bigint[]) as room_id, unnest(@user_ids::bigint[]) as user_id, unnest(@delivered::bigint[]) as delivered, unnest(@read::bigint[]) as read) w
where member.room_id = w.room_id and member.user_id = w.user_id;

-- name: MarksInsert :exec
insert into mark (room_id, user_id, kind, seq, at)
select unnest(@room_ids::bigint[]), unnest(@user_ids::bigint[]), unnest(@kinds::text[]), unnest(@seqs::bigint[]), clock_timestamp()
on conflict do nothing;

-- MarkedMessages are the newest messages that others wrote between two numbers of each room, newest first, among the newest
-- five thousand entries: whoever was away for longer has enough to do.
-- name: MarkedMessages :many
select w.n::bigint as n, e.id, e.seq, e.user_id
from (select unnest(@ns::bigint[]) as n, unnest(@room_ids::bigint[]) as room_id, unnest(@user_ids::bigint[]) as user_id,
    unnest(@aboves::bigint[]) as above, unnest(@up_tos::bigint[]) as up_to) w
cross join lateral (
    select entry.id, entry.seq, entry.user_id from entry
    where entry.room_id = w.room_id and entry.seq > greatest(w.above, w.up_to - 5000) and entry.seq <= w.up_to and entry.kind = 'message' and entry.user_id <> w.user_id
    order by entry.seq desc limit @max_rows::integer) e
order by w.n, e.seq desc;

-- NewestOf is the number of the newest of some messages of a room; 0: none of them is there.
-- name: NewestOf :one
select coalesce(max(seq), 0)::bigint from entry where id = any(@ids::bigint[]) and room_id = @room_id and kind = 'message';

-- Marks are the acknowledgements of members from one number to another, and the first one beyond.
-- name: Marks :many
select m.room_id, m.user_id, m.kind, m.seq, m.at
from (select unnest(@room_ids::bigint[]) as room_id, unnest(@user_ids::bigint[]) as user_id, unnest(@froms::bigint[]) as from_seq, unnest(@tos::bigint[]) as to_seq) w
cross join (values ('delivered'), ('read')) k (kind)
cross join lateral (
    (select mark.* from mark where mark.room_id = w.room_id and mark.user_id = w.user_id and mark.kind = k.kind and mark.seq >= w.from_seq and mark.seq < w.to_seq)
    union all
    (select mark.* from mark where mark.room_id = w.room_id and mark.user_id = w.user_id and mark.kind = k.kind and mark.seq >= w.to_seq order by mark.seq limit 1)) m
order by m.room_id, m.user_id, m.kind, m.seq;
