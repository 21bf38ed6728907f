-- Kind of the user's profile.
-- name: OwnerKind :one
select kind from owner where user_id = @user_id;

-- Kind of the user's profile; whoever asks has the user's rows for themselves until the commit.
-- name: OwnerLock :one
select kind from owner where user_id = @user_id for update;

-- The user's first profile is going to be of this kind. Counts 0 when the user has a kind already.
-- name: OwnerInsert :execrows
insert into owner (user_id, kind) values (@user_id, @kind) on conflict do nothing;

-- From now on the user's profile is the row of this kind.
-- name: OwnerSetKind :exec
update owner set kind = @kind where user_id = @user_id;

-- The user is gone, known before or not.
-- name: OwnerGone :exec
insert into owner (user_id, kind) values (@user_id, 'gone') on conflict (user_id) do update set kind = 'gone';
