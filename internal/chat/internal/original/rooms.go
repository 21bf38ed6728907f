package original

import "agrovet/internal/platform/original"

var participants = []string{
	`insert into original_seat (room_id, user_id, n, known)
		select s.id, coalesce(u.kept, p.id), min(p.n), bool_or(u.id is not null)
		from chat_chatroom s cross join unnest(original_ids(s.participants_ids)) with ordinality p (id, n) left join known_user u on u.id = p.id
		where s.id > $1 and s.id <= $2 group by 1, 2`,
	`insert into original_shape (room_id, private, low_id, high_id, known, first_id)
		select s.id, s.is_private and count(q.user_id) = 2, min(q.user_id), max(q.user_id), count(*) filter (where q.known),
			(array_agg(q.user_id order by q.n) filter (where q.known))[1]
		from chat_chatroom s left join original_seat q on q.room_id = s.id where s.id > $1 and s.id <= $2 group by s.id, s.is_private`,
}

const (
	batch    = "s.id > $1 and s.id <= $2"
	roomHere = "exists (select from original_room o join room t on t.id = o.kept where o.id = s.id)"
	isNew    = "not exists (select from original_room o where o.id = s.id)"
	shaped   = "from chat_chatroom s join original_shape p on p.room_id = s.id where " + batch
	insert   = "insert into room (id, is_private, low_id, high_id, name, created_by, created_at, last_activity) select s.id, p.private, "
	whenMade = ", s.name, p.first_id, s.created_at, coalesce(s.last_activity, s.created_at) "
)

var rooms = []string{
	// Known again by its moment, when what imports remember was removed.
	"insert into original_room select s.id, s.id from chat_chatroom s join room r on r.id = s.id and r.created_at = s.created_at where " + batch + " and " + isNew,
	original.Note("chat_chatroom", original.Rejected, "select s.id, 'nobody_known', '' "+shaped+" and p.known = 0"),
	original.Note("chat_chatroom", original.Rejected, `select s.id, 'deleted_since', '' from chat_chatroom s join original_room o on o.id = s.id
		where `+batch+` and not exists (select from room r where r.id = o.kept)`),
	original.Note("chat_chatroom", original.Rejected, "select s.id, 'id_is_anothers', '' from chat_chatroom s join room r on r.id = s.id where "+batch+" and "+isNew),
	"with fresh as (" + insert + "p.low_id, p.high_id" + whenMade + shaped + " and p.private and " + isNew + " and not " + noted("chat_chatroom") +
		" order by s.id on conflict (low_id, high_id, about_add_id) where is_private do nothing returning id) insert into original_room select id, id from fresh",
	"with fresh as (" + insert + "null, null" + whenMade + shaped + " and not p.private and " + isNew + " and not " + noted("chat_chatroom") +
		" order by s.id returning id) insert into original_room select id, id from fresh",
	`insert into original_room select s.id, r.id from chat_chatroom s join original_shape p on p.room_id = s.id
		join room r on r.is_private and r.low_id = p.low_id and r.high_id = p.high_id and r.about_add_id = 0
		where ` + batch + " and p.private and " + isNew + " and not " + noted("chat_chatroom"),
	original.Note("chat_chatroom", original.Merged, "select s.id, 'pair_has_a_room', 'into ' || o.kept from chat_chatroom s join original_room o on o.id = s.id where "+batch+" and o.kept <> s.id"),
	`insert into person (user_id, gone) select q.user_id, not bool_or(q.known) from original_seat q
		where q.room_id > $1 and q.room_id <= $2 group by q.user_id order by q.user_id on conflict do nothing`,
	`with fresh as (
		insert into original_member select distinct o.kept, q.user_id from original_seat q join original_room o on o.id = q.room_id join room r on r.id = o.kept
		where q.room_id > $1 and q.room_id <= $2 and q.known on conflict do nothing returning room_id, user_id)
	insert into member (room_id, user_id, role, joined_at)
	select f.room_id, f.user_id, case when not r.is_private and r.created_by = f.user_id
			and not exists (select from member m where m.room_id = r.id and m.role = 'owner') then 'owner' else 'member' end, r.created_at
	from fresh f join room r on r.id = f.room_id order by 1, 2 on conflict do nothing`,
	original.Note("chat_chatroom", original.Changed, `select s.id, 'participant_unknown', string_agg(q.user_id::text, ' ') from chat_chatroom s
		join original_seat q on q.room_id = s.id and not q.known where `+batch+" group by s.id"),
	original.Note("chat_chatroom", original.Changed, "select s.id, 'private_not_of_two', '' "+shaped+" and s.is_private and not p.private and p.known > 0"),
}

// Messages of rooms that are one now come together, by the number of the room below zero.
var mergeMessages = []string{`update chat_chatmessage s set room_id = -o.kept from original_room o where o.id = s.room_id and s.room_id > 0
	and exists (select from original_room x where x.kept = o.kept and x.id <> x.kept)`}
