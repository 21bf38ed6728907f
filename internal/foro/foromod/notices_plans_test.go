package foromod_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
)

// TestNoticesAndFollowsUseIndexes reads what the very queries of the routes and handlers scan, on tables of tens of
// thousands of rows: one person follows 5,000 people and 5,000 tags and has 20,000 notifications.
func TestNoticesAndFollowsUseIndexes(t *testing.T) {
	w := setup(t)
	w.crowd(20_000)
	w.exec("insert into person (user_id) values ($1), ($2)", beto, luis)
	w.exec("insert into post (author_id, title, content, anonymous) select 1000 + n % 20000, 'Vaca', 'Sana.', n % 10 = 0 from generate_series(1, 20000) n")
	w.exec("insert into comment (post_id, user_id, content) select n, 1000 + n % 20000, 'Sí.' from generate_series(1, 20000) n")
	w.exec("insert into tag (name) select 'tag' || n from generate_series(1, 20000) n")
	w.exec("insert into post_tag (post_id, tag_id) select n, 1 + n % 20000 from generate_series(1, 20000) n")
	w.exec("insert into reaction (user_id, post_id, type) select 1000 + n % 20000, n, 'like' from generate_series(1, 20000) n")
	w.exec("insert into mention (comment_id, user_id) select n, 1000 + n % 20000 from generate_series(1, 20000) n")
	w.exec("insert into watch (user_id, person_id, muted) select $1, 1000 + n * 2, false from generate_series(0, 4998) n", beto)
	w.exec("insert into watch (user_id, tag_id, muted) select $1, n * 2, false from generate_series(1, 4999) n", beto)
	w.exec("insert into watch (user_id, post_id, muted) select $1, n * 2, n % 2 = 0 from generate_series(1, 4999) n", beto)
	w.exec("insert into watch (user_id, person_id, muted) select 2000 + n, 1001, false from generate_series(1, 20000) n")
	w.exec("insert into watch (user_id, tag_id, muted) select 2000 + n, 1 + n % 100, false from generate_series(1, 20000) n")
	w.exec("insert into watch (user_id, post_id, muted) select 2000 + n, 1 + n % 100, false from generate_series(1, 20000) n")
	w.exec(`insert into notification (recipient_id, type, post_id, actor_id, actors_count, read, updated_at)
		select case when n <= 20000 then $1 else 1000 + n % 10000 end, 'post_reply', 1 + n % 20000, 1000, 1, n > 40000 or n % 2 = 0, now() - n * interval '1 second' from generate_series(1, 60000) n`, beto)
	w.exec("insert into notice_cause select recipient_id, 'comment', post_id, 1000 + id % 30000, post_id, id from notification")
	w.exec("insert into notice_preference (user_id) select 1000 + n from generate_series(1, 20000) n")
	for _, table := range noticeTables {
		w.exec("vacuum analyze " + table)
	}
	for _, r := range []struct {
		name, method, at string
		body             any
	}{
		{"Notifications", "GET", "notifications/", nil},
		{"NotificationsByNumber", "GET", "notifications/?page=last", nil},
		{"NotificationsByCursor", "GET", "notifications/?cursor=*", nil},
		{"Unread", "GET", "notifications/?unread=true&cursor=*", nil},
		{"UnreadCount", "GET", "notifications/unread/", nil},
		{"One", "GET", "notifications/5/", nil},
		{"Read", "POST", "notifications/mark_read/", object{"ids": []int{1, 3, 5}}},
		{"ReadUpTo", "POST", "notifications/mark_read/", object{"up_to": 19_001}},
		{"Delete", "DELETE", "notifications/5/", nil},
		{"Preferences", "PATCH", "notifications/preferences/", object{"live": true}},
		{"Following", "GET", "posts/following/", nil},
		{"FollowingByCursor", "GET", "posts/following/?cursor=*", nil},
		{"FollowsOfPeople", "GET", "follows/?kind=person&page=last", nil},
		{"FollowsOfTags", "GET", "follows/?kind=tag", nil},
		{"FollowsOfPosts", "GET", "follows/?kind=post&cursor=*", nil},
		{"Mutes", "GET", "mutes/?kind=post", nil},
		{"FollowPost", "POST", "posts/15001/follow/", nil},
		{"UnfollowPost", "DELETE", "posts/15001/follow/", nil},
		{"FollowTag", "POST", "tags/tag3/follow/", nil},
		{"FollowPerson", "POST", "people/2/follow/", nil},
	} {
		t.Run(r.name, func(t *testing.T) {
			before := w.scanned(t, noticeTables)
			got := w.as(beto, r.method, r.at, r.body)
			require.Less(t, got.Status, 300, got.Raw)
			require.Equal(t, before, w.scanned(t, noticeTables), "rows read by sequential scans")
		})
	}
	for name, do := range map[string]func(){
		"Comment":  func() { w.commented(luis, 12_001); w.tell() },
		"Post":     func() { w.tagged(w.posted(luis), "tag7"); w.tell() },
		"Reaction": func() { w.reactedTo(luis, foro.Target{PostID: 12_001}, foro.Like) },
		"FollowersOfAPerson": func() {
			w.happens(foro.FollowersDue{PostID: 1, Of: string(store.WatchPerson), Told: 4_400})
		},
		"FollowersOfATag": func() { w.happens(foro.FollowersDue{PostID: 5, Of: string(store.WatchTag), Told: 4_900}) },
		"Forgetting": func() {
			for n := 1; n > 0; {
				var err error
				n, err = store.Store{DB: w.db}.ForgetNotices(context.Background(), beto, 5000)
				require.NoError(t, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := w.scanned(t, noticeTables)
			do()
			require.Equal(t, before, w.scanned(t, noticeTables), "rows read by sequential scans")
		})
	}
}

var noticeTables = []string{"post", "comment", "tag", "post_tag", "reaction", "mention", "person", "watch", "notification", "notice_cause", "notice_preference"}
