-- name: Categories :many
select * from category order by position, id;

-- name: CategoryByID :many
select * from category where id = @id;

-- CategoryForUpdate locks a category that is being changed.
-- name: CategoryForUpdate :many
select * from category where id = @id for update;

-- name: CategoryInsert :one
insert into category (parent_id, name, description, position, aliases, attributes)
values (sqlc.narg(parent_id), @name, sqlc.narg(description), @position, @aliases, @attributes)
returning *;

-- CategorySeed makes a category unless there is one of the name, when another process was faster.
-- name: CategorySeed :one
insert into category (parent_id, name, description, position, aliases, attributes)
values (sqlc.narg(parent_id), @name, sqlc.narg(description), @position, @aliases, @attributes)
on conflict (lower(name)) do update set name = category.name
returning id;

-- name: CategoryUpdate :one
update category set parent_id = sqlc.narg(parent_id), name = @name, description = sqlc.narg(description), position = @position,
    aliases = @aliases, attributes = @attributes
where id = @id
returning *;

-- name: CategoryDelete :exec
delete from category where id = @id;

-- CategoryUsed says whether an advert or another category refers to it.
-- name: CategoryUsed :one
select (exists (select from add where category_id = @id::bigint) or exists (select from category where parent_id = @id::bigint))::boolean as used;

-- name: CategoryHasChildren :one
select exists (select from category where parent_id = @id::bigint);
