-- ListingPut stores the search document of an advert as the advert is now.
-- name: ListingPut :exec
insert into listing (add_id, terms, title_terms, publisher_id, root_id, category_id, condition, price, currency, base_price, base_unit,
    created_at, latitude, longitude)
select id, @terms, @title_terms, publisher_id, root_id, category_id, condition, price, currency, base_price, base_unit,
    created_at, rough_latitude, rough_longitude
from add where id = @add_id
on conflict (add_id) do update set terms = excluded.terms, title_terms = excluded.title_terms, root_id = excluded.root_id,
    category_id = excluded.category_id, condition = excluded.condition, price = excluded.price, currency = excluded.currency,
    base_price = excluded.base_price, base_unit = excluded.base_unit, latitude = excluded.latitude, longitude = excluded.longitude;

-- name: ListingDelete :exec
delete from listing where add_id = @add_id;

-- AddTexts are what adverts say in their own words, in any order.
-- name: AddTexts :many
select title, description from add where id = any(@ids::bigint[]);
