package main

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"
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
	for _, writing := range []replayed{h.remarks(of[1:]), h.reactions(of[1:])} {
		if err := h.greet(ctx); err != nil {
			return nil, err
		}
		more, err := h.measureReplays(ctx, writing)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
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

// writers are members whose ids cannot be taken for other numbers of a statement.
func (h *house) writers() []member { return h.community.members[100:] }

// greet has the product know the writers' tokens, as it does of those who have been there for a while.
func (h *house) greet(ctx context.Context) error {
	writers := h.writers()
	_, err := load{address: h.community.product.address, conns: 4, span: time.Minute, most: len(writers),
		request: func(n int) []byte { return get("/health/", writers[n].token) }}.run(ctx)
	return err
}

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
