-- name: TagByName :many
select * from tag where name = @name;

-- name: TagsByID :many
select * from tag where id = any(@ids::bigint[]);

-- name: TagsOfPost :many
select tag_id from post_tag where post_id = @post_id order by tag_id;

-- FollowersOfPerson are some of those who follow somebody, by their ids.
-- name: FollowersOfPerson :many
select user_id from watch where person_id = @person_id::bigint and not muted and user_id > @after_id order by user_id limit @max_rows;

-- name: FollowersOfPost :many
select user_id from watch where post_id = @post_id::bigint and not muted and user_id > @after_id order by user_id limit @max_rows;

-- FollowersOfTags are some of those who follow any of some tags, each once.
-- name: FollowersOfTags :many
select distinct f.user_id from unnest(@tag_ids::bigint[]) t(id) cross join lateral (
    select user_id from watch where tag_id = t.id and not muted and user_id > @after_id order by user_id limit @max_rows::integer) f
order by f.user_id limit @max_rows::integer;

-- FollowedPosts are those of those whom somebody follows, who show their names, and with the tags that they follow,
-- newest first. The newest so many posts are of the so many people who have the newest ones, and have tags of which
-- a post has five at most: so each person and each tag is asked for one post alone, and those few for theirs.
-- name: FollowedPosts :many
with people as (
    select w.person_id from watch w cross join lateral (
        select a.id from post a where a.author_id = w.person_id and a.state = 'visible' and not a.anonymous and a.id < @before_id
        order by a.id desc limit 1) first
    where w.user_id = @user_id and not w.muted and w.person_id is not null
    order by first.id desc limit @reach::integer
), tags as (
    select w.tag_id from watch w cross join lateral (
        select p.id from post_tag t join post p on p.id = t.post_id and p.state = 'visible'
        where t.tag_id = w.tag_id and t.post_id < @before_id order by t.post_id desc limit 1) first
    where w.user_id = @user_id and not w.muted and w.tag_id is not null
    order by first.id desc limit @tags_reach::integer
)
select both_ways.id::bigint as id from (
    select a.id from people cross join lateral (
        select o.id from post o where o.author_id = people.person_id and o.state = 'visible' and not o.anonymous and o.id < @before_id
        order by o.id desc limit @reach::integer) a
    union
    select b.id from tags cross join lateral (
        select q.id from post_tag t join post q on q.id = t.post_id and q.state = 'visible'
        where t.tag_id = tags.tag_id and t.post_id < @before_id order by t.post_id desc limit @reach::integer) b
) both_ways order by both_ways.id desc limit @max_rows offset @skip;

-- WatchesForget removes some of what somebody follows and mutes, and of who follows and mutes them.
-- name: WatchesForget :execrows
delete from watch where id = any(array(
    (select w.id from watch w where w.user_id = @user_id and w.post_id is not null limit @max_rows)
    union all
    (select w.id from watch w where w.user_id = @user_id and w.tag_id is not null limit @max_rows)
    union all
    (select w.id from watch w where w.user_id = @user_id and w.person_id is not null limit @max_rows)
    union all
    (select w.id from watch w where w.person_id = @user_id limit @max_rows)));
