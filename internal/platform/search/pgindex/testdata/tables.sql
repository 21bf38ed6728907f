-- What a module's migration makes for its index: notes, each with its author.
create table document (
    id        bigint primary key, -- the note's
    terms     bigint[] not null,  -- pgindex.Bucketed
    author_id bigint   not null
);
create index document_terms on document using gin (terms) with (fastupdate = off);

-- In how many documents a term is, about.
create table term (
    term bigint primary key,
    n    bigint not null
);

-- The words of the documents.
create table word (
    word   varchar(40) collate "C" primary key,
    n      bigint not null,
    pieces text[] not null, -- search.Pieces
    marks  bigint not null  -- the same as bits
);
create index word_pieces on word using gin (pieces);

-- How far the documents have been counted into term and word.
create table counted (
    one boolean primary key default true check (one),
    id  bigint not null default 0
);
insert into counted default values;
