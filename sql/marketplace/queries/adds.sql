-- name: AddInsert :one
insert into add (publisher_id, title, description, condition, category_id, root_id, price, currency, unit, country, quantity,
    negotiable, swap, on_request, base_price, base_unit, location_name, latitude, longitude, rough_latitude, rough_longitude,
    attributes, status, expires_at)
values (@publisher_id, @title, @description, @condition, sqlc.narg(category_id), sqlc.narg(root_id), @price, @currency, @unit, @country,
    sqlc.narg(quantity), @negotiable, @swap, @on_request, sqlc.narg(base_price), @base_unit, @location_name,
    sqlc.narg(latitude), sqlc.narg(longitude), sqlc.narg(rough_latitude), sqlc.narg(rough_longitude), @attributes, @status,
    sqlc.narg(expires_at))
returning id, created_at, updated_at;

-- AddUpdate changes everything that may change, and counts the change.
-- name: AddUpdate :one
update add set version = version + 1, title = @title, description = @description, condition = @condition,
    category_id = sqlc.narg(category_id), root_id = sqlc.narg(root_id), price = @price, currency = @currency, unit = @unit, country = @country,
    quantity = sqlc.narg(quantity), negotiable = @negotiable, swap = @swap, on_request = @on_request,
    base_price = sqlc.narg(base_price), base_unit = @base_unit, location_name = @location_name,
    latitude = sqlc.narg(latitude), longitude = sqlc.narg(longitude),
    rough_latitude = sqlc.narg(rough_latitude), rough_longitude = sqlc.narg(rough_longitude),
    attributes = @attributes, status = @status, removed = @removed, expires_at = sqlc.narg(expires_at),
    warned_at = sqlc.narg(warned_at), updated_at = clock_timestamp()
where id = @id
returning version, updated_at;

-- name: AddByID :many
select sqlc.embed(add), array(select media_id from add_image i where i.add_id = add.id and position > 0 order by position)::bigint[] as image_ids,
    coalesce((select media_id from add_image i where i.add_id = add.id and position = 0), 0)::bigint as main_image_id,
    coalesce((select views from add_views v where v.add_id = add.id), 0)::bigint as views
from add where add.id = @id;

-- AddForUpdate locks the row: whoever changes an advert does so one after another.
-- name: AddForUpdate :many
select sqlc.embed(add), array(select media_id from add_image i where i.add_id = add.id and position > 0 order by position)::bigint[] as image_ids,
    coalesce((select media_id from add_image i where i.add_id = add.id and position = 0), 0)::bigint as main_image_id,
    coalesce((select views from add_views v where v.add_id = add.id), 0)::bigint as views
from add where add.id = @id for update of add;

-- name: AddsByID :many
select sqlc.embed(add), array(select media_id from add_image i where i.add_id = add.id and position > 0 order by position)::bigint[] as image_ids,
    coalesce((select media_id from add_image i where i.add_id = add.id and position = 0), 0)::bigint as main_image_id,
    coalesce((select views from add_views v where v.add_id = add.id), 0)::bigint as views
from add where add.id = any(@ids::bigint[]);

-- name: AddDelete :execrows
delete from add where id = @id;

-- AddsOfPublisher are the ids of a publisher's adverts behind one.
-- name: AddsOfPublisher :many
select id from add where publisher_id = @publisher_id and id > @after_id order by id limit @max_rows;

-- AddsWithImage are the adverts that show a picture.
-- name: AddsWithImage :many
select distinct add_id from add_image where media_id = @media_id order by add_id;

-- name: ImagesDelete :exec
delete from add_image where add_id = @add_id;

-- name: ImagesInsert :exec
insert into add_image (add_id, position, media_id)
select @add_id, unnest(@positions::int[]), unnest(@media_ids::bigint[]);

-- name: TransitionInsert :exec
insert into add_transition (add_id, version, actor_id, previous, status) values (@add_id, @version, @actor_id, @previous, @status);

-- Transitions are the steps of an advert's life, newest first.
-- name: Transitions :many
select * from add_transition where add_id = @add_id and version < @before_version order by version desc limit @max_rows;

-- name: PriceInsert :exec
insert into add_price_history (add_id, version, price, currency, unit, on_request)
values (@add_id, @version, @price, @currency, @unit, @on_request);

-- Prices are what was asked for an advert, newest first.
-- name: Prices :many
select * from add_price_history where add_id = @add_id order by version desc limit @max_rows;

-- name: PlaceKey :one
select key from place_key;

-- AddsExpired locks some active adverts whose time has come.
-- name: AddsExpired :many
select id from add where status = 'active' and expires_at <= @now::timestamptz order by expires_at limit @max_rows for update skip locked;

-- AddsExpiring locks some active adverts whose time comes soon and whose publishers were not told.
-- name: AddsExpiring :many
select id, publisher_id, title, expires_at from add
where status = 'active' and warned_at is null and expires_at > @now::timestamptz and expires_at <= @soon::timestamptz
order by expires_at limit @max_rows for update skip locked;

-- name: AddsWarned :exec
update add set warned_at = @now::timestamptz where id = any(@ids::bigint[]);

-- PublisherLock locks what is known of a person, whose 24 hours begin anew when they are over.
-- name: PublisherLock :one
insert into publisher as p (user_id, since, day_from) values (@user_id, @now, @now)
on conflict (user_id) do update set
    day_from = case when p.day_from <= @day_ago then @now else p.day_from end,
    today = case when p.day_from <= @day_ago then 0 else p.today end
returning *;

-- name: PublisherCount :exec
update publisher set today = today + 1 where user_id = @user_id;

-- name: PublisherGone :exec
insert into publisher (user_id, since, day_from, gone) values (@user_id, @now, @now, true)
on conflict (user_id) do update set gone = true;
