-- name: ReportOpen :many
select * from add_report where add_id = @add_id and reporter_id = @reporter_id and decision_id is null;

-- name: ReportInsert :one
insert into add_report (add_id, reporter_id, reason, note, at) values (@add_id, @reporter_id, @reason, @note, @at) returning *;

-- ReportsForget makes a person's reports anonymous. What they wrote helps as long as a report is open.
-- name: ReportsForget :exec
update add_report set reporter_id = 0, note = case when decision_id is null then note else '' end
where reporter_id = @reporter_id and reporter_id <> 0;

-- name: ReportsClose :execrows
update add_report set decision_id = @decision_id::bigint, note = case when reporter_id = 0 then '' else note end
where add_id = @add_id and decision_id is null;

-- Reports are those of an advert, newest first.
-- name: Reports :many
select * from add_report where add_id = @add_id order by id desc limit @max_rows;

-- ReportCounts are the reports of some adverts by reason: the open ones, else those that the last
-- decision closed.
-- name: ReportCounts :many
select r.add_id, r.reason, count(*) as n from add_case c join add_report r using (add_id)
where c.add_id = any(@ids::bigint[]) and case when c.open then r.decision_id is null else r.decision_id = c.decision_id end
group by 1, 2 order by 1, 3 desc, 2;

-- FlagsPut flags an advert, and returns the rules of the new flags. What was found before in the same text is not; an
-- open flag of the same rule becomes that of the new text.
-- name: FlagsPut :many
insert into add_flag (add_id, rule, evidence, fingerprint, at)
select @add_id::bigint, found.rule, found.evidence, found.fingerprint, @at::timestamptz
from (select unnest(@rules::text[]) as rule, unnest(@evidence::text[]) as evidence, unnest(@fingerprints::bigint[]) as fingerprint) found
where not exists (select from add_flag f where f.add_id = @add_id and f.rule = found.rule and f.fingerprint = found.fingerprint)
on conflict (add_id, rule) where decision_id is null do update set evidence = excluded.evidence, fingerprint = excluded.fingerprint
returning rule;

-- name: FlagsClose :execrows
update add_flag set decision_id = @decision_id::bigint where add_id = @add_id and decision_id is null;

-- Flags are those of an advert, newest first.
-- name: Flags :many
select * from add_flag where add_id = @add_id order by id desc limit @max_rows;

-- FlagsShown are the flags of some adverts: the open ones, else those that the last decision closed.
-- name: FlagsShown :many
select f.* from add_case c join add_flag f using (add_id)
where c.add_id = any(@ids::bigint[]) and case when c.open then f.decision_id is null else f.decision_id = c.decision_id end
order by f.add_id, f.id;

-- TextPut remembers what an advert says, and counts the publisher's others of the day that say the same.
-- name: TextPut :one
with put as (
    insert into add_text (add_id, publisher_id, alike, at) values (@add_id, @publisher_id, @alike, @at)
    on conflict (add_id) do update set alike = excluded.alike, at = excluded.at
)
select count(*) from (
    select from add_text t where t.publisher_id = @publisher_id and t.alike = @alike and t.at > @since::timestamptz and t.add_id <> @add_id
    limit 1000
) others;

-- UsualPrice is what the cheapest quarter of a category's newest adverts asks at most, of those that
-- compare.
-- name: UsualPrice :one
select count(*) as n, coalesce(percentile_cont(0.25) within group (order by base_price), 0)::float8 as price from (
    select base_price, currency, base_unit, on_request from add
    where status = 'active' and category_id = @category_id::bigint order by created_at desc, id desc limit 200
) newest
where currency = @currency::text and base_unit = @base_unit::text and base_price > 0 and not on_request;

-- CaseOpen puts an advert into the queue. One that is there keeps its place, unless it is more urgent now.
-- name: CaseOpen :exec
insert into add_case as c (add_id, publisher_id, open, rank, since, created_at)
values (@add_id, @publisher_id, true, @rank, @at, @at)
on conflict (add_id) do update set open = true,
    rank = case when c.open then least(c.rank, excluded.rank) else excluded.rank end,
    since = case when c.open then c.since else excluded.since end;

-- name: CaseDecide :exec
insert into add_case as c (add_id, publisher_id, open, rank, since, decision_id, created_at)
values (@add_id, @publisher_id, false, 1, @at, @decision_id, @at)
on conflict (add_id) do update set open = false, since = excluded.since, decision_id = excluded.decision_id;

-- name: CaseByID :many
select * from add_case where add_id = @add_id;

-- CasesOpen is the queue from behind a place on, but for the reader's own.
-- name: CasesOpen :many
select * from add_case where open and publisher_id <> @reader and (rank, since, add_id) > (@after_rank::smallint, @after_since::timestamptz, @after_id::bigint)
order by rank, since, add_id limit @max_rows offset @skip_rows;

-- name: CasesOpenCount :one
select count(*) from (select from add_case where open and publisher_id <> @reader limit @max_rows) bounded;

-- name: CasesDecided :many
select * from add_case where not open and publisher_id <> @reader and (since, add_id) < (@before_since::timestamptz, @before_id::bigint)
order by since desc, add_id desc limit @max_rows offset @skip_rows;

-- name: CasesDecidedCount :one
select count(*) from (select from add_case where not open and publisher_id <> @reader limit @max_rows) bounded;

-- name: CasesAll :many
select * from add_case where publisher_id <> @reader and (created_at, add_id) < (@before_since::timestamptz, @before_id::bigint)
order by created_at desc, add_id desc limit @max_rows offset @skip_rows;

-- name: CasesAllCount :one
select count(*) from (select from add_case where publisher_id <> @reader limit @max_rows) bounded;

-- name: DecisionInsert :one
insert into add_decision (add_id, publisher_id, actor_id, decision, reason, reports, flags, at)
select @add_id::bigint, @publisher_id::bigint, @actor_id::bigint, @decision::text, @reason::text,
    (select count(*) from add_report r where r.add_id = @add_id and r.decision_id is null),
    (select count(*) from add_flag f where f.add_id = @add_id and f.decision_id is null), @at::timestamptz
returning *;

-- Decisions are those about an advert, newest first.
-- name: Decisions :many
select * from add_decision where add_id = @add_id order by id desc limit @max_rows;

-- name: DecisionsByID :many
select * from add_decision where id = any(@ids::bigint[]);

-- DecisionTold is the last decision that an advert's publisher is told.
-- name: DecisionTold :many
select * from add_decision where add_id = @add_id and decision <> 'dismiss' order by id desc limit 1;

-- DecisionLog is all decisions before one, newest first.
-- name: DecisionLog :many
select * from add_decision where id < @before_id order by id desc limit @max_rows offset @skip_rows;

-- name: DecisionLogCount :one
select count(*) from (select from add_decision limit @max_rows) bounded;

-- DecisionsForget takes the reasons out of the decisions about a person's adverts.
-- name: DecisionsForget :exec
update add_decision set reason = '' where publisher_id = @publisher_id and reason <> '';
