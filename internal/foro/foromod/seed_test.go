package foromod_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// community are the people of every test who have a role.
func (w *world) community() (all []auth.User) {
	for _, id := range []int64{ana, luis, beto, carla, jefa} {
		all = append(all, w.users.known[id])
	}
	return all
}

func TestSeedMakesTheForumOnce(t *testing.T) {
	w := setup(t)
	for range 2 {
		require.NoError(t, w.module.Seed(t.Context(), w.community()))
		require.Equal(t, 22, w.count("post"))
		require.Zero(t, w.count("post where community_id is null"))
		require.Zero(t, w.count("post p join person on user_id = author_id join community c on c.id = community_id where role = 'consumer' and slug = 'especialistas-salud'"))
		require.Zero(t, w.count("(select created_at < lag(created_at) over (order by id) as back from post) x where back"), "ids and ages go together")
	}
	w.job("foro.document")
	w.job("foro.count-words")
	w.countsAreRight("0")
	require.Positive(t, w.count("post where created_at < $1", w.clock().Add(-20*24*time.Hour)))
	for _, of := range []string{"comment where parent_id is not null", "post where accepted_id is not null", "validation where user_id = 1", "reaction where post_id is not null",
		"reaction where comment_id is not null", "watch where post_id is not null", "watch where tag_id is not null", "watch where person_id is not null", "post_tag", "open_question"} {
		require.Positive(t, w.count(of), of)
	}
	require.Zero(t, w.count("moderation_case"))
	require.Zero(t, w.count("comment where created_at > $1", w.clock().Add(time.Minute)))
	require.Zero(t, w.count("post p join comment c on c.id = p.accepted_id where c.user_id = p.author_id"), "nobody accepts their own answer")
	require.Equal(t, w.count("post")+w.count("comment"), w.count("outbox where type in ('foro.post.created', 'foro.comment.added')"))
	require.Equal(t, 22.0, w.as(0, "GET", "posts/", nil).ok(200)["count"])
}

func TestSeedLeavesPeopleWithPostsAlone(t *testing.T) {
	w := setup(t)
	w.posted(beto)
	require.NoError(t, w.module.Seed(t.Context(), w.community()))
	require.Equal(t, 1, w.count("post"))
	require.NoError(t, w.module.Seed(t.Context(), nil))
}
