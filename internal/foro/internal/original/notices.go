package original

// Notifications come by whom they are for, so that those that say the same are together.
const (
	ofRecipients = "s.recipient_id > $1 and s.recipient_id <= $2"
	noticeHere   = "exists (select from notification t join original_person u on u.id = s.recipient_id and u.kept = t.recipient_id where t.id = s.id and t.type = s.notif_type)"
	// unread says that what is unread here, t, says the same as the original's, x.
	unread = "not t.read and t.recipient_id = x.recipient_id and t.type = x.type and t.post_id = x.post_id and t.comment_id is not distinct from x.comment_id"
)

var notices = []string{
	rejected("foro_notification", `select * from (select s.id, case
			when u.id is null then 'recipient_unknown'
			when s.notif_type not in ('post_reply', 'comment_reply', 'post_reaction', 'comment_reaction') then 'type_unknown'
			when coalesce(y.model, '') not in ('post', 'comment') then 'about_nothing'
			when y.model = 'post' and not `+came("post", "s.object_id")+` or y.model = 'comment' and not `+came("comment", "s.object_id")+` then 'target_not_taken'
			when u.kept = a.kept then 'own_deed'
			when exists (select from notification t where t.id = s.id) and not `+noticeHere+` then 'id_is_anothers' end as rule,
			concat_ws(' ', 'user', s.recipient_id, s.notif_type, y.model, s.object_id)
		from foro_notification s `+about+` left join original_person u on u.id = s.recipient_id left join original_person a on a.id = s.actor_id
		where `+ofRecipients+`) x where rule is not null`),
	// About a comment of the recipient's, when there is one: the comment itself, or what it answers.
	`insert into original_notice
		select x.*, row_number() over (partition by x.recipient_id, x.type, x.post_id, x.comment_id, s.read order by s.created_at desc, s.id desc), 1
		from foro_notification s join lateral (
			select s.id, u.kept as recipient_id, coalesce(a.kept, 0) as actor_id, s.notif_type as type, coalesce(c.post_id, s.object_id) as post_id,
				case when s.notif_type in ('comment_reply', 'comment_reaction') then case when c.user_id <> u.kept and m.user_id = u.kept then m.id else c.id end end as comment_id, c.id as opens_id
			from original_person u left join original_person a on a.id = s.actor_id join django_content_type y on y.id = s.content_type_id and y.app_label = 'foro'
			left join comment c on y.model = 'comment' and c.id = s.object_id left join comment m on m.id = c.parent_id
			where u.id = s.recipient_id) x on true
		where ` + ofRecipients + " and not " + noted("foro_notification"),
	`update original_notice x set actors = w.actors from (
			select o.recipient_id, o.type, o.post_id, o.comment_id, count(distinct o.actor_id) as actors from original_notice o join foro_notification n on n.id = o.id and not n.read
			group by 1, 2, 3, 4) w, foro_notification s
		where s.id = x.id and ` + ofRecipients + ` and not s.read and x.n = 1 and (w.recipient_id, w.type, w.post_id) = (x.recipient_id, x.type, x.post_id)
			and w.comment_id is not distinct from x.comment_id`,
	merged("foro_notification", `select s.id, 'same_unread', '' from foro_notification s join original_notice x on x.id = s.id
		where `+ofRecipients+" and not s.read and (x.n > 1 or exists (select from notification t where "+unread+" and t.id <> s.id))"),
	`insert into notification (id, recipient_id, type, post_id, comment_id, opens_id, actor_id, actors_count, read, created_at, updated_at)
		select x.id, x.recipient_id, x.type, x.post_id, x.comment_id, x.opens_id, x.actor_id, x.actors, s.read, s.created_at, s.created_at
		from foro_notification s join original_notice x on x.id = s.id where ` + ofRecipients + " and not " + noted("foro_notification") + `
			and not exists (select from notification t where t.id = s.id) order by s.id`,
	"delete from original_notice x using foro_notification s where s.id = x.id and " + ofRecipients,
}
