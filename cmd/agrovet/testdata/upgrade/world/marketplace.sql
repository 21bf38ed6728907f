-- What people do around adverts.
update add set expires_at = '2099-01-01' where status = 'active';
insert into person (user_id) values (1), (2), (3) on conflict do nothing;
insert into follow (follower_id, following_id) values (1, 2), (2, 3) on conflict do nothing;
insert into favourite (user_id, add_id) select 1, min(id) from add on conflict do nothing;
insert into block (blocker_id, blocked_id) values (3, 1) on conflict do nothing;
insert into add_image (add_id, position, media_id) select min(id), 0, 1 from add on conflict do nothing;
insert into add_views (add_id, views) select id, 7 from add order by id limit 2 on conflict do nothing;
insert into add_view_day (day, add_id, viewer) select extract(epoch from now())::int / 86400, id, gen_random_uuid() from add order by id limit 2;

-- An advert was reported and left alone, another one waits for staff.
insert into add_decision (add_id, publisher_id, actor_id, decision, reason, reports, flags, at) select id, publisher_id, 1, 'dismiss', 'El precio es real', 1, 1, now() from add order by id limit 1;
insert into add_report (add_id, reporter_id, reason, note, at, decision_id) select add_id, 3, 'scam', 'Muy barato', at, id from add_decision;
insert into add_flag (add_id, rule, evidence, fingerprint, at, decision_id) select add_id, 'price', '1 BOB', 42, at, id from add_decision;
insert into add_report (add_id, reporter_id, reason, at) select id, 3, 'sold', now() from add where status = 'active' order by id desc limit 1;
insert into add_case (add_id, publisher_id, open, rank, since, decision_id, created_at) select add_id, publisher_id, false, 1, at, id, at from add_decision;
insert into add_case (add_id, publisher_id, open, rank, since, created_at) select r.add_id, a.publisher_id, true, 0, r.at, r.at from add_report r join add a on a.id = r.add_id where r.decision_id is null;

-- A saved search has found an advert.
insert into search (user_id, name, wanted, alerts) values (1, 'Toros cerca', '{"search": "toro"}', true), (2, 'Alfalfa', '{"search": "alfalfa"}', false);
insert into search_version (search_id, wanted, shape, from_at) select id, wanted, 1, now() from search where alerts;
insert into search_anchor (anchor, version_id) select 4711, id from search_version;
insert into alert (user_id, search_id, add_id) select s.user_id, s.id, (select min(id) from add where status = 'active') from search s where s.alerts;
