-- What a demo's advert is dated back with.

-- name: AddBackdate :exec
update add set created_at = @made, updated_at = case when version > 1 then @changed::timestamptz else @made end, expires_at = sqlc.narg(expires_at)
where id = @id;

-- name: ListingBackdate :exec
update listing set created_at = @made where add_id = @id;

-- name: TransitionsBackdate :exec
update add_transition set at = case when version > 1 then @changed::timestamptz else @made end where add_id = @id;

-- name: PricesBackdate :exec
update add_price_history set at = case when version > 1 then @changed::timestamptz else @made end where add_id = @id;
