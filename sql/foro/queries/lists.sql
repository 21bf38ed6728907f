-- Feed is visible posts of the communities that somebody is in, newest first. The newest so many posts are
-- of the so many communities that have the newest ones: so every community is asked for one post alone, and
-- those few for theirs.
-- name: Feed :many
with newest as (
    select m.community_id from member m cross join lateral (
        select id from post where community_id = m.community_id and state = 'visible' and id < @before_id::bigint order by id desc limit 1) first
    where m.user_id = @user_id
    order by first.id desc limit @reach::integer
)
select p.id from newest n cross join lateral (
    select id from post where community_id = n.community_id and state = 'visible' and id < @before_id::bigint order by id desc limit @reach::integer) p
order by p.id desc limit @max_rows offset @skip;

-- name: FeedCount :one
select count(*) from (
    select from member m cross join lateral (
        select from post where community_id = m.community_id and state = 'visible' limit @max_rows::integer) p
    where m.user_id = @user_id limit @max_rows::integer) bounded;
