-- CodesLately counts requests of the last hour: of the number, of the address, of all.
-- name: CodesLately :one
select
    (select count(*) from codes c where c.phone = @phone and c.created_at > now() - interval '1 hour') as by_phone,
    (select count(*) from codes c where c.address = @address and c.created_at > now() - interval '1 hour') as by_address,
    (select count(*) from codes c where c.created_at > now() - interval '1 hour') as total;

-- CodesReplace ends a subject's earlier codes: only one lives.
-- name: CodesReplace :exec
update codes set state = 'replaced', hash = null where purpose = $1 and subject = $2 and state in ('waiting', 'sent');

-- name: CodeInsert :one
insert into codes (purpose, subject, user_id, phone, typed, address, expires_at) values ($1, $2, $3, $4, $5, $6, $7) returning id;

-- name: CodeForUpdate :one
select * from codes where id = $1 for update;

-- CodeSent keeps the hash of the code that is on its way now.
-- name: CodeSent :exec
update codes set hash = $2, salt = $3, guesses = 0, state = 'sent' where id = $1;

-- name: CodeEnd :exec
update codes set state = $2, hash = null where id = $1;

-- CodeGuess takes one of the guesses of the code that the subject may still enter. One that is still to
-- be sent has no hash, but the work is the same.
-- name: CodeGuess :one
update codes set guesses = codes.guesses + 1 where codes.id = (
    select c.id from codes c where c.purpose = @purpose and c.subject = @subject and c.state in ('waiting', 'sent') and c.expires_at > now()
    order by c.id desc limit 1)
and codes.guesses < @most
returning *;

-- CodeUse ends a code that was entered; no row when somebody else just did.
-- name: CodeUse :execrows
update codes set state = 'used', hash = null where id = $1 and state = 'sent';

-- CodesLock makes requests wait for each other, so that none slips past the caps. The number is any.
-- name: CodesLock :exec
select pg_advisory_xact_lock(7002001);

-- name: CodesPurge :execrows
delete from codes where id in (select c.id from codes c where c.created_at < now() - interval '2 days' order by c.created_at limit 5000);

-- CodesOf are the requests of a user that are still known.
-- name: CodesOf :many
select id, purpose, phone, address, state, created_at from codes where user_id = @user_id order by id desc limit 100;
