// Package invariants is what always holds of auth's rows.
package invariants

import "agrovet/internal/platform/verify"

// All are those that the rows show by themselves.
func All() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "users whose number is not in E.164, so that they cannot sign in", Source: verify.Rows{Table: "users", Where: `r.phone !~ '^\+[1-9][0-9]{6,14}$'`}},
		{Broken: "users whose password is kept in no known form", Source: verify.Rows{
			Table: "users",
			Where: `r.password not like '$argon2id$%' and r.password not like 'pbkdf2\_%' and r.password <> '' and r.password not like '!%'`, // the last two let nobody in
		}},
	}
}

// References are those into other modules.
func References() []verify.Invariant {
	return []verify.Invariant{
		verify.Refer("users whose picture is gone", verify.References{Table: "users", Column: "picture_id", To: verify.Objects}),
	}
}
