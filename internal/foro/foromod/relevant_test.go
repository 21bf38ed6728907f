package foromod_test

import (
	"encoding/base64"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// aged makes a post that is some hours old.
func (w *world) aged(userID int64, hours float64, more ...object) int64 {
	w.t.Helper()
	id := w.posted(userID, more...)
	w.exec("update post set created_at = $1 where id = $2", w.clock().Add(-time.Duration(hours*float64(time.Hour))), id)
	return id
}

// relevant are the ids of a reader's posts/relevant/, all of them by page numbers.
func (w *world) relevant(userID int64) (ids []float64) {
	w.t.Helper()
	for n := 1; ; n++ {
		page := w.as(userID, "GET", path("posts/relevant/?page_size=100&page=%d", n), nil).ok(200)
		ids = append(ids, field[float64](results(page), "id")...)
		if page["next"] == nil {
			require.EqualValues(w.t, len(ids), page["count"])
			return ids
		}
	}
}

// scores are what posts/relevant/ says of posts, by id.
func (w *world) scores(userID int64) map[int64]float64 {
	w.t.Helper()
	all := map[int64]float64{}
	for _, p := range results(w.as(userID, "GET", "posts/relevant/?page_size=100", nil).ok(200)) {
		all[int64(p["id"].(float64))] = p["relevance_score"].(float64)
	}
	return all
}

// TestTheScoreIsTheContracts computes it by hand (rest.md §7).
func TestTheScoreIsTheContracts(t *testing.T) {
	w := setup(t)
	now, old, ancient := w.aged(ana, 0), w.aged(ana, 84), w.aged(ana, 400)
	nobodys, anonymous := w.aged(beto, 0), w.aged(ana, 0, object{"anonymous": true})
	comment := w.commented(ana, ancient)
	w.commented(carla, now)                       // 3
	w.reacted(carla, "like", "post", old)         // 2
	w.reacted(carla, "heart", "post", old)        // 2
	w.reacted(carla, "heart", "comment", comment) // 1
	w.exec("update post set views_count = 100 where id = $1", nobodys)
	w.job("foro.relevance")
	relevance := func(n float64) float64 { return math.Round(100*math.Log(1+n)) / 100 }
	for reader, boost := range map[int64]float64{carla: 8, luis: 0} {
		got := w.scores(reader)
		for id, want := range map[int64]float64{
			now:       0.6*relevance(2) + 1.2*boost,
			old:       0.6*relevance(2) + 1.2*boost*0.5,
			ancient:   0.6*relevance(2) + 1.2*boost*0.1,
			nobodys:   0.6 * relevance(5),
			anonymous: 0, // a boost would tell who asks
		} {
			require.InDelta(t, want, got[id], 0.01, "post %d for %d", id, reader)
		}
	}
	require.Equal(t, []float64{float64(now), float64(old), float64(ancient), float64(nobodys), float64(anonymous)}, w.relevant(carla))
	require.Equal(t, float64(nobodys), w.relevant(luis)[0])
	require.InDelta(t, relevance(5), w.as(0, "GET", path("posts/%d/", nobodys), nil).ok(200)["relevance_score"], 0.001, "elsewhere what it is worth to everybody")
	w.as(0, "GET", "posts/relevant/", nil).ok(401)
}

func TestDislikesDoNotMakeRelevant(t *testing.T) {
	w := setup(t)
	id := w.posted(ana)
	for _, who := range []int64{beto, luis, carla} {
		w.reacted(who, "dislike", "post", id)
	}
	w.job("foro.relevance")
	require.Zero(t, w.as(0, "GET", path("posts/%d/", id), nil).ok(200)["relevance_score"])
	w.commented(luis, id)
	w.commented(beto, id)
	w.job("foro.relevance")
	require.Equal(t, math.Round(100*math.Log(2))/100, w.as(0, "GET", path("posts/%d/", id), nil).ok(200)["relevance_score"])
}

func TestOldPostsAreWorthNothingAnyMore(t *testing.T) {
	w := setup(t)
	old, young := w.aged(ana, 24*29), w.aged(ana, 0)
	w.reacted(luis, "like", "post", old)
	w.reacted(luis, "like", "post", young)
	w.job("foro.relevance")
	require.Equal(t, 2, w.count("post where relevance > 0"))
	w.later(48 * time.Hour)
	w.job("foro.relevance")
	require.Equal(t, []string{fmt.Sprint(young)}, w.texts("select id::text from post where relevance > 0"))
	w.later(60 * 24 * time.Hour)
	w.job("foro.relevance")
	require.Zero(t, w.count("post where relevance > 0"))
}

func TestWhatIsHiddenIsNotRelevant(t *testing.T) {
	w := setup(t)
	hidden, shown := w.posted(ana), w.posted(ana)
	w.reacted(carla, "like", "post", hidden)
	w.job("foro.relevance")
	page := w.as(carla, "GET", "posts/relevant/?page_size=1&cursor=*", nil).ok(200)
	require.Equal(t, []float64{float64(hidden)}, field[float64](results(page), "id"))
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	for _, reader := range []int64{carla, ana} {
		require.Equal(t, []float64{float64(shown)}, w.relevant(reader))
	}
	w.exec("update post set state = 'hidden'")
	require.Empty(t, results(w.as(carla, "GET", below(page["next"]), nil).ok(200)), "also behind a cursor")
}

// TestAWalkRepeatsAndLosesNothing: whatever the reader and others do between two pages, a walk shows what there
// was at its beginning, each once and in that order.
func TestAWalkRepeatsAndLosesNothing(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w, random := setup(t), rand.New(rand.NewPCG(seed, 7))
			var posts []int64
			for n := range int64(10) {
				w.users.put(auth.User{ID: 100 + n})
			}
			any := func() int64 { return posts[random.IntN(len(posts))] }
			do := func(who int64) {
				switch random.IntN(6) {
				case 0:
					posts = append(posts, w.posted(100+random.Int64N(10)))
				case 1:
					w.commented(who, any())
				case 2:
					w.job("foro.relevance")
				case 3:
					w.later(time.Hour)
				default:
					w.changeMind(who, "post", any())
				}
			}
			for range 60 {
				posts = append(posts, w.aged(100+random.Int64N(10), 200*random.Float64()))
			}
			for range 60 {
				do(carla)
			}
			want := w.relevant(carla)
			require.Len(t, want, len(posts))
			var got []float64
			for next := path("posts/relevant/?page_size=%d&cursor=*", 1+random.IntN(15)); ; {
				page := w.as(carla, "GET", next, nil).ok(200)
				got = append(got, field[float64](results(page), "id")...)
				if page["next"] == nil {
					break
				}
				next = below(page["next"])
				for range 4 {
					do([]int64{carla, luis}[random.IntN(2)])
				}
			}
			require.Equal(t, want, got)
		})
	}
}

// TestTheWindowIsBounded: 500 of the newest, the closest authors' and the most relevant.
func TestTheWindowIsBounded(t *testing.T) {
	w := setup(t)
	w.exec(`insert into post (author_id, title, content, created_at) select 1000 + n / 100, 'Vaca', 'Sana', $1::timestamptz - (3000 - n) * interval '1 minute' from generate_series(1, 3000) n`, w.clock())
	w.exec("insert into affinity (user_id, author_id, weight) select $1, 1000 + n, 1 from generate_series(0, 4) n", carla)
	w.exec("update post set likes = 1 where id % 10 = 0 and id <= 2000")
	w.job("foro.relevance")
	ids := w.relevant(carla)
	require.Len(t, ids, 500)
	newest, close, worth := 0, 0, 0
	for _, id := range ids {
		switch {
		case id > 2700:
			newest++
		case id <= 500:
			close++
		default:
			worth++
		}
	}
	require.Equal(t, 500, len(slices.Compact(slices.Sorted(slices.Values(ids)))))
	require.Equal(t, []int{50, 150}, []int{min(close, 50), min(worth, 150)}, "of authors who are close, and of the most relevant: %d newest", newest)
	require.NotContains(t, ids, 2650., "neither new nor by somebody close nor worth anything")
	page := w.as(carla, "GET", "posts/relevant/?page=last", nil).ok(200)
	require.Equal(t, 500., page["count"])
	w.as(carla, "GET", "posts/relevant/?page=26", nil).ok(404)
	require.Less(t, len(fmt.Sprint(w.as(carla, "GET", "posts/relevant/?cursor=*", nil).ok(200)["next"])), 4000)
}

func TestCursorsThatSomebodyMadeUp(t *testing.T) {
	w := setup(t)
	w.posted(ana)
	for _, cursor := range []string{"x", "e30=", "!", `{"t":-1,"i":"AA=="}`, `{"t":9223372036854775807,"i":"AA=="}`, `{"t":0,"i":"/////////////////w=="}`, `{"t":0,"i":5}`, `{"t":"x"}`, `[]`, `null`} {
		if cursor[0] == '{' || cursor[0] == '[' {
			cursor = base64.RawURLEncoding.EncodeToString([]byte(cursor))
		}
		got := w.as(carla, "GET", "posts/relevant/?cursor="+cursor, nil)
		require.Contains(t, []int{200, 400, 404}, got.Status, "%s: %s", cursor, got.Raw)
		if got.Status == 200 {
			require.Empty(t, results(got.ok(200)), cursor)
		}
	}
	for _, ids := range []string{"AQ==", "/////////////w8=", base64.StdEncoding.EncodeToString(make([]byte, 600))} { // -1; far away; too many
		cursor := base64.RawURLEncoding.EncodeToString([]byte(`{"t":9007199254740992,"i":"` + ids + `"}`))
		require.Less(t, w.as(carla, "GET", "posts/relevant/?cursor="+cursor, nil).Status, 500)
	}
}
