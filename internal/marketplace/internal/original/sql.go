package original

import "agrovet/internal/platform/original"

var setup = []string{
	// An id as the original's databases have it: a number, or a text. What is none is null.
	`create or replace function original_id(written text) returns bigint language sql immutable as $$
		select case when written ~ '^\s*\d{1,18}(\.0+)?\s*$' then split_part(trim(written), '.', 1)::bigint end $$`,
	// What categories have become; made: the category came from the original.
	"create table if not exists original_category (id bigint primary key, kept bigint not null, made boolean not null)",
	// Adverts and follows that were taken: what was deleted since does not come back. changed is the original's
	// updated_at, version that of the advert here when it was as the original says.
	"create table if not exists original_add (id bigint primary key, changed timestamptz not null, version integer not null)",
	"create table if not exists original_follow (id bigint primary key, follower_id bigint not null, following_id bigint not null, unique (follower_id, following_id))",
}

const (
	categoryHere = "exists (select from original_category o join category c on c.id = o.kept where o.id = s.id and o.made)"
	advertHere   = "exists (select from original_add o join add a on a.id = o.id where o.id = s.id)"
	followHere   = "exists (select from original_follow o join follow f using (id) where o.id = s.id)"
)

var categories = []string{
	original.Note("add_category", original.Merged, `select s.id, 'name_known', 'into ' || o.kept from add_category s
		join original_category o on o.id = s.id and not o.made join category c on c.id = o.kept where s.id > $1 and s.id <= $2`),
	original.Note("add_category", original.Rejected, `select s.id, 'deleted_since', s.name from add_category s join original_category o on o.id = s.id
		where s.id > $1 and s.id <= $2 and not exists (select from category c where c.id = o.kept)`),
}

// advertsThere and followsThere were taken before imports were forgotten.
var (
	advertsThere = []string{`insert into original_add (id, changed, version) select s.id, s.updated_at, a.version
		from add_add s join known_user u on u.id = original_id(s.publisher_id) join add a on a.id = s.id and a.publisher_id = u.kept and a.created_at = s.created_at
		where s.id > $1 and s.id <= $2 on conflict do nothing`}
	followsThere = []string{batch + `insert into original_follow select s.id, s.follower_id, s.following_id
		from s join follow f using (id, follower_id, following_id) on conflict do nothing`}
)

// publishers have published since their first advert.
var publishers = []string{`insert into publisher (user_id, since, day_from)
	select a.publisher_id, min(a.created_at), min(a.created_at) from add_add s join original_add o on o.id = s.id join add a on a.id = s.id
	where s.id > $1 and s.id <= $2 group by a.publisher_id order by a.publisher_id
	on conflict (user_id) do update set since = least(publisher.since, excluded.since)`}

// batch is follows with whom they are of now.
const batch = `with s as (select s.id, s.created_at, f.kept as follower_id, g.kept as following_id from add_follow s
	left join known_user f on f.id = s.follower_id left join known_user g on g.id = s.following_id where s.id > $1 and s.id <= $2) `

const unnoted = " not exists (select from original_note n where n.table_name = 'add_follow' and n.id = s.id and n.fate <> 'changed') "

var follows = []string{
	original.Note("add_follow", original.Rejected, batch+`select id, 'user_unknown', '' from s where follower_id is null or following_id is null
		union all select id, 'follows_themselves', '' from s where follower_id = following_id
		union all select s.id, 'ended_since', '' from s join original_follow o using (follower_id, following_id)
			where not exists (select from follow f where f.id = o.id)
		union all select s.id, 'id_is_anothers', '' from s join follow f on f.id = s.id where (f.follower_id, f.following_id) <> (s.follower_id, s.following_id)`),
	original.Note("add_follow", original.Merged, batch+`select s.id, 'followed_here_already', 'into ' || f.id from s join follow f using (follower_id, following_id)
		where f.id <> s.id and `+unnoted),
	batch + `insert into original_follow select s.id, s.follower_id, s.following_id from s where ` + unnoted + ` order by s.id on conflict do nothing`,
	original.Note("add_follow", original.Merged, batch+`select s.id, 'accounts_merged', 'into ' || o.id from s join original_follow o using (follower_id, following_id)
		where o.id <> s.id and `+unnoted),
	batch + `insert into follow (id, follower_id, following_id, created_at) select s.id, s.follower_id, s.following_id, s.created_at
		from s join original_follow o using (id) where ` + unnoted + ` order by s.id on conflict do nothing`,
}
