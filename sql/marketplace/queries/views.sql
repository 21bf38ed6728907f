-- ViewsNote counts looks that were not counted before, in one order, so that two processes that note the
-- same never wait for each other in a circle.
-- name: ViewsNote :exec
with seen as (
    select unnest(@days::integer[]) as day, unnest(@add_ids::bigint[]) as add_id, unnest(@viewers::uuid[]) as viewer
), fresh as (
    insert into add_view_day (day, add_id, viewer)
    select day, add_id, viewer from seen where exists (select from add where add.id = seen.add_id)
    order by day, add_id, viewer
    on conflict do nothing returning add_id
)
insert into add_views as v (add_id, views)
select add_id, count(*) from fresh group by add_id order by add_id
on conflict (add_id) do update set views = v.views + excluded.views;

-- name: ViewerKey :one
select key from viewer_key;

-- ViewsPurge forgets some of who looked before a day.
-- name: ViewsPurge :execrows
delete from add_view_day where ctid = any(array(select old.ctid from add_view_day old where old.day < @day limit @max_rows));

-- name: ViewsForget :exec
delete from add_view_day where viewer = any(@viewers::uuid[]);
