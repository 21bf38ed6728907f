package original

import "agrovet/internal/platform/original"

// returns are chat's way back: rooms that were opened here, or whose members have changed, and messages that were written,
// edited or deleted here. Whether all others have read a message goes with it; receipts of each person have no id here.
var returns = []original.Return{
	{
		Table: "chat_chatroom", Same: []string{"created_at"},
		Columns: []string{"name", "participants_ids", "is_private", "created_at", "last_activity"},
		Query: `select r.id, r.name, (select jsonb_agg(m.user_id order by m.joined_at, m.user_id) from member m where m.room_id = r.id), r.is_private, r.created_at, r.last_activity
			from room r where not r.gone and (not exists (select from original_room o where o.kept = r.id)
				or exists (select from member m where m.room_id = r.id and not exists (select from original_member o where (o.room_id, o.user_id) = (m.room_id, m.user_id)))
				or exists (select from original_member o where o.room_id = r.id and not exists (select from member m where (m.room_id, m.user_id) = (o.room_id, o.user_id))))
			and exists (select from member m where m.room_id = r.id)`,
		Gone: "select o.id from original_room o where not exists (select from room r where r.id = o.kept and not r.gone)",
	},
	{
		Table: "chat_chatmessage", Same: []string{"timestamp"},
		Columns: []string{"room_id", "sender_id", "content", "media_id", "timestamp", "read", "seen"},
		Query: `select e.id, e.room_id, e.user_id, e.content, e.media_id, e.created_at, x.read, x.read
			from entry e join room r on r.id = e.room_id and not r.gone
			cross join lateral (select not exists (select from member m where m.room_id = e.room_id and m.user_id <> e.user_id and m.read_seq < e.seq) as read) x
			where e.kind = 'message' and e.user_id <> 0 and e.deleted_at is null
				and (e.edited_at is not null or e.id > coalesce((select last_id from original_staged where table_name = 'chat_chatmessage'), 0))`,
		Stay: `select id from original_note where table_name = 'chat_chatmessage' and fate in ('rejected', 'merged')
			union all select id from entry where deleted_at is null or user_id = 0`,
		Lost: map[string]string{
			"messages that answer another":    "select count(*) from entry where reply_to is not null",
			"messages of people who are gone": "select count(*) from entry where kind = 'message' and user_id = 0",
		},
	},
}
