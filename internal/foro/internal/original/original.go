// Package original is what the forum takes from the original: communities, posts, comments, reactions and
// notifications. See platform/original.
//
// Rules:
//   - Ids and times are kept. A post, comment or notification whose id is another's here is rejected; communities and
//     reactions get a new id.
//   - Known users are people of the forum, and no newcomers. What others wrote stays, as that of those who are gone.
//   - A community with the slug of one that is here is merged into it. One that came with the forum, and that nobody
//     has used, gives way to the original's, with its id. The original's older default communities, which nobody has
//     founded, are merged into that of the same people now.
//   - Lists of members become members, each once, and the founder is one and owns it. Who has left does not come back.
//   - Addresses of covers and avatars are not taken: here they are media's.
//   - A title that asks makes a question, whose specialists are not told any more that it waits.
//   - A comment goes with its post. One that answers nothing on the same post is on the post itself; threads
//     that are too deep go on beside their last reply.
//   - A person has one vote and one heart for each target: the newest wins. Counts and affinities follow from what was
//     taken; views are kept.
//   - Of notifications that are unread and say the same the newest stays, and counts who did it. Those of nothing
//     that is here are rejected.
//   - What was edited in the original follows, unless it was edited here. What was deleted here stays so.
package original

import (
	"context"

	"agrovet/internal/platform/original"
)

// Part is the forum's; seed makes the communities that it comes with.
func Part(seed func(context.Context) error) original.Part {
	return original.Part{
		Module: "foro",
		Tables: []original.Table{
			{Name: "django_content_type", Whole: true, Columns: []string{"app_label text", "model text"}},
			{Name: "foro_community", Whole: true, Columns: []string{"name text", "slug text", "short_description text", "description text", "created_by_id bigint",
				"members_ids text", "cover_image text", "avatar text", "created_at timestamptz"}},
			{Name: "foro_post", Changed: "updated_at", Columns: []string{"author_id bigint", "title text", "content text", "media_id bigint", "community_id bigint",
				"created_at timestamptz", "updated_at timestamptz", "views_count integer"}},
			{Name: "foro_comment", Changed: "updated_at", Indexes: []string{"post_id"}, Columns: []string{"user_id bigint", "post_id bigint", "parent_id bigint", "content text",
				"media_id bigint", "created_at timestamptz", "updated_at timestamptz"}},
			{Name: "foro_reaction", Indexes: []string{"object_id"}, Columns: []string{"user_id bigint", "type text", "content_type_id bigint", "object_id bigint", "created_at timestamptz"}},
			{Name: "foro_notification", Indexes: []string{"recipient_id"}, Columns: []string{"recipient_id bigint", "actor_id bigint", "content_type_id bigint", "object_id bigint",
				"notif_type text", "read boolean", "created_at timestamptz"}},
		},
		Setup: setup,
		Needs: []string{"known_user", "known_role", "known_media"},
		Gives: []original.List{{Name: "shown_by_foro", Columns: []string{"id bigint", "user_id bigint", "place text"},
			Query: `select media_id, author_id, 'foro/posts/' || id from post where media_id is not null
				union all select media_id, user_id, 'foro/comments/' || id from comment where media_id is not null`}},
		Steps: []original.Step{
			{Name: "make the forum's communities", Do: func(ctx context.Context, _ original.Batch) error { return seed(ctx) }},
			{Name: "take people", SQL: people},
			{Name: "know communities again", SQL: []string{knownAgain}},
			{Name: "take communities", Table: "foro_community", Size: 1_000_000, SQL: communities, Here: communityHere},
			{Name: "have communities found", Do: findable},
			{Name: "take posts", Table: "foro_post", SQL: posts, Here: postHere},
			{Name: "take comments", Table: "foro_comment", By: "post_id", SQL: comments, Here: commentHere},
			{Name: "take reactions", Table: "foro_reaction", By: "object_id", SQL: reactions, Here: reactionHere},
			{Name: "take notifications", Table: "foro_notification", By: "recipient_id", SQL: notices, Here: noticeHere},
			{Name: "take names of types", Table: "django_content_type", SQL: types, Here: "false"},
		},
		Identities: []original.Identity{{Table: "community", From: "foro_community"}, {Table: "post", From: "foro_post"}, {Table: "comment", From: "foro_comment"},
			{Table: "reaction", From: "foro_reaction"}, {Table: "notification", From: "foro_notification"}},
		Returns: returns,
	}
}

var setup = []string{
	// Known users who are not gone here.
	"create unlogged table if not exists original_person (id bigint primary key, kept bigint not null)",
	// Where the original's communities are now, and who was made a member.
	"create table if not exists original_community (id bigint primary key, kept bigint not null, merged boolean not null)",
	"create table if not exists original_member (community_id bigint, user_id bigint, primary key (community_id, user_id))",
	// A comment's place in its thread, of the batch at work.
	"create unlogged table if not exists original_reply (id bigint primary key, parent_id bigint, depth integer not null)",
	// Reactions and notifications with what they are about, of the batch at work.
	`create unlogged table if not exists original_reaction (id bigint primary key, user_id bigint not null, type text not null, post_id bigint, comment_id bigint,
		created_at timestamptz not null, n bigint not null)`,
	`create unlogged table if not exists original_notice (id bigint primary key, recipient_id bigint not null, actor_id bigint not null, type text not null,
		post_id bigint not null, comment_id bigint, opens_id bigint, n bigint not null, actors integer not null)`,
}

var people = []string{
	"truncate original_person",
	`insert into original_person select u.id, u.kept from known_user u where not exists (select from person p where p.user_id = u.kept and p.gone)`,
	`insert into person (user_id, role, since)
		select distinct on (u.kept) u.kept, coalesce((array['specialist', 'businessman', 'consumer'])[r.kept], ''), 'epoch'::timestamptz
		from original_person u left join known_role r on r.id = u.id order by u.kept, r.kept on conflict do nothing`,
}

// types are the framework's, by which reactions and notifications say what they are about. Here that is a word.
var types = []string{
	merged("django_content_type", "select s.id, 'is_a_word', s.model from django_content_type s where "+batch+" and "+needed),
	rejected("django_content_type", "select s.id, 'not_needed', s.app_label || '.' || s.model from django_content_type s where "+batch+" and not "+needed),
}

const needed = "(s.app_label = 'foro' and s.model in ('post', 'comment'))"

const batch = "s.id > $1 and s.id <= $2"

// noted are rows of a table, s, of which a note says that they are not taken.
func noted(table string) string { return notedAs(table, "s.id") }

func notedAs(table, id string) string {
	return "exists (select from original_note n where n.table_name = '" + table + "' and n.id = " + id + " and n.fate <> 'changed')"
}

// came says that a post or comment is here, and is the original's.
func came(table, id string) string {
	return "(exists (select from " + table + " t where t.id = " + id + ") and not " + notedAs("foro_"+table, id) + ")"
}

// newID is an id behind all that the original has used, and behind all here.
func newID(table string) string {
	return `greatest((select coalesce(max(id), 0) from ` + table + `), (select coalesce(max(last_id), 0) from original_staged where table_name = 'foro_` + table + `'))
		+ row_number() over (order by s.id)`
}

func rejected(table, query string) string { return original.Note(table, original.Rejected, query) }
func changed(table, query string) string  { return original.Note(table, original.Changed, query) }
func merged(table, query string) string   { return original.Note(table, original.Merged, query) }
