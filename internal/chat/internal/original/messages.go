package original

import "agrovet/internal/platform/original"

const (
	messageHere = "exists (select from entry t where t.id = s.id and t.room_id = abs(s.room_id) and t.created_at = s.timestamp)"
	ofRooms     = "s.room_id > $1 and s.room_id <= $2"
)

var messages = []string{
	original.Note("chat_chatmessage", original.Rejected, `select s.id, 'room_not_taken', 'room ' || abs(s.room_id) from chat_chatmessage s
		where `+ofRooms+` and (not exists (select from room r where r.id = abs(s.room_id))
			or s.room_id > 0 and not exists (select from original_room o where o.id = s.room_id))`),
	original.Note("chat_chatmessage", original.Rejected, "select s.id, 'id_is_anothers', '' from chat_chatmessage s join entry e on e.id = s.id where "+ofRooms+" and not "+messageHere),
	`with said as (
		select s.id, abs(s.room_id) as room_id, u.kept as user_id, s.content, d.kept as media_id, s.timestamp as at,
			row_number() over (partition by abs(s.room_id) order by s.timestamp, s.id) as n
		from chat_chatmessage s left join known_user u on u.id = s.sender_id left join known_media d on d.id = s.media_id
		where ` + ofRooms + " and not " + noted("chat_chatmessage") + ` and not exists (select from entry e where e.id = s.id)),
	log as (
		insert into entry (id, room_id, seq, kind, user_id, content, media_id, created_at, deleted_at)
		select w.id, w.room_id, r.last_seq + w.n, 'message', coalesce(w.user_id, 0), case when w.user_id is null then '' else w.content end,
			case when w.user_id is not null then w.media_id end, w.at, case when w.user_id is null then w.at end
		from said w join room r on r.id = w.room_id order by w.room_id, w.n returning room_id, seq, created_at)
	update room set last_seq = l.seq, last_activity = greatest(room.last_activity, l.at)
	from (select room_id, max(seq) as seq, max(created_at) as at from log group by room_id) l where room.id = l.room_id`,
	`insert into person (user_id) select distinct u.kept from chat_chatmessage s join known_user u on u.id = s.sender_id
		where ` + ofRooms + ` order by 1 on conflict do nothing`,
	original.Note("chat_chatmessage", original.Changed, `select s.id, 'sender_unknown', 'user ' || s.sender_id from chat_chatmessage s
		where `+ofRooms+" and not exists (select from known_user u where u.id = s.sender_id) and not "+noted("chat_chatmessage")),
	original.Note("chat_chatmessage", original.Changed, `select s.id, 'file_unknown', 'media ' || s.media_id from chat_chatmessage s
		where `+ofRooms+" and s.media_id is not null and not exists (select from known_media d where d.id = s.media_id) and not "+noted("chat_chatmessage")),
	// Search documents are made of what lies above these; the number tells a run that is at it (sql/chat/queries/find.sql).
	`update documented set reached_id = least(reached_id, f.id - 1), done_id = least(done_id, f.id - 1), fence_xid = pg_current_xact_id()::text::bigint
		from (select min(s.id) as id from chat_chatmessage s where ` + ofRooms + `) f where f.id is not null`,
}

const receiptHere = `exists (select from entry e join known_user u on u.id = s.user_id join member m on m.room_id = e.room_id and m.user_id = u.kept where e.id = s.message_id)`

var receipts = []string{
	original.Note("chat_chatmessagereceipt", original.Rejected, `select s.id, case
			when not exists (select from entry e where e.id = s.message_id) then 'message_not_taken'
			when not exists (select from known_user u where u.id = s.user_id) then 'user_unknown'
			else 'user_not_in_room' end, 'message ' || s.message_id || ', user ' || s.user_id
		from chat_chatmessagereceipt s where `+batch+" and not "+receiptHere),
	`with said as (
		select e.room_id, u.kept as user_id, e.seq, m.delivered_seq, m.read_seq, s.read,
			coalesce(s.delivered_at, s.read_at, e.created_at) as got_at, coalesce(s.read_at, s.delivered_at, e.created_at) as read_at
		from chat_chatmessagereceipt s join entry e on e.id = s.message_id join known_user u on u.id = s.user_id
		join member m on m.room_id = e.room_id and m.user_id = u.kept
		where ` + batch + ` and (s.delivered or s.read)),
	moves as (
		select room_id, user_id, 'delivered' as kind, seq, got_at as at, delivered_seq as from_seq from said
		union all select room_id, user_id, 'read', seq, read_at, read_seq from said where read),
	ahead as (
		select *, max(seq) over (partition by room_id, user_id, kind order by at, seq rows between unbounded preceding and 1 preceding) as before_seq from moves),
	marks as (
		insert into mark (room_id, user_id, kind, seq, at) select room_id, user_id, kind, seq, at from ahead
		where seq > greatest(from_seq, coalesce(before_seq, 0)) order by 1, 2, 3, 4 on conflict do nothing)
	update member set delivered_seq = greatest(member.delivered_seq, w.seq), read_seq = greatest(member.read_seq, w.read_seq)
	from (select room_id, user_id, max(seq) as seq, coalesce(max(seq) filter (where kind = 'read'), 0) as read_seq from moves group by 1, 2) w
	where member.room_id = w.room_id and member.user_id = w.user_id`,
}
