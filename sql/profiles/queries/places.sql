-- The key by which rough places are drawn.
-- name: PlaceKey :one
select key from place_key;
