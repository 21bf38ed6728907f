package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// discussedPost is a post that others comment on.
type discussedPost struct{ id, author int64 }

// postsToDiscuss are the newest posts to which the same follows whoever comments.
func (h *house) postsToDiscuss(ctx context.Context) ([]discussedPost, error) {
	conn, err := h.owner(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, `select id, author_id from foro.post
		where state = 'visible' and not locked and not anonymous and author_id <> 0 and community_id is not null order by id desc limit $1`, discussed+1)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p discussedPost, err error) {
		return p, row.Scan(&p.id, &p.author)
	})
	if err == nil && len(all) <= discussed {
		err = fmt.Errorf("there are %d posts to comment on, which is too few", len(all))
	}
	return all, err
}

// discuss makes a thread on a post: every tenth comment is on the post itself, the others answer that one or, by
// turns, each other.
func (h *house) discuss(ctx context.Context, p discussedPost) error {
	c, err := dial(ctx, h.community.product.address, time.Minute)
	if err != nil {
		return err
	}
	defer c.close()
	var parent int64
	for n := range remarksOfAPost {
		body := remark(p)
		if n%10 != 0 {
			body["parent"] = parent
		}
		status, err := c.do(write(apiComments, h.community.members[n%100], newKey(), nil, body))
		if err == nil && status != 201 {
			err = fmt.Errorf("comment: status %d: %.300s", status, c.body)
		}
		if err != nil {
			return err
		}
		if n%10 == 0 || n%3 == 0 {
			if parent, err = idOf(c.body); err != nil {
				return err
			}
		}
	}
	return nil
}

// remark is a comment that hardly anybody writes twice.
func remark(on discussedPost) map[string]any {
	return map[string]any{"post": on.id, "content": fmt.Sprintf("A mí me pasó lo mismo con %s: %s, y mejoró %s en una semana.", one(sick), one(signs), one(cures))}
}

var (
	sick  = []string{"la vaca", "el toro", "la oveja", "el ternero", "la alpaca", "el cerdo", "la gallina", "la yegua", "el burro", "la cabra"}
	signs = []string{"no quería comer", "tosía de noche", "cojeaba", "tenía fiebre", "perdía peso", "no daba leche", "se echaba", "temblaba", "no tomaba agua", "tenía diarrea"}
	cures = []string{"con sal mineral", "con más sombra", "con otro forraje", "con agua limpia", "separándola del resto", "con suero", "con reposo", "con menos grano", "con calor", "sin hacer nada"}
)

// demoPassword signs in those whom seed makes.
const demoPassword = "agrovet-demo"

// demoReader signs in somebody whom seed has made, who has much to read.
func demoReader(ctx context.Context, p *process, dsn string) (m member, err error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return m, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = conn.QueryRow(ctx, `select u.phone from auth.users u join foro.notification n on n.recipient_id = u.id
		where not u.is_staff group by u.id order by count(*) desc, u.id limit 1`).Scan(&m.phone)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errors.New("nobody has notifications")
	}
	if err != nil {
		return m, err
	}
	c, err := dial(ctx, p.address, time.Minute)
	if err != nil {
		return m, err
	}
	defer c.close()
	return signOne(c, m.phone, post(loginPath, map[string]string{"phone_number": m.phone, "password": demoPassword}))
}
