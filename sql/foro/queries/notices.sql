-- MentionedInPost are those whom a post itself speaks of.
-- name: MentionedInPost :many
select user_id from mention where post_id = @post_id order by user_id;

-- name: MentionedInComment :many
select user_id from mention where comment_id = @comment_id order by user_id;

-- NoticeReaders are how those of some people want to be told who want to hear of a post, and of what somebody
-- does there (0: nobody in particular). They cannot go until the commit. Mutes do not count for what must be told.
-- name: NoticeReaders :many
with people as materialized (select user_id, gone from person where user_id = any(@user_ids::bigint[]) order by user_id for share)
select r.user_id::bigint as user_id, coalesce(p.off, '{}')::text[] as off, coalesce(p.live, true)::boolean as live, p.quiet_from, p.quiet_to, coalesce(p.time_zone, '')::text as time_zone
from unnest(@user_ids::bigint[]) r(user_id)
left join notice_preference p on p.user_id = r.user_id
where not exists (select from people where people.user_id = r.user_id and gone)
and (@must::boolean or not exists (select from watch w where w.user_id = r.user_id and w.post_id = @post_id::bigint and w.muted)
    and not exists (select from watch v where v.user_id = r.user_id and v.person_id = @actor_id::bigint and v.muted));

-- Notify tells some people of one thing, each by a type and about a comment (0: about the post); those who were
-- told before are left out. It joins what they have not read yet.
-- name: Notify :many
with wanted as (
    select r.recipient_id, r.type, r.comment_id
    from (select unnest(@recipient_ids::bigint[]) as recipient_id, unnest(@types::text[]) as type, unnest(@comment_ids::bigint[]) as comment_id) r
    where not exists (select from notice_cause c
        where c.recipient_id = r.recipient_id and c.kind = @kind::text and c.object_id = @object_id::bigint and c.actor_id = @actor_id::bigint)
    order by r.recipient_id
), told as (
    insert into notification as n (recipient_id, type, post_id, comment_id, opens_id, community_id, actor_id, anonymous, actors_count, decision, reason)
    select recipient_id, type, nullif(@post_id::bigint, 0), nullif(comment_id, 0), nullif(@opens_id::bigint, 0), nullif(@community_id::bigint, 0),
        case when @anonymous::boolean then 0 else @actor_id end, @anonymous, 1, @decision::text, @reason::text
    from wanted
    on conflict (recipient_id, type, (coalesce(post_id, 0)), (coalesce(comment_id, 0)), (coalesce(community_id, 0))) where not read
    do update set opens_id = excluded.opens_id, actor_id = excluded.actor_id, anonymous = excluded.anonymous,
        actors_count = n.actors_count + (not exists (select from notice_cause k where k.actor_id = @actor_id and k.notification_id = n.id))::integer,
        decision = excluded.decision, reason = excluded.reason, updated_at = clock_timestamp()
    returning n.id, n.recipient_id, n.type
), kept as (
    insert into notice_cause (recipient_id, kind, object_id, actor_id, post_id, notification_id)
    select told.recipient_id, @kind, @object_id, @actor_id, nullif(@post_id, 0), told.id from told
)
select told.id, told.recipient_id, told.type from told order by told.recipient_id;

-- NotificationsRead marks those of somebody's with these ids.
-- name: NotificationsRead :execrows
update notification set read = true where recipient_id = @recipient_id and id = any(@ids::bigint[]) and not read;

-- NotificationsReadAll marks all of somebody's.
-- name: NotificationsReadAll :execrows
update notification set read = true where recipient_id = @recipient_id and not read;

-- NotificationsReadUpTo marks one of somebody's and all that happened before it.
-- name: NotificationsReadUpTo :execrows
update notification n set read = true from notification last
where last.id = @id and last.recipient_id = @recipient_id
    and n.recipient_id = @recipient_id and not n.read and (n.updated_at, n.id) <= (last.updated_at, last.id);

-- name: NotificationDelete :execrows
delete from notification where id = @id and recipient_id = @recipient_id;

-- name: NotificationCount :one
select count(*) from (select from notification where recipient_id = @recipient_id limit @max_rows) bounded;

-- name: NotificationUnreadCount :one
select count(*) from (select from notification where recipient_id = @recipient_id and not read limit @max_rows) bounded;

-- NotificationsFrom are the ids of some notifications in the order in which they began, with those of them that
-- are old.
-- name: NotificationsFrom :many
select id, (updated_at < @before)::boolean as old, (created_at < @before)::boolean as began from notification where id > @after_id order by id limit @max_rows;

-- name: NotificationsDelete :exec
delete from notification where id = any(@ids::bigint[]);

-- NotificationsForget removes some of somebody's.
-- name: NotificationsForget :execrows
delete from notification where id = any(array(select n.id from notification n where n.recipient_id = @user_id limit @max_rows));

-- CausesForget removes some of what somebody was told of.
-- name: CausesForget :execrows
delete from notice_cause where ctid = any(array(select c.ctid from notice_cause c where c.recipient_id = @user_id limit @max_rows));

-- ActorForget takes somebody out of some of what others were told, once nothing is left that they did in it; who was
-- told of them alone is told nothing.
-- name: ActorForget :one
with forgotten as (
    delete from notice_cause where ctid = any(array(select c.ctid from notice_cause c where c.actor_id = @user_id limit @max_rows)) returning notification_id
), those as (
    select f.notification_id as id from forgotten f group by f.notification_id
    having count(*) = (select count(*) from notice_cause k where k.actor_id = @user_id and k.notification_id = f.notification_id)
), emptied as (
    delete from notification n using those where n.id = those.id and n.actors_count <= 1
), fewer as (
    update notification n set actors_count = n.actors_count - 1, actor_id = case when n.actor_id = @user_id then 0 else n.actor_id end
    from those where n.id = those.id and n.actors_count > 1
)
select count(*) from forgotten;

-- name: PreferenceByUser :many
select * from notice_preference where user_id = @user_id;

-- name: PreferenceSave :exec
insert into notice_preference (user_id, off, live, quiet_from, quiet_to, time_zone)
values (@user_id, @off, @live, sqlc.narg(quiet_from), sqlc.narg(quiet_to), @time_zone)
on conflict (user_id) do update set off = excluded.off, live = excluded.live, quiet_from = excluded.quiet_from,
    quiet_to = excluded.quiet_to, time_zone = excluded.time_zone;

-- name: PreferenceForget :exec
delete from notice_preference where user_id = @user_id;
