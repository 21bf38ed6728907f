-- What messages are found by, and walked by.

-- +goose Up

-- Lists over several rooms go by id, which within a room grows with seq.
create index entry_message on entry (room_id, id) where kind = 'message';

create index revision_media on revision (media_id) where media_id is not null;

-- What a search finds a message by. Each term is marked with the room and with a part of its log
-- (internal/store/find.go), so that a search asks the index for one part of one room at a time.
create table document (
    entry_id bigint primary key references entry on delete cascade,
    room_id  bigint   not null,
    seq      bigint   not null,
    terms    bigint[] not null
);
create index document_terms on document using gin (terms) with (fastupdate = off);

-- Up to where documents are made (internal/core/document.go).
create table documented (
    one         boolean primary key default true check (one),
    reached_id  bigint not null default 0, -- messages up to it have a document, but for those that came late
    done_id     bigint not null default 0, -- of those up to it none can come any more
    fence_id    bigint not null default 0, -- those up to it are done once all transactions
    fence_xid   bigint not null default 0  -- before this one have ended
);
insert into documented (one) values (true);
