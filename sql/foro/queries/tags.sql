-- TagsMake sees to it that there are tags of these names, in the order in which they are locked.
-- name: TagsMake :exec
insert into tag (name) select n from unnest(@names::text[]) n where not exists (select from tag where name = n) order by n on conflict do nothing;

-- name: PostTagsAdd :exec
insert into post_tag (post_id, tag_id, shown)
select p.id, t.id, p.state = 'visible' from post p cross join tag t where p.id = @post_id and t.name = any(@names::text[])
order by t.id on conflict do nothing;

-- PostTagsKeep removes all others.
-- name: PostTagsKeep :exec
delete from post_tag where post_id = @post_id and tag_id <> all(array(select id from tag where name = any(@names::text[])));

-- name: TagPosts :many
select posts_count from tag where name = @name;

-- name: PostMentionsAdd :exec
insert into mention (post_id, user_id) select @post_id::bigint, id from unnest(@user_ids::bigint[]) id order by id on conflict do nothing;

-- PostMentionsKeep removes all others.
-- name: PostMentionsKeep :exec
delete from mention where post_id = @post_id::bigint and user_id <> all(@user_ids::bigint[]);
