package original

import "agrovet/internal/platform/original"

// returns are the forum's way back: posts, comments and reactions that were written or edited here. What is anonymous
// stays: the original would say whose it is. What moderators have hidden stays as it is there.
var returns = []original.Return{
	{
		Table: "foro_post", Same: []string{"created_at"},
		Columns: []string{"author_id", "title", "content", "media_id", "community_id", "created_at", "updated_at", "views_count"},
		Query: `select t.id, t.author_id, t.title, t.content, t.media_id,
				(select o.id from original_community o where o.kept = t.community_id order by o.merged, o.id limit 1), t.created_at, t.updated_at, t.views_count
			from post t where t.state = 'visible' and not t.anonymous and ` + writtenHere("post"),
		Stay: stay("post"),
		Lost: map[string]string{
			"anonymous posts":            "select count(*) from post where anonymous",
			"posts hidden or removed":    "select count(*) from post where state <> 'visible'",
			"communities founded here":   "select count(*) from community c where not gone and created_by <> 0 and not exists (select from original_community o where o.kept = c.id)",
			"members who have joined":    "select count(*) from member m where not exists (select from original_member o where (o.community_id, o.user_id) = (m.community_id, m.user_id))",
			"members who have left":      "select count(*) from original_member o where not exists (select from member m where (m.community_id, m.user_id) = (o.community_id, o.user_id))",
			"answers that were accepted": "select count(*) from post where accepted_id is not null",
		},
	},
	{
		Table: "foro_comment", Same: []string{"created_at"},
		Columns: []string{"user_id", "post_id", "parent_id", "content", "media_id", "created_at", "updated_at", "reactions_count", "replies_count"},
		Query: `select t.id, t.user_id, t.post_id, t.parent_id, t.content, t.media_id, t.created_at, t.updated_at, t.likes + t.dislikes + t.hearts, t.replies_count
			from comment t join post p on p.id = t.post_id and not p.anonymous where t.state = 'visible' and not t.anonymous and ` + writtenHere("comment"),
		Stay: stay("comment") + " and state <> 'deleted'",
		Lost: map[string]string{"anonymous comments": "select count(*) from comment where anonymous", "comments hidden or removed": "select count(*) from comment where state <> 'visible'"},
	},
	{
		Table: "foro_reaction", Same: []string{"user_id", "object_id"}, Unique: []string{"user_id", "content_type_id", "object_id", "type"},
		Columns: []string{"user_id", "type", "content_type_id", "object_id", "created_at"},
		Query: `select t.id, t.user_id, t.type, y.id, coalesce(t.post_id, t.comment_id), t.created_at from reaction t
			join original_note y on y.table_name = 'django_content_type' and y.rule = 'is_a_word' and y.detail = case when t.post_id is null then 'comment' else 'post' end
			where t.id > ` + lastOf("reaction"),
		Stay: stay("reaction"),
	},
}

// lastOf is the last id that was read of the original's.
func lastOf(table string) string {
	return "coalesce((select last_id from original_staged where table_name = 'foro_" + table + "'), 0)"
}

// writtenHere says that a row, t, did not come from the original, or was edited since.
func writtenHere(table string) string {
	return "(t.id > " + lastOf(table) + " or t.version > 1 or t.edited_at is not null)"
}

// stay are ids that are here, and those of rows that were not taken.
func stay(table string) string {
	return "select id from original_note where table_name = 'foro_" + table + "' and fate in ('rejected', 'merged') and rule <> 'deleted_since'" +
		" union all select id from " + table + " where true"
}
