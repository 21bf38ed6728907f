// Package original is what auth takes from the original: accounts and tokens. See platform/original.
//
// Rules:
//   - Ids, names, times and PBKDF2 hashes are kept; hashes upgrade at the next login.
//   - A password that is no such hash (clear text, another hasher's) is locked: its owner sets a new one by SMS.
//   - A role in any spelling is the role; none, or one that nobody knows, is consumer, as at registration.
//   - Coordinates out of range, or one without the other, are none.
//   - A telephone number becomes E.164, as at login. What is no number has no account: nobody could sign in.
//   - Accounts with one line are merged. One that is in agrovet with that line stays; else a superuser, staff, an
//     active account, the last login, a usable password, the lowest id win, in this order. What others wrote is the
//     winner's from then on. Their passwords and tokens end: the original never proved whose a number is, so they
//     must not open somebody else's account.
//   - A token goes on, as a session that was used now. One that has ended in agrovet does not come back, nor
//     does an account that was deleted there.
//   - Who was taken over side by side (package living) is there already; a password that still lived in the original comes now.
//   - A picture is an object of media, once that has taken it; until then, and in a dry run, there is none.
//   - Once auth has moved, people sign up here while other services are still the original's. Whoever has an id behind all
//     that the last run found is known to it by that id: so auth is in every run until it has moved.
//   - Codes for resetting passwords are left behind; they live ten minutes.
package original

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/auth/internal/living"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/platform/original"
)

// Part is auth's; country is where numbers without a country code are from, ISO 3166.
func Part(country string) original.Part {
	return original.Part{
		Module: "auth",
		Tables: []original.Table{
			{Name: "auth_app_user", Whole: true, Columns: []string{"password text", "last_login timestamptz", "is_superuser boolean", "is_staff boolean",
				"is_active boolean", "phone_number text", "role text", "full_name text", "last_name text", "profile_picture text", "bio text",
				"latitude numeric", "longitude numeric", "date_joined timestamptz"}},
			{Name: "authtoken_token", Key: "user_id", Whole: true, Columns: []string{"key text", "created timestamptz"}},
			{Name: "auth_app_phoneresetcode", Dropped: "codes live ten minutes"},
		},
		Setup: setup,
		Gives: []original.List{{Name: "known_user", Query: knownUsers}, {Name: "known_role", Query: knownRoles},
			{Name: "known_picture", Columns: []string{"id bigint", "url text"}, Query: "select p.id, p.url " + wanted}},
		Steps: []original.Step{
			{Name: "begin", SQL: begin},
			{Name: "read numbers", Table: "auth_app_user", Do: reader{country}.read},
			{Name: "merge accounts", SQL: merge},
			{Name: "take accounts", Table: "auth_app_user", SQL: accounts, Here: accountHere},
			{Name: "take tokens", Table: "authtoken_token", SQL: tokens, Here: tokenHere},
		},
		Asks:       []string{"picture_taken"},
		Late:       []original.Step{{Name: "give users their pictures", SQL: depict}},
		Identities: []original.Identity{{Table: "users", From: "auth_app_user"}},
	}
}

// reader reads what SQL cannot.
type reader struct{ country string }

// read prepares a batch of accounts.
func (r reader) read(ctx context.Context, b original.Batch) error {
	rows, err := b.DB.Q(ctx).Query(ctx, `select id, phone_number, password, coalesce(role, ''), full_name, last_name
		from auth_app_user where id > $1 and id <= $2`, b.Above, b.UpTo)
	if err != nil {
		return err
	}
	people, err := pgx.CollectRows(rows, pgx.RowToStructByPos[account])
	if err != nil {
		return err
	}
	_, err = b.DB.Q(ctx).CopyFrom(ctx, pgx.Identifier{"original_person"}, []string{"id", "phone", "password", "why_password", "role", "why_role", "searchable"},
		pgx.CopyFromSlice(len(people), func(i int) ([]any, error) {
			p := people[i]
			password, whyPassword := p.password()
			role, whyRole := living.Role(p.Role)
			return []any{p.ID, living.Phone(p.Phone, r.country), password, whyPassword, role, whyRole, store.Searchable(p.FullName, p.LastName, role)}, nil
		}))
	return err
}
