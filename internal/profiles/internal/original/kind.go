package original

import (
	"context"
	"strings"

	"agrovet/internal/platform/original"
)

// kind is one of the three kinds: its table here and in the original.
type kind struct {
	name, from string
	// claimed says by a condition on a row of the original, s, that its owner has written something.
	claimed string
	read    func(context.Context, original.Batch) error // what SQL cannot
	joins   string                                      // to that, p, in {chosen}
	insert  string                                      // takes profiles
	follow  []string                                    // what follows from those taken
	notes   []string                                    // what was changed
}

var kinds = []kind{specialist, businessman, consumer}

var consumer = kind{name: "consumer", from: "profiles_consumerprofile", claimed: "false",
	insert: `with fresh as (insert into consumer (id, user_id) select {id}, c.user_id {chosen} order by s.id returning user_id) {kept}`}

// sql is a statement of the kind's: what the kinds share is put into it.
func (k kind) sql(sql string) string {
	for _, words := range []*strings.Replacer{
		strings.NewReplacer("{chosen}", `from {from} s join original_choice c on c.kind = '{kind}' and c.id = s.id and c.n = 1 {read}
				where {batch} and {new} and not exists (select from {table} t where t.user_id = c.user_id)`,
			"{id}", "case when exists (select from {table} t where t.id = s.id) then "+k.newID("s.id")+" else s.id end",
			"{kept}", `insert into original_profile select '{kind}', c.id, c.user_id from fresh f
				join original_choice c on c.kind = '{kind}' and c.user_id = f.user_id and c.n = 1`,
			"{taken}", "from {from} s join original_profile o on o.kind = '{kind}' and o.id = s.id join {table} t on t.user_id = o.user_id where {batch}"),
		strings.NewReplacer("{table}", k.name, "{kind}", k.name, "{from}", k.from, "{batch}", "s.id > $1 and s.id <= $2", "{claimed}", k.claimed, "{read}", k.joins,
			"{new}", "not exists (select from original_profile o where o.kind = '"+k.name+"' and o.id = s.id)"),
	} {
		sql = words.Replace(sql)
	}
	return sql
}

// newID is an id behind all that the original has used, and behind all here; order numbers the rows.
func (k kind) newID(order string) string {
	return `greatest((select coalesce(max(id), 0) from ` + k.name + `), (select coalesce(max(last_id), 0) from original_staged where table_name = '` + k.from + `'))
		+ row_number() over (order by ` + order + `)`
}

func (k kind) here() string {
	return k.sql("exists (select from original_profile o join {table} t on t.user_id = o.user_id where o.kind = '{kind}' and o.id = s.id)")
}

// choose finds whose profiles are now, and which stands for a user. Those that are here are known again when what
// imports remember was removed.
func (k kind) choose() []string {
	return []string{
		k.sql(`insert into original_choice select '{kind}', s.id, u.kept, row_number() over (partition by u.kept order by o.id is null, s.user_id <> u.kept, s.id)
			from {from} s join known_user u on u.id = s.user_id left join original_profile o on o.kind = '{kind}' and o.id = s.id
			where not exists (select from owner w where w.user_id = u.kept and w.kind = 'gone')`),
		k.sql(`insert into original_profile select '{kind}', s.id, c.user_id from {from} s join original_choice c on c.kind = '{kind}' and c.id = s.id and c.n = 1
			join {table} t on t.id = s.id and t.user_id = c.user_id where t.claimed >= ({claimed}) on conflict do nothing`),
	}
}

func (k kind) note(fate, query string) string { return original.Note(k.from, fate, k.sql(query)) }

func (k kind) take() []string {
	all := []string{
		k.note(original.Rejected, `select s.id, 'user_unknown', 'user ' || s.user_id from {from} s
			where {batch} and not exists (select from original_choice c where c.kind = '{kind}' and c.id = s.id)`),
		k.note(original.Rejected, `select s.id, 'deleted_since', '' from {from} s join original_profile o on o.kind = '{kind}' and o.id = s.id
			where {batch} and exists (select from original_choice c where c.kind = '{kind}' and c.id = s.id) and not exists (select from {table} t where t.user_id = o.user_id)`),
		k.note(original.Merged, `select s.id, 'user_has_another', 'user ' || c.user_id from {from} s join original_choice c on c.kind = '{kind}' and c.id = s.id
			where {batch} and {new} and c.n > 1`),
		// What an event or an import has made empty gives way.
		k.sql(`delete from {table} t using original_choice c join {from} s on s.id = c.id where {batch} and {new} and c.kind = '{kind}' and c.n = 1 and t.user_id = c.user_id
			and not t.claimed and not exists (select from original_profile o where o.kind = '{kind}' and o.user_id = t.user_id)`),
		k.note(original.Merged, `select s.id, 'written_in_agrovet', 'user ' || c.user_id from {from} s join original_choice c on c.kind = '{kind}' and c.id = s.id and c.n = 1
			join {table} t on t.user_id = c.user_id where {batch} and {new}`),
		k.sql(k.insert),
		k.note(original.Changed, "select s.id, 'id_is_anothers', 'now ' || t.id {taken} and t.id <> s.id"),
		k.note(original.Changed, "select s.id, 'kept_for_another_role', 'user ' || t.user_id {taken} and exists (select from owner w where w.user_id = t.user_id and w.kind <> '{kind}')"),
	}
	for _, sql := range k.follow {
		all = append(all, k.sql(sql))
	}
	for _, query := range k.notes {
		all = append(all, k.note(original.Changed, query))
	}
	return all
}
