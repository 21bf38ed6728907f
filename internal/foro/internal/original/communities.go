package original

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/original"
)

const (
	communityHere = "exists (select from original_community o join community t on t.id = o.kept and not t.gone where o.id = s.id)"
	newCommunity  = batch + " and not exists (select from original_community o where o.id = s.id)"
	// slugNow is the slug of the community that stands for the original's.
	slugNow = `lower(case when s.created_by_id is null then case s.slug
		when 'consumidores' then 'ganaderos-agricultores-animales' when 'dueno-animales-agricultores' then 'ganaderos-agricultores-animales'
		when 'veterinarios' then 'especialistas-salud' when 'agronomos' then 'especialistas-salud' when 'especialistas' then 'especialistas-salud'
		when 'agroveterinarias' then 'agronegocios' when 'empresarios' then 'agronegocios' else s.slug end else s.slug end)`
	isStandard = "lower(s.slug) in ('general', 'ganaderos-agricultores-animales', 'especialistas-salud', 'agronegocios')"
	memberIDs  = "cross join lateral (select unnest(original_ids(s.members_ids)) as id union select s.created_by_id where s.created_by_id is not null) x"
)

// knownAgain are communities that are here, by their moment, when what imports remember was removed.
const knownAgain = `insert into original_community select s.id, c.id, false from foro_community s join community c on c.id = s.id and c.created_at = s.created_at
	on conflict do nothing`

var communities = []string{
	"delete from community c using foro_community s where " + newCommunity + ` and c.standard and c.created_by = 0 and lower(c.slug) = lower(s.slug) and c.members_count = 0
		and not exists (select from original_community o where o.kept = c.id) and not exists (select from post p where p.community_id = c.id)
		and not exists (select from draft d where d.community_id = c.id) and not exists (select from ban b where b.community_id = c.id)`,
	rejected("foro_community", `select s.id, 'deleted_since', s.slug from foro_community s join original_community o on o.id = s.id
		where `+batch+" and not exists (select from community c where c.id = o.kept and not c.gone)"),
	`with fresh as (
			insert into community (id, name, slug, short_description, description, created_by, standard, created_at)
			select case when exists (select from community c where c.id = s.id) then ` + newID("community") + ` else s.id end,
				case when s.of_name > 1 or exists (select from community c where lower(c.name) = lower(s.name) and not c.gone) then left(s.name, 80) || ' ' || s.id else s.name end,
				s.slug, s.short_description, s.description, coalesce(u.kept, 0), s.standard, s.created_at
			from (select s.*, ` + isStandard + ` as standard, row_number() over (partition by lower(s.slug) order by s.id) as of_slug,
					row_number() over (partition by lower(s.name) order by s.id) as of_name
				from foro_community s where ` + newCommunity + ` and (lower(s.slug) = ` + slugNow + ` or not exists (select from foro_community x where lower(x.slug) = ` + slugNow + `)
					and not exists (select from community c where lower(c.slug) = ` + slugNow + ` and not c.gone))) s
			left join original_person u on u.id = s.created_by_id
			where s.of_slug = 1 and not exists (select from community c where lower(c.slug) = lower(s.slug) and not c.gone)
			order by s.id returning id, slug)
		insert into original_community select s.id, f.id, false from fresh f join foro_community s on s.slug = f.slug`,
	"insert into original_community select s.id, c.id, true from foro_community s join community c on lower(c.slug) = " + slugNow + " and not c.gone where " + newCommunity,
	merged("foro_community", `select s.id, case when lower(s.slug) = `+slugNow+` then 'slug_is_here' else 'older_default' end, s.slug || ' into ' || o.kept
		from foro_community s join original_community o on o.id = s.id and o.merged where `+batch+" and "+communityHere),
	`with fresh as (
			insert into original_member select distinct o.kept, u.kept from foro_community s join original_community o on o.id = s.id ` + memberIDs + `
			join original_person u on u.id = x.id where ` + batch + " and " + communityHere + ` on conflict do nothing returning community_id, user_id)
		insert into member (community_id, user_id, role, joined_at)
		select f.community_id, f.user_id, case when c.created_by = f.user_id then 'owner' else 'member' end, c.created_at
		from fresh f join community c on c.id = f.community_id
		where not exists (select from ban b where b.community_id = f.community_id and b.user_id = f.user_id) order by 1, 2 on conflict do nothing`,
	changed("foro_community", `select s.id, 'member_unknown', left(string_agg(x.id::text, ' '), 200) from foro_community s `+memberIDs+`
		where `+batch+` and not exists (select from original_person u where u.id = x.id) and x.id is distinct from s.created_by_id group by s.id`),
	changed("foro_community", `select s.id, 'founder_unknown', 'user ' || s.created_by_id from foro_community s
		where `+batch+" and s.created_by_id is not null and not exists (select from original_person u where u.id = s.created_by_id)"),
	changed("foro_community", `select s.id, 'picture_not_taken', concat_ws(' ', s.cover_image, s.avatar) from foro_community s where `+batch+" and concat(s.cover_image, s.avatar) <> ''"),
	changed("foro_community", `select s.id, 'name_is_anothers', c.name from foro_community s join original_community o on o.id = s.id and not o.merged
		join community c on c.id = o.kept and c.name = left(s.name, 80) || ' ' || s.id where `+batch),
	changed("foro_community", `select s.id, 'id_is_anothers', 'now ' || o.kept from foro_community s join original_community o on o.id = s.id and not o.merged and o.kept <> s.id where `+batch),
}

// findable has communities found by their words that are not yet.
func findable(ctx context.Context, b original.Batch) error {
	rows, err := b.DB.Q(ctx).Query(ctx, "select id, name, short_description from community c where not gone and not exists (select from community_words w where w.community_id = c.id)")
	if err != nil {
		return err
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c foro.Community, err error) {
		return c, row.Scan(&c.ID, &c.Name, &c.ShortDescription)
	})
	for _, c := range all {
		if err == nil {
			err = store.Store{DB: b.DB}.PutWords(ctx, c)
		}
	}
	return err
}
