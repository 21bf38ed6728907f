package original

var businessman = kind{name: "businessman", from: "profiles_businessmanprofile",
	claimed: "concat(s.business_name, s.descriptions, s.contact) <> '' or cardinality(original_ids(s.products_and_services_ids)) > 0",
	insert: `with fresh as (
			insert into businessman (id, user_id, claimed, business_type, business_name, descriptions, contact, offers_local_products)
			select {id}, c.user_id, {claimed}, case when s.business_type in ('Agroveterinaria', 'Empresa Agropecuaria') then s.business_type else 'Agroveterinaria' end,
				trim(s.business_name), trim(s.descriptions), trim(s.contact), s.offers_local_products
			{chosen} order by s.id returning user_id),
		kept as ({kept}) ` + pictures("product", "products_and_services_ids"),
	notes: append(pictureNotes("products_and_services_ids"),
		"select s.id, 'business_type_unknown', s.business_type {taken} and s.business_type not in ('Agroveterinaria', 'Empresa Agropecuaria')"),
}

// pictures makes rows of the lists of files of profiles that were just taken.
func pictures(table, column string) string {
	return `insert into ` + table + ` (user_id, position, media_id)
		select user_id, position, media_id from (
			select user_id, row_number() over (partition by user_id order by n) as position, media_id from (
				select f.user_id, d.kept as media_id, min(x.n) as n
				from fresh f join original_choice c on c.kind = '{kind}' and c.user_id = f.user_id and c.n = 1 join {from} s on s.id = c.id
				cross join lateral unnest(original_ids(s.` + column + `)) with ordinality x(id, n) join known_media d on d.id = x.id
				group by f.user_id, d.kept) each_once) numbered
		where position <= 100` // core.maxPictures
}

func pictureNotes(column string) []string {
	return []string{
		`select s.id, 'file_unknown', string_agg(distinct 'media ' || x.id, ' ') from (select s.* {taken}) s
			cross join lateral unnest(original_ids(s.` + column + `)) x(id) where not exists (select from known_media d where d.id = x.id) group by s.id`,
		`select s.id, 'list_unreadable', left(s.` + column + `, 100) {taken} and cardinality(original_ids(s.` + column + `)) = 0 and s.` + column + ` !~ '^"?\[\s*\]"?$'`,
	}
}
