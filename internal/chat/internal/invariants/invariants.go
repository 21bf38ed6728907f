// Package invariants is what always holds of chat's rows.
package invariants

import "agrovet/internal/platform/verify"

// All are those that the rows show by themselves. Of rooms that are being removed, parts are gone already.
func All() []verify.Invariant {
	return append([]verify.Invariant{
		{Broken: "rooms whose next number is taken already", Source: verify.Rows{
			Table: "room", Where: "not r.gone and r.last_seq < (select max(e.seq) from entry e where e.room_id = r.id)",
			Repair: []string{"update room r set last_seq = (select max(e.seq) from entry e where e.room_id = r.id) where r.id = any($1::text[]::bigint[])"},
		}},
		{Broken: "rooms whose log has holes", Source: verify.Rows{
			Table: "room", Where: "not r.gone and greatest(r.last_seq, (select max(e.seq) from entry e where e.room_id = r.id)) <> (select count(*) from entry e where e.room_id = r.id and e.seq > 0)",
		}},
		{Broken: "entries about messages that are not there", Source: verify.Rows{
			Table: "entry", Where: `r.kind in ('edit', 'delete') and not exists (select from entry e where e.id = r.target_id and e.room_id = r.room_id and e.kind = 'message')
				and not exists (select from room where room.id = r.room_id and room.gone)`,
		}},
		{Broken: "messages that keep what was deleted", Source: verify.Rows{
			Table: "entry", Where: "r.deleted_at is not null and (r.content <> '' or r.media_id is not null)",
		}},
		{Broken: "messages that no search finds", Source: verify.Rows{
			Table: "entry", Where: `r.kind = 'message' and r.deleted_at is null and r.content <> '' and r.id <= (select done_id from documented)
				and not exists (select from document d where d.entry_id = r.id)`,
		}},
	}, members()...)
}

// members are who is in rooms, and how far they have got.
func members() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "rooms whose members are miscounted", Source: verify.Rows{
			Table: "room", Where: "r.members <> (select count(*) from member m where m.room_id = r.id)",
			Repair: []string{"update room r set members = (select count(*) from member m where m.room_id = r.id) where r.id = any($1::text[]::bigint[])"},
		}},
		{Broken: "rooms that are to be removed though somebody is in them", Source: verify.Rows{
			Table: "room", Where: "r.gone and exists (select from member m where m.room_id = r.id)",
		}},
		{Broken: "groups without an owner, or with two", Source: verify.Rows{
			Table: "room", Where: `not r.is_private and not r.gone and 1 <> (select count(*) from member m where m.room_id = r.id and m.role = 'owner')`,
		}},
		{Broken: "private rooms with a third person in them", Source: verify.Rows{
			Table: "room", Where: "r.is_private and exists (select from member m where m.room_id = r.id and m.user_id not in (r.low_id, r.high_id))",
		}},
		{Broken: "rooms that somebody has read further than they go", Source: verify.Rows{
			Table: "room", Where: "not r.gone and exists (select from member m where m.room_id = r.id and greatest(m.delivered_seq, m.read_seq) > r.last_seq)",
			Repair: []string{`update member m set delivered_seq = least(m.delivered_seq, r.last_seq), read_seq = least(m.read_seq, r.last_seq)
				from room r where r.id = m.room_id and r.id = any($1::text[]::bigint[]) and greatest(m.delivered_seq, m.read_seq) > r.last_seq`},
		}},
		{Broken: "rooms with receipts of more than their reader has got", Source: verify.Rows{
			Table: "member", Key: "room_id", Where: `exists (select from mark k where k.room_id = r.room_id and k.user_id = r.user_id and k.kind = 'read' and k.seq > r.read_seq)
				or exists (select from mark k where k.room_id = r.room_id and k.user_id = r.user_id and k.kind = 'delivered' and k.seq > r.delivered_seq)`,
		}},
	}
}

// References are those into other modules. Who is being forgotten has left something for a moment.
func References() []verify.Invariant {
	user := func(broken, table, key, column string) verify.Invariant {
		return verify.Refer(broken, verify.References{Table: table, Key: key, Column: column, To: verify.Users,
			Where: "not exists (select from person p where p.user_id = r." + column + " and p.forgetting)"})
	}
	return []verify.Invariant{
		user("members of rooms who are nobody", "member", "room_id", "user_id"),
		user("messages by nobody", "entry", "", "user_id"),
		user("rooms made by nobody", "room", "", "created_by"),
		user("blocks by nobody", "block", "", "user_id"),
		user("blocks of nobody", "block", "", "blocked_id"),
		verify.Refer("files of messages that are gone", verify.References{Table: "entry", Column: "media_id", To: verify.Objects}),
	}
}
