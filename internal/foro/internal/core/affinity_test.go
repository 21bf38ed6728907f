package core

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// strangers is auth that knows nobody.
type strangers struct{}

func (strangers) Users(context.Context, ...int64) (map[int64]auth.User, error) { return nil, nil }

// setup is the rules on a database of their own.
func setup(t *testing.T) *Core {
	t.Helper()
	db := pgtest.Schema(t, "foro")
	c, err := New(Config{}, Deps{DB: db, Outbox: bus.New(bus.Config{}).Source(db, foro.Topic), Users: strangers{}})
	require.NoError(t, err)
	return c
}

func as(userID int64) context.Context {
	return authn.With(context.Background(), authn.Principal{UserID: userID})
}

func (c *Core) posted(t *testing.T, userID int64, anonymous bool) int64 {
	t.Helper()
	s, err := c.Publish(as(userID), foro.Post{Title: "Vaca", Content: "Triste.", Anonymous: anonymous})
	require.NoError(t, err)
	return s.ID
}

func (c *Core) commented(t *testing.T, userID, postID int64) int64 {
	t.Helper()
	m, err := c.Answer(as(userID), foro.Comment{PostID: postID, Content: "Yo también."})
	require.NoError(t, err)
	return m.ID
}

func (c *Core) reactedAs(t *testing.T, userID int64, to foro.Target) int64 {
	t.Helper()
	r, _, err := c.React(as(userID), to, foro.Like)
	require.NoError(t, err)
	return r.ID
}

func (c *Core) texts(t *testing.T, query string) []string {
	t.Helper()
	rows, err := c.DB.Q(t.Context()).Query(t.Context(), query)
	require.NoError(t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return out
}

func (c *Core) affinities(t *testing.T) []string {
	return c.texts(t, "select user_id || '>' || author_id || ' ' || weight from affinity order by user_id, author_id")
}

func TestWhatIsDeletedCountsNoMore(t *testing.T) {
	c := setup(t)
	post, other, hidden := c.posted(t, 1, false), c.posted(t, 1, false), c.posted(t, 2, true)
	first, second, asker := c.commented(t, 2, post), c.commented(t, 3, post), c.commented(t, 2, hidden)
	c.commented(t, 3, other)
	c.commented(t, 1, hidden)
	c.reactedAs(t, 3, foro.Target{PostID: post})
	c.reactedAs(t, 3, foro.Target{CommentID: first})
	c.reactedAs(t, 1, foro.Target{CommentID: second})
	c.reactedAs(t, 3, foro.Target{CommentID: asker})
	c.reactedAs(t, 3, foro.Target{PostID: hidden})
	require.Equal(t, []string{"1>3 1", "2>1 3", "3>1 8", "3>2 1"}, c.affinities(t))

	require.NoError(t, c.unaffine(t.Context(), nil, []int64{first, asker}))
	require.Equal(t, []string{"1>3 1", "3>1 8"}, c.affinities(t))
	_, err := c.DB.Q(t.Context()).Exec(t.Context(), "update comment set state = 'deleted', user_id = 0 where id = $1", first)
	require.NoError(t, err)
	require.NoError(t, c.unaffine(t.Context(), nil, []int64{first}), "again, when its place goes")
	require.NoError(t, c.unaffine(t.Context(), []int64{hidden}, nil))
	require.Equal(t, []string{"1>3 1", "3>1 8"}, c.affinities(t))
	require.NoError(t, c.unaffine(t.Context(), []int64{post}, []int64{second}), "a comment of the post is not counted twice")
	require.Equal(t, []string{"3>1 3"}, c.affinities(t))
	require.NoError(t, c.unaffine(t.Context(), []int64{other}, nil))
	require.Empty(t, c.affinities(t))
}

// TestADeletedCommentsReactionIsTakenBackOnce: with the comment, and not again by whoever reacted.
func TestADeletedCommentsReactionIsTakenBackOnce(t *testing.T) {
	c := setup(t)
	post := c.posted(t, 1, false)
	comment, other := c.commented(t, 2, post), c.commented(t, 2, post)
	like := c.reactedAs(t, 3, foro.Target{CommentID: comment})
	c.reactedAs(t, 3, foro.Target{CommentID: other})
	require.NoError(t, c.unaffine(t.Context(), nil, []int64{comment}))
	_, err := c.DB.Q(t.Context()).Exec(t.Context(), "update comment set state = 'deleted' where id = $1", comment)
	require.NoError(t, err)
	require.NoError(t, c.Unreact(as(3), like))
	require.Equal(t, []string{"2>1 3", "3>2 1"}, c.affinities(t))
}

func TestAPersonsAffinityIsForgotten(t *testing.T) {
	c := setup(t)
	mine, theirs := c.posted(t, 1, false), c.posted(t, 2, false)
	c.commented(t, 2, mine)
	c.commented(t, 1, theirs)
	c.commented(t, 3, theirs)
	require.Equal(t, []string{"1>2 3", "2>1 3", "3>2 3"}, c.affinities(t))
	require.NoError(t, c.forgetAffinity(t.Context(), 1))
	require.Equal(t, []string{"3>2 3"}, c.affinities(t))
}

// TestACommentIsDeletedAmongReactions: each of which counts, and is taken back.
func TestACommentIsDeletedAmongReactions(t *testing.T) {
	c := setup(t)
	post := c.posted(t, 1, false)
	for range 5 {
		comment := c.commented(t, 2, post)
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				if _, _, err := c.React(as(int64(100+i)), foro.Target{CommentID: comment}, foro.Heart); err != nil && !errors.Is(err, foro.ErrNoTarget) {
					t.Error(err)
				}
			})
		}
		wg.Go(func() {
			err := c.DB.Tx(context.Background(), func(ctx context.Context) error {
				if _, _, err := c.store.Post(ctx, post, true); err != nil {
					return err
				}
				if err := c.unaffine(ctx, nil, []int64{comment}); err != nil {
					return err
				}
				_, err := c.DB.Q(ctx).Exec(ctx, "delete from comment where id = $1", comment)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		require.Empty(t, c.affinities(t))
	}
}

// TestDeletionsMeetReactions: sums stay exact, and nobody waits in a circle.
func TestDeletionsMeetReactions(t *testing.T) {
	c := setup(t)
	keep := c.posted(t, 1, false)
	var posts []int64
	for range 10 {
		posts = append(posts, c.posted(t, 1, false))
	}
	for i := range 10 {
		for _, p := range posts {
			c.reactedAs(t, int64(100+i), foro.Target{PostID: p})
		}
	}
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			err := c.DB.Tx(context.Background(), func(ctx context.Context) error {
				if _, _, err := c.store.Post(ctx, posts[i], true); err != nil {
					return err
				}
				if err := c.unaffine(ctx, posts[i:i+1], nil); err != nil {
					return err
				}
				_, err := c.DB.Q(ctx).Exec(ctx, "delete from post where id = $1", posts[i])
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			for range 5 {
				r, _, err := c.React(as(int64(100+i)), foro.Target{PostID: keep}, foro.Like)
				if err == nil {
					err = c.Unreact(as(int64(100+i)), r.ID)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	require.Empty(t, c.texts(t, "select user_id || ' ' || weight from affinity where weight <> 0"))
}

func TestAPersonsViewsAreForgotten(t *testing.T) {
	c := setup(t)
	post := c.posted(t, 1, false)
	for _, who := range []int64{2, 3} {
		s, err := c.Get(as(who), post)
		require.NoError(t, err)
		c.Look(as(who), s, "", "")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.NoError(t, c.Run(ctx))
	require.NoError(t, c.forgetViews(t.Context(), 2))
	require.Equal(t, []string{"1 2"}, c.texts(t, "select count(*) || ' ' || (select views_count from post) from post_view"), "the count stays")
}
