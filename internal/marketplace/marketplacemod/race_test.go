package marketplacemod_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
)

// life is which statuses follow each other, as the contract of this module says (PATCH adds/{id}/).
var life = map[string][]string{
	"": {"draft", "active"}, "draft": {"active", "archived"}, "active": {"paused", "sold", "archived"}, "paused": {"active", "sold", "archived"},
	"sold": {"active", "archived"}, "archived": {"active"}, "expired": {"active", "sold", "archived"},
}

// linear expects that an advert's steps are one line, that each was legal, and that the last one is
// where the advert is. It returns the steps, the first first.
func (w *world) linear(id int64) []object {
	w.t.Helper()
	steps := w.as(jefa, "GET", path("adds/%d/history/", id), nil).list()
	slices.Reverse(steps)
	status, version := "", 0.0
	for _, s := range steps {
		require.Equal(w.t, status, s["previous"], "each step begins where the one before ended: %v", steps)
		require.Greater(w.t, s["version"], version)
		version = s["version"].(float64)
		if s["status"] != "expired" { // by the clock
			require.Contains(w.t, life[status], s["status"])
		}
		status = s["status"].(string)
	}
	now := w.as(jefa, "GET", path("adds/%d/", id), nil).ok(200)
	require.Equal(w.t, status, now["status"])
	require.GreaterOrEqual(w.t, now["version"], version)
	return steps
}

// TestAHundredChangesAtOnceAreOneLine: a seller's three devices, staff, two buyers, the clock and media
// meet at one advert.
func TestAHundredChangesAtOnceAreOneLine(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"main_image_id": 1, "secondary_image_ids": []int{2, 3}})
	one := path("adds/%d/", id)
	statuses := []string{"active", "paused", "sold", "archived"}
	atTheSameTime(100, func(i int) {
		var got answer
		switch i % 10 {
		case 0:
			got = w.as(ana, "PATCH", one, object{"title": fmt.Sprintf("Vaca %d", i), "price": i})
		case 1:
			got = w.as(ana, "POST", one+"renew/", nil)
		case 2:
			got = w.as(ana, "PATCH", one, object{"main_image_id": 4 + i%5, "secondary_image_ids": []int{10 + i%7, 20}})
		case 3:
			got = w.as(jefa, "PATCH", one, object{"description": fmt.Sprintf("Revisado %d", i)})
		case 4:
			got = w.as([]int64{beto, luis}[i%2], "GET", one, nil)
		case 5:
			w.event(media.Deleted{MediaID: int64(2 + i%3)})
			return
		default:
			got = w.as(ana, "PATCH", one, object{"status": statuses[rand.IntN(len(statuses))]})
		}
		require.Contains(t, []int{200, 404, 409}, got.Status, got.Raw)
		if got.Status == 409 {
			require.Equal(t, "marketplace.illegal_transition", got.ok(409)["code"])
		}
	})
	sold := 0
	for _, s := range w.linear(id) {
		if s["status"] == "sold" {
			sold++
		}
	}
	require.Equal(t, sold, w.count("outbox where type = 'add.sold'"), "told once for each time that it was sold")
	now := w.as(ana, "GET", one, nil).ok(200)
	require.Equal(t, int(now["version"].(float64))-1, w.count("outbox where type = 'add.updated'"), "each version is one change")
	listed := 0
	if now["status"] == "active" {
		listed = 1
	}
	require.Equal(t, listed, w.count("listing"), "it is found when it is active")
	require.Equal(t, listed, len(results(w.got("adds/?search=%s", "vaca"))))
	require.Equal(t, w.texts("select price::text from add_price_history order by version desc limit 1"), []string{now["price"].(string)})
}

func TestOfTwoBuyersAndTheSellerOneSaleIsTold(t *testing.T) {
	w := setup(t)
	for range 5 {
		id := w.published(ana)
		var changed atomic.Int32
		atTheSameTime(20, func(i int) {
			if w.as([]int64{ana, jefa}[i%2], "PATCH", path("adds/%d/", id), object{"status": "sold"}, "If-Match", "1").Status == 200 {
				changed.Add(1)
			}
		})
		require.EqualValues(t, 1, changed.Load(), "the others read what is no more")
		require.Equal(t, 1, w.count("outbox where type = 'add.sold' and key = $1", fmt.Sprint(id)))
		w.linear(id)
	}
}

// TestNoChangeIsLost: workers that each add one to the price, and read again when they are told to, end
// at their number.
func TestNoChangeIsLost(t *testing.T) {
	w := setup(t)
	one := path("adds/%d/", w.published(ana, object{"price": 0}))
	const workers, each = 12, 4
	var refused atomic.Int32
	atTheSameTime(workers, func(int) {
		for done := 0; done < each; {
			read := w.as(ana, "GET", one, nil).ok(200)
			price, err := strconv.ParseFloat(read["price"].(string), 64)
			require.NoError(t, err)
			switch got := w.as(ana, "PATCH", one, object{"price": price + 1}, "If-Match", fmt.Sprintf(`"%.0f"`, read["version"])); got.Status {
			case 200:
				done++
			case 412:
				refused.Add(1)
			default:
				require.Fail(t, "neither changed nor refused", got.Raw)
			}
		}
	})
	read := w.as(ana, "GET", one, nil).ok(200)
	require.Equal(t, fmt.Sprintf("%d.00", workers*each), read["price"])
	require.Equal(t, 1.0+workers*each, read["version"])
	require.NotZero(t, refused.Load(), "they did meet")
	require.Len(t, w.as(0, "GET", one+"prices/", nil).list(), 1+workers*each)
}

func TestOneKeyMakesOneAdvert(t *testing.T) {
	w := setup(t)
	key := []string{"Idempotency-Key", "una-vaca"}
	first := w.as(ana, "POST", "adds/", cow(object{"main_image_id": 1}), key...)
	again := w.as(ana, "POST", "adds/", cow(object{"main_image_id": 1}), key...)
	require.Equal(t, first.ok(201), again.ok(201))
	require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
	require.Equal(t, "idempotency_key_reused", w.as(ana, "POST", "adds/", cow(object{"title": "Otra"}), key...).ok(422)["code"])
	require.NotEqual(t, first.ok(201)["id"], w.as(luis, "POST", "adds/", cow(object{"main_image_id": 2}), key...).ok(201)["id"], "another person's key is another one")
	require.Equal(t, 2, w.count("add"))
	require.Equal(t, 2, w.count("outbox where type = 'add.created'"))

	answers := make([]answer, 30)
	atTheSameTime(len(answers), func(i int) {
		answers[i] = w.as(ana, "POST", "adds/", cow(), "Idempotency-Key", "treinta")
	})
	want := answers[0].ok(201)
	for _, a := range answers {
		require.Equal(t, want, a.ok(201))
	}
	require.Equal(t, 3, w.count("add"))
	require.Equal(t, 3, w.count("outbox where type = 'add.created'"))

	w.as(ana, "POST", "adds/", cow(object{"price": "x"}), "Idempotency-Key", "mal").ok(400)
	w.as(ana, "POST", "adds/", cow(), "Idempotency-Key", "mal").ok(201)
}

func TestAnAdvertIsDeletedOnceAndNotChangedAfterwards(t *testing.T) {
	w := setup(t)
	for range 5 {
		one := path("adds/%d/", w.published(ana, object{"main_image_id": 1}))
		var deleted atomic.Int32
		atTheSameTime(20, func(i int) {
			var got answer
			switch i % 2 {
			case 0:
				if got = w.as(ana, "DELETE", one, nil); got.Status == 204 {
					deleted.Add(1)
				}
			default:
				got = w.as(ana, "PATCH", one, object{"title": fmt.Sprint("Vaca ", i), "status": "paused", "secondary_image_ids": []int{i}})
			}
			require.Contains(t, []int{200, 204, 404}, got.Status, got.Raw)
		})
		require.EqualValues(t, 1, deleted.Load())
		for _, table := range []string{"add", "listing", "add_image", "add_transition", "add_price_history"} {
			require.Zero(t, w.count(table), table)
		}
	}
	require.Equal(t, 5, w.count("outbox where type = 'add.deleted'"))
	require.Zero(t, w.count(`(select distinct on (key) data from outbox where topic = 'marketplace.media' order by key, position desc) last where (data->'ids') <> '[]'::jsonb and (data->'ids') <> 'null'::jsonb`), "media knows that nothing is shown any more")
}

// TestReadersMeetWritersWithoutAnError: lists, searches and what is near, while adverts come, change and
// go under them.
func TestReadersMeetWritersWithoutAnError(t *testing.T) {
	w := setup(t)
	place := object{"latitude": -17.78, "longitude": -63.18}
	for range 6 {
		w.published(ana, place)
	}
	lists := []string{"adds/?page_size=1&cursor=*", "adds/?page_size=1", "adds/?search=vaca&page_size=2&cursor=*", "adds/nearby/?lat=-17.78&lon=-63.18&page_size=1&cursor=*", "adds/?page=last&page_size=3", "adds/facets/?search=vaca"}
	atTheSameTime(24, func(i int) {
		for range 8 {
			if i%3 > 0 {
				got := w.as(beto, "GET", lists[i%len(lists)], nil)
				require.Contains(t, []int{200, 404}, got.Status, got.Raw)
				if got.Status == 200 && i%len(lists) != 5 {
					for _, r := range results(got.ok(200)) {
						require.Equal(t, "active", r["status"], "others see active adverts alone, at any moment")
					}
				}
				continue
			}
			rows := w.as(ana, "GET", "adds/my_adds/", nil).list()
			for _, r := range rows[:min(len(rows), 3)] {
				one := path("adds/%.0f/", r["id"])
				switch rand.IntN(3) {
				case 0:
					w.as(ana, "DELETE", one, nil)
				case 1:
					w.as(ana, "PATCH", one, object{"status": "paused"})
				default:
					w.as(ana, "PATCH", one, object{"status": "active"})
				}
			}
			w.as([]int64{ana, luis}[i%2], "POST", "adds/", cow(place))
		}
	})
}
