-- PostAccept makes a comment the asker's answer, or none.
-- name: PostAccept :exec
update post set accepted_id = sqlc.narg(comment_id) where id = @id;

-- PostSettle finds out whether a question is answered.
-- name: PostSettle :exec
select question_settle(array[@id::bigint]);

-- name: ValidationInsert :execrows
insert into validation (comment_id, user_id) values (@comment_id, @user_id) on conflict do nothing;

-- name: ValidationDelete :execrows
delete from validation where comment_id = @comment_id and user_id = @user_id;

-- PostsWaiting are questions that nobody has answered, the oldest first, locked. Whoever locks one of them just now is waited for another time.
-- name: PostsWaiting :many
select id, author_id, species, latitude, longitude from post
where state = 'visible' and question and not answered and not waited and created_at < @before order by id limit @max_rows for no key update skip locked;

-- name: PostsWaited :exec
update post set waited = true where id = any(@ids::bigint[]);

-- SpecialistsNear are verified ones with a place that know one of some species, or any when there are none, about the nearest first.
-- name: SpecialistsNear :many
select user_id, latitude, longitude from person
where verified and not gone and latitude is not null and (@species::text[] = '{}' or species && @species::text[]) and user_id <> @without
order by point(longitude, latitude) <-> point(@longitude::float8, @latitude::float8) limit @max_rows;

-- SpecialistsAnywhere are verified ones in an order that is another one for each question.
-- name: SpecialistsAnywhere :many
select user_id from person
where verified and not gone and (@species::text[] = '{}' or species && @species::text[]) and user_id <> all(@without::bigint[])
order by hashint8extended(user_id, @seed::bigint), user_id limit @max_rows;
