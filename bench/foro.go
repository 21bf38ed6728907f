package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	apiForo     = "/api/foro/"
	apiPosts    = apiForo + "posts/"
	apiComments = apiForo + "comments/"

	foroPosts      = 20_000 // in the database when they are measured
	discussed      = 997    // of them are commented on and reacted to; a prime, so that members meet each only after all others
	remarksOfAPost = 200
)

// measureForo compares the forum's requests with the same statements in a bare handler.
func measureForo(ctx context.Context, h *house) ([]row, error) {
	if err := h.settle(ctx); err != nil {
		return nil, err
	}
	if err := h.fillForo(ctx); err != nil {
		return nil, err
	}
	of, err := h.postsToDiscuss(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.discuss(ctx, of[0]); err != nil {
		return nil, err
	}
	reader, err := demoReader(ctx, h.community.product, h.postgres.DSN())
	if err != nil {
		return nil, err
	}
	if err := h.asOwner(ctx, "vacuum analyze", "checkpoint"); err != nil {
		return nil, err
	}
	rows, err := h.measureReplays(ctx,
		signed("the feed", reader.token, always(apiPosts+"feed/")),
		anonymous(fmt.Sprintf("a thread of %d comments", remarksOfAPost), always(apiPosts+strconv.FormatInt(of[0].id, 10)+"/")),
		anonymous("page of posts", always(apiPosts)),
		signed("notifications", reader.token, always(apiForo+"notifications/")))
	if err != nil {
		return nil, err
	}
	if err := h.greet(ctx); err != nil {
		return nil, err
	}
	more, err := h.measureReplays(ctx, h.remarks(of[1:]), h.reactions(of[1:]))
	return append(rows, more...), err
}

// fillForo has the posts be there. The product does not run meanwhile: its jobs and the filling would wait for each
// other's locks.
func (h *house) fillForo(ctx context.Context) (err error) {
	h.community.product.stop()
	if err := h.seed(ctx, h.postgres.DSN(), "--posts", strconv.Itoa(foroPosts)); err != nil {
		return err
	}
	h.community.product, err = h.serve(ctx)
	return err
}

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

// writers are members whose ids cannot be taken for other numbers of a statement.
func (h *house) writers() []member { return h.community.members[100:] }

// greet has the product know the writers' tokens, as it does of those who have been there for a while.
func (h *house) greet(ctx context.Context) error {
	writers := h.writers()
	_, err := load{address: h.community.product.address, conns: 4, span: time.Minute, most: len(writers),
		request: func(n int) []byte { return get("/health/", writers[n].token) }}.run(ctx)
	return err
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

// remarks are comments of many members on many posts. Members may write some hundred an hour.
func (h *house) remarks(on []discussedPost) replayed {
	w := written("a comment", "CommentInsert", h.meeting(on, func(by member, p discussedPost) []byte {
		return write(apiComments, by, newKey(), []int64{p.id, p.author}, remark(p))
	}))
	w.most = 100 * len(h.writers()) / h.rounds
	return w
}

// reactions are those of many members to many posts, of each to each once.
func (h *house) reactions(to []discussedPost) replayed {
	return written("a reaction", "ReactionInsert", h.meeting(to, func(by member, p discussedPost) []byte {
		return write(apiForo+"reactions/", by, newKey(), []int64{p.id, p.author}, map[string]any{"type": "like", "content_type": "post", "object_id": p.id})
	}))
}

// meeting has another member write about another post each time, so that no two wait for the same rows.
func (h *house) meeting(posts []discussedPost, request func(member, discussedPost) []byte) func(int) []byte {
	writers := h.writers()
	var times atomic.Int64
	return func(int) []byte {
		n := int(times.Add(1))
		return request(writers[n%len(writers)], posts[n%len(posts)])
	}
}

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
