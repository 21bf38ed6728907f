-- MemberRole is what somebody is in a community; nothing when they are not in it.
-- name: MemberRole :many
select role from member where community_id = @community_id and user_id = @user_id;

-- name: MemberByID :many
select * from member where community_id = @community_id and user_id = @user_id;

-- MemberRoles looks at each community: left alone, the planner reads all memberships of the user.
-- name: MemberRoles :many
select c.id::bigint as community_id, m.role from (select unnest(@community_ids::bigint[]) as id) c
    cross join lateral (select role from member where community_id = c.id and user_id = @user_id limit 1) m;

-- Membership locks a community that somebody, who is locked alone, is to join, and tells how they stand to it.
-- name: Membership :many
select exists (select from ban where ban.community_id = c.id and ban.user_id = @user_id::bigint) as banned,
    exists (select from member where member.community_id = c.id and member.user_id = @user_id) as inside,
    (select count(*) from (select from member where member.user_id = @user_id limit sqlc.arg(row_limit)::bigint) bounded) as joined
from community c where c.id = @community_id and not gone for no key update;

-- name: MemberCount :one
select count(*) from (select from member where user_id = @user_id limit sqlc.arg(row_limit)::bigint) bounded;

-- name: MemberInsert :exec
insert into member (community_id, user_id, role) values (@community_id, @user_id, @role) on conflict do nothing;

-- MemberInsertAll puts somebody into communities, where they are not put out; lower ids first, as everybody locks.
-- name: MemberInsertAll :many
insert into member (community_id, user_id) select c.id, @user_id::bigint from community c
where c.id = any(@community_ids::bigint[]) and not gone
    and not exists (select from ban where ban.community_id = c.id and ban.user_id = @user_id)
    and not exists (select from member where member.community_id = c.id and member.user_id = @user_id)
order by c.id for no key update of c on conflict do nothing returning community_id;

-- name: MemberDelete :execrows
delete from member where community_id = @community_id and user_id = @user_id;

-- name: MemberSetRole :execrows
update member set role = @role where community_id = @community_id and user_id = @user_id;

-- MemberHeir is who has moderated for longest, else who has been there for longest.
-- name: MemberHeir :many
select user_id from (
    (select 1 as turn, m.user_id from member m where m.community_id = @community_id and role <> 'member' and role = 'moderator' order by joined_at, m.user_id limit 1)
    union all
    (select 2 as turn, m.user_id from member m where m.community_id = @community_id order by joined_at, m.user_id limit 1)) candidate
order by turn limit 1;

-- MembersLongest begins behind a time and a user.
-- name: MembersLongest :many
select * from member where community_id = @community_id and (joined_at, user_id) > (@after::timestamptz, @after_id::bigint)
order by joined_at, user_id limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- name: MembersSpecial :many
select * from member where community_id = @community_id and role <> 'member' and role = @role::text and (joined_at, user_id) > (@after::timestamptz, @after_id::bigint)
order by joined_at, user_id limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- name: MembersPlain :many
select * from member where community_id = @community_id and role = 'member' and (joined_at, user_id) > (@after::timestamptz, @after_id::bigint)
order by joined_at, user_id limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- MembersSpecialCount counts the owner and the moderators.
-- name: MembersSpecialCount :many
select role, count(*) from member where community_id = @community_id and role <> 'member' group by role;

-- CommunitiesToLeave locks all communities that somebody is in.
-- name: CommunitiesToLeave :many
select * from community where id in (select community_id from member where user_id = @user_id) order by id for no key update;

-- name: MemberForget :exec
delete from member where user_id = @user_id;

-- MembersDeleteSpecial takes the owner and the moderators out of a community.
-- name: MembersDeleteSpecial :exec
delete from member where community_id = @community_id and role <> 'member';

-- MembersDelete takes some members out of a community.
-- name: MembersDelete :execrows
delete from member m where m.community_id = @community_id
    and m.user_id in (select p.user_id from member p where p.community_id = @community_id order by p.joined_at, p.user_id limit sqlc.arg(row_limit)::bigint);

-- name: BanInsert :execrows
insert into ban (community_id, user_id, by_id) values (@community_id, @user_id, @by_id) on conflict do nothing;

-- Banned says whether somebody is kept out of a community; nothing when there is no such community.
-- name: Banned :many
select exists (select from ban where ban.community_id = c.id and ban.user_id = @user_id::bigint) from community c where c.id = @community_id and not gone;

-- name: BanDelete :execrows
delete from ban where community_id = @community_id and user_id = @user_id;

-- BansNewest begins behind a time and a user.
-- name: BansNewest :many
select * from ban where community_id = @community_id and (at, user_id) < (@before::timestamptz, @before_id::bigint)
order by at desc, user_id desc limit sqlc.arg(row_limit)::bigint offset sqlc.arg(row_skip)::bigint;

-- name: BanCount :one
select count(*) from (select from ban where community_id = @community_id limit sqlc.arg(row_limit)::bigint) bounded;

-- name: BanForget :exec
delete from ban where user_id = @user_id;

-- BanForgetWho keeps who is put out, and forgets by whom.
-- name: BanForgetWho :exec
update ban set by_id = 0 where by_id = @user_id and by_id <> 0;
