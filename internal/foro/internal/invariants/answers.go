package invariants

import "agrovet/internal/platform/verify"

// waiting are the species under which a question r waits for an answer.
const waiting = `unnest(case when not r.question or r.answered or r.state <> 'visible' then '{}'::text[] when r.species = '{}' then '{""}'::text[] else r.species end)`

// answers are questions, what answers them, and how comments hang together.
func answers() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "comments that hang on a comment of another post, or at another depth", Source: verify.Rows{
			Table: "comment", Where: `r.depth <> coalesce((select p.depth + 1 from comment p where p.id = r.parent_id), 0)
				or r.post_id <> coalesce((select p.post_id from comment p where p.id = r.parent_id), r.post_id)`,
		}},
		{Broken: "questions with an accepted answer that is not there", Source: verify.Rows{
			Table: "post", Where: "r.accepted_id is not null and not exists (select from comment c where c.id = r.accepted_id and c.post_id = r.id and c.state <> 'deleted')",
			Repair: []string{"update post set accepted_id = null where id = any($1::text[]::bigint[])", "select question_settle($1::text[]::bigint[])"},
		}},
		{Broken: "questions that are marked as answered wrongly", Source: verify.Rows{
			Table: "post", Where: `r.answered <> (exists (select from comment c where c.id = r.accepted_id and c.state = 'visible')
				or exists (select from comment c where c.post_id = r.id and c.validations > 0 and c.state = 'visible'))`,
			Repair: []string{"select question_settle($1::text[]::bigint[])"},
		}},
		{Broken: "questions that specialists find though they do not wait, or otherwise than they are", Source: verify.Rows{
			Table: "post", Where: `array(select o.species from open_question o where o.post_id = r.id order by 1) <> array(select distinct s from ` + waiting + ` s order by 1)
				or exists (select from open_question o where o.post_id = r.id and (o.author_id, o.latitude, o.longitude) is distinct from (r.author_id, r.latitude, r.longitude))`,
			Repair: []string{"delete from open_question where post_id = any($1::text[]::bigint[])",
				"insert into open_question select distinct s, r.id, r.author_id, r.latitude, r.longitude from post r, " + waiting + " s where r.id = any($1::text[]::bigint[])"},
		}},
	}
}

// found is what searches find. It is made in the background, so it is looked at while nothing is due.
func found() []verify.Invariant {
	const rest = " and not exists (select from due)"
	return []verify.Invariant{
		{Broken: "posts that searches do not find, or find though they are not visible", Source: verify.Rows{
			Table: "post", Where: "(r.state = 'visible') <> exists (select from document d where d.post_id = r.id and d.comment_id is null)" + rest,
			Repair: []string{"insert into due (post_id) select unnest($1::text[]::bigint[])"},
		}},
		{Broken: "comments that searches do not find, or find though they are not visible", Source: verify.Rows{
			Table: "comment", Where: `(r.state = 'visible' and exists (select from post p where p.id = r.post_id and p.state = 'visible')) <> exists (select from document d where d.comment_id = r.id)` + rest,
			Lock:   commentsPosts,
			Repair: []string{"insert into due (post_id, comment_id) select post_id, id from comment where id = any($1::text[]::bigint[])"},
		}},
	}
}
