// Package original is what the marketplace takes from the original: categories, adverts and follows. See
// platform/original.
//
// Rules for categories:
//   - One whose name, or alias, is in the tree is that one, whatever its case and accents. Others come to the top,
//     behind those that are there; staff has the last word. Ids are new: the tree has them already.
//
// Rules for adverts:
//   - Ids, times and texts are kept, and so is the status. One that nobody knows is archived: nothing is shown that
//     was not meant to be. A condition that nobody knows is used.
//   - Prices are in the installation's currency, of one piece. What is no price is on request.
//   - A place out of range, or half of one, is none. The rough place is drawn as for any other advert.
//   - Pictures that are not there are left out, twins once, and all beyond four beside the main one.
//   - Of somebody who is not there, nothing is taken.
//   - An active one has half a lifetime to a whole one from now, so that they do not all end on one day.
//   - What changes in the original later is changed here too, like any other change and with its events, as long as
//     nobody has changed the advert here. One that was deleted here does not come back.
//
// What people may type is counted by the module's own job, as for any other advert: one must run at a time.
//
// Rules for follows: pairs are unique, also after accounts were merged; nobody follows themselves; both are there.
// One that was ended here does not come back.
package original

import (
	"context"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/original"
)

// Part is the marketplace's.
func Part(c *core.Core) original.Part {
	return original.Part{
		Module: "marketplace",
		Tables: []original.Table{
			{Name: "add_category", Whole: true, Columns: []string{"name text", "description text"}},
			{Name: "add_add", Changed: "updated_at", Columns: []string{"publisher_id text", "title text", "description text", "price text", "category_id text",
				"condition text", "location_name text", "latitude text", "longitude text", "main_image_id text", "secondary_image_ids text", "status text",
				"created_at timestamptz", "updated_at timestamptz"}},
			{Name: "add_follow", Columns: []string{"follower_id bigint", "following_id bigint", "created_at timestamptz"}},
		},
		Setup: setup,
		Needs: []string{"known_user", "known_media"},
		Gives: []original.List{{Name: "shown_by_marketplace", Columns: []string{"id bigint", "user_id bigint", "place text"},
			Query: "select i.media_id, a.publisher_id, 'marketplace/adds/' || a.id from add_image i join add a on a.id = i.add_id"}},
		Steps: []original.Step{
			{Name: "make the tree", Do: func(ctx context.Context, _ original.Batch) error { return c.SeedCategories(ctx) }},
			{Name: "take categories", Table: "add_category", Do: tree{c}.take, SQL: categories, Here: categoryHere},
			{Name: "find adverts", Table: "add_add", SQL: advertsThere},
			{Name: "take adverts", Table: "add_add", Size: 2_000, Do: adverts{c}.take, SQL: publishers, Here: advertHere},
			{Name: "find follows", Table: "add_follow", SQL: followsThere},
			{Name: "take follows", Table: "add_follow", SQL: follows, Here: followHere},
		},
		Identities: []original.Identity{{Table: "add", From: "add_add"}, {Table: "follow", From: "add_follow"}},
		Returns:    returns,
	}
}
