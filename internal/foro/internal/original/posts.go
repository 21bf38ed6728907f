package original

const postHere = "exists (select from post t where t.id = s.id and t.created_at = s.created_at)"

var posts = []string{
	rejected("foro_post", "select s.id, 'id_is_anothers', '' from foro_post s join post p on p.id = s.id where "+batch+" and not "+postHere),
	rejected("foro_post", "select s.id, 'deleted_since', '' from foro_post s where "+batch+" and s.again and not exists (select from post p where p.id = s.id)"),
	`update post p set title = trim(s.title), content = s.content, updated_at = s.updated_at from foro_post s
		where ` + batch + ` and s.again and p.id = s.id and p.created_at = s.created_at and p.version = 1 and p.edited_at is null
			and (p.title, p.content) is distinct from (trim(s.title), s.content)`,
	`insert into post (id, author_id, question, title, content, media_id, community_id, created_at, updated_at, views_count, waited)
		select s.id, coalesce(u.kept, 0), trim(s.title) ~ '^¿|\?$', trim(s.title), s.content, d.kept, c.id, s.created_at, s.updated_at, s.views_count, true
		from foro_post s left join original_person u on u.id = s.author_id left join known_media d on d.id = s.media_id
		left join original_community o on o.id = s.community_id left join community c on c.id = o.kept and not c.gone
		where ` + batch + " and not " + noted("foro_post") + ` and not exists (select from post p where p.id = s.id) order by s.id`,
	changed("foro_post", "select s.id, 'author_unknown', 'user ' || s.author_id from foro_post s where "+batch+" and not exists (select from original_person u where u.id = s.author_id) and "+postHere),
	changed("foro_post", `select s.id, 'file_unknown', 'media ' || s.media_id from foro_post s
		where `+batch+" and s.media_id is not null and not exists (select from known_media d where d.id = s.media_id) and "+postHere),
	changed("foro_post", `select s.id, 'community_unknown', 'community ' || s.community_id from foro_post s where `+batch+` and s.community_id is not null
		and not exists (select from original_community o join community c on c.id = o.kept and not c.gone where o.id = s.community_id) and `+postHere),
}

// Comments come by their posts.
const (
	commentHere = "exists (select from comment t where t.id = s.id and t.post_id = s.post_id and t.created_at = s.created_at)"
	ofPosts     = "s.post_id > $1 and s.post_id <= $2"
	// answers says that a row of the original's, s, answers another, p.
	answers = "p.id = s.parent_id and p.post_id = s.post_id and p.id < s.id"
)

var comments = []string{
	rejected("foro_comment", "select s.id, 'post_not_taken', 'post ' || s.post_id from foro_comment s where "+ofPosts+" and not "+came("post", "s.post_id")),
	rejected("foro_comment", "select s.id, 'id_is_anothers', '' from foro_comment s join comment c on c.id = s.id where "+ofPosts+" and not "+commentHere),
	rejected("foro_comment", "select s.id, 'deleted_since', '' from foro_comment s where "+ofPosts+" and s.again and not exists (select from comment c where c.id = s.id)"),
	`update comment c set content = s.content, updated_at = s.updated_at from foro_comment s
		where ` + ofPosts + ` and s.again and c.id = s.id and c.created_at = s.created_at and c.version = 1 and c.edited_at is null and c.state <> 'deleted' and c.content <> s.content`,
	// 50 is foro.MaxDepth.
	`with recursive fresh as (
			select s.* from foro_comment s where ` + ofPosts + " and not " + noted("foro_comment") + ` and not exists (select from comment c where c.id = s.id)),
		tree as (
			select s.id, case when p.depth >= 50 then p.parent_id else p.id end as parent_id, least(50, coalesce(p.depth + 1, 0)) as depth
			from fresh s left join comment p on ` + answers + ` and ` + "not " + notedAs("foro_comment", "p.id") + `
			where not exists (select from fresh p where ` + answers + `)
			union all
			select s.id, case when p.depth >= 50 then p.parent_id else p.id end, least(50, p.depth + 1) from fresh s join tree p on p.id = s.parent_id
			join fresh f on f.id = p.id and f.post_id = s.post_id and f.id < s.id)
		insert into original_reply select id, parent_id, depth from tree`,
	`with fresh as (
			insert into comment (id, post_id, parent_id, depth, user_id, content, media_id, created_at, updated_at)
			select s.id, s.post_id, r.parent_id, r.depth, coalesce(u.kept, 0), s.content, d.kept, s.created_at, s.updated_at
			from foro_comment s join original_reply r on r.id = s.id left join original_person u on u.id = s.user_id left join known_media d on d.id = s.media_id
			where ` + ofPosts + ` order by s.id returning user_id, post_id)
		insert into affinity as a (user_id, author_id, weight) select f.user_id, p.author_id, 3 * count(*) from fresh f join post p on p.id = f.post_id
		where f.user_id <> p.author_id and f.user_id <> 0 and p.author_id <> 0 and not p.anonymous group by 1, 2 order by 1, 2
		on conflict (user_id, author_id) do update set weight = a.weight + excluded.weight`,
	changed("foro_comment", `select s.id, case when r.parent_id is null then 'answers_nothing_here' else 'too_deep' end, 'parent ' || s.parent_id
		from foro_comment s join original_reply r on r.id = s.id where `+ofPosts+" and s.parent_id is distinct from r.parent_id"),
	changed("foro_comment", "select s.id, 'author_unknown', 'user ' || s.user_id from foro_comment s where "+ofPosts+" and not exists (select from original_person u where u.id = s.user_id) and "+commentHere),
	changed("foro_comment", `select s.id, 'file_unknown', 'media ' || s.media_id from foro_comment s
		where `+ofPosts+" and s.media_id is not null and not exists (select from known_media d where d.id = s.media_id) and "+commentHere),
	"delete from original_reply r using foro_comment s where s.id = r.id and " + ofPosts,
}
