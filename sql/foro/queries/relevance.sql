-- name: AffinityAdd :exec
insert into affinity as a (user_id, author_id, weight) values (@user_id, @author_id, @weight)
on conflict (user_id, author_id) do update set weight = a.weight + excluded.weight;

-- AffinityAddComment counts a new comment with its post's author, unless it is theirs or one of the two does
-- not show their name.
-- name: AffinityAddComment :exec
insert into affinity as a (user_id, author_id, weight)
select c.user_id, p.author_id, @weight::integer from comment c join post p on p.id = c.post_id
where c.id = @comment_id and not c.anonymous and not p.anonymous and c.user_id <> p.author_id and p.author_id <> 0
on conflict (user_id, author_id) do update set weight = a.weight + excluded.weight;

-- name: AffinityTake :many
update affinity set weight = weight - @weight::integer where user_id = @user_id and author_id = @author_id returning weight;

-- AffinityDrop removes what has come to nothing.
-- name: AffinityDrop :exec
delete from affinity where user_id = @user_id and author_id = @author_id and weight <= 0;

-- CommentsLock keeps people from reacting to comments until the commit. The posts are locked.
-- name: CommentsLock :exec
select o.id from comment o
where o.id = any(array(select c.id from comment c where c.post_id = any(@post_ids::bigint[]) union select unnest(@comment_ids::bigint[])))
order by o.id for no key update;

-- AffinityTakeAll takes back what counts of posts with all that is on them, and of comments with the reactions to
-- them. Rows are locked in one order.
-- name: AffinityTakeAll :exec
with comments as (
    select id, post_id, user_id, anonymous from comment where post_id = any(@post_ids::bigint[]) and state <> 'deleted'
    union
    select id, post_id, user_id, anonymous from comment where id = any(@comment_ids::bigint[]) and state <> 'deleted'
), counted as (
    select c.user_id, p.author_id, @per_comment::integer as weight from comments c join post p on p.id = c.post_id where not c.anonymous and not p.anonymous
    union all
    select r.user_id, c.user_id, @per_comment_reaction::integer from comments c join reaction r on r.comment_id = c.id where not c.anonymous
    union all
    select r.user_id, p.author_id, @per_post_reaction::integer from post p join reaction r on r.post_id = p.id where p.id = any(@post_ids::bigint[]) and not p.anonymous
), sums as (
    select n.user_id, n.author_id, sum(n.weight)::integer as weight from counted n group by n.user_id, n.author_id
), rest as (
    select a.user_id, a.author_id, a.weight - s.weight as weight from affinity a join sums s on s.user_id = a.user_id and s.author_id = a.author_id
    order by a.user_id, a.author_id for update of a
), dropped as (
    delete from affinity a using rest r where a.user_id = r.user_id and a.author_id = r.author_id and r.weight <= 0
)
update affinity a set weight = r.weight from rest r where a.user_id = r.user_id and a.author_id = r.author_id and r.weight > 0;

-- AffinityForget removes all that somebody has to do with authors, and others with them.
-- name: AffinityForget :exec
with old as (
    select o.user_id, o.author_id from affinity o where o.user_id = @user_id or o.author_id = @user_id order by o.user_id, o.author_id for update
)
delete from affinity a using old where a.user_id = old.user_id and a.author_id = old.author_id;

-- RelevanceReckon brings the relevance of some posts up to date, newest first below an id: n of up to max_rows,
-- down to the oldest (0: none). Posts that somebody changes
-- just now wait for the next run.
-- name: RelevanceReckon :one
with recent as (
    select n.id, case when n.created_at >= @since then n.id end as counted from post n where n.id < @before order by n.id desc limit @max_rows
), stale as (
    select p.id from post p join recent r on r.id = p.id
    where r.counted is not null and p.relevance <> stored_relevance(p.likes, p.dislikes, p.hearts, p.comments_count, p.views_count)
    order by p.id for no key update of p skip locked
), changed as (
    update post p set relevance = stored_relevance(p.likes, p.dislikes, p.hearts, p.comments_count, p.views_count) from stale where p.id = stale.id
)
select coalesce(min(r.counted), 0)::bigint as oldest, count(r.counted) as n from recent r;

-- RelevanceEnd has posts below an id not count any more. n is how many there were of up to max_rows.
-- name: RelevanceEnd :execrows
with old as (
    select o.id from post o where o.state = 'visible' and o.relevance > 0 and o.id < @before limit @max_rows for no key update skip locked
)
update post p set relevance = 0 from old where p.id = old.id;

-- Relevant is what somebody may want to read at a moment, best first: of the newest posts, of the newest by those
-- with whom they have to do most, and of those that are worth most to everybody. Who asks without their name is
-- treated as nobody. Posts and weights are looked up one by one, of seven hundred candidates at most: joined to all of
-- somebody's weights they cost more the more people that one has to do with.
-- name: Relevant :many
with closest as materialized (
    select a.author_id from affinity a where a.user_id = @user_id order by a.weight desc, a.author_id limit 50
), candidates as (
    (select id from post where state = 'visible' order by id desc limit 300)
    union
    (select p.id from closest cross join lateral
        (select id from post where author_id = closest.author_id and state = 'visible' and not anonymous order by id desc limit 10) p
        order by p.id desc limit 200)
    union
    (select id from post where state = 'visible' and relevance > 0 order by relevance desc, id desc limit 200)
)
select p.id from candidates c
cross join lateral (select o.id, o.author_id, o.anonymous, o.relevance, o.created_at from post o where o.id = c.id limit 1) p
left join lateral (select w.weight from affinity w where w.user_id = @user_id and w.author_id = p.author_id and not p.anonymous limit 1) a on true
where not exists (select from watch v where v.user_id = @user_id and v.post_id = p.id and v.muted)
    and (p.anonymous or not exists (select from watch v where v.user_id = @user_id and v.person_id = p.author_id and v.muted))
order by post_score(p.relevance, coalesce(a.weight, 0), sqlc.arg(at)::timestamptz - p.created_at) desc, p.id desc limit 500;

-- Scores are what visible posts are worth to somebody.
-- name: Scores :many
select p.id, post_score(p.relevance, coalesce(a.weight, 0), sqlc.arg(at)::timestamptz - p.created_at)::double precision as score from post p
left join lateral (select w.weight from affinity w where w.user_id = @user_id and w.author_id = p.author_id and not p.anonymous limit 1) a on true
where p.id = any(@ids::bigint[]) and p.state = 'visible' and not exists (select from watch v where v.user_id = @user_id and v.post_id = p.id and v.muted)
    and (p.anonymous or not exists (select from watch v where v.user_id = @user_id and v.person_id = p.author_id and v.muted));
