-- ViewsNote counts looks that were not counted before, in one order, so that two processes that note the same
-- never wait for each other in a circle. Posts are locked by their ids, as whoever changes several does.
-- name: ViewsNote :exec
with seen as (
    select unnest(@days::integer[]) as day, unnest(@post_ids::bigint[]) as post_id, unnest(@viewers::uuid[]) as viewer
), fresh as (
    insert into post_view (day, post_id, viewer)
    select day, post_id, viewer from seen where exists (select from post where post.id = seen.post_id)
    order by day, post_id, viewer
    on conflict do nothing returning post_id
), looks as (
    select post_id, count(*)::integer as n from fresh group by post_id
), locked as (
    select p.id from post p join looks l on l.post_id = p.id order by p.id for no key update of p
)
update post p set views_count = p.views_count + l.n from locked join looks l on l.post_id = locked.id where p.id = locked.id;

-- name: ViewerKey :one
select key from viewer_key;

-- ViewsPurge forgets some of who looked before a day.
-- name: ViewsPurge :execrows
delete from post_view where ctid = any(array(select old.ctid from post_view old where old.day < @day limit @max_rows));

-- name: ViewsForget :exec
delete from post_view where viewer = any(@viewers::uuid[]);
