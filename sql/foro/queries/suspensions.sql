-- PersonAdmit keeps somebody from going until the commit. Who came after the given time is locked alone, so
-- that what they write is counted one after another.
-- name: PersonAdmit :many
with newcomer as (
    select p.* from person p where p.user_id = @user_id::bigint and p.since > @newcomer_since::timestamptz for no key update
), other as (
    select p.* from person p where p.user_id = @user_id::bigint and p.since <= @newcomer_since::timestamptz for share
)
select * from newcomer union all select * from other;

-- PeopleLock locks people in the order of their ids.
-- name: PeopleLock :many
select * from person where user_id = any(@user_ids::bigint[]) order by user_id for no key update;

-- name: PersonSuspended :exec
update person set suspended = true where user_id = @user_id and not suspended;

-- name: SuspensionInsert :one
insert into suspension (user_id, community_id, decision_id, since, until, hiding)
values (@user_id, @community_id, @decision_id, @since, @until, @hiding)
returning *;

-- SuspensionInForce is the one that lasts longest of those that keep somebody from some communities, or from
-- all.
-- name: SuspensionInForce :many
select * from suspension
where user_id = @user_id and (community_id = 0 or community_id = any(@communities::bigint[])) and lifted_at is null and until > @now
order by until desc limit 1;

-- name: SuspensionForUpdate :many
select * from suspension where id = @id for no key update;

-- name: SuspensionOfDecision :many
select * from suspension where decision_id = @decision_id;

-- name: SuspensionLift :exec
update suspension set lifted_at = @at where id = @id;

-- Suspensions is a part of all, newest first.
-- name: Suspensions :many
select * from suspension where id < @before_id order by id desc limit @max_rows offset @skip_rows;

-- name: SuspensionsCount :one
select count(*) from (select id from suspension order by id limit @max_rows) bounded;

-- SuspensionsOfCommunities is a part of those of some communities, newest first.
-- name: SuspensionsOfCommunities :many
select found.id from unnest(@communities::bigint[]) m (id)
cross join lateral (
    select s.id from suspension s where s.community_id = m.id and s.id < @before_id::bigint order by s.id desc limit @up_to
) found
order by found.id desc limit @max_rows::integer offset @skip_rows::integer;

-- name: SuspensionsOfCommunitiesCount :one
select count(*) from (select from suspension s where s.community_id = any(@communities::bigint[]) limit @max_rows) bounded;

-- name: SuspensionsByID :many
select * from suspension where id = any(@ids::bigint[]);

-- SuspensionsOf are somebody's, newest first.
-- name: SuspensionsOf :many
select * from suspension where user_id = @user_id order by id desc limit @max_rows;

-- SuspensionWithholding is one that hides what somebody wrote in a community, but for one.
-- name: SuspensionWithholding :many
select id from suspension
where user_id = @user_id and (community_id = 0 or community_id = @community_id) and lifted_at is null and until > @now and hiding <> '' and id <> @but
order by until desc limit 1 for share;

-- SuspensionsHiding are those of which something is to be hidden or shown again.
-- name: SuspensionsHiding :many
select id from suspension
where hiding <> '' and (hiding = 'begun' or lifted_at is not null or until <= @now)
order by id limit @max_rows;

-- name: SuspensionHiding :exec
update suspension set hiding = @hiding where id = @id;

-- PostsToHide are the next posts of somebody, below one of them. What they wrote without their name is left
-- out: what vanishes together is by one person.
-- name: PostsToHide :many
select id from post where author_id = @author_id and not anonymous and id < @before_id and (@community_id::bigint = 0 or community_id = @community_id)
order by id desc limit @max_rows;

-- CommentsToHide are the next comments of somebody, below one of them, with their posts.
-- name: CommentsToHide :many
select c.id, c.post_id, (not c.anonymous and (@community_id::bigint = 0 or coalesce(p.community_id, 0) = @community_id))::boolean as inside
from comment c join post p on p.id = c.post_id
where c.user_id = @user_id and c.id < @before_id order by c.id desc limit @max_rows;

-- PostsLockAll locks posts in the order of their ids.
-- name: PostsLockAll :many
select id from post where id = any(@ids::bigint[]) order by id for no key update;

-- name: PostsWithhold :exec
with hidden as (
    update post set state = 'hidden' where id = any(@ids::bigint[]) and state = 'visible' returning id
)
insert into withheld (suspension_id, post_id) select @suspension_id::bigint, id from hidden
on conflict (post_id, coalesce(comment_id, 0)) do update set suspension_id = excluded.suspension_id;

-- name: CommentsWithhold :exec
with hidden as (
    update comment set state = 'hidden' where id = any(@ids::bigint[]) and state = 'visible' returning id, post_id
)
insert into withheld (suspension_id, post_id, comment_id) select @suspension_id::bigint, post_id, id from hidden
on conflict (post_id, coalesce(comment_id, 0)) do update set suspension_id = excluded.suspension_id;

-- WithheldNext are some of what is hidden because of a suspension.
-- name: WithheldNext :many
select * from withheld where suspension_id = @suspension_id order by post_id limit @max_rows;

-- WithheldDrop is for what a moderator has decided about, or what is shown again.
-- name: WithheldDrop :execrows
delete from withheld where post_id = @post_id and coalesce(comment_id, 0) = @comment_id::bigint;

-- name: WithheldPut :exec
insert into withheld (suspension_id, post_id, comment_id) values (@suspension_id, @post_id, sqlc.narg(comment_id))
on conflict (post_id, coalesce(comment_id, 0)) do update set suspension_id = excluded.suspension_id;

-- NewcomerLimit is when the text was written that has to be a day old before somebody writes one more.
-- name: NewcomerLimit :many
select at from newcomer_text where user_id = @user_id and comment = @comment and at > @day_ago order by at desc limit 1 offset @skip_rows;

-- name: NewcomerPut :exec
insert into newcomer_text (user_id, comment, at) values (@user_id, @comment, @at);

-- name: NewcomerPurge :execrows
delete from newcomer_text where ctid = any(array(select t.ctid from newcomer_text t where t.at < @day_ago::timestamptz order by t.at limit @max_rows::integer));
