// Package invariants is what always holds of media's rows, and of the bytes that they tell of.
package invariants

import "agrovet/internal/platform/verify"

// All are those that the rows show by themselves.
func All() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "objects that a place shows, but that are kept like those that none does", Source: verify.Rows{
			Table: "object", Where: "r.unshown_since is not null and exists (select from shown s where s.object_id = r.id)",
			Repair: []string{"update object set unshown_since = null where id = any($1::text[]::bigint[])"},
		}},
		// No repair: it would begin the time after which they are deleted.
		{Broken: "objects that no place shows, but that are kept for ever", Source: verify.Rows{
			Table: "object", Where: "r.unshown_since is null and not exists (select from shown s where s.object_id = r.id)",
		}},
		{Broken: "files that no object has", Source: verify.Rows{Table: "file", Where: "not exists (select from object o where o.file_id = r.id)"}},
		{Broken: "pictures that have waited for a day for their smaller copies", Source: verify.Rows{
			Table: "file", Where: "r.state = 'pending' and r.stored_at < now() - interval '1 day'",
		}},
		{Broken: "uploads whose pieces are not what has arrived", Source: verify.Statement{SQL: `
			select u.id::text from upload u left join lateral (
				select count(*) as n, sum(p.size) as bytes, min(p.start) as first, max(p.start + p.size) as last from upload_part p where p.upload_id = u.id) p on true
			where not u.done and (u.received <> coalesce(p.bytes, 0) or u.received <> coalesce(p.last, 0) or coalesce(p.first, 0) <> 0)`,
		}},
	}
}

// References are those into other modules.
func References() []verify.Invariant {
	return []verify.Invariant{
		verify.Refer("objects of nobody", verify.References{Table: "object", Column: "owner_id", To: verify.Users}),
		verify.Refer("files of nobody", verify.References{Table: "file", Column: "owner_id", To: verify.Users}),
	}
}
