// Package invariants is what always holds of profiles' rows.
package invariants

import (
	"fmt"

	"agrovet/internal/platform/verify"
)

// All are those that the rows show by themselves.
func All() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "specialists shown as verified otherwise than the decision that stands says", Source: verify.Rows{
			Table: "specialist",
			Where: `(r.verified_type, r.verified_until) is distinct from (coalesce((select v.type from verification v where v.user_id = r.user_id and v.status = 'verified'), ''),
				(select v.expires_on from verification v where v.user_id = r.user_id and v.status = 'verified'))`,
		}},
		{Broken: "specialists whose state is not that of their last submission", Source: verify.Rows{
			Table: "specialist",
			Where: `r.verification_state <> coalesce((select v.status from verification v where v.user_id = r.user_id and v.status not in ('replaced', 'withdrawn') order by v.id desc limit 1), 'none')`,
		}},
		{Broken: "people who are gone and whose profile is there", Source: verify.Rows{
			Table: "owner", Key: "user_id",
			Where: `r.kind = 'gone' and (exists (select from specialist s where s.user_id = r.user_id) or exists (select from businessman b where b.user_id = r.user_id)
				or exists (select from consumer c where c.user_id = r.user_id))`,
		}},
		gallery("specialists whose pictures are not numbered from 1 on", "work_image"),
		gallery("businessmen whose pictures are not numbered from 1 on", "product"),
	}
}

// gallery is numbered anew in the same order, in two steps, as no two may have one number in between.
func gallery(broken, table string) verify.Invariant {
	return verify.Invariant{Broken: broken, Source: verify.Rows{
		Table: table, Key: "user_id",
		Where: fmt.Sprintf("r.position > (select count(*) from %s p where p.user_id = r.user_id) or r.position < 1", table),
		Lock:  "select from owner where user_id = any($1::text[]::bigint[]) order by user_id for update",
		Repair: []string{
			fmt.Sprintf("update %s set position = position + 1000000000 where user_id = any($1::text[]::bigint[])", table),
			fmt.Sprintf(`update %[1]s p set position = n.n from (select user_id, position, row_number() over (partition by user_id order by position) as n
				from %[1]s where user_id = any($1::text[]::bigint[])) n where (p.user_id, p.position) = (n.user_id, n.position)`, table),
		},
	}}
}

// References are those into other modules.
func References() []verify.Invariant {
	file := func(table, column string) verify.Invariant {
		return verify.Refer("files that are gone and that profiles show ("+table+")", verify.References{Table: table, Key: "user_id", Column: column, To: verify.Objects})
	}
	return []verify.Invariant{
		verify.Refer("profiles of nobody", verify.References{Table: "owner", Key: "user_id", Column: "user_id", Where: "r.kind <> 'gone'", To: verify.Users}),
		file("work_image", "media_id"),
		file("product", "media_id"),
		verify.Refer("titles of specialists that are gone", verify.References{Table: "specialist", Column: "title_id", To: verify.Objects}),
		verify.Refer("student cards of specialists that are gone", verify.References{Table: "specialist", Column: "student_card_id", To: verify.Objects}),
		verify.Refer("graduation letters of specialists that are gone", verify.References{Table: "specialist", Column: "graduation_letter_id", To: verify.Objects}),
	}
}
