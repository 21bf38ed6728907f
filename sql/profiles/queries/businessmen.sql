-- Businessmen among these users.
-- name: BusinessmenOf :many
select sqlc.embed(businessman),
    array(select media_id from product p where p.user_id = businessman.user_id order by position)::bigint[] as product_ids
from businessman join owner using (user_id)
where owner.kind = 'businessman' and businessman.user_id = any(@user_ids::bigint[]);

-- The user's row, whatever kind of profile the user shows.
-- name: BusinessmanStored :many
select sqlc.embed(businessman),
    array(select media_id from product p where p.user_id = businessman.user_id order by position)::bigint[] as product_ids
from businessman where businessman.user_id = @user_id;

-- Businessmen in the order of their ids, from the one behind after_id.
-- name: BusinessmenPage :many
select sqlc.embed(businessman),
    array(select media_id from product p where p.user_id = businessman.user_id order by position)::bigint[] as product_ids
from businessman join owner using (user_id)
where owner.kind = 'businessman' and businessman.id > @after_id
order by businessman.id limit @max_rows offset @skip_rows;

-- How many businessmen there are, counted up to max_rows.
-- name: BusinessmenCount :one
select count(*) from (
    select from businessman join owner using (user_id) where owner.kind = 'businessman' limit @max_rows
) bounded;

-- name: BusinessmanInsert :one
insert into businessman (user_id, claimed, business_type, business_name, descriptions, contact, offers_local_products)
values (@user_id, @claimed, @business_type, @business_name, @descriptions, @contact, @offers_local_products)
returning id;

-- name: BusinessmanUpdate :exec
update businessman set claimed = @claimed, business_type = @business_type, business_name = @business_name,
    descriptions = @descriptions, contact = @contact, offers_local_products = @offers_local_products
where user_id = @user_id;

-- name: BusinessmanDelete :exec
delete from businessman where user_id = @user_id;

-- name: ProductsDelete :exec
delete from product where user_id = @user_id;

-- Products in the order of the array.
-- name: ProductsInsert :exec
insert into product (user_id, position, media_id)
select @user_id, n, media_id from unnest(@media_ids::bigint[]) with ordinality as given(media_id, n);
