package original

import (
	"strings"

	"agrovet/internal/platform/original"
)

var setup = []string{
	// Objects that are the original's, and where their files were. folder: where the file goes; why it was not taken.
	`create table if not exists original_media (id bigint primary key, url text not null, folder text not null default '',
		why text not null default '', detail text not null default '')`,
	// Pictures of users, which the original knows by their addresses alone.
	`create table if not exists original_picture (user_id bigint primary key, url text not null, object_id bigint, why text not null default '', detail text not null default '')`,
	"create unlogged table if not exists original_shown (id bigint not null, user_id bigint not null, place text not null, rank integer not null, folder text not null)",
	"create index if not exists original_shown_id on original_shown (id)",
}

const (
	batch = "s.id > $1 and s.id <= $2"
	// heldBy owns objects until it is known whose they are. No user has the id.
	heldBy     = "-1"
	objectHere = "exists (select from object t join original_media m on m.id = t.id where t.id = s.id and t.owner_id <> " + heldBy + ")"
	isShown    = "exists (select from original_shown x where x.id = s.id)"
	fileName   = `coalesce(nullif(regexp_replace(split_part(split_part(s.url, '?', 1), '#', 1), '^.*/', ''), ''), '')`
)

// noted are those that a note says are not taken.
const noted = "exists (select from original_note n where n.table_name = 'media_media' and n.id = s.id and n.fate <> 'changed')"

var hold = []string{
	// Known again by its moment, when what imports remember was removed.
	`insert into original_media (id, url) select s.id, coalesce(s.url, '') from media_media s
		join object o on o.id = s.id and o.created_at = s.created_at where ` + batch + " on conflict do nothing",
	rejected("select s.id, 'id_is_anothers', '' from media_media s join object o on o.id = s.id where " + batch + " and not exists (select from original_media m where m.id = s.id)"),
	rejected("select s.id, 'deleted_since', '' from media_media s join original_media m on m.id = s.id where " + batch + " and not exists (select from object o where o.id = s.id)"),
	"update original_media m set url = coalesce(s.url, '') from media_media s where " + batch + " and m.id = s.id and m.url <> coalesce(s.url, '')",
	`with fresh as (
			insert into object (id, owner_id, name, description, price, content_type, object_id, created_at, unshown_since)
			select s.id, ` + heldBy + `, case when coalesce(trim(s.name), '') in ('', '0') then ` + fileName + ` else trim(s.name) end,
				nullif(nullif(trim(s.description), '0'), ''), s.price, s.content_type_id, s.object_id, s.created_at, null
			from media_media s where ` + batch + " and not " + noted + ` and not exists (select from original_media m where m.id = s.id)
			order by s.id returning id)
		insert into original_media (id, url) select f.id, coalesce(s.url, '') from fresh f join media_media s on s.id = f.id`,
}

// ours are objects that the original's rows may name: those that came, and those made here since, behind all that came.
const ours = `(exists (select from original_media m where m.id = o.id)
	or o.id > (select max(last_id) from original_staged where table_name = 'media_media'))`

// gather collects who shows what, of objects that the original's rows may name, and settles those that were made here.
var gather = []string{
	"truncate original_shown",
	shownBy("profiles", 1, "profiles", "not l.private"), shownBy("profiles", 0, "verification", "l.private"),
	shownBy("marketplace", 2, "products", "true"), shownBy("foro", 3, "media", "true"), shownBy("chat", 4, "chat", "true"),
	`insert into original_picture (user_id, url) select id, url from known_picture
		on conflict (user_id) do update set url = excluded.url where original_picture.object_id is null`,
	`update original_picture p set object_id = m.id from (select url, min(m.id) as id from original_media m join object o on o.id = m.id where url <> '' group by url) m
		where m.url = p.url and p.object_id is null`,
	`insert into original_shown select m.id, p.user_id, 'auth/picture/' || p.user_id, 5, 'profiles'
		from known_picture k join original_picture p on p.user_id = k.id join original_media m on m.id = p.object_id`,
	"analyze original_shown",
	"insert into shown (place, object_id) select distinct x.place, x.id from original_shown x where " + madeHere + " order by 2, 1 on conflict do nothing",
	"update object o set unshown_since = null from original_shown x where o.id = x.id and o.unshown_since is not null and " + madeHere,
}

const madeHere = "not exists (select from original_media m where m.id = x.id)"

func shownBy(module string, rank int, folder, which string) string {
	return strings.NewReplacer("{list}", "shown_by_"+module, "{rank}", string(rune('0'+rank)), "{folder}", folder, "{which}", which).Replace(
		`insert into original_shown select l.id, l.user_id, l.place, {rank}, '{folder}' from {list} l join object o on o.id = l.id where ` + ours + ` and {which}`)
}

// settle says whose objects are, and what shows them.
var settle = []string{
	rejected("select s.id, 'shown_by_nobody', '' from media_media s join object o on o.id = s.id where " + batch + " and o.owner_id = " + heldBy + " and not " + isShown),
	`with gone as (delete from object o using media_media s where ` + batch + " and o.id = s.id and o.owner_id = " + heldBy + " and not " + isShown + ` returning o.id)
		delete from original_media where id in (select id from gone)`,
	`update object o set owner_id = x.user_id from (
			select distinct on (x.id) x.id, x.user_id from original_shown x join media_media s on s.id = x.id where ` + batch + ` order by x.id, x.user_id = 0, x.rank, x.place) x
		where o.id = x.id and o.owner_id = ` + heldBy,
	`update original_media m set folder = x.folder from (
			select distinct on (x.id) x.id, x.folder from original_shown x join media_media s on s.id = x.id where ` + batch + ` order by x.id, x.rank, x.place) x
		where m.id = x.id and m.folder <> x.folder`,
	`insert into shown (place, object_id) select distinct x.place, x.id from original_shown x join media_media s on s.id = x.id join object o on o.id = x.id
		where ` + batch + ` order by 2, 1 on conflict do nothing`,
	`update object o set unshown_since = null from media_media s where ` + batch + " and o.id = s.id and o.unshown_since is not null and " + isShown,
	changed(`select s.id, 'owner_unknown', '' from media_media s join object o on o.id = s.id where ` + batch + " and o.owner_id = 0 and " + isShown),
	changed(`select s.id, 'shown_by_others_too', left(string_agg(distinct x.place, ' '), 200) from media_media s join object o on o.id = s.id
		join original_shown x on x.id = s.id and x.user_id <> o.owner_id where ` + batch + " and o.owner_id <> " + heldBy + " group by s.id"),
	changed(`select s.id, 'document_shown_in_public', left(string_agg(distinct x.place, ' '), 200) from media_media s join original_media m on m.id = s.id and m.folder = 'verification'
		join original_shown x on x.id = s.id and x.folder <> 'verification' where ` + batch + " group by s.id"),
}

// notFetched tells of objects without their files. In a dry run these are the files that would be asked for.
const notFetched = `insert into original_note (table_name, fate, id, rule, detail)
	select 'media_media', 'changed', m.id, case when m.why <> '' then m.why when m.url = '' then 'file_has_no_address' else 'file_waits' end, concat_ws(' ', m.url, nullif(m.detail, ''))
	from original_media m join object o on o.id = m.id where o.file_id is null on conflict do nothing`

// pictures are users' pictures, and their addresses, which begin with the prefix; of those that are not here, why.
func pictures(prefix string) string {
	return `select p.user_id, coalesce(x.id, 0), coalesce('` + strings.ReplaceAll(prefix, "'", "''") + `' || x.key, ''), concat_ws(' ', p.why, p.detail)
		from original_picture p left join (select o.id, f.key from object o join file f on f.id = o.file_id where f.kind = 'image' and not f.private) x on x.id = p.object_id`
}

func rejected(query string) string { return original.Note("media_media", original.Rejected, query) }
func changed(query string) string  { return original.Note("media_media", original.Changed, query) }
