-- Messages of other roads that are no events, kept so that they neither block the road nor vanish.

-- +goose Up

create table rejected (
    id           bigint generated always as identity primary key,
    subscription text        not null,
    place        text        not null, -- where it came from: topic/partition/offset
    reason       text        not null,
    value        bytea       not null, -- its beginning
    rejected_at  timestamptz not null default now(),
    unique (subscription, place)
);
