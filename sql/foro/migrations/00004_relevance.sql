-- Who reacts, how much posts are worth reading, and who looked at them.

-- +goose Up

-- Reactions to something, newest first.
create index reaction_post_newest on reaction (post_id, id) where post_id is not null;
create index reaction_comment_newest on reaction (comment_id, id) where comment_id is not null;

-- What a post is worth to everybody, as a job has last reckoned it (internal/core/relevance.go); 0 when it is
-- older than that counts.
alter table post add column relevance double precision not null default 0;
create index post_relevant on post (relevance desc, id desc) where state = 'visible' and relevance > 0;

-- Rounded, so that a post's row is not written anew for each view.
create function stored_relevance(likes integer, dislikes integer, hearts integer, comments integer, views integer) returns double precision
    language sql immutable parallel safe
    return round(ln(1 + greatest(0, likes + hearts - dislikes + 2 * comments + views / 20.0)), 2);

-- What a post is worth to somebody: weight is how much they have to do with its author.
create function post_score(relevance double precision, weight integer, age interval) returns double precision
    language sql immutable parallel safe
    return 0.6::float8 * relevance + 1.2::float8 * weight * least(1, greatest(0.1, 1 - extract(epoch from age)::float8 / 3600 / 168));

-- Who looked on which day, for a day or two: the next look of the same viewer does not count. Without a reference
-- to the post, which would have every look lock it.
create table post_view (
    day     integer not null, -- since 1970-01-01, UTC
    post_id bigint  not null,
    viewer  uuid    not null, -- a keyed hash with the day in it (platform/views)
    primary key (day, post_id, viewer)
);
create index post_view_viewer on post_view (viewer);

-- The key of those hashes. It never leaves the schema and never changes.
create table viewer_key (
    one boolean primary key default true check (one),
    key uuid    not null default gen_random_uuid()
);
insert into viewer_key default values;
