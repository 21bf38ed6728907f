package standin

import (
	"errors"
	"net/http"

	"github.com/jackc/pgx/v5"
)

var foroRoutes = map[string]handler{
	"GET /api/foro/posts/":      func(a *ask) (int, any, error) { return a.page(posts, "created_at desc, id desc") },
	"GET /api/foro/posts/{id}/": func(a *ask) (int, any, error) { return found(a.row(posts+" where p.id = $1", a.id())) },
	"POST /api/foro/posts/":     postPost,
	"PATCH /api/foro/posts/{id}/": func(a *ask) (int, any, error) {
		return a.as(func(user) (int, any, error) { // anybody, as the original
			return found(a.row(`update foro_post set title = coalesce($2, title), content = coalesce($3, content), updated_at = now() where id = $1
				returning id, title, content`, a.id(), a.text("title"), a.text("content")))
		})
	},
	"GET /api/foro/comments/":                 func(a *ask) (int, any, error) { return a.page(comments, "created_at desc, id desc") },
	"GET /api/foro/comments/{id}/":            func(a *ask) (int, any, error) { return found(a.row(comments+" where id = $1", a.id())) },
	"POST /api/foro/comments/":                postComment,
	"POST /api/foro/reactions/":               postReaction,
	"DELETE /api/foro/reactions/{id}/remove/": deleteReaction,
	"GET /api/foro/communities/":              func(a *ask) (int, any, error) { return a.page(communities, "members_count desc, created_at desc, id") },
	"GET /api/foro/communities/{id}/":         func(a *ask) (int, any, error) { return found(a.row(communities+" where id = $1", a.id())) },
	"POST /api/foro/communities/{id}/join/":   func(a *ask) (int, any, error) { return a.membership("joined", join) },
	"POST /api/foro/communities/{id}/leave/":  func(a *ask) (int, any, error) { return a.membership("left", leave) },
}

const (
	posts = `select p.id, jsonb_build_object('id', p.author_id, 'name', 'User ' || p.author_id, 'avatar', null) as author, p.title, p.content, p.created_at, p.updated_at,
		p.views_count, p.relevance_score, (select count(*) from foro_comment c where c.post_id = p.id) as comments_count,
		(select count(*) from foro_reaction r join django_content_type t on t.id = r.content_type_id and t.model = 'post' where r.object_id = p.id) as reactions_count
		from foro_post p`
	shownComment = `id, jsonb_build_object('id', user_id, 'name', 'User ' || user_id, 'avatar', null) as "user", post_id, parent_id, content, created_at, updated_at,
		reactions_count, replies_count, reactions_count + replies_count as popularity`
	comments      = "select " + shownComment + " from foro_comment"
	shownReaction = `id, user_id as "user", type, content_type_id as content_type, object_id, created_at`
	communities   = "select id, name, slug, short_description, description, cover_image, avatar, members_count, created_by_id, created_at from foro_community"
	join          = "update foro_community set members_ids = members_ids || to_jsonb($1::bigint), members_count = members_count + 1 where id = $2 and not members_ids @> to_jsonb($1::bigint)"
	leave         = `update foro_community set members_ids = (select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(members_ids) e where e #>> '{}' <> $1::bigint::text),
		members_count = greatest(0, members_count - 1) where id = $2`
)

func postPost(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		for _, f := range []string{"title", "content"} {
			if _, err := a.need(f); err != nil {
				return 0, nil, err
			}
		}
		var id int64
		err := a.pool.QueryRow(a.Context(), "insert into foro_post (author_id, title, content, community_id) values ($1, $2, $3, $4::text::bigint) returning id",
			me.ID, a.text("title"), a.text("content"), a.text("community_id", "community")).Scan(&id)
		if err != nil {
			return 0, nil, err
		}
		return made(a.row(posts+" where p.id = $1", id))
	})
}

// postComment wants post and post_id, as the original, and asks for neither to be there.
func postComment(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		for _, f := range []string{"post", "post_id", "content"} {
			if _, err := a.need(f); err != nil {
				return 0, nil, err
			}
		}
		return made(a.row("insert into foro_comment (user_id, post_id, parent_id, content) values ($1, $2::text::bigint, $3::text::bigint, $4) returning "+shownComment,
			me.ID, a.text("post_id"), a.text("parent", "parent_id"), a.text("content")))
	})
}

func postReaction(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		about, object := a.text("content_type"), a.text("object_id")
		if about == nil || object == nil || *about != "post" && *about != "comment" {
			return 0, nil, refuse(http.StatusBadRequest, "invalid content_type")
		}
		if _, err := a.row("select id from foro_"+*about+" where id = $1", number(*object)); err != nil {
			return 0, nil, refuse(http.StatusNotFound, "Objeto no encontrado")
		}
		raw, err := a.row(`insert into foro_reaction (user_id, type, content_type_id, object_id) select $1, $2, id, $4 from django_content_type where app_label = 'foro' and model = $3
			on conflict do nothing returning `+shownReaction, me.ID, a.text("type"), about, number(*object))
		if errors.Is(err, errNotFound) { // the same one exists
			return found(a.row(`select r.id, r.user_id as "user", r.type, r.content_type_id as content_type, r.object_id, r.created_at from foro_reaction r
				join django_content_type t on t.id = r.content_type_id and t.model = $3 where r.user_id = $1 and r.type = $2 and r.object_id = $4`, me.ID, a.text("type"), about, number(*object)))
		}
		return made(raw, err)
	})
}

func deleteReaction(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		n, err := a.exec("delete from foro_reaction where id = $1 and user_id = $2", a.id(), me.ID)
		if err == nil && n == 0 {
			err = errNotFound
		}
		return http.StatusNoContent, nil, err
	})
}

// membership changes a list of members.
func (a *ask) membership(done, change string) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		var there int
		err := a.pool.QueryRow(a.Context(), "select 1 from foro_community where id = $1", a.id()).Scan(&there)
		if errors.Is(err, pgx.ErrNoRows) {
			return 0, nil, refuse(http.StatusNotFound, "Comunidad no encontrada")
		}
		if err == nil {
			_, err = a.exec(change, me.ID, a.id())
		}
		return http.StatusOK, object{done: true}, err
	})
}
