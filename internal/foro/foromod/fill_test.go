package foromod_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro/foromod"
	"agrovet/internal/foro/internal/core"
)

// number is what a statement counts.
func (w *world) number(sql string, args ...any) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(w.t.Context()).QueryRow(w.t.Context(), sql, args...).Scan(&n), sql)
	return n
}

// wrongCounts are statements that count rows of which something is kept that is not so.
var wrongCounts = map[string]string{
	"comments of posts":    `select count(*) from post p where comments_count <> (select count(*) from comment where post_id = p.id and state = 'visible')`,
	"replies":              `select count(*) from comment c where replies_count <> (select count(*) from comment where parent_id = c.id and state = 'visible')`,
	"depth":                `select count(*) from comment c left join comment p on p.id = c.parent_id where c.depth <> coalesce(p.depth + 1, 0) or p.post_id <> c.post_id`,
	"time":                 `select count(*) from comment c join comment p on p.id = c.parent_id where c.created_at < p.created_at or c.id < p.id`,
	"before the post":      `select count(*) from comment c join post p on p.id = c.post_id where c.created_at <= p.created_at`,
	"reactions to posts":   `select count(*) from post p where (likes, dislikes, hearts) <> (select count(*) filter (where type = 'like'), count(*) filter (where type = 'dislike'), count(*) filter (where type = 'heart') from reaction where post_id = p.id)`,
	"reactions":            `select count(*) from comment p where (likes, dislikes, hearts) <> (select count(*) filter (where type = 'like'), count(*) filter (where type = 'dislike'), count(*) filter (where type = 'heart') from reaction where comment_id = p.id)`,
	"validations":          `select count(*) from comment c where validations <> (select count(*) from validation where comment_id = c.id)`,
	"own validations":      `select count(*) from comment c join validation v on v.comment_id = c.id where v.user_id = c.user_id or not exists (select from person where user_id = v.user_id and verified)`,
	"answered":             `select count(*) from post p where answered <> exists (select from comment c where post_id = p.id and state = 'visible' and (c.id = p.accepted_id or validations > 0))`,
	"answers of questions": `select count(*) from post where answered and not question`,
	"open questions": `select count(*) from ((select id, author_id, coalesce(s, '') as species, latitude, longitude from post left join unnest(species) s on true
		where question and not answered and state = 'visible') except (select post_id, author_id, species, latitude, longitude from open_question)) x`,
	"questions that are open no more": `select count(*) from open_question o join post p on p.id = o.post_id where not question or answered or state <> 'visible'`,
	"tags":                            `select count(*) from tag t where posts_count <> (select count(*) from post_tag where tag_id = t.id and shown)`,
	"shown tags":                      `select count(*) from post_tag t join post p on p.id = t.post_id where shown <> (state = 'visible')`,
	"members":                         `select count(*) from community c where members_count <> (select count(*) from member where community_id = c.id)`,
	"communities":                     `select count(*) from community_total where n <> (select count(*) from community where not gone)`,
	"owners":                          `select count(*) from community c where created_by <> 0 and not exists (select from member where community_id = c.id and user_id = created_by and role = 'owner')`,
	"words of communities":            `select count(*) from community c where not gone and not exists (select from community_words where community_id = c.id)`,
	"affinity": `select count(*) from (select user_id, author_id, sum(weight) as weight from (
			select c.user_id, p.author_id, 3 as weight from comment c join post p on p.id = c.post_id where not c.anonymous and not p.anonymous
			union all select r.user_id, p.author_id, 2 from reaction r join post p on p.id = r.post_id where not p.anonymous
			union all select r.user_id, c.user_id, 1 from reaction r join comment c on c.id = r.comment_id where not c.anonymous) d
		where user_id <> author_id group by 1, 2) d full join affinity a using (user_id, author_id)
		where a.weight is distinct from d.weight and user_id not in ({readers})`,
	"posts without documents":    `select count(*) from post p where (state = 'visible') <> exists (select from document where post_id = p.id and comment_id is null)`,
	"comments without documents": `select count(*) from comment c join post p on p.id = c.post_id where (c.state = 'visible' and p.state = 'visible') <> exists (select from document where comment_id = c.id)`,
	"documents not counted":      `select count(*) from document where id > (select id from counted)`,
	"terms":                      `select count(*) from term t left join (select x as term, count(*) as n from document, unnest(terms) x group by x) d using (term) where t.n is distinct from d.n`,
	"due":                        `select count(*) from due`,
	"unread ones twice":          `select count(*) from (select from notification where not read group by recipient_id, type, post_id, comment_id having count(*) > 1) n`,
	"names in notifications":     `select count(*) from notification where anonymous <> (actor_id = 0)`,
	"told of oneself":            `select count(*) from notification where recipient_id = actor_id`,
}

// countsAreRight looks at everything but what was given to readers (ids, separated by commas) without a reason.
func (w *world) countsAreRight(readers string) {
	w.t.Helper()
	for what, sql := range wrongCounts {
		require.Zero(w.t, w.number(strings.ReplaceAll(sql, "{readers}", readers)), what)
	}
}

// structure is what filling takes away for a while.
const structure = `select indexdef from pg_indexes where schemaname = 'foro'
	union all select conrelid::regclass::text || conname::text || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'foro'::regnamespace
	union all select tgrelid::regclass::text || tgname::text || tgenabled::text from pg_trigger where not tgisinternal order by 1`

func TestFillLeavesWhatPublishingLeaves(t *testing.T) {
	w := setup(t)
	before := w.texts(structure)
	f := foromod.Fill{Total: 2000, Readers: []int64{ana, carla}}
	made, err := w.module.Fill(t.Context(), f)
	require.NoError(t, err)
	require.Equal(t, 2000, made)
	require.Equal(t, before, w.texts(structure))
	w.countsAreRight("1, 4")
	for of, n := range map[string][2]int{"post": {2000, 2000}, "comment": {10_000, 10_000}, "reaction": {1500, 2600}, "community where not standard": {20, 20}, "member where user_id > 1000": {1000, 4000},
		"notification where recipient_id > 1000": {3000, 6000}, "post where anonymous": {20, 140}, "post where state = 'hidden'": {5, 50}, "post where answered": {100, 1200},
		"open_question": {200, 2000}, "comment where parent_id is not null": {2200, 3800}, "comment where depth > 9": {1, 2000}, "post where relevance > 0": {100, 1000}} {
		require.GreaterOrEqual(t, w.count(of), n[0], of)
		require.LessOrEqual(t, w.count(of), n[1], of)
	}
	require.Equal(t, 200, w.number("select max(n) from (select count(*) as n from comment group by post_id) c"))

	require.Zero(t, w.count("(select created_at < lag(created_at) over (order by id) as back from document) d where back"), "documents are in the order of time")

	f.Total = 2100 // too few for the indexes to be taken away
	first := w.texts("select title || content from post order by id")
	made, err = w.module.Fill(t.Context(), f)
	require.NoError(t, err)
	require.Equal(t, 100, made)
	require.Equal(t, first, w.texts("select title || content from post order by id limit 2000"))
	w.countsAreRight("1, 4")
	has := w.texts(readersHave)
	require.Len(t, has, 8)
	made, err = w.module.Fill(t.Context(), f)
	require.NoError(t, err)
	require.Zero(t, made)
	require.Equal(t, has, w.texts(readersHave))
	w.countsAreRight("1, 4")
}

// readersHave is what was made for Ana and Carla, by kind.
const readersHave = `select what || ' ' || user_id || ' ' || count(*) from (select 'member' as what, user_id from member union all select 'affinity', user_id from affinity
	union all select 'watch', user_id from watch union all select 'notification', recipient_id from notification) x where user_id in (1, 4) group by what, user_id order by 1`

func TestFillLeavesWordsOut(t *testing.T) {
	w := setup(t)
	for _, f := range []foromod.Fill{{Total: 300}, {Total: 600, Without: "vaca"}} {
		_, err := w.module.Fill(t.Context(), f)
		require.NoError(t, err)
	}
	const wordy = "select count(*) from (select id, title || ' ' || content as said from post union all select post_id, content from comment) x where said ~* '\\mvacas?\\M' and id "
	middle := fmt.Sprint(w.number("select id from post order by id offset 299 limit 1"))
	require.Positive(t, w.number(wordy+"<= "+middle))
	require.Zero(t, w.number(wordy+"> "+middle))
}

func TestFillHangsOnNumbersAlone(t *testing.T) {
	const said = "select p.title || p.content || p.author_id || p.question || (select string_agg(content || user_id || depth, ',' order by c.id) from comment c where post_id = p.id) from post p order by p.id"
	one, two := setup(t), setup(t)
	_, err := one.module.Fill(t.Context(), foromod.Fill{Total: 300})
	require.NoError(t, err)
	for _, total := range []int{170, 300} {
		_, err = two.module.Fill(t.Context(), foromod.Fill{Total: total})
		require.NoError(t, err)
	}
	require.Equal(t, one.texts("select coalesce(x, '') from ("+said+") s(x)"), two.texts("select coalesce(x, '') from ("+said+") s(x)"))
}

// What is filled is shown like what was published, to the readers above all.
func TestFilledForumIsShown(t *testing.T) {
	w := setup(t)
	_, err := w.module.Fill(t.Context(), foromod.Fill{Total: 1000, Readers: []int64{ana}})
	require.NoError(t, err)
	longest := w.number("select id from post order by comments_count desc limit 1")
	for _, path := range []string{"posts/", "posts/feed/", "posts/relevant/", "posts/unanswered/", "communities/", "notifications/", "tags/", "comments/",
		fmt.Sprintf("comments/?post=%d", longest), fmt.Sprintf("reactions/?post=%d", w.number("select post_id from reaction where post_id is not null limit 1")),
		"search/?q=vaca"} {
		a := w.as(ana, "GET", path, nil)
		require.Equal(t, 200, a.Status, "%s: %s", path, a.Raw)
		require.Contains(t, a.Raw, `"id":`, path)
	}
	require.Equal(t, 200, w.as(ana, "GET", fmt.Sprintf("posts/%d/", longest), nil).Status)
}

func TestFillRefusesRealPosts(t *testing.T) {
	w := setup(t)
	id := w.posted(carla)
	_, err := w.module.Fill(t.Context(), foromod.Fill{Total: 10})
	require.ErrorIs(t, err, core.ErrReal)
	made, err := w.module.Fill(t.Context(), foromod.Fill{Total: 10, Known: []int64{carla}})
	require.NoError(t, err)
	require.Equal(t, 10, made)
	w.commented(luis, id)
	_, err = w.module.Fill(t.Context(), foromod.Fill{Total: 20, Known: []int64{carla}})
	require.ErrorIs(t, err, core.ErrReal)
	made, err = w.module.Fill(t.Context(), foromod.Fill{})
	require.NoError(t, err, "nothing is wanted")
	require.Zero(t, made)
	made, err = w.module.Fill(t.Context(), foromod.Fill{Total: 20, Known: []int64{carla}, Force: true})
	require.NoError(t, err)
	require.Equal(t, 10, made)
	require.Equal(t, 21, w.count("post"))
}

// The documents are those that a job would make.
func TestFilledDocumentsAreLikeOthers(t *testing.T) {
	w := setup(t)
	_, err := w.module.Fill(t.Context(), foromod.Fill{Total: 60})
	require.NoError(t, err)
	const documents = "select post_id || ' ' || coalesce(comment_id, 0) || terms::text || title_terms::text from document order by id"
	before := w.texts(documents)
	w.exec("insert into due (post_id, comments_after) select id, 0 from post union all select id, null from post")
	w.job("foro.document")
	require.Equal(t, before, w.texts(documents))
}
