package foromod_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// reactAtOnce does n things at the same time.
func reactAtOnce(n int, do func(i int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	wg.Wait()
}

// changeMind reacts to a target at random, or takes back a reaction of the user's.
func (w *world) changeMind(userID int64, contentType string, id int64) answer {
	if rand.IntN(3) > 0 {
		return w.react(userID, []string{"like", "dislike", "heart"}[rand.IntN(3)], contentType, id)
	}
	mine := w.texts(path("select id::text from reaction where user_id = $1 and %s_id = $2 order by random() limit 1", contentType), userID, id)
	if len(mine) == 0 {
		return w.react(userID, "like", contentType, id)
	}
	return w.as(userID, "DELETE", "reactions/"+mine[0]+"/remove/", nil)
}

// TestTwoHundredReactionsAtOnceCountExactly: of many people, and of one person, on a post and on comments of it,
// while others answer.
func TestTwoHundredReactionsAtOnceCountExactly(t *testing.T) {
	w := setup(t)
	post := w.posted(ana)
	comments := []int64{w.commented(luis, post), w.commented(ana, post)}
	for n := int64(100); n < 120; n++ {
		w.users.put(auth.User{ID: n})
	}
	for name, who := range map[string]func(i int) int64{
		"OfMany": func(i int) int64 { return int64(100 + i%20) },
		"OfOne":  func(int) int64 { return carla },
	} {
		t.Run(name, func(t *testing.T) {
			reactAtOnce(200, func(i int) {
				var got answer
				switch i % 8 {
				case 0:
					got = w.as(who(i), "POST", "comments/", object{"post": post, "content": "Yo también.", "parent": comments[i/8%2]})
				case 1, 2, 3:
					got = w.changeMind(who(i/8), "comment", comments[i%2])
				default:
					got = w.changeMind(who(i/8), "post", post)
				}
				if got.Status != 200 && got.Status != 201 && got.Status != 204 && got.Status != 404 {
					t.Errorf("%d %s", got.Status, got.Raw)
				}
			})
			w.countsAgree()
		})
	}
	p := w.as(carla, "GET", path("posts/%d/", post), nil).ok(200)
	require.EqualValues(t, w.count("reaction where post_id = $1", post), p["reactions_count"])
	require.Len(t, p["my_reactions"], w.count("reaction where post_id = $1 and user_id = $2", post, carla))
}

// TestOneOfManySameReactionsIsNew: and one is told.
func TestOneOfManySameReactionsIsNew(t *testing.T) {
	w := setup(t)
	post := w.posted(ana)
	comment := w.commented(luis, post)
	for contentType, id := range map[string]int64{"post": post, "comment": comment} {
		statuses := make([]int, 50)
		reactAtOnce(len(statuses), func(i int) { statuses[i] = w.react(carla, "like", contentType, id).Status })
		made := map[int]int{}
		for _, s := range statuses {
			made[s]++
		}
		require.Equal(t, map[int]int{201: 1, 200: 49}, made, contentType)
	}
	require.Len(t, w.reactionEvents(), 2)
	w.countsAgree()
}
