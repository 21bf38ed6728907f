-- name: SearchesDelete :exec
delete from search where user_id = @user_id;

-- name: SearchCount :one
select count(*) from search where user_id = @user_id;

-- name: SearchInsert :one
insert into search (user_id, name, wanted, alerts) values (@user_id, @name, @wanted, @alerts) returning *;

-- name: SearchByID :many
select * from search where id = @id;

-- SearchForUpdate locks the row: whoever changes a search does so one after another.
-- name: SearchForUpdate :many
select * from search where id = @id for update;

-- name: SearchUpdate :one
update search set name = @name, wanted = @wanted, alerts = @alerts, updated_at = clock_timestamp() where id = @id returning updated_at;

-- name: SearchDelete :exec
delete from search where id = @id;

-- Searches are somebody's, newest first.
-- name: Searches :many
select * from search where user_id = @user_id and id < @below order by id desc limit @max_rows offset @skip;

-- VersionEnd ends the version that stands, if any, and says when.
-- name: VersionEnd :many
update search_version set until_at = clock_timestamp() where search_id = @search_id and until_at is null returning until_at::timestamptz;

-- VersionBegin begins a version where the one before it ended, or now.
-- name: VersionBegin :one
insert into search_version (search_id, wanted, shape, from_at)
values (@search_id, @wanted, @shape, coalesce(sqlc.narg(from_at)::timestamptz, clock_timestamp())) returning id;

-- name: AnchorsInsert :exec
insert into search_anchor (anchor, version_id) select unnest(@anchors::bigint[]), @version_id on conflict do nothing;

-- name: AnchorsDelete :exec
delete from search_anchor where version_id = @version_id;

-- VersionsBehind are versions in the order of their ids.
-- name: VersionsBehind :many
select id, wanted, shape from search_version where id > @after_id order by id limit @max_rows;

-- VersionShaped says that the version has other anchors now; it is locked until they are there.
-- name: VersionShaped :execrows
update search_version set shape = @shape where id = @id;

-- VersionsPurge removes versions that ended long ago.
-- name: VersionsPurge :execrows
delete from search_version where id in
    (select v.id from search_version v where v.until_at < clock_timestamp() - make_interval(days => @days) order by v.until_at limit @max_rows);

-- name: VersionsByID :many
select v.search_id, s.user_id, v.wanted from search_version v join search s on s.id = v.search_id
where v.id = any(@ids::bigint[]) order by v.search_id;

-- Listed is an active advert by which searches are found.
-- name: Listed :many
select l.add_id, l.terms, l.publisher_id, add.title from listing l join add on add.id = l.add_id where l.add_id = @add_id;

-- BeforeKeep keeps the search document of an advert that is about to become another.
-- name: BeforeKeep :exec
insert into listing_before (add_id, version, terms, publisher_id, price, base_price, latitude, longitude, attributes)
select l.add_id, @version, l.terms, l.publisher_id, l.price, l.base_price, l.latitude, l.longitude, @attributes from listing l where l.add_id = @add_id;

-- BeforeVersions are the first versions, from one on, whose documents before them are kept.
-- name: BeforeVersions :many
select version from listing_before where add_id = @add_id and version >= @version order by version limit 2;

-- name: BeforeDelete :exec
delete from listing_before where add_id = @add_id and version <= @version;

-- AlertsInsert tells of an advert, for each search at most once. Searches that are gone meanwhile are
-- left out, and those that are there stay until the commit.
-- name: AlertsInsert :many
with told as (
    insert into alert (user_id, search_id, add_id)
    select s.user_id, s.id, @add_id from search s where s.id = any(@search_ids::bigint[]) order by s.id for key share
    on conflict do nothing
    returning user_id, search_id
)
select told.user_id, told.search_id, search.name from told join search on search.id = told.search_id order by told.search_id;

-- name: AlertsOfAddDelete :exec
delete from alert where add_id = @add_id;

-- Alerts are somebody's, newest first, of adverts that they can see.
-- name: Alerts :many
select a.id, a.search_id, s.name, a.add_id, a.at, a.read from alert a
join search s on s.id = a.search_id
join listing l on l.add_id = a.add_id
where a.user_id = @user_id and a.id < @below and l.publisher_id <> all(@without::bigint[])
order by a.id desc limit @max_rows offset @skip;

-- AlertCount counts them up to a limit.
-- name: AlertCount :one
select count(*) from (select from alert a join listing l on l.add_id = a.add_id
    where a.user_id = @user_id and l.publisher_id <> all(@without::bigint[]) limit @max_rows) bounded;

-- name: AlertUnreadCount :one
select count(*) from (select from alert a join listing l on l.add_id = a.add_id
    where a.user_id = @user_id and not a.read and l.publisher_id <> all(@without::bigint[]) limit @max_rows) bounded;

-- name: AlertsRead :exec
update alert set read = true where user_id = @user_id and not read and id <= @up_to;
