-- Trust: what people report, what the rules find, what moderators decide, and what follows for people.

-- +goose Up

-- There are or were suspensions of this person: whoever does not have it need not be looked up.
alter table person add column suspended boolean not null default false;

-- The log: what was decided about which post or comment, by whom, when and why. It outlives both, hence no
-- references.
create table decision (
    id           bigint generated always as identity primary key,
    post_id      bigint       not null,
    comment_id   bigint       not null default 0, -- 0: about the post
    community_id bigint       not null default 0, -- in which it was then; 0: in none
    author_id    bigint       not null, -- auth's user whom it concerns; 0: they are gone
    anonymous    boolean      not null, -- others than staff do not learn who the author is
    actor_id     bigint       not null, -- auth's user who decided; 0: they are gone
    role         text         not null check (role in ('staff', 'moderator')), -- as what they decided
    decision     text         not null check (decision in ('dismiss', 'hide', 'remove', 'restore', 'lock', 'unlock', 'warn', 'suspend', 'lift')),
    reason       varchar(500) not null default '',
    days         integer      not null default 0, -- of a suspension
    at           timestamptz  not null
);
create index decision_target on decision (post_id, comment_id, id);
create index decision_author on decision (author_id, id) where author_id <> 0;
create index decision_actor on decision (actor_id) where actor_id <> 0;

-- Decisions are not changed. Only who they were, and the reasons, which are free text, go with people.
-- +goose StatementBegin
create function decision_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if new.author_id = 0 then
            old.author_id := 0;
        end if;
        if new.actor_id = 0 then
            old.actor_id := 0;
        end if;
        if new.reason = '' then
            old.reason := '';
        end if;
        if new is not distinct from old then
            return new;
        end if;
    end if;
    raise exception 'decisions are not changed';
end
$$;
-- +goose StatementEnd
create trigger decision_stays before update or delete on decision for each row execute function decision_stays();
create trigger decision_stays_all before truncate on decision for each statement execute function decision_stays();

-- What moderators look at. A post or comment has at most one open case, and one open appeal beside it. Open
-- ones come by rank and then the longest waiting first, decided ones behind them, last decided first: that is
-- the order of (rank, place, id). A case belongs to whoever has locked the post.
create table moderation_case (
    id           bigint generated always as identity primary key,
    kind         text          not null check (kind in ('report', 'flag', 'appeal', 'direct')), -- direct: a moderator began it
    post_id      bigint        not null references post on delete cascade,
    comment_id   bigint references comment on delete cascade, -- null: about the post
    community_id bigint        not null default 0, -- whose moderators decide; 0: staff alone
    author_id    bigint        not null, -- auth's user: nobody decides about their own; 0: they are gone
    rank         smallint      not null, -- 0: urgent, 1: the rest, 2: decided
    place        bigint        not null, -- since when, in microseconds; of decided ones negative
    version      integer       not null default 1, -- grows with what is said against it, and when it is decided
    hid          boolean       not null default false, -- so many reported it that it was hidden
    appeals      bigint references decision, -- what an appeal is against
    said         varchar(1000) not null default '', -- by the author who appeals
    opened_at    timestamptz   not null,
    decision_id  bigint references decision -- null: open
);
create unique index moderation_case_open on moderation_case (post_id, coalesce(comment_id, 0), (kind = 'appeal')) where rank < 2;
create unique index moderation_case_appeals on moderation_case (appeals) where appeals is not null;
create index moderation_case_place on moderation_case (kind, rank, place, id);
create index moderation_case_community on moderation_case (community_id, kind, rank, place, id);
create index moderation_case_post on moderation_case (post_id, id);
create index moderation_case_comment on moderation_case (comment_id) where comment_id is not null;
create index moderation_case_author on moderation_case (author_id) where author_id <> 0;

-- Cases move with their posts. Those that are staff's stay staff's.
-- +goose StatementBegin
create function moderation_case_moves() returns trigger language plpgsql as $$
begin
    update moderation_case set community_id = coalesce(new.community_id, 0) where post_id = new.id and (appeals is null or community_id <> 0);
    return null;
end $$;
-- +goose StatementEnd
create trigger moderation_case_moves after update of community_id on post for each row
    when (old.community_id is distinct from new.community_id) execute function moderation_case_moves();

create table report (
    id          bigint generated always as identity primary key,
    case_id     bigint        not null references moderation_case on delete cascade,
    reporter_id bigint        not null, -- auth's user; 0: somebody who is gone
    reason      text          not null check (reason in ('spam', 'scam', 'harassment', 'misinformation', 'dangerous_advice', 'off_topic', 'offensive', 'other')),
    note        varchar(1000) not null default '',
    at          timestamptz   not null
);
create unique index report_one on report (case_id, reporter_id) where reporter_id <> 0;
create index report_case on report (case_id, id);
create index report_reporter on report (reporter_id) where reporter_id <> 0;

-- What the rules find (internal/core/examine.go).
create table flag (
    id          bigint generated always as identity primary key,
    case_id     bigint       not null references moderation_case on delete cascade,
    rule        varchar(40)  not null,
    evidence    varchar(200) not null,
    fingerprint bigint       not null, -- of what the rule looked at: what was decided is not found again
    at          timestamptz  not null
);
create unique index flag_rule on flag (case_id, rule);

-- How often somebody said nearly the same within a day.
create table alike_text (
    user_id bigint      not null,
    alike   bigint      not null, -- the same for texts that differ in numbers alone
    times   integer     not null,
    since   timestamptz not null, -- of the first
    primary key (user_id, alike)
);
create index alike_text_since on alike_text (since);

create table suspension (
    id           bigint generated always as identity primary key,
    user_id      bigint      not null,
    community_id bigint      not null default 0, -- 0: the whole forum
    decision_id  bigint      not null references decision,
    since        timestamptz not null,
    until        timestamptz not null,
    lifted_at    timestamptz, -- null: not before its end
    hiding       text        not null default '' check (hiding in ('', 'begun', 'done')) -- what they wrote there is hidden meanwhile; empty: it is not, or no more
);
create index suspension_user on suspension (user_id, id);
create index suspension_community on suspension (community_id, id);
create index suspension_decision on suspension (decision_id);
create index suspension_hiding on suspension (id) where hiding <> '';

-- What is hidden because its author is suspended.
create table withheld (
    suspension_id bigint not null references suspension on delete cascade,
    post_id       bigint not null references post on delete cascade,
    comment_id    bigint references comment on delete cascade -- null: the post
);
create unique index withheld_target on withheld (post_id, coalesce(comment_id, 0));
create index withheld_suspension on withheld (suspension_id, post_id);
create index withheld_comment on withheld (comment_id) where comment_id is not null;

-- What newcomers wrote within a day, also what is deleted again.
create table newcomer_text (
    user_id bigint      not null,
    comment boolean     not null, -- else a post
    at      timestamptz not null
);
create index newcomer_text_user on newcomer_text (user_id, comment, at desc);
create index newcomer_text_at on newcomer_text (at);
