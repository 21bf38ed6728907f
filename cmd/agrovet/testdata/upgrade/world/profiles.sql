-- Documents of a specialist were looked at, and pictures are shown.
insert into work_image (user_id, position, media_id) select user_id, 1, 1 from specialist order by user_id limit 1 on conflict do nothing;
insert into product (user_id, position, media_id) select user_id, 1, 1 from businessman order by user_id limit 1 on conflict do nothing;
with one as (select user_id from specialist where verification_state = 'none' order by user_id limit 1),
    shown as (update specialist s set verification_state = 'verified', verified_type = 'title', verified_until = '2099-12-31' from one where one.user_id = s.user_id),
    decided as (insert into verification (user_id, status, licence_number, licence_body, licence_country, decided_at, decided_by, type, expires_on)
        select user_id, 'verified', 'CMV-1024', 'Colegio de Médicos Veterinarios', 'BO', now(), 1, 'title', '2099-12-31' from one returning id, user_id)
insert into verification_history (user_id, verification_id, actor_id, what) select user_id, id, 1, 'verified' from decided;
