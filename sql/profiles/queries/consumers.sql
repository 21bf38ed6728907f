-- Consumers among these users.
-- name: ConsumersOf :many
select consumer.* from consumer join owner using (user_id)
where owner.kind = 'consumer' and consumer.user_id = any(@user_ids::bigint[]);

-- The user's row, whatever kind of profile the user shows.
-- name: ConsumerStored :many
select * from consumer where user_id = @user_id;

-- Consumers in the order of their ids, from the one behind after_id.
-- name: ConsumersPage :many
select consumer.* from consumer join owner using (user_id)
where owner.kind = 'consumer' and consumer.id > @after_id
order by consumer.id limit @max_rows offset @skip_rows;

-- How many consumers there are, counted up to max_rows.
-- name: ConsumersCount :one
select count(*) from (
    select from consumer join owner using (user_id) where owner.kind = 'consumer' limit @max_rows
) bounded;

-- name: ConsumerInsert :one
insert into consumer (user_id, claimed) values (@user_id, @claimed) returning id;

-- name: ConsumerUpdate :exec
update consumer set claimed = @claimed where user_id = @user_id;

-- name: ConsumerDelete :exec
delete from consumer where user_id = @user_id;
