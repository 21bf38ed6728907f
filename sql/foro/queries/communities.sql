-- name: CommunitiesByID :many
select * from community where id = any(@ids::bigint[]) and not gone;

-- CommunityForUpdate locks the row: whoever changes a community, or who is what in it, does so one after
-- another. People are locked before.
-- name: CommunityForUpdate :many
select * from community where id = @id and not gone for no key update;

-- name: CommunityBySlug :many
select * from community where lower(slug) = lower(@slug::text) and not gone;

-- CommunityInsert does nothing where the name or the slug is taken.
-- name: CommunityInsert :many
insert into community (name, slug, short_description, description, created_by) values (@name, @slug, @short_description, @description, @created_by)
on conflict do nothing returning id, created_at;

-- name: CommunityUpdate :exec
update community set name = @name, slug = @slug, short_description = @short_description, description = @description,
    cover_id = sqlc.narg(cover_id), avatar_id = sqlc.narg(avatar_id), created_by = @created_by where id = @id;

-- CommunityEnd has a community vanish; what is in it is removed later.
-- name: CommunityEnd :exec
update community set gone = true, cover_id = null, avatar_id = null where id = @id;

-- CommunityTaken says whether another community has the name or the slug.
-- name: CommunityTaken :one
select exists (select from community where lower(name) = lower(@name::text) and not gone and id <> @id::bigint) as name_taken,
    exists (select from community where lower(slug) = lower(@slug::text) and not gone and id <> @id) as slug_taken;

-- CommunitiesWithPicture locks those that show a file.
-- name: CommunitiesWithPicture :many
select * from community where cover_id = @media_id::bigint or avatar_id = @media_id order by id for no key update;

-- name: CommunityWordsPut :exec
insert into community_words (community_id, beginnings) values (@community_id, @beginnings)
on conflict (community_id) do update set beginnings = excluded.beginnings;

-- name: CommunityWordsDelete :exec
delete from community_words where community_id = @community_id;

-- CommunitiesLargest begins behind a number of members and an id.
-- name: CommunitiesLargest :many
select * from community where not gone and (members_count, id) < (@members::int, @below::bigint)
order by members_count desc, id desc limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- name: CommunityTotal :one
select n from community_total;

-- CommunityMatches counts those whose words begin so, up to a limit.
-- name: CommunityMatches :one
select count(*) from (select from community_words where beginnings @> @words::text[] limit sqlc.arg(row_limit)::bigint) bounded;

-- CommunitiesMatching is for words that few have: all of them are read and put in order.
-- name: CommunitiesMatching :many
with found as materialized (select community_id from community_words where beginnings @> @words::text[])
select community.* from found join community on id = community_id where not gone and (members_count, id) < (@members::int, @below::bigint)
order by members_count desc, id desc limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- CommunitiesAmong is for words that many have: the largest are looked at until there are enough.
-- name: CommunitiesAmong :many
select community.* from community
    cross join lateral (select from community_words where community_id = community.id and (beginnings @> @words::text[]) is true offset 0) matches
where not gone and (members_count, id) < (@members::int, @below::bigint)
order by members_count desc, id desc limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- CommunitiesOfMember are those that somebody is in: some hundreds at most.
-- name: CommunitiesOfMember :many
select community.* from member join community on id = community_id
where user_id = @user_id and not gone and (members_count, id) < (@members::int, @below::bigint) and (cardinality(@words::text[]) = 0
    or exists (select from community_words w where w.community_id = community.id and (beginnings @> @words) is true))
order by members_count desc, id desc limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- name: CommunitiesOfMemberCount :one
select count(*) from member join community on id = community_id
where user_id = @user_id and not gone and (cardinality(@words::text[]) = 0
    or exists (select from community_words w where w.community_id = community.id and (beginnings @> @words) is true));

-- CommunitySeed makes a community that the forum comes with. Where there is one of them, staff has had its say.
-- name: CommunitySeed :many
insert into community (name, slug, short_description, standard)
select name, slug, short_description, true
from (select unnest(@names::text[]) as name, unnest(@slugs::text[]) as slug, unnest(@descriptions::text[]) as short_description) d
where not exists (select from community where standard)
on conflict do nothing returning id, slug;

-- name: CommunitiesStandard :many
select id from community where standard and not gone and slug = any(@slugs::text[]) order by id;

-- name: CommunitiesGone :many
select id from community where gone order by id limit @row_limit;

-- CommunityLeavePosts takes some posts out of a community.
-- name: CommunityLeavePosts :execrows
update post set community_id = null where id in (select id from post where community_id = @community_id::bigint order by id limit @row_limit for no key update);

-- CommunityDelete removes the row; posts and drafts that have come meanwhile refer to nothing then.
-- name: CommunityDelete :exec
delete from community where id = @id and gone;
