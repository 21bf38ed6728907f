-- CaseOpen is the open case about a post or comment, an appeal or not. The post is locked.
-- name: CaseOpen :many
select * from moderation_case
where post_id = @post_id and coalesce(comment_id, 0) = @comment_id::bigint and (kind = 'appeal') = @appeal::boolean and rank < 2;

-- name: CaseInsert :one
insert into moderation_case (kind, post_id, comment_id, community_id, author_id, rank, place, appeals, said, opened_at)
values (@kind, @post_id, sqlc.narg(comment_id), @community_id, @author_id, @rank, @place, sqlc.narg(appeals), @said, @opened_at)
returning *;

-- CaseGrow notes that more is said against what an open case is about. It keeps its place, unless it is more urgent now.
-- name: CaseGrow :exec
update moderation_case set version = version + 1, rank = least(rank, @rank::smallint), hid = hid or @hid::boolean,
    kind = case when @kind::text = 'report' then 'report' else kind end
where id = @id;

-- name: CaseDecide :exec
update moderation_case set version = version + 1, rank = 2, place = @place, decision_id = @decision_id::bigint where id = @id;

-- name: CasesByID :many
select * from moderation_case where id = any(@ids::bigint[]);

-- CaseAppealing says whether a decision was appealed against.
-- name: CaseAppealing :one
select exists(select from moderation_case where appeals = @decision_id::bigint);

-- CasesEverywhere is a part of the queue of all communities, but for the reader's own.
-- name: CasesEverywhere :many
select found.id from unnest(@kinds::text[]) k (kind)
cross join lateral (
    select c.id, c.rank, c.place from moderation_case c
    where c.kind = k.kind and c.rank <= @last_rank::smallint and (c.rank, c.place, c.id) > (@after_rank::smallint, @after_place::bigint, @after_id::bigint) and c.author_id <> @reader::bigint
    order by c.rank, c.place, c.id limit @up_to
) found
order by found.rank, found.place, found.id limit @max_rows::integer offset @skip_rows::integer;

-- CasesOfCommunities is a part of the queue of some communities, but for the reader's own.
-- name: CasesOfCommunities :many
select found.id from unnest(@communities::bigint[]) m (id) cross join unnest(@kinds::text[]) k (kind)
cross join lateral (
    select c.id, c.rank, c.place from moderation_case c
    where c.community_id = m.id and c.kind = k.kind and c.rank <= @last_rank::smallint
        and (c.rank, c.place, c.id) > (@after_rank::smallint, @after_place::bigint, @after_id::bigint) and c.author_id <> @reader::bigint
    order by c.rank, c.place, c.id limit @up_to
) found
order by found.rank, found.place, found.id limit @max_rows::integer offset @skip_rows::integer;

-- name: CasesEverywhereCount :one
select count(*) from (
    select from unnest(@kinds::text[]) k (kind)
    cross join lateral (
        select from moderation_case c where c.kind = k.kind and c.rank between @first_rank::smallint and @last_rank::smallint and c.author_id <> @reader::bigint limit @max_rows::integer
    ) found
    limit @max_rows::integer
) bounded;

-- name: CasesOfCommunitiesCount :one
select count(*) from (
    select from unnest(@communities::bigint[]) m (id) cross join unnest(@kinds::text[]) k (kind)
    cross join lateral (
        select from moderation_case c
        where c.community_id = m.id and c.kind = k.kind and c.rank between @first_rank::smallint and @last_rank::smallint and c.author_id <> @reader::bigint limit @max_rows::integer
    ) found
    limit @max_rows::integer
) bounded;

-- Moderated are the communities that somebody moderates.
-- name: Moderated :many
select community_id from member where user_id = @user_id and role in ('owner', 'moderator') order by community_id;

-- ReportOf is somebody's report of a case.
-- name: ReportOf :many
select * from report where case_id = @case_id and reporter_id = @reporter_id;

-- name: ReportInsert :one
insert into report (case_id, reporter_id, reason, note, at) values (@case_id, @reporter_id, @reason, @note, @at) returning *;

-- Reports are those of a case, newest first.
-- name: Reports :many
select * from report where case_id = @case_id order by id desc limit @max_rows;

-- ReportCount counts the reports of a case up to a limit.
-- name: ReportCount :one
select count(*) from (select from report where case_id = @case_id limit @max_rows) bounded;

-- ReasonCounts are the reports of some cases by reason.
-- name: ReasonCounts :many
select case_id, reason, count(*) as n from report where case_id = any(@ids::bigint[]) group by 1, 2 order by 1, 3 desc, 2;

-- ReportsForget makes a person's reports anonymous. What they wrote helps as long as a case is open.
-- name: ReportsForget :exec
update report r set reporter_id = 0, note = case when c.rank < 2 then r.note else '' end
from moderation_case c where c.id = r.case_id and r.reporter_id = @reporter_id and r.reporter_id <> 0;

-- NotesForget takes away what those wrote who are gone, once the case is decided.
-- name: NotesForget :exec
update report set note = '' where case_id = @case_id and reporter_id = 0 and note <> '';

-- FlagsKnown are the fingerprints of what was found before in a post or comment.
-- name: FlagsKnown :many
select f.rule, f.fingerprint from moderation_case c join flag f on f.case_id = c.id
where c.post_id = @post_id and coalesce(c.comment_id, 0) = @comment_id::bigint;

-- FlagsPut notes what the rules find. A flag of the same rule becomes that of the new text.
-- name: FlagsPut :exec
insert into flag (case_id, rule, evidence, fingerprint, at)
select @case_id::bigint, found.rule, found.evidence, found.fingerprint, @at::timestamptz
from (select unnest(@rules::text[]) as rule, unnest(@evidence::text[]) as evidence, unnest(@fingerprints::bigint[]) as fingerprint) found
on conflict (case_id, rule) do update set evidence = excluded.evidence, fingerprint = excluded.fingerprint;

-- Flags are those of some cases, oldest first.
-- name: Flags :many
select * from flag where case_id = any(@ids::bigint[]) order by case_id, id;

-- AlikePut counts that somebody says something once more, and returns how often within a day.
-- name: AlikePut :one
insert into alike_text as a (user_id, alike, times, since) values (@user_id, @alike, 1, @at)
on conflict (user_id, alike) do update set times = case when a.since > @day_ago::timestamptz then a.times + 1 else 1 end,
    since = case when a.since > @day_ago::timestamptz then a.since else excluded.since end
returning times;

-- name: AlikePurge :execrows
delete from alike_text where ctid = any(array(select a.ctid from alike_text a where a.since < @day_ago::timestamptz order by a.since limit @max_rows::integer));

-- name: DecisionInsert :one
insert into decision (post_id, comment_id, community_id, author_id, anonymous, actor_id, role, decision, reason, days, at)
values (@post_id, @comment_id, @community_id, @author_id, @anonymous, @actor_id, @role, @decision, @reason, @days, @at)
returning *;

-- name: DecisionsByID :many
select * from decision where id = any(@ids::bigint[]);

-- DecisionsAbout are those about a post or comment, newest first.
-- name: DecisionsAbout :many
select * from decision where post_id = @post_id and comment_id = @comment_id order by id desc limit @max_rows;

-- DecisionsOf are those about what somebody wrote, newest first.
-- name: DecisionsOf :many
select * from decision where author_id = @author_id and author_id <> 0 order by id desc limit @max_rows;

-- Warnings are those about what somebody wrote against which no appeal was granted, newest first.
-- name: Warnings :many
select d.* from decision d
where d.author_id = @author_id and d.author_id <> 0 and d.decision = 'warn' and not exists (
    select from moderation_case c join decision r on r.id = c.decision_id where c.appeals = d.id and r.decision = 'restore')
order by d.id desc limit @max_rows;

-- DecisionLog is all decisions before one, newest first.
-- name: DecisionLog :many
select * from decision where id < @before_id order by id desc limit @max_rows offset @skip_rows;

-- name: DecisionLogCount :one
select count(*) from (select id from decision order by id limit @max_rows) bounded;

-- DecisionsForget takes a person, and the reasons, out of the decisions about what they wrote.
-- name: DecisionsForget :exec
update decision set author_id = 0, reason = '' where author_id = @user_id and author_id <> 0;

-- name: DecidersForget :exec
update decision set actor_id = 0 where actor_id = @user_id and actor_id <> 0;

-- name: CasesForget :exec
update moderation_case set author_id = 0, said = '' where author_id = @user_id and author_id <> 0;

-- name: AlikeForget :exec
delete from alike_text where user_id = @user_id;

-- name: SuspensionsForget :exec
delete from suspension where user_id = @user_id;

-- name: NewcomerForget :exec
delete from newcomer_text where user_id = @user_id;

-- name: PostState :exec
update post set state = @state where id = @id;

-- name: CommentState :exec
update comment set state = @state where id = @id;

-- name: PostLocked :exec
update post set locked = @locked where id = @id;

-- PostStrip takes the files off a post and off what it was before, and returns them.
-- name: PostStrip :many
with was as (
    select media_id from post where id = @id::bigint and media_id is not null
    union
    select media_id from revision where post_id = @id::bigint and media_id is not null
), now as (
    update post set media_id = null where id = @id::bigint and media_id is not null
), before as (
    update revision set media_id = null where post_id = @id::bigint and media_id is not null
)
select media_id::bigint from was order by 1;

-- name: CommentStrip :many
with was as (
    select media_id from comment where id = @id::bigint and media_id is not null
    union
    select media_id from revision where comment_id = @id::bigint and media_id is not null
), now as (
    update comment set media_id = null where id = @id::bigint and media_id is not null
), before as (
    update revision set media_id = null where comment_id = @id::bigint and media_id is not null
)
select media_id::bigint from was order by 1;

-- PastOfPost is what a post was before, newest first.
-- name: PastOfPost :many
select * from revision where post_id = @post_id::bigint order by version desc limit @max_rows;

-- name: PastOfComment :many
select * from revision where comment_id = @comment_id::bigint order by version desc limit @max_rows;
