package standin

import (
	"errors"
	"net/http"

	"github.com/jackc/pgx/v5/pgconn"
)

var marketRoutes = map[string]handler{
	"GET /api/adds/":            func(a *ask) (int, any, error) { return a.page(adds, "created_at desc, id desc") },
	"GET /api/adds/{id}/":       func(a *ask) (int, any, error) { return found(a.row(adds+" where id = $1", a.id())) },
	"GET /api/adds/my_adds/":    myAdds,
	"POST /api/adds/":           postAdd,
	"PATCH /api/adds/{id}/":     patchAdd,
	"DELETE /api/adds/{id}/":    deleteAdd,
	"GET /api/categories/":      func(a *ask) (int, any, error) { return a.page("select id, name, description from add_category", "id") },
	"GET /api/follows/":         func(a *ask) (int, any, error) { return a.page(follows, "id") }, // of everybody, as the original
	"POST /api/follows/":        postFollow,
	"DELETE /api/follows/{id}/": deleteFollow,
}

const (
	shownAdd = `id, publisher_id, publisher_id as publisher, 'User ' || publisher_id as publisher_name, title, description, price::text, category_id as category, condition,
		location_name, latitude, longitude, case when main_image_id is not null then jsonb_build_object('id', main_image_id) end as main_image, '[]'::jsonb as secondary_images, status, created_at, updated_at`
	adds    = "select " + shownAdd + " from add_add"
	follows = "select id, follower_id, following_id, created_at from add_follow"
)

func myAdds(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		return found(a.rows(adds+" where publisher_id = $1 order by created_at desc, id desc", me.ID))
	})
}

// publisher has somebody with a publishing role do something.
func (a *ask) publisher(do func(me user) (int, any, error)) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		if !me.publishes() {
			return 0, nil, errNobody // 401, as the original
		}
		return do(me)
	})
}

func postAdd(a *ask) (int, any, error) {
	return a.publisher(func(me user) (int, any, error) {
		for _, f := range []string{"title", "description", "price", "condition"} {
			if _, err := a.need(f); err != nil {
				return 0, nil, err
			}
		}
		return made(a.row(`insert into add_add (publisher_id, title, description, price, condition, category_id, location_name, main_image_id)
			values ($1, $2, $3, $4::text::numeric, $5, $6::text::bigint, $7, $8::text::integer) returning `+shownAdd,
			me.ID, a.text("title"), a.text("description"), a.text("price"), a.text("condition"), a.text("category"), a.text("location_name"), a.text("main_image_id")))
	})
}

func patchAdd(a *ask) (int, any, error) {
	return a.publisher(func(me user) (int, any, error) {
		return found(a.row(`update add_add set title = coalesce($3, title), description = coalesce($4, description), price = coalesce($5::text::numeric, price),
			updated_at = now() where id = $1 and publisher_id = $2 returning `+shownAdd,
			a.id(), me.ID, a.text("title"), a.text("description"), a.text("price")))
	})
}

func deleteAdd(a *ask) (int, any, error) {
	return a.publisher(func(me user) (int, any, error) {
		n, err := a.exec("delete from add_add where id = $1 and publisher_id = $2", a.id(), me.ID)
		if err == nil && n == 0 {
			err = errNotFound
		}
		return http.StatusNoContent, nil, err
	})
}

func postFollow(a *ask) (int, any, error) {
	return a.publisher(func(me user) (int, any, error) {
		whom := a.text("following", "following_id")
		switch {
		case whom == nil:
			return 0, nil, refuse(http.StatusBadRequest, "following or following_id required")
		case number(*whom) == me.ID:
			return 0, nil, refuse(http.StatusBadRequest, "No puedes seguirte a ti mismo.")
		}
		raw, err := a.row("insert into add_follow (follower_id, following_id) values ($1, $2) returning id, follower_id, following_id, created_at", me.ID, number(*whom))
		var pg *pgconn.PgError
		if errors.As(err, &pg) && pg.Code == "23505" {
			return 0, nil, refuse(http.StatusBadRequest, "Ya sigues a este usuario.")
		}
		return made(raw, err)
	})
}

// deleteFollow does what was meant: in the original it always fails.
func deleteFollow(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		n, err := a.exec("delete from add_follow where id = $1 and follower_id = $2", a.id(), me.ID)
		if err == nil && n == 0 {
			err = errNotFound
		}
		return http.StatusOK, object{"detail": "Has dejado de seguir a este usuario."}, err
	})
}
