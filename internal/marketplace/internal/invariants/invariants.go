// Package invariants is what always holds of the marketplace's rows.
package invariants

import "agrovet/internal/platform/verify"

// All are those that the rows show by themselves.
func All() []verify.Invariant {
	return append([]verify.Invariant{
		{Broken: "categories more than two levels deep", Source: verify.Rows{
			Table: "category", Where: "exists (select from category p where p.id = r.parent_id and p.parent_id is not null)",
		}},
		{Broken: "adverts whose top category is not their category's", Source: verify.Rows{
			Table: "add", Where: "r.root_id is distinct from (select coalesce(c.parent_id, c.id) from category c where c.id = r.category_id)",
			Repair: []string{"update add r set root_id = (select coalesce(c.parent_id, c.id) from category c where c.id = r.category_id) where r.id = any($1::text[]::bigint[])"},
		}},
		{Broken: "adverts whose history does not end with their status", Source: verify.Rows{
			Table: "add", Where: "r.status is distinct from (select t.status from add_transition t where t.add_id = r.id order by t.version desc limit 1)",
		}},
		{Broken: "adverts whose history of prices does not end with their price", Source: verify.Rows{
			Table: "add", Where: `not exists (select from (select h.* from add_price_history h where h.add_id = r.id order by h.version desc limit 1) h
				where (h.price, h.currency, h.unit, h.on_request) is not distinct from (r.price, r.currency, r.unit, r.on_request))`,
		}},
		{Broken: "adverts whose pictures are not numbered one after another", Source: verify.Rows{
			Table: "add_image", Key: "add_id", Where: "r.position > (select count(*) from add_image i where i.add_id = r.add_id and i.position > 0)",
		}},
		{Broken: "adverts of people who are gone", Source: verify.Rows{
			Table: "add", Where: "exists (select from publisher p where p.user_id = r.publisher_id and p.gone)",
		}},
		{Broken: "people who are gone and whom others follow, or who follow", Source: verify.Rows{
			Table: "person", Key: "user_id", Where: `r.gone and (exists (select from follow f where f.following_id = r.user_id) or exists (select from follow f where f.follower_id = r.user_id)
				or exists (select from favourite f where f.user_id = r.user_id))`,
		}},
	}, append(listings(), trust()...)...)
}

// listings are what searches find.
func listings() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "active adverts that no search finds", Source: verify.Rows{
			Table: "add", Where: "r.status = 'active' and not exists (select from listing l where l.add_id = r.id)",
		}},
		{Broken: "adverts that searches find though they are not active", Source: verify.Rows{
			Table: "add", Where: "r.status <> 'active' and exists (select from listing l where l.add_id = r.id)",
			Repair: []string{"delete from listing where add_id = any($1::text[]::bigint[])"},
		}},
		{Broken: "adverts that searches know otherwise than they are", Source: verify.Rows{
			Table: "add", Where: `exists (select from listing l where l.add_id = r.id and (l.publisher_id, l.root_id, l.category_id, l.condition, l.price, l.currency, l.base_price, l.base_unit, l.created_at, l.latitude, l.longitude)
				is distinct from (r.publisher_id, r.root_id, r.category_id, r.condition, r.price, r.currency, r.base_price, r.base_unit, r.created_at, r.rough_latitude, r.rough_longitude))`,
			Repair: []string{`update listing l set publisher_id = r.publisher_id, root_id = r.root_id, category_id = r.category_id, condition = r.condition, price = r.price, currency = r.currency,
				base_price = r.base_price, base_unit = r.base_unit, created_at = r.created_at, latitude = r.rough_latitude, longitude = r.rough_longitude
				from add r where r.id = l.add_id and r.id = any($1::text[]::bigint[])`},
		}},
	}
}

// trust is what staff is to look at, and what searches wait for.
func trust() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "open reports and flags that are not in staff's queue", Source: verify.Rows{
			Table: "add", Where: `(exists (select from add_report x where x.add_id = r.id and x.decision_id is null) or exists (select from add_flag x where x.add_id = r.id and x.decision_id is null))
				and not exists (select from add_case c where c.add_id = r.id and c.open)`,
		}},
		{Broken: "searches of which no version stands though they have alerts, or one does though they have none", Source: verify.Rows{
			Table: "search", Where: "r.alerts <> exists (select from search_version v where v.search_id = r.id and v.until_at is null)",
		}},
		{Broken: "versions of searches that no advert finds, as they have no anchor", Source: verify.Rows{
			Table: "search_version", Where: "r.until_at is null and not exists (select from search_anchor a where a.version_id = r.id)",
		}},
		{Broken: "searches whose alerts are somebody else's", Source: verify.Rows{
			Table: "search", Where: "exists (select from alert a where a.search_id = r.id and a.user_id <> r.user_id)",
			Repair: []string{"update alert a set user_id = s.user_id from search s where s.id = a.search_id and s.id = any($1::text[]::bigint[]) and a.user_id <> s.user_id"},
		}},
	}
}

// References are those into other modules.
func References() []verify.Invariant {
	user := func(broken, table, column string) verify.Invariant {
		return verify.Refer(broken, verify.References{Table: table, Column: column, To: verify.Users})
	}
	return []verify.Invariant{
		user("adverts of nobody", "add", "publisher_id"),
		user("follows by nobody", "follow", "follower_id"),
		user("follows of nobody", "follow", "following_id"),
		user("favourites of nobody", "favourite", "user_id"),
		user("blocks by nobody", "block", "blocker_id"),
		user("blocks of nobody", "block", "blocked_id"),
		user("searches of nobody", "search", "user_id"),
		user("reports by nobody", "add_report", "reporter_id"),
		verify.Refer("pictures of adverts that are gone", verify.References{Table: "add_image", Key: "add_id", Column: "media_id", To: verify.Objects}),
	}
}
