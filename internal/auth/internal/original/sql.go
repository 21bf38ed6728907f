package original

import (
	"agrovet/internal/auth/internal/living"
	"agrovet/internal/platform/original"
)

var setup = []string{
	`create unlogged table if not exists original_person (id bigint primary key, phone text not null, password text not null, why_password text not null,
		role text not null, why_role text not null, searchable text not null)`,
	// Accounts that were taken, and merged: so that what was deleted does not come back, and others' references find whose they are now.
	"create table if not exists original_taken (id bigint primary key)",
	"create table if not exists original_merged (id bigint primary key, kept bigint not null)",
	"create table if not exists original_token (hash bytea primary key)",
	// Addresses of pictures, which are users' when media has taken them.
	"create table if not exists original_picture (id bigint primary key, url text not null, taken boolean not null default false)",
	"create index if not exists original_person_phone on original_person (phone)",
}

// What was taken over side by side counts as taken by an import.
var begin = []string{
	"truncate original_person",
	"insert into original_taken select id from taken_over on conflict do nothing",
	"insert into original_token select token_hash from taken_over where token_hash is not null on conflict do nothing",
}

// knownUsers are who was taken and is there still, who has signed up here since, with an id behind all of the
// original's, and who was merged into them.
const knownUsers = `select u.id, u.id from users u where exists (select from original_taken t where t.id = u.id)
		or u.id > greatest((select max(id) from original_taken), (select max(id) from original_merged), (select max(last_id) from original_staged where table_name = 'auth_app_user'))
	union all select m.id, m.kept from original_merged m join users u on u.id = m.kept where not exists (select from original_taken t where t.id = m.id)`

// knownRoles say of known users what they are now: 1 a specialist, 2 a businessman, 3 a consumer.
const knownRoles = `select id, role from (select k.id, array_position(array['specialist', 'businessman', 'consumer'], u.role::text) as role
	from (` + knownUsers + `) k(id, kept) join users u on u.id = k.kept) r where role is not null`

const accountHere = "exists (select from users t join original_taken o on o.id = t.id where t.id = s.id)"

var merge = []string{
	original.Note("auth_app_user", original.Rejected, `select id, 'phone_invalid', '' from original_person where phone = ''`),
	original.Note("auth_app_user", original.Rejected, `select p.id, 'deleted_since', '' from original_person p join original_taken t on t.id = p.id
		where not exists (select from users u where u.id = p.id)`),
	original.Note("auth_app_user", original.Rejected, `select p.id, 'id_is_anothers', '' from original_person p join users u on u.id = p.id
		where u.phone <> p.phone and not exists (select from original_taken t where t.id = p.id)`),
	`insert into original_taken select p.id from original_person p join users u on u.id = p.id and u.phone = p.phone on conflict do nothing`,
	`insert into original_merged (id, kept)
		select id, kept from (
			select p.id, coalesce(u.id, first_value(p.id) over (partition by p.phone
				order by t.id is null, s.is_superuser desc, s.is_staff desc, s.is_active desc, s.last_login desc nulls last, p.why_password <> '', p.id)) as kept
			from original_person p join auth_app_user s on s.id = p.id left join users u on u.phone = p.phone left join original_taken t on t.id = p.id
			where not exists (select from original_note n where n.table_name = 'auth_app_user' and n.id = p.id and n.fate = 'rejected')) x
		where id <> kept and not exists (select from original_taken t where t.id = x.id)
		on conflict (id) do update set kept = excluded.kept`,
	original.Note("auth_app_user", original.Merged, `select m.id, 'phone_spelled_otherwise', 'into ' || m.kept from original_merged m join original_person p on p.id = m.id
		where not exists (select from original_taken t where t.id = m.id)`),
}

var accounts = []string{
	`with fresh as (
		insert into users (id, phone, phone_typed, password, role, full_name, last_name, bio, latitude, longitude,
			is_active, is_staff, is_superuser, date_joined, last_login, searchable)
		select s.id, p.phone, s.phone_number, p.password, p.role, s.full_name, s.last_name, s.bio,
			case when ` + placed + ` then s.latitude end, case when ` + placed + ` then s.longitude end,
			s.is_active, s.is_staff, s.is_superuser, s.date_joined, s.last_login, p.searchable
		from auth_app_user s join original_person p on p.id = s.id
		where s.id > $1 and s.id <= $2
			and not exists (select from original_note n where n.table_name = 'auth_app_user' and n.id = s.id and n.fate <> 'changed')
			and not exists (select from original_taken t where t.id = s.id)
		order by s.id returning id)
	insert into original_taken select id from fresh`,
	`update users u set password = p.password from original_person p join original_taken t on t.id = p.id
		where p.id > $1 and p.id <= $2 and u.id = p.id and u.password = '` + living.Password + `'`,
	"insert into taken_over (id) select id from original_taken where id > $1 and id <= $2 on conflict do nothing",
	takenNow + `insert into original_picture (id, url) select s.id, trim(s.profile_picture) from s where trim(s.profile_picture) <> ''
		on conflict (id) do update set url = excluded.url where not original_picture.taken and original_picture.url <> excluded.url`,
	original.Note("auth_app_user", original.Changed, takenNow+`select s.id, p.why_password, '' from s join original_person p on p.id = s.id where p.why_password <> ''
		union all select s.id, p.why_role, coalesce(s.role, '') from s join original_person p on p.id = s.id where p.why_role <> ''
		union all select s.id, 'place_out_of_range', concat(s.latitude, ' ', s.longitude) from s
			where (s.latitude is not null or s.longitude is not null) and not (`+placed+`)`),
}

// wanted are pictures that users do not have yet.
const wanted = "from original_picture p join users u on u.id = p.id where not p.taken and u.picture = '' and u.picture_id = 0"

// depict gives users the pictures that media has taken. The addresses of others lead out of here, and are dropped.
var depict = []string{
	`with fresh as (update users u set picture = k.url, picture_id = k.kept from picture_taken k where u.id = k.id and k.kept <> 0 and u.id in (select p.id ` + wanted + `) returning u.id)
	update original_picture set taken = true where id in (select id from fresh)`,
	original.Note("auth_app_user", original.Changed, "select p.id, 'picture_not_taken', concat_ws(' ', p.url, (select max(k.why) from picture_taken k where k.id = p.id)) "+wanted),
}

// placed says that a place is one.
const placed = "coalesce(s.latitude between -90 and 90 and s.longitude between -180 and 180, false)"

const takenNow = "with s as (select s.* from auth_app_user s join original_taken t on t.id = s.id where s.id > $1 and s.id <= $2) "

const (
	tokenHash = "sha256(convert_to(s.key, 'UTF8'))"
	tokenHere = "exists (select from original_token t where t.hash = " + tokenHash + ")"
)

var tokens = []string{
	original.Note("authtoken_token", original.Rejected, `select s.id, case when exists (select from original_merged m where m.id = s.id) then 'user_merged' else 'user_unknown' end, ''
		from authtoken_token s where s.id > $1 and s.id <= $2 and not exists (select from users u join original_taken t on t.id = u.id where u.id = s.id)
			and not `+tokenHere),
	`with fresh as (
		insert into sessions (user_id, token_hash, created_at, last_used)
		select s.id, ` + tokenHash + `, s.created, now() from authtoken_token s
		where s.id > $1 and s.id <= $2 and not ` + tokenHere + ` and exists (select from users u join original_taken t on t.id = u.id where u.id = s.id)
		on conflict do nothing returning token_hash)
	insert into original_token select token_hash from fresh`,
	// So that a token which has ended here is not asked for in the original.
	`update taken_over o set token_hash = ` + tokenHash + `, closed = not exists (select from sessions n where n.token_hash = ` + tokenHash + `)
		from authtoken_token s where s.id > $1 and s.id <= $2 and o.id = s.id and o.token_hash is null and ` + tokenHere + `
			and exists (select from original_taken t where t.id = s.id)`,
}
