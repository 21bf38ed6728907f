package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/foro/foromod"
)

var moderationTables = []string{"post", "comment", "person", "member", "decision", "moderation_case", "report", "flag", "suspension", "withheld", "alike_text", "newcomer_text"}

// manyCases fills the tables of moderation: 16,000 posts with a case each, of which every tenth is open.
func (w *world) manyCases() {
	w.t.Helper()
	for _, statement := range []string{
		"insert into person (user_id) select n from generate_series(10000, 30000) n",
		"insert into community (id, name, slug) select n, 'Comunidad ' || n, 'c-' || n from generate_series(2000, 2999) n",
		"insert into member (community_id, user_id) select 2000 + n % 1000, 10000 + n % 20000 from generate_series(1, 16000) n on conflict do nothing",
		`insert into post (id, author_id, title, content, community_id) select 100000 + n, 10000 + n % 20000, 'Vaca', 'Sana.', 2000 + n % 1000 from generate_series(1, 16000) n`,
		`insert into comment (id, post_id, user_id, content) select 100000 + n, 100000 + n, 10000 + (n + 1) % 20000, 'Sí.' from generate_series(1, 16000) n`,
		`insert into decision (post_id, community_id, author_id, anonymous, actor_id, role, decision, at)
			select 100000 + n, 2000 + n % 1000, 10000 + n % 20000, false, 10000 + n % 500, 'moderator', 'warn', now() from generate_series(1, 16000) n`,
		`insert into moderation_case (kind, post_id, community_id, author_id, rank, place, opened_at, decision_id)
			select (array['report', 'flag', 'direct'])[1 + n % 3], 100000 + n, 2000 + n % 1000, 10000 + n % 20000, case when n % 10 = 0 then n % 2 else 2 end,
				case when n % 10 = 0 then n else -n end, now(), case when n % 10 = 0 then null else n end from generate_series(1, 16000) n`,
		"insert into report (case_id, reporter_id, reason, at) select n, 10000 + (n + 7) % 20000, 'spam', now() from generate_series(1, 16000) n",
		"insert into flag (case_id, rule, evidence, fingerprint, at) select n, 'link', 'www', n, now() from generate_series(1, 16000) n",
		`insert into suspension (user_id, community_id, decision_id, since, until) select 10000 + n % 20000, 2000 + n % 1000, n, now(), now() - interval '1 day' from generate_series(1, 16000) n`,
		"insert into withheld (suspension_id, post_id) select n, 100000 + n from generate_series(1001, 16000) n",
		"insert into alike_text select 10000 + n % 20000, n, 1, now() from generate_series(1, 16000) n",
		"insert into newcomer_text (user_id, comment, at) select 10000 + n % 20000, false, now() from generate_series(1, 16000) n",
		"insert into member (community_id, user_id, role) select n, 6, 'moderator' from generate_series(2000, 2099) n",
	} {
		w.exec(statement)
	}
	for _, table := range moderationTables {
		w.exec("vacuum analyze " + table)
	}
}

// TestModerationReadsNoLargeTable calls each route, and wants that no table was read from beginning to end.
func TestModerationReadsNoLargeTable(t *testing.T) {
	w, community := moderated(t, func(c *foromod.Config) {
		c.HideAfter, c.NewcomerPeriod, c.NewcomerPosts, c.NewcomerComments = 5, 7*day, 5, 30
	})
	mine := w.posted(ana, object{"community_id": community})
	w.manyCases()
	suspend := object{"decision": "suspend", "reason": "x", "days": 1, "hide_content": true}
	for _, r := range []struct {
		name   string
		who    int64
		method string
		at     string
		body   any
		status int
	}{
		{"Queue", jefa, "GET", "moderation/cases/", nil, 200},
		{"QueueByCursor", jefa, "GET", "moderation/cases/?cursor=*&state=open&kind=flag", nil, 200},
		{"QueueFarBehind", jefa, "GET", "moderation/cases/?page=400&page_size=20&state=decided", nil, 200},
		{"QueueOfACommunity", jefa, "GET", "moderation/cases/?community=2005", nil, 200},
		{"QueueOfAModerator", mario, "GET", "moderation/cases/", nil, 200},
		{"Case", jefa, "GET", "moderation/cases/20/", nil, 200},
		{"Decide", mario, "POST", "moderation/cases/20/decide/", object{"decision": "dismiss"}, 200},
		{"Log", 0, "GET", "moderation/log/?page=50", nil, 200},
		{"LogByCursor", jefa, "GET", "moderation/log/?cursor=*", nil, 200},
		{"Suspensions", jefa, "GET", "moderation/suspensions/", nil, 200},
		{"SuspensionsOfAModerator", mario, "GET", "moderation/suspensions/?cursor=*", nil, 200},
		{"Standing", ana, "GET", "moderation/me/", nil, 200},
		{"Report", ana, "POST", "posts/100021/report/", object{"reason": "spam"}, 201},
		{"ReportAComment", ana, "POST", "comments/100021/report/", object{"reason": "spam"}, 201},
		{"Remove", jefa, "POST", "posts/100022/moderate/", object{"decision": "remove", "reason": "x"}, 200},
		{"RemoveAComment", jefa, "POST", "comments/100022/moderate/", object{"decision": "remove", "reason": "x"}, 200},
		{"Suspend", jefa, "POST", "posts/100030/moderate/", suspend, 200},
		{"Lock", rosa, "POST", path("posts/%d/moderate/", mine), object{"decision": "lock", "reason": "x"}, 200},
		{"Appeal", ana, "POST", path("posts/%d/appeal/", mine), object{"text": "x"}, 201},
		{"Post", ana, "POST", "posts/", object{"title": "x", "content": "Cura milagrosa de la plaza, visite la agroveterinaria y pregunte."}, 201},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.scanned(t, moderationTables)
			got := w.as(r.who, r.method, r.at, r.body)
			require.Equal(t, r.status, got.Status, got.Raw)
			require.Equal(t, before, w.scanned(t, moderationTables), "rows read by sequential scans")
		})
	}
	for _, r := range []struct {
		name string
		run  func()
	}{
		{"Withhold", func() { w.job("foro.withhold") }},
		{"Release", func() { w.later(2 * day); w.job("foro.withhold") }},
		{"Forget", func() { w.event(auth.UserDeleted{UserID: 10050}) }},
		{"Purge", func() { w.job("foro.purge-counts") }},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.scanned(t, moderationTables)
			r.run()
			require.Equal(t, before, w.scanned(t, moderationTables))
		})
	}
	require.Zero(t, w.count("alike_text")+w.count("newcomer_text"), "all are older than a day")
	require.Zero(t, w.count("withheld where suspension_id > 16000"))
}
