-- Due is what is due first, locked: who makes documents does so one after another.
-- name: Due :many
select id, post_id, coalesce(comment_id, 0)::bigint as comment_id, coalesce(comments_after, -1)::bigint as comments_after
from due order by id limit @max_rows for update;

-- DueComments are comments of posts whose comments are due, above those that were done, as far as they come.
-- name: DueComments :many
select d.id as due_id, c.id as comment_id
from due d cross join lateral (
    select id from comment where post_id = d.post_id and id > d.comments_after order by id limit @max_rows) c
where d.id = any(@ids::bigint[])
order by d.id, c.id limit @max_rows;

-- name: DueDone :exec
delete from due where id = any(@ids::bigint[]);

-- name: DueProgress :exec
update due set comments_after = @comments_after::bigint where id = @id;

-- FindablePosts are posts with what they are found by, those of texts with their text. They stay until the commit.
-- name: FindablePosts :many
select p.id, p.author_id, p.anonymous, p.question, p.answered, p.community_id, p.species, p.state, p.created_at,
    array(select t.name from post_tag pt join tag t on t.id = pt.tag_id where pt.post_id = p.id order by t.name)::text[] as tags,
    (case when p.id = any(@texts::bigint[]) then p.title else '' end)::text as title,
    (case when p.id = any(@texts::bigint[]) then p.content else '' end)::text as content
from post p where p.id = any(@ids::bigint[]) order by p.id for key share of p;

-- FindableComments are comments with what they are found by. They stay until the commit.
-- name: FindableComments :many
select id, post_id, user_id, anonymous, content, state, created_at
from comment where id = any(@ids::bigint[]) order by id for key share;

-- name: DocumentIDs :many
select id, post_id, 0::bigint as comment_id from document where post_id = any(@post_ids::bigint[]) and comment_id is null
union all
select id, post_id, comment_id from document where comment_id = any(@comment_ids::bigint[]);

-- name: DocumentReserve :many
select nextval(pg_get_serial_sequence('document', 'id')) as id from generate_series(1, @n::integer) order by 1;

-- name: DocumentPut :batchexec
insert into document as d (id, post_id, comment_id, terms, title_terms, created_at)
values (@id, @post_id, sqlc.narg(comment_id), @terms, @title_terms, @created_at)
on conflict (id) do update set terms = excluded.terms, title_terms = excluded.title_terms
where d.terms <> excluded.terms or d.title_terms <> excluded.title_terms;

-- DocumentsOfPostsDelete removes those of posts and of the comments on them.
-- name: DocumentsOfPostsDelete :exec
delete from document where post_id = any(@post_ids::bigint[]);

-- name: DocumentsOfCommentsDelete :exec
delete from document where comment_id = any(@comment_ids::bigint[]);

-- DocumentTexts are what documents' posts and comments say in their own words, in any order.
-- name: DocumentTexts :many
select (case when c.id is null then p.title else '' end)::text as title, coalesce(c.content, p.content)::text as content
from document d join post p on p.id = d.post_id left join comment c on c.id = d.comment_id
where d.id = any(@ids::bigint[]);
