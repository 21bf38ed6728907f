-- PersonJoin makes somebody known to the forum; who is there keeps what is known of them.
-- name: PersonJoin :execrows
insert into person (user_id, role) values (@user_id, @role) on conflict do nothing;

-- PersonKnows stores what somebody is as a specialist, known to the forum or not.
-- name: PersonKnows :exec
insert into person (user_id, verified, species, latitude, longitude) values (@user_id, @verified, @species, sqlc.narg(latitude), sqlc.narg(longitude))
on conflict (user_id) do update set verified = excluded.verified, species = excluded.species, latitude = excluded.latitude, longitude = excluded.longitude where not person.gone;

-- PeopleJoin makes people known to the forum whose role it does not know.
-- name: PeopleJoin :exec
insert into person (user_id) select id from unnest(@user_ids::bigint[]) as u(id) order by id on conflict do nothing;

-- PeopleStay keeps people from going until the commit; who is gone is left out.
-- name: PeopleStay :many
select user_id from (select user_id, gone from person where user_id = any(@user_ids::bigint[]) order by user_id for share) p where not gone;

-- PersonLock keeps somebody from going until the commit.
-- name: PersonLock :many
select * from person where user_id = @user_id for share;

-- PersonLockAlone lets whoever changes what a person has do so one after another.
-- name: PersonLockAlone :many
select * from person where user_id = @user_id for no key update;

-- name: PeopleByID :many
select * from person where user_id = any(@user_ids::bigint[]);

-- name: PersonSetRole :exec
update person set role = @role where user_id = @user_id and role <> @role and not gone;
