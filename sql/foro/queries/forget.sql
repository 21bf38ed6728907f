-- PersonGo marks somebody as gone, and as one who has left something.
-- name: PersonGo :exec
insert into person (user_id, gone, forgetting) values (@user_id, true, true)
on conflict (user_id) do update set gone = true, forgetting = true, role = '', verified = false, species = '{}', latitude = null, longitude = null where not person.gone;

-- name: PeopleForgetting :many
select user_id from person where forgetting order by user_id limit @max_rows;

-- name: PersonForgotten :exec
update person set forgetting = false where user_id = @user_id;

-- name: DraftsForget :exec
delete from draft where user_id = @user_id;

-- PostsLock locks posts in the order in which all do who lock several.
-- name: PostsLock :exec
select id from post where id = any(@ids::bigint[]) order by id for no key update;

-- ReactionsOf are some of somebody's, with the posts that they, or the comments, belong to.
-- name: ReactionsOf :many
select r.id, coalesce(r.post_id, c.post_id)::bigint as post_id from reaction r left join comment c on c.id = r.comment_id
where r.user_id = @user_id order by r.id limit @max_rows;

-- name: ReactionsForget :exec
delete from reaction where id = any(@ids::bigint[]) and user_id = @user_id;

-- ValidationsOf are some of somebody's, with the posts of the comments.
-- name: ValidationsOf :many
select v.comment_id, c.post_id from validation v join comment c on c.id = v.comment_id where v.user_id = @user_id limit @max_rows;

-- name: ValidationsForget :exec
delete from validation where comment_id = any(@comment_ids::bigint[]) and user_id = @user_id;

-- MentionsForget removes some of what refers to somebody; it says how many.
-- name: MentionsForget :execrows
delete from mention where ctid = any(array(select m.ctid from mention m where m.user_id = @user_id limit @max_rows));

-- name: PostsOf :many
select id from post where author_id = @user_id order by id desc limit @max_rows;

-- name: PostsAnonymise :exec
update post set author_id = 0 where id = any(@ids::bigint[]);

-- name: PostRevisionsDelete :exec
delete from revision where post_id = any(@ids::bigint[]);

-- PostClose lets nobody answer a post that is being removed bit by bit.
-- name: PostClose :exec
update post set state = 'removed', locked = true where id = @id;

-- PostCommentsDelete removes some comments of a post, replies before what they answer, and says which of them showed files.
-- name: PostCommentsDelete :many
delete from comment where id = any(array(select c.id from comment c where c.post_id = @post_id order by c.id desc limit @max_rows)) returning id, media_id;

-- name: CommentsOf :many
select id, post_id from comment where user_id = @user_id order by id desc limit @max_rows;

-- name: CommentsAnonymise :exec
update comment set user_id = 0 where id = any(@ids::bigint[]);
