// Package invariants is what always holds of the forum's rows.
package invariants

import (
	"slices"

	"agrovet/internal/platform/verify"
)

// All are those that the rows show by themselves.
func All() []verify.Invariant { return slices.Concat(counts(), answers(), found(), trust()) }

// commentsPosts are locked before comments by whoever changes these.
const commentsPosts = "select from post where id in (select c.post_id from comment c where c.id = any($1::text[]::bigint[])) order by id for no key update"

// counts are numbers that triggers keep.
func counts() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "posts whose comments are miscounted", Source: verify.Rows{
			Table: "post", Where: "r.comments_count <> (select count(*) from comment c where c.post_id = r.id and c.state = 'visible')",
			Repair: []string{"update post r set comments_count = (select count(*) from comment c where c.post_id = r.id and c.state = 'visible') where r.id = any($1::text[]::bigint[])"},
		}},
		reactions("posts whose reactions are miscounted", "post", "post_id", ""),
		reactions("comments whose reactions are miscounted", "comment", "comment_id", commentsPosts),
		{Broken: "comments whose replies are miscounted", Source: verify.Rows{
			Table: "comment", Where: "r.replies_count <> (select count(*) from comment c where c.parent_id = r.id and c.state = 'visible')", Lock: commentsPosts,
			Repair: []string{"update comment r set replies_count = (select count(*) from comment c where c.parent_id = r.id and c.state = 'visible') where r.id = any($1::text[]::bigint[])"},
		}},
		{Broken: "comments whose validations are miscounted", Source: verify.Rows{
			Table: "comment", Where: "r.validations <> (select count(*) from validation v where v.comment_id = r.id)", Lock: commentsPosts,
			Repair: []string{"update comment r set validations = (select count(*) from validation v where v.comment_id = r.id) where r.id = any($1::text[]::bigint[])"},
		}},
		{Broken: "communities whose members are miscounted", Source: verify.Rows{
			Table: "community", Where: "r.members_count <> (select count(*) from member m where m.community_id = r.id)",
			Repair: []string{"update community r set members_count = (select count(*) from member m where m.community_id = r.id) where r.id = any($1::text[]::bigint[])"},
		}},
		{Broken: "the number of all communities is wrong", Source: verify.Statement{
			SQL:    "select 'community_total' from community_total where n <> (select count(*) from community where not gone)",
			Lock:   "select from community_total for update",
			Repair: "update community_total set n = (select count(*) from community where not gone)",
		}},
		{Broken: "communities that no search finds", Source: verify.Rows{
			Table: "community", Where: "not r.gone and not exists (select from community_words w where w.community_id = r.id)",
		}},
		{Broken: "posts that tags show or hide otherwise than their state says", Source: verify.Rows{
			Table: "post", Where: "exists (select from post_tag t where t.post_id = r.id and t.shown <> (r.state = 'visible'))",
			Repair: []string{"update post_tag t set shown = (r.state = 'visible') from post r where r.id = t.post_id and r.id = any($1::text[]::bigint[]) and t.shown <> (r.state = 'visible')"},
		}},
		{Broken: "tags whose posts are miscounted", Source: verify.Rows{
			Table: "tag", Where: "r.posts_count <> (select count(*) from post_tag t where t.tag_id = r.id and t.shown)",
			Repair: []string{"update tag r set posts_count = (select count(*) from post_tag t where t.tag_id = r.id and t.shown) where r.id = any($1::text[]::bigint[])"},
		}},
		{Broken: "people in whose notifications others are miscounted", Source: verify.Rows{
			Table: "person", Key: "user_id", Where: "not r.gone and exists (select from (select k.notification_id, count(distinct k.actor_id) as n from notice_cause k where k.recipient_id = r.user_id group by 1) k join notification x on x.id = k.notification_id where x.actors_count <> k.n)",
			Lock: "select from notification where recipient_id = any($1::text[]::bigint[]) order by id for no key update",
			Repair: []string{`update notification x set actors_count = k.n from (select k.notification_id, count(distinct k.actor_id) as n from notice_cause k
				where k.recipient_id = any($1::text[]::bigint[]) group by 1) k where x.id = k.notification_id and x.actors_count <> k.n`},
		}},
	}
}

func reactions(broken, table, column, lock string) verify.Invariant {
	counted := "(select count(*) filter (where x.type = 'like'), count(*) filter (where x.type = 'dislike'), count(*) filter (where x.type = 'heart') from reaction x where x." + column + " = r.id)"
	return verify.Invariant{Broken: broken, Source: verify.Rows{
		Table: table, Where: "(r.likes, r.dislikes, r.hearts) <> " + counted, Lock: lock,
		Repair: []string{"update " + table + " r set (likes, dislikes, hearts) = " + counted + " where r.id = any($1::text[]::bigint[])"},
	}}
}
