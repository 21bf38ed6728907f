// Package original is what profiles takes from the original: the profiles of the three kinds. See platform/original.
//
// Rules:
//   - Ids are kept. Where one is a profile's that was made in agrovet, the original's gets a new one: profiles are
//     addressed by their users' ids.
//   - Whoever has profiles of several kinds shows the one of their role in agrovet; the others stay, shown to
//     nobody, for the day the role changes. Of somebody whose role auth does not say it is that of a specialist,
//     else of a businessman, else of a consumer, whichever they have.
//   - Of several of one kind, as accounts that were merged have, the one of the account that stays wins, else the one
//     with the lowest id. One that its owner has written in agrovet wins over all.
//   - Known users without a profile of their kind get it empty, as user.created would have made it. What was
//     deleted in agrovet does not come back.
//   - Lists of files become rows in their order, each file once; files that are not there are left out.
//   - Professions and types of business that nobody knows are none, years are kept within bounds, ratings as they are.
//   - The original called whoever had documents verified. Here staff decides: documents become a submission that
//     waits for them, as when the original's clients send documents.
package original

import "agrovet/internal/platform/original"

// Part is profiles'.
func Part() original.Part {
	steps := []original.Step{{Name: "begin", SQL: []string{"truncate original_choice, original_specialist"}}}
	for _, k := range kinds {
		steps = append(steps, original.Step{Name: "choose each user's " + k.name, SQL: k.choose()})
	}
	steps = append(steps, original.Step{Name: "say which kind is shown", SQL: []string{owners}})
	for _, k := range kinds {
		steps = append(steps, original.Step{Name: "take profiles", Table: k.from, Do: k.read, SQL: k.take(), Here: k.here()})
	}
	return original.Part{
		Module: "profiles",
		Tables: []original.Table{
			{Name: specialist.from, Whole: true, Columns: []string{"user_id bigint", "profession text", "experience_years bigint", "about_us text", "puntuations double precision",
				"point integer", "can_give_consultations boolean", "can_offer_online_services boolean", "work_images_ids text", "verification_title_id bigint",
				"verification_student_card_id bigint", "verification_graduation_letter_id bigint"}},
			{Name: businessman.from, Whole: true, Columns: []string{"user_id bigint", "business_type text", "business_name text", "descriptions text", "contact text",
				"offers_local_products boolean", "products_and_services_ids text"}},
			{Name: consumer.from, Whole: true, Columns: []string{"user_id bigint"}},
		},
		Setup: setup,
		Needs: []string{"known_user", "known_role", "known_media"},
		Gives: []original.List{{Name: "shown_by_profiles", Columns: []string{"id bigint", "user_id bigint", "place text", "private boolean"}, Query: shown}},
		Steps: append(steps, original.Step{Name: "make what is missing", SQL: []string{missing()}}),
		Identities: []original.Identity{{Table: specialist.name, From: specialist.from}, {Table: businessman.name, From: businessman.from},
			{Table: consumer.name, From: consumer.from}},
	}
}

// shown is what profiles show, those that are kept for another role included.
const shown = `select media_id, user_id, 'profiles/work_images/' || user_id, false from work_image
	union all select media_id, user_id, 'profiles/products/' || user_id, false from product
	union all select d.id, s.user_id, 'profiles/documents/' || s.user_id, true from specialist s
		cross join lateral (values (title_id), (student_card_id), (graduation_letter_id)) d (id) where d.id <> 0`

var setup = []string{
	// Whose the original's profiles are now; n is 1 for the one of its kind that stands for a user.
	"create unlogged table if not exists original_choice (kind text, id bigint, user_id bigint not null, n bigint not null, primary key (kind, id))",
	"create index if not exists original_choice_user on original_choice (user_id, kind)",
	"create unlogged table if not exists original_specialist (id bigint primary key, profession text not null, about text not null, searchable text not null)",
	// Profiles that were taken, so that what was deleted does not come back; users whose kind was said by an import
	// and who may still be without a profile.
	"create table if not exists original_profile (kind text, id bigint, user_id bigint not null, primary key (kind, id))",
	"create index if not exists original_profile_user on original_profile (user_id, kind)",
	"create table if not exists original_owner (user_id bigint primary key)",
}
