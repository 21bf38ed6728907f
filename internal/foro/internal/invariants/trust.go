package invariants

import "agrovet/internal/platform/verify"

// trust is what moderators decide.
func trust() []verify.Invariant {
	return []verify.Invariant{
		{Broken: "cases that are decided without a decision, or open with one", Source: verify.Rows{
			Table: "moderation_case", Where: "(r.rank = 2) <> (r.decision_id is not null)",
		}},
		{Broken: "people who are suspended without anybody looking it up", Source: verify.Rows{
			Table: "person", Key: "user_id", Where: "not r.suspended and exists (select from suspension s where s.user_id = r.user_id)",
			Repair: []string{"update person set suspended = true where user_id = any($1::text[]::bigint[])"},
		}},
	}
}

// References are those into other modules. Who is being forgotten has left something for a moment.
func References() []verify.Invariant {
	user := func(broken, table, key, column string) verify.Invariant {
		return verify.Refer(broken, verify.References{Table: table, Key: key, Column: column, To: verify.Users,
			Where: "not exists (select from person p where p.user_id = r." + column + " and p.forgetting)"})
	}
	file := func(broken, table, column string) verify.Invariant {
		return verify.Refer(broken, verify.References{Table: table, Column: column, To: verify.Objects})
	}
	return []verify.Invariant{
		user("posts by nobody", "post", "", "author_id"),
		user("comments by nobody", "comment", "", "user_id"),
		user("members of communities who are nobody", "member", "community_id", "user_id"),
		user("reactions of nobody", "reaction", "", "user_id"),
		user("validations by nobody", "validation", "comment_id", "user_id"),
		user("what nobody follows or mutes", "watch", "", "user_id"),
		user("follows and mutes of nobody", "watch", "", "person_id"),
		user("notifications for nobody", "notification", "", "recipient_id"),
		user("drafts of nobody", "draft", "", "user_id"),
		user("suspensions of nobody", "suspension", "", "user_id"),
		user("bans of nobody", "ban", "community_id", "user_id"),
		file("files of posts that are gone", "post", "media_id"),
		file("files of comments that are gone", "comment", "media_id"),
		file("files of drafts that are gone", "draft", "media_id"),
		file("covers of communities that are gone", "community", "cover_id"),
		file("pictures of communities that are gone", "community", "avatar_id"),
	}
}
