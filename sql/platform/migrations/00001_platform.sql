-- The tables that every module's schema has: its outbox, what it has received, and the
-- idempotency keys of its writes. ARCHITECTURE.md, "The way of an event".

-- +goose Up

-- Every event of the module, written in the transaction of the change that it tells of. Rows are
-- never changed; they are deleted when they are older than the retention.
create table outbox (
    position    bigint generated always as identity primary key, -- order of commit within a key
    id          uuid        not null,                            -- the event's id on every road
    topic       text        not null,
    type        text        not null,
    key         text        not null,                            -- id of the aggregate
    data        jsonb       not null,
    trace       text        not null default '',                 -- W3C traceparent
    internal    boolean     not null default false,              -- never leaves the process's own bus
    occurred_at timestamptz not null default clock_timestamp()
);

-- How far each destination (a module in this process, or Kafka) has been handed the outbox.
-- A lost update only means that events are handed over again, which the inbox makes harmless.
create table outbox_cursor (
    destination text primary key,
    position    bigint      not null default 0,
    updated_at  timestamptz not null default now() -- also a sign of life: touched while it is fed
);

-- What a subscription has dealt with. The row is written in the transaction of the effects.
create table inbox (
    event_id     uuid        not null, -- UUIDv7, so it also tells the event's age
    subscription text        not null,
    received_at  timestamptz not null default now(),
    primary key (event_id, subscription)
);

-- Events whose handler failed, and the later events of the same key that wait behind them. The
-- lowest id of a key is its head; exactly the head has a finite next_try_at.
create table parked (
    id           bigint generated always as identity primary key, -- order within a key
    subscription text        not null,
    event_id     uuid        not null,
    topic        text        not null,
    type         text        not null,
    key          text        not null,
    data         jsonb       not null,
    trace        text        not null default '',
    occurred_at  timestamptz not null,
    attempts     integer     not null default 0,   -- 0: waits behind an earlier one, not tried yet
    last_error   text        not null default '',
    next_try_at  timestamptz not null default 'infinity', -- infinity: waits behind an earlier one
    parked_at    timestamptz not null default now(),
    unique (subscription, event_id)
);
create index parked_queue on parked (subscription, topic, key, id);
create unique index parked_head on parked (subscription, key, topic) where next_try_at < 'infinity';
create index parked_due on parked (subscription, next_try_at);

-- When each scheduled job last began, so that it runs once per period over all processes.
create table job (
    name        text primary key,
    last_run_at timestamptz not null
);

-- One row per answered write that carried an Idempotency-Key (design: the same transaction as the
-- change). The answer is sealed with the client's key, of which only the hash is here.
create table idempotency_key (
    user_id     bigint      not null,              -- 0 for the anonymous
    key_hash    bytea       not null,
    fingerprint bytea       not null,              -- of method, path and body
    status      smallint    not null default 0,
    answer      bytea       not null default '',
    created_at  timestamptz not null default now(),
    primary key (user_id, key_hash)
);
create index idempotency_key_created_at on idempotency_key (created_at);
