-- name: CommunitiesByID :many
select * from community where id = any(@ids::bigint[]) and not gone;

-- MemberRole is what somebody is in a community; nothing when they are not in it.
-- name: MemberRole :many
select role from member where community_id = @community_id and user_id = @user_id;
