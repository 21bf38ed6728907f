package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestThreadsAndQuestionsUseIndexes reads what the very queries of the routes scan, on 40,000 posts, 120,000
// comments and 30,000 people: never a large table from its beginning to its end.
func TestThreadsAndQuestionsUseIndexes(t *testing.T) {
	w := setup(t)
	w.filled()
	thread, one := path("posts/%d/", 40_000), path("comments/%d/", 39_999)
	for _, r := range []struct {
		name, method, at string
		by               int64
		body             any
		status           int
	}{
		{"Post", "GET", thread, 0, nil, 200},
		{"Thread", "GET", thread + "comments/", 0, nil, 200},
		{"ThreadByNumber", "GET", thread + "comments/?page=last", 0, nil, 200},
		{"Comments", "GET", "comments/", 0, nil, 200},
		{"CommentsByNumber", "GET", "comments/?page=last", 0, nil, 200},
		{"CommentsByCursor", "GET", "comments/?cursor=*&page_size=100", 0, nil, 200},
		{"CommentsOfAPost", "GET", "comments/?post=40000", 0, nil, 200},
		{"RepliesNewest", "GET", "comments/?parent=39999", 0, nil, 200},
		{"Replies", "GET", one + "replies/", 0, nil, 200},
		{"Comment", "GET", one, 0, nil, 200},
		{"History", "GET", one + "history/", 0, nil, 200},
		{"Answer", "POST", "comments/", luis, object{"post": 40_000, "parent": 39_999, "content": "Sí.", "mention_ids": []int64{ana}}, 201},
		{"Change", "PATCH", one, jefa, object{"content": "Sí."}, 200},
		{"Validate", "POST", one + "validate/", ana, nil, 200},
		{"Unvalidate", "DELETE", one + "validate/", ana, nil, 204},
		{"Accept", "POST", thread + "accept/", luis, object{"comment": 39_999}, 200},
		{"Unaccept", "DELETE", thread + "accept/", luis, nil, 204},
		{"Delete", "DELETE", one, jefa, nil, 204},
		{"DeleteALeaf", "DELETE", "comments/119999/", jefa, nil, 204},
		{"Unanswered", "GET", "posts/unanswered/?all=true", beto, nil, 200},
		{"UnansweredByNumber", "GET", "posts/unanswered/?all=true&page=last", beto, nil, 200},
		{"UnansweredOfSpecies", "GET", "posts/unanswered/?species=bovinos,aves", beto, nil, 200},
		{"UnansweredOfSpeciesByCursor", "GET", "posts/unanswered/?species=bovinos,aves&cursor=*", beto, nil, 200},
		{"UnansweredNear", "GET", "posts/unanswered/?near=-17,-63", beto, nil, 200},
		{"UnansweredOfATag", "GET", "posts/unanswered/?tag=a", beto, nil, 200},
		{"UnansweredForASpecialist", "GET", "posts/unanswered/", ana, nil, 200},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.scanned(t, crowded)
			got := w.as(r.by, r.method, r.at, r.body)
			require.Equal(t, r.status, got.Status, got.Raw)
			require.Equal(t, before, w.scanned(t, crowded), "rows read by sequential scans")
		})
	}
	for name, do := range map[string]func(){
		"TellingWhoMayKnow": func() { w.exec("update post set waited = id < 39900"); w.job("foro.unanswered") },
		"Learning":          func() { w.event(asSpecialist(w, 500, knows("aves"))) },
		"Going":             func() { w.event(deleted(777)) },
		"Forgetting":        func() { w.job("foro.forget") },
	} {
		t.Run(name, func(t *testing.T) {
			if name == "TellingWhoMayKnow" {
				w.exec("update post set waited = id < 39900") // reads all, on purpose
				do = func() { w.later(24 * 365 * 100 * 3600e9); w.job("foro.unanswered") }
			}
			before := w.scanned(t, crowded)
			do()
			require.Equal(t, before, w.scanned(t, crowded), "rows read by sequential scans")
		})
	}
}

// filled fills the forum. Post 40,000 is luis's, comment 39,999 on it, as is every other one of the newest thousands.
func (w *world) filled() {
	for _, table := range []string{"post", "comment"} {
		w.exec("alter table " + table + " disable trigger user")
	}
	w.exec(`insert into person (user_id, role, verified, species, latitude, longitude)
		select n, 'specialist', n % 3 = 0, case n % 4 when 0 then '{bovinos}' when 1 then '{aves}' else '{}' end::text[], -17 + n % 100 / 50.0, -63 from generate_series(100, 30000) n`)
	w.event(asSpecialist(w, ana, knows("bovinos"), worksAt(-17, -63)))
	w.exec(`insert into post (author_id, question, title, content, species, latitude, longitude, answered)
		select case n when 40000 then 2 else 100 + n % 20000 end, true, '¿Sí?', 'No.', case n % 4 when 0 then '{bovinos}' when 1 then '{aves}' else '{}' end::text[], -17 + n % 100 / 50.0, -63, n % 10 = 0
		from generate_series(1, 40000) n`)
	w.exec(`insert into comment (post_id, user_id, content) select case when n % 2 = 1 and n > 30000 then 40000 else n end, 100 + n % 20000, 'Sí.' from generate_series(1, 40000) n`)
	w.exec(`insert into comment (post_id, parent_id, depth, user_id, content) select post_id, id, 1, 100 + id % 20000, 'No.' from comment, generate_series(1, 2)`)
	w.exec("insert into validation select n, 100 + n % 20000 from generate_series(1, 30000) n")
	w.exec("insert into mention (comment_id, user_id) select n, 100 + n % 20000 from generate_series(1, 30000) n")
	w.exec("insert into revision (comment_id, version, content) select n, 1, 'x' from generate_series(1, 30000) n")
	w.exec("insert into reaction (user_id, post_id, type) select 100 + n % 20000, n, 'like' from generate_series(1, 30000) n")
	w.exec("insert into tag (name) values ('a'), ('b')")
	w.exec("insert into post_tag select n, 1 + n % 2 from generate_series(1, 40000) n")
	w.exec(`update post p set comments_count = (select count(*) from comment where post_id = p.id)`)
	w.exec("insert into open_question select unnest(case species when '{}' then '{\"\"}' else species end), id, author_id, latitude, longitude from post where not answered")
	for _, table := range []string{"post", "comment"} {
		w.exec("alter table " + table + " enable trigger user")
	}
	for _, table := range crowded {
		w.exec("vacuum analyze " + table)
	}
}

var crowded = []string{"comment", "mention", "open_question", "person", "post", "post_tag", "reaction", "revision", "validation"}
