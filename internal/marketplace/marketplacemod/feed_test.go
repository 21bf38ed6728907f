package marketplacemod_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheFeedIsActiveAdvertsOfTheFollowedNewestFirst(t *testing.T) {
	w := setup(t)
	require.Empty(t, w.as(carla, "GET", "adds/following_adds/", nil).list())
	w.as(0, "GET", "adds/following_adds/", nil).ok(401)
	first, second := w.published(ana), w.published(luis)
	third := w.published(ana)
	w.published(beto)
	w.published(ana, object{"status": "draft"})
	for _, status := range []string{"paused", "sold", "archived"} {
		w.as(ana, "PATCH", path("adds/%d/", w.published(ana)), object{"status": status}).ok(200)
	}
	w.followed(carla, ana)
	luisFollow := w.followed(carla, luis)
	require.Equal(t, []float64{float64(third), float64(second), float64(first)}, field[float64](w.as(carla, "GET", "adds/following_adds/", nil).list(), "id"))
	require.Equal(t, 3.0, w.as(carla, "GET", "adds/following_adds/?page=1", nil).ok(200)["count"])
	w.as(carla, "DELETE", path("follows/%d/", luisFollow), nil).ok(200)
	require.Equal(t, []float64{float64(third), float64(first)}, field[float64](w.as(carla, "GET", "adds/following_adds/", nil).list(), "id"))
}

// TestTheFeedIsTheWholeMerge walks a feed in every way and compares it with all of the rows sorted.
func TestTheFeedIsTheWholeMerge(t *testing.T) {
	w := setup(t)
	w.exec(`insert into add (publisher_id, title, description, condition, price, currency, unit, status, created_at)
		select 1000 + n % 7 * (n % 11), 'Vaca', 'Sana.', 'used', 1, 'BOB', 'unidad', case when n % 9 = 0 then 'paused' else 'active' end,
			now() - (n * 37 % 50) * interval '1 minute' from generate_series(1, 900) n`)
	w.exec("insert into follow (follower_id, following_id) select $1, n from generate_series(1001, 1060) n", carla)
	want := w.texts(`select id::text from add where status = 'active' and publisher_id between 1001 and 1060 order by created_at desc, add.id desc`)
	require.Greater(t, len(want), 400)
	require.Equal(t, want[:200], idTexts(w.as(carla, "GET", "adds/following_adds/", nil).list()), "the bare array is bounded")
	for _, start := range []string{"page=1&page_size=7", "cursor=*&page_size=33"} {
		var got []string
		for next := "adds/following_adds/?" + start; next != ""; {
			page := w.as(carla, "GET", next, nil).ok(200)
			got = append(got, idTexts(results(page))...)
			next, _ = page["next"].(string)
			_, next, _ = strings.Cut(next, "/api/")
		}
		require.Equal(t, want, got, start)
	}
	w.as(carla, "GET", "adds/following_adds/?page=999", nil).ok(404)
	w.as(carla, "GET", "adds/following_adds/?cursor=zzz", nil).ok(400)
}

func TestPageNumbersReachAThousandAdvertsIntoAFeed(t *testing.T) {
	w := setup(t)
	w.exec(`insert into add (publisher_id, title, description, condition, price, currency, unit, status)
		select 1000, 'Vaca', 'Sana.', 'used', 1, 'BOB', 'unidad', 'active' from generate_series(1, 1100)`)
	w.exec("insert into follow (follower_id, following_id) values ($1, 1000)", carla)
	page := w.as(carla, "GET", "adds/following_adds/?page=last&page_size=100", nil).ok(200)
	require.Equal(t, 1000.0, page["count"])
	require.Nil(t, page["next"])
	require.Len(t, results(page), 100)
}

func idTexts(rows []object) []string {
	var out []string
	for _, r := range rows {
		out = append(out, path("%.0f", r["id"]))
	}
	return out
}
