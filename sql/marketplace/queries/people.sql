-- PeopleMake sees to it that there are rows to lock, in the order in which they are locked.
-- name: PeopleMake :exec
insert into person (user_id) select id from unnest(@ids::bigint[]) id order by id on conflict do nothing;

-- PersonForUpdate locks a person whose things change.
-- name: PersonForUpdate :one
select gone from person where user_id = @user_id for update;

-- PersonForShare keeps a person from going while others refer to them.
-- name: PersonForShare :one
select gone from person where user_id = @user_id for share;

-- name: PersonGone :exec
insert into person (user_id, gone) values (@user_id, true) on conflict (user_id) do update set gone = true;

-- FollowInsert returns no row when it is there already.
-- name: FollowInsert :many
insert into follow (follower_id, following_id) values (@follower_id, @following_id) on conflict do nothing returning *;

-- name: FollowByID :many
select * from follow where id = @id;

-- name: FollowByPair :many
select * from follow where follower_id = @follower_id and following_id = @following_id;

-- name: FollowDelete :execrows
delete from follow where id = @id;

-- name: FollowDeletePair :exec
delete from follow where follower_id = @follower_id and following_id = @following_id;

-- Following is whom somebody follows.
-- name: Following :many
select * from follow where follower_id = @user_id and id > @after_id order by id limit @max_rows offset @skip;

-- Followers is who follows somebody, newest first.
-- name: Followers :many
select * from follow where following_id = @user_id and id < @before_id order by id desc limit @max_rows offset @skip;

-- name: FollowingCount :one
select count(*) from (select from follow where follower_id = @user_id limit @max_rows) bounded;

-- name: FollowersCount :one
select count(*) from (select from follow where following_id = @user_id limit @max_rows) bounded;

-- FollowsForget removes some of what somebody follows and who follows them.
-- name: FollowsForget :execrows
delete from follow where id = any(array(
    select id from (
        (select f.id from follow f where f.follower_id = @user_id limit @max_rows)
        union all
        (select g.id from follow g where g.following_id = @user_id limit @max_rows)) both_ways));

-- Feed is active adverts of those whom somebody follows, newest first. The newest so many adverts are
-- of the so many people who have the newest ones: so everybody is asked for one advert alone, and those
-- few for theirs.
-- name: Feed :many
with newest as (
    select f.following_id from follow f cross join lateral (
        select id, created_at from add where publisher_id = f.following_id and status = 'active'
            and (created_at, id) < (@before_at::timestamptz, @before_id::bigint)
        order by created_at desc, id desc limit 1) first
    where f.follower_id = @user_id
    order by first.created_at desc, first.id desc limit @reach::integer
)
select a.id from newest n cross join lateral (
    select id, created_at from add where publisher_id = n.following_id and status = 'active'
        and (created_at, id) < (@before_at::timestamptz, @before_id::bigint)
    order by created_at desc, id desc limit @reach::integer) a
order by a.created_at desc, a.id desc limit @max_rows offset @skip;

-- name: FeedCount :one
select count(*) from (
    select from follow f cross join lateral (
        select from add where publisher_id = f.following_id and status = 'active' limit @max_rows::integer) a
    where f.follower_id = @user_id limit @max_rows::integer) bounded;

-- name: FavouriteInsert :execrows
insert into favourite (user_id, add_id) values (@user_id, @add_id) on conflict do nothing;

-- name: FavouriteDelete :exec
delete from favourite where user_id = @user_id and add_id = @add_id;

-- Favourites are somebody's, the last first.
-- name: Favourites :many
select * from favourite where user_id = @user_id and id < @before_id order by id desc limit @max_rows offset @skip;

-- name: FavouritesCount :one
select count(*) from (select from favourite where user_id = @user_id limit @max_rows) bounded;

-- FavouritesAmong tells which of these adverts are somebody's favourites.
-- name: FavouritesAmong :many
select add_id from favourite where user_id = @user_id and add_id = any(@add_ids::bigint[]);

-- name: FavouritesForget :exec
delete from favourite where user_id = @user_id;

-- name: BlockInsert :execrows
insert into block (blocker_id, blocked_id) values (@blocker_id, @blocked_id) on conflict do nothing;

-- name: BlockDelete :exec
delete from block where blocker_id = @blocker_id and blocked_id = @blocked_id;

-- name: BlockExists :one
select exists (select from block where blocker_id = @blocker_id and blocked_id = @blocked_id);

-- Blocked are those whose adverts somebody does not want to see.
-- name: Blocked :many
select blocked_id from block where blocker_id = @user_id limit @max_rows;

-- Blocks are the same as a list, the last first.
-- name: Blocks :many
select * from block where blocker_id = @user_id and id < @before_id order by id desc limit @max_rows offset @skip;

-- name: BlocksCount :one
select count(*) from (select from block where blocker_id = @user_id limit @max_rows) bounded;

-- name: BlocksForget :exec
delete from block where blocker_id = @user_id or blocked_id = @user_id;

-- BlockersAmong are those of some people who have blocked a publisher.
-- name: BlockersAmong :many
select blocker_id from block where blocked_id = @blocked_id and blocker_id = any(@user_ids::bigint[]);
