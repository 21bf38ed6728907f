-- name: VerificationByID :one
select * from verification where id = @id;

-- What the user's state comes from: the pending submission, else the last decision.
-- name: VerificationCurrent :one
select * from verification where user_id = @user_id and status not in ('replaced', 'withdrawn')
order by id desc limit 1;

-- The submission of the user that has this status; pending and verified ones are alone.
-- name: VerificationWith :one
select * from verification where user_id = @user_id and status = @status order by id desc limit 1;

-- name: VerificationInsert :one
insert into verification (user_id, licence_number, licence_body, licence_country, licence_expires_on,
    title_id, student_card_id, graduation_letter_id)
values (@user_id, @licence_number, @licence_body, @licence_country, sqlc.narg(licence_expires_on),
    @title_id, @student_card_id, @graduation_letter_id)
returning id;

-- name: VerificationSetStatus :exec
update verification set status = @status where id = @id;

-- name: VerificationDecide :exec
update verification set status = @status, decided_at = clock_timestamp(), decided_by = @decided_by, type = @type,
    reason = @reason, note = @note, expires_on = sqlc.narg(expires_on)
where id = @id;

-- Submissions of one status, oldest first, from the one behind (after_at, after_id). Those of users who
-- are no specialists at the moment wait, and so do verified ones whose last day is over.
-- name: VerificationsPage :many
select verification.* from verification join owner using (user_id)
where owner.kind = 'specialist' and status = @status and (submitted_at, id) > (@after_at::timestamptz, @after_id::bigint)
    and (status <> 'verified' or expires_on is null or expires_on >= @today)
order by submitted_at, id limit @max_rows offset @skip_rows;

-- name: VerificationsCount :one
select count(*) from (
    select from verification join owner using (user_id)
    where owner.kind = 'specialist' and status = @status and (status <> 'verified' or expires_on is null or expires_on >= @today)
    limit @max_rows
) bounded;

-- Expired submissions, those included that nothing has marked yet.
-- name: VerificationsExpiredPage :many
select verification.* from verification join owner using (user_id)
where owner.kind = 'specialist' and (status = 'expired' or status = 'verified' and expires_on < @today)
    and (submitted_at, id) > (@after_at::timestamptz, @after_id::bigint)
order by submitted_at, id limit @max_rows offset @skip_rows;

-- name: VerificationsExpiredCount :one
select count(*) from (
    select from verification join owner using (user_id)
    where owner.kind = 'specialist' and (status = 'expired' or status = 'verified' and expires_on < @today)
    limit @max_rows
) bounded;

-- All submissions, whatever became of them.
-- name: VerificationsAllPage :many
select verification.* from verification join owner using (user_id)
where owner.kind = 'specialist' and (submitted_at, id) > (@after_at::timestamptz, @after_id::bigint)
order by submitted_at, id limit @max_rows offset @skip_rows;

-- name: VerificationsAllCount :one
select count(*) from (
    select from verification join owner using (user_id) where owner.kind = 'specialist' limit @max_rows
) bounded;

-- Ends whatever there is of the user's.
-- name: VerificationsWithdraw :many
update verification set status = 'withdrawn' where user_id = @user_id and status not in ('replaced', 'withdrawn') returning id;

-- Users whose decision has come to its end, the longest ago first.
-- name: VerificationsDue :many
select user_id from verification where status = 'verified' and expires_on < @today order by expires_on limit @max_rows;

-- name: VerificationRecord :exec
insert into verification_history (user_id, verification_id, actor_id, what, reason, note)
values (@user_id, @verification_id, @actor_id, @what, @reason, @note);

-- What happened to the user's submissions, newest first.
-- name: VerificationHistory :many
select * from verification_history where user_id = @user_id order by id desc limit @max_rows;

-- Removes the user's submissions with their history.
-- name: VerificationsDelete :exec
delete from verification where user_id = @user_id;
