-- Trust: what members report, what the rules find, and what staff decides.

-- +goose Up

-- The log: who decided what about which advert, when and why. It outlives the advert, hence no reference.
create table add_decision (
    id           bigint generated always as identity primary key,
    add_id       bigint       not null,
    publisher_id bigint       not null, -- auth's users
    actor_id     bigint       not null,
    decision     text         not null check (decision in ('dismiss', 'remove', 'restore', 'warn')),
    reason       varchar(500) not null default '',
    reports      integer      not null, -- how many of them it closed
    flags        integer      not null,
    at           timestamptz  not null
);
create index add_decision_add on add_decision (add_id, id);
create index add_decision_reasoned on add_decision (publisher_id) where reason <> '';

-- Decisions are not changed. Only their reasons, which are free text, go with the person they are about.
-- +goose StatementBegin
create function add_decision_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        old.reason := '';
        if new is not distinct from old then
            return new;
        end if;
    end if;
    raise exception 'decisions are not changed';
end
$$;
-- +goose StatementEnd
create trigger add_decision_stays before update or delete on add_decision for each row execute function add_decision_stays();

-- What members report. A report is open until a decision closes it.
create table add_report (
    id          bigint generated always as identity primary key,
    add_id      bigint        not null references add on delete cascade,
    reporter_id bigint        not null, -- auth's user; 0: somebody who is gone
    reason      text          not null check (reason in ('scam', 'prohibited', 'wrong_category', 'sold', 'offensive', 'duplicate', 'other')),
    note        varchar(1000) not null default '',
    at          timestamptz   not null,
    decision_id bigint references add_decision -- null: open
);
create unique index add_report_open on add_report (add_id, reporter_id) where decision_id is null and reporter_id <> 0;
create index add_report_add on add_report (add_id, id);
create index add_report_reporter on add_report (reporter_id) where reporter_id <> 0;

-- What the rules find (internal/rules). A flag is open until a decision closes it; one of a rule and
-- advert is open at a time.
create table add_flag (
    id          bigint generated always as identity primary key,
    add_id      bigint       not null references add on delete cascade,
    rule        varchar(40)  not null,
    evidence    varchar(200) not null,
    fingerprint bigint       not null, -- of what the rule looked at: what was decided is not found again
    at          timestamptz  not null,
    decision_id bigint references add_decision -- null: open
);
create unique index add_flag_open on add_flag (add_id, rule) where decision_id is null;
create index add_flag_add on add_flag (add_id, id);

-- Staff's queue: a row for each advert that ever was in it. Open ones come by rank, then the longest
-- waiting first; decided ones last decided first. The row belongs to whoever has locked the advert.
create table add_case (
    add_id       bigint primary key references add on delete cascade,
    publisher_id bigint      not null, -- auth's user: nobody decides about their own
    open         boolean     not null,
    rank         smallint    not null, -- 0: reported, or somebody may lose money; 1: the rest
    since        timestamptz not null, -- when it came into the queue, or was decided
    decision_id  bigint      not null default 0, -- the last; 0: none
    created_at   timestamptz not null
);
create index add_case_open on add_case (rank, since, add_id) where open;
create index add_case_decided on add_case (since desc, add_id desc) where not open;
create index add_case_all on add_case (created_at desc, add_id desc);

-- What active adverts said last, for finding many alike of one publisher.
create table add_text (
    add_id       bigint primary key references add on delete cascade,
    publisher_id bigint      not null,
    alike        bigint      not null, -- the same for texts that differ in numbers alone (internal/rules)
    at           timestamptz not null
);
create index add_text_alike on add_text (publisher_id, alike, at);
