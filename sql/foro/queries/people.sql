-- PersonJoin makes somebody known to the forum; who is there keeps what is known of them.
-- name: PersonJoin :execrows
insert into person (user_id, role) values (@user_id, @role) on conflict do nothing;

-- PersonLock keeps somebody from going until the commit.
-- name: PersonLock :many
select * from person where user_id = @user_id for share;

-- PersonLockAlone lets whoever changes what a person has do so one after another.
-- name: PersonLockAlone :many
select * from person where user_id = @user_id for no key update;

-- name: PeopleByID :many
select * from person where user_id = any(@user_ids::bigint[]);

-- name: PersonSetRole :exec
update person set role = @role where user_id = @user_id and role <> @role;

-- PersonGo: somebody is gone, also one whom the forum did not know. Nothing late refers to them from now on.
-- name: PersonGo :exec
insert into person (user_id, gone, forgetting) values (@user_id, true, true) on conflict (user_id) do update set gone = true, forgetting = true where not person.gone;
