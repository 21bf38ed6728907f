-- UserInsert makes a user and returns the whole row.
-- name: UserInsert :one
insert into users (phone, phone_typed, password, role, full_name, last_name, bio, latitude, longitude, is_active, is_staff, is_superuser, searchable)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $10, $11, @searchable)
returning *;

-- name: UserByID :one
select * from users where id = $1;

-- UserForUpdate locks the row: whoever changes a user does so one after another.
-- name: UserForUpdate :one
select * from users where id = $1 for update;

-- name: UserByPhone :one
select * from users where phone = $1;

-- name: UsersByIDs :many
select id, full_name, last_name, picture, role, is_active from users where id = any(@ids::bigint[]);

-- name: PhonesByIDs :many
select id, phone from users where id = any(@ids::bigint[]);

-- name: UserUpdate :one
update users set phone = $2, phone_typed = $3, role = $4, full_name = $5, last_name = $6, bio = $7, latitude = $8, longitude = $9,
    is_active = $10, is_staff = $11, is_superuser = $12, searchable = @searchable
where id = $1
returning *;

-- name: UserSetPassword :exec
update users set password = $2 where id = $1;

-- UserRehash replaces a hash only while it is still the one that was verified.
-- name: UserRehash :execrows
update users set password = @new where id = @id and password = @old;

-- name: UserLoggedIn :exec
update users set last_login = now() where id = $1;

-- name: UserDelete :execrows
delete from users where id = $1;

-- UserPage lists users by id: a numbered page by skip, or a walk by after.
-- name: UserPage :many
select * from users where id > @after order by id limit @amount offset @skip;

-- name: UserCount :one
select count(*) from (select from users limit @most::int) bounded;

-- UserSearchNear looks through the next users alone. That finds enough for common words, whose matches
-- are everywhere, and costs the same for all words.
-- name: UserSearchNear :many
select * from users
where id in (select near.id from users near where near.id > @after order by near.id limit @near)
    and not exists (select from unnest(@words::text[]) word
        where strpos(searchable, word) = 0 and not (@phones::boolean and strpos(phone, word) > 0))
order by id limit @amount offset @skip;

-- UserSearch finds all candidates by their pieces before it puts them in order: the array is made first,
-- so that no plan walks through all users to find the few that a rare word has.
-- name: UserSearch :many
select users.* from users
where users.id > @after and users.id = any(array(
    select found.id from users found
    where (pieces(found.searchable, '') || pieces(found.phone, '#') @> @names::text[]
            or pieces(found.searchable, '') || pieces(found.phone, '#') @> @numbers::text[])
        and not exists (select from unnest(@words::text[]) word
            where strpos(found.searchable, word) = 0 and not (@phones::boolean and strpos(found.phone, word) > 0))
))
order by users.id limit @amount offset @skip;

-- name: UserSearchCount :one
select count(*) from (
    select from users
    where (pieces(searchable, '') || pieces(phone, '#') @> @names::text[] or pieces(searchable, '') || pieces(phone, '#') @> @numbers::text[])
        and not exists (select from unnest(@words::text[]) word
            where strpos(searchable, word) = 0 and not (@phones::boolean and strpos(phone, word) > 0))
    limit @most::int
) bounded;

-- name: UserSetPicture :one
update users set picture = @picture, picture_id = @picture_id where id = @id
returning *;

-- name: UsersWithPicture :many
select id from users where picture_id = @picture_id and picture_id <> 0 order by id;
