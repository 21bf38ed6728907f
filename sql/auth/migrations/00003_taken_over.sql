-- Side by side with the original: whom agrovet has taken over from it.

-- +goose Up

create table taken_over (
    id         bigint primary key,             -- the user's, in both. The row outlives them: who was deleted does not come back
    token_hash bytea,                          -- SHA-256 of the one token that the original gave them; null: not seen yet
    closed     boolean not null default false  -- that token has ended here, so it is not asked for again
);
create index taken_over_token on taken_over (token_hash) where token_hash is not null;
