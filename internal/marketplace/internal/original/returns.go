package original

import "agrovet/internal/platform/original"

// returns are the marketplace's way back: adverts that were published or changed here, and follows. Categories stay: an
// advert is in the original's category that stands for its own, or for the one above.
var returns = []original.Return{
	{
		Table: "add_add", Same: []string{"created_at"},
		Columns: []string{"publisher_id", "title", "description", "price", "category_id", "condition", "location_name", "latitude", "longitude",
			"main_image_id", "secondary_image_ids", "status", "created_at", "updated_at"},
		Query: `select a.id, a.publisher_id, a.title, a.description, a.price, coalesce(` + categoryThere("a.category_id") + ", " + categoryThere("a.root_id") + `),
				a.condition, nullif(a.location_name, ''), a.latitude, a.longitude, (select i.media_id from add_image i where i.add_id = a.id and i.position = 0),
				(select coalesce(jsonb_agg(i.media_id order by i.position), '[]') from add_image i where i.add_id = a.id and i.position > 0),
				case when a.removed or a.status in ('draft', 'expired') then 'archived' else a.status end, a.created_at, a.updated_at ` + advertsChanged,
		Gone: "select o.id from original_add o where not exists (select from add a where a.id = o.id)",
		Done: []string{
			"delete from original_add o where not exists (select from add a where a.id = o.id)",
			"insert into original_add (id, changed, version) select a.id, a.updated_at, a.version " + advertsChanged +
				" on conflict (id) do update set changed = excluded.changed, version = excluded.version",
		},
		Lost: map[string]string{
			"drafts": "select count(*) from add a where a.status = 'draft' and not exists (select from original_add o where o.id = a.id)",
			"adverts without their category": "select count(*) " + advertsChanged + " and a.category_id is not null and coalesce(" + categoryThere("a.category_id") +
				", " + categoryThere("a.root_id") + ") is null",
			"adverts without unit, quantity or attributes": "select count(*) " + advertsChanged + " and (a.quantity is not null or a.attributes <> '{}' or a.negotiable or a.swap or a.on_request)",
			"favourites":     "select count(*) from favourite",
			"blocks":         "select count(*) from block",
			"saved searches": "select count(*) from search",
		},
	},
	{
		Table: "add_follow", Same: []string{"follower_id", "following_id"}, Unique: []string{"follower_id", "following_id"},
		Columns: []string{"follower_id", "following_id", "created_at"},
		Query:   "select f.id, f.follower_id, f.following_id, f.created_at from follow f where not exists (select from original_follow o where o.id = f.id)",
		Gone:    "select o.id from original_follow o where not exists (select from follow f where f.id = o.id)",
		Done: []string{
			"delete from original_follow o where not exists (select from follow f where f.id = o.id)",
			"insert into original_follow (id, follower_id, following_id) select id, follower_id, following_id from follow on conflict do nothing",
		},
	},
}

// advertsChanged are adverts that were published here, or are not what the original last said.
const advertsChanged = `from add a left join original_add o on o.id = a.id
	where case when o.id is null then a.status <> 'draft' else a.version <> o.version end`

// categoryThere is the original's category that one stands for.
func categoryThere(id string) string {
	return "(select min(c.id) from original_category c where c.kept = " + id + ")"
}
