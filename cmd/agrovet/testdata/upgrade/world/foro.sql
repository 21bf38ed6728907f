-- What people keep, write and see.
insert into revision (post_id, version, title, content) select id, 1, 'Como era antes', 'El texto de antes' from post order by id limit 1;
insert into draft (user_id, title, content, species, tags) values (1, 'Sin terminar', '¿Alguien sabe', '{bovinos}', '{leche}');
insert into mention (post_id, user_id) select max(id), 1 from post on conflict do nothing;
insert into post_view (day, post_id, viewer) select extract(epoch from now())::int / 86400, id, gen_random_uuid() from post order by id limit 2;
insert into notice_preference (user_id, off, quiet_from, quiet_to, time_zone) values (1, '{foro.reaction}', 1320, 360, 'America/La_Paz');
insert into watch (user_id, tag_id, muted) select 2, min(id), false from tag on conflict do nothing;

-- Somebody was put out of a community of theirs.
insert into community (name, slug, short_description, created_by) values ('Criadores de llamas', 'llamas', 'Del altiplano', 1);
insert into community_words (community_id, beginnings) select id, '{l,ll,lla,llam,llama,llamas}' from community where slug = 'llamas';
insert into member (community_id, user_id, role) select id, 1, 'owner' from community where slug = 'llamas';
insert into ban (community_id, user_id, by_id) select id, 3, 1 from community where slug = 'llamas';

-- Moderators have decided, and one of those whom it concerns appeals.
insert into decision (post_id, author_id, anonymous, actor_id, role, decision, reason, days, at)
    select id, author_id, anonymous, 1, 'staff', 'suspend', 'Insultos', 3, now() from post where author_id > 1 order by id limit 1;
insert into suspension (user_id, decision_id, since, until, lifted_at) select author_id, id, at, at + interval '3 days', at from decision;
update person set suspended = true where user_id in (select user_id from suspension);
insert into withheld (suspension_id, post_id, comment_id) select s.id, c.post_id, c.id from suspension s, comment c order by c.id limit 1;
insert into moderation_case (kind, post_id, author_id, rank, place, opened_at, decision_id) select 'report', post_id, author_id, 2, -1700000000000000, at, id from decision;
insert into moderation_case (kind, post_id, author_id, rank, place, appeals, said, opened_at) select 'appeal', post_id, author_id, 1, 1700000000000000, id, 'No era un insulto', at from decision;
insert into report (case_id, reporter_id, reason, note, at) select id, 1, 'offensive', 'Mal tono', opened_at from moderation_case where kind = 'report';
insert into flag (case_id, rule, evidence, fingerprint, at) select id, 'phone', '70020001', 42, opened_at from moderation_case where kind = 'report';
insert into alike_text (user_id, alike, times, since) values (2, 4711, 2, now());
insert into newcomer_text (user_id, comment, at) values (2, false, now()), (2, true, now());

-- They are told so.
insert into notification (recipient_id, type, community_id, actor_id, actors_count, decision) select 3, 'membership', id, 0, 1, 'put_out' from community where slug = 'llamas';
insert into notice_cause (recipient_id, kind, object_id, actor_id, notification_id) select 3, 'member 00000000-0000-0000-0000-000000000001', 0, 0, id from notification where type = 'membership';
