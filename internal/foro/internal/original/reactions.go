package original

// Reactions come by the number of what they are to, so that all of a person's to it are together.
const (
	ofObjects    = "s.object_id > $1 and s.object_id <= $2"
	about        = "left join django_content_type y on y.id = s.content_type_id and y.app_label = 'foro'"
	reactionHere = `exists (select from original_person u join django_content_type y on y.id = s.content_type_id and y.app_label = 'foro'
		join reaction t on t.user_id = u.kept and t.type = s.type and (y.model = 'post' and t.post_id = s.object_id or y.model = 'comment' and t.comment_id = s.object_id)
		where u.id = s.user_id)`
	// same says that a reaction here, t, is in the place of the original's, r.
	same = "t.user_id = r.user_id and (t.type = 'heart') = (r.type = 'heart') and (t.post_id = r.post_id or t.comment_id = r.comment_id)"
)

// affine counts reactions, f, for or against what people have to do with authors (core.weights).
func affine(sign string) string {
	return `insert into affinity as a (user_id, author_id, weight)
		select f.user_id, coalesce(p.author_id, c.user_id), ` + sign + `sum(case when f.comment_id is null then 2 else 1 end) from f
		left join post p on p.id = f.post_id and not p.anonymous left join comment c on c.id = f.comment_id and not c.anonymous
		where coalesce(p.author_id, c.user_id, 0) not in (0, f.user_id) group by 1, 2 order by 1, 2
		on conflict (user_id, author_id) do update set weight = a.weight + excluded.weight`
}

var reactions = []string{
	rejected("foro_reaction", `select * from (select s.id, case
			when not exists (select from original_person u where u.id = s.user_id) then 'user_unknown'
			when s.type not in ('heart', 'like', 'dislike') then 'reaction_unknown'
			when coalesce(y.model, '') not in ('post', 'comment') then 'target_not_reacted_to'
			when y.model = 'post' and not `+came("post", "s.object_id")+` or y.model = 'comment' and not `+came("comment", "s.object_id")+` then 'target_not_taken' end as rule,
			concat_ws(' ', 'user', s.user_id, s.type, y.model, s.object_id) from foro_reaction s `+about+" where "+ofObjects+`) x where rule is not null`),
	`insert into original_reaction
		select s.id, u.kept, s.type, case y.model when 'post' then s.object_id end, case y.model when 'comment' then s.object_id end, s.created_at,
			row_number() over (partition by u.kept, y.model, s.object_id, s.type = 'heart' order by s.created_at desc, s.id desc)
		from foro_reaction s join original_person u on u.id = s.user_id ` + about + " where " + ofObjects + " and not " + noted("foro_reaction"),
	merged("foro_reaction", "select s.id, 'newer_one', s.type from foro_reaction s join original_reaction r on r.id = s.id where "+ofObjects+" and r.n > 1"),
	merged("foro_reaction", `select s.id, 'newer_one_here', t.type from foro_reaction s join original_reaction r on r.id = s.id join reaction t on `+same+`
		where `+ofObjects+" and r.n = 1 and t.type <> r.type and t.created_at >= r.created_at"),
	`with f as (delete from reaction t using foro_reaction s join original_reaction r on r.id = s.id and r.n = 1
			where ` + ofObjects + " and " + same + ` and t.type <> r.type and t.created_at < r.created_at returning t.user_id, t.post_id, t.comment_id) ` + affine("-"),
	`with f as (
			insert into reaction (id, user_id, post_id, comment_id, type, created_at)
			select case when exists (select from reaction t where t.id = s.id) then ` + newID("reaction") + ` else s.id end, r.user_id, r.post_id, r.comment_id, r.type, r.created_at
			from foro_reaction s join original_reaction r on r.id = s.id and r.n = 1 where ` + ofObjects + " and not exists (select from reaction t where " + same + `)
			order by s.id returning user_id, post_id, comment_id) ` + affine(""),
	"delete from original_reaction r using foro_reaction s where s.id = r.id and " + ofObjects,
}
