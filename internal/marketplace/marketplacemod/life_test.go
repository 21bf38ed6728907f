package marketplacemod_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/marketplacemod"
)

func TestAnAdvertIsPublishedShownChangedAndDeleted(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "adds/", cow(object{"main_image_id": 1, "secondary_image_ids": []int{2, 3, 2}, "category": nil, "price": 100})).ok(201)
	has(t, made, object{"publisher_id": 1.0, "publisher": 1.0, "publisher_name": "Ana Flores", "price": "100.00", "status": "active",
		"category": nil, "condition": "used", "location_name": nil, "latitude": nil, "currency": "BOB", "unit": "unidad", "version": 1.0})
	require.Len(t, made["secondary_images"], 2)
	id := int64(made["id"].(float64))
	one := path("adds/%d/", id)
	require.Equal(t, made["title"], w.as(0, "GET", one, nil).ok(200)["title"])
	require.Equal(t, 1.0, w.as(0, "GET", "adds/", nil).ok(200)["count"])

	changed := w.as(ana, "PATCH", one, object{"price": "90.5", "main_image_id": 0, "status": "active", "id": 77}).ok(200)
	has(t, changed, object{"id": made["id"], "price": "90.50", "main_image": nil, "version": 2.0, "title": made["title"]})
	require.Equal(t, changed["version"], w.as(ana, "PATCH", one, object{"price": "90.50"}).ok(200)["version"], "nothing changed")
	require.Len(t, w.as(0, "GET", one+"prices/", nil).list(), 2)

	w.as(beto, "PATCH", one, object{"price": "1"}).ok(403)
	w.as(beto, "DELETE", one, nil).ok(403)
	w.as(0, "DELETE", one, nil).ok(401)
	w.as(ana, "DELETE", one, nil).ok(204)
	w.as(ana, "GET", one, nil).ok(404)
	require.Equal(t, []string{path("add.created %d", id), path("add.updated %d", id), path("add.deleted %d", id)}, w.events())
	require.Zero(t, w.count("listing"))
}

func TestStatusesFollowTheLifeOfAnAdvert(t *testing.T) {
	w := setup(t)
	legal := map[string][]string{
		"draft": {"active", "archived"}, "active": {"paused", "sold", "archived"}, "paused": {"active", "sold", "archived"},
		"sold": {"active", "archived"}, "archived": {"active"}, "expired": {"active", "sold", "archived"},
	}
	for from := range legal {
		for to := range legal {
			if from == to {
				continue
			}
			id := w.published(ana, object{"status": "draft"})
			_, err := w.db.Q(t.Context()).Exec(t.Context(), "update add set status = $2 where id = $1", id, from)
			require.NoError(t, err)
			got := w.as(ana, "PATCH", path("adds/%d/", id), object{"status": to, "title": "Otro"})
			want := 409
			for _, s := range legal[from] {
				if s == to {
					want = 200
				}
			}
			require.Equal(t, want, got.Status, "%s to %s: %s", from, to, got.Raw)
			if want == 409 {
				require.Equal(t, "marketplace.illegal_transition", got.ok(409)["code"])
				require.Equal(t, "Vaca lechera Holstein", w.as(ana, "GET", path("adds/%d/", id), nil).ok(200)["title"], "nothing of it was stored")
			}
		}
	}
}

func TestSoldIsToldOnce(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	for range 2 {
		w.as(ana, "PATCH", path("adds/%d/", id), object{"status": "sold"}).ok(200)
	}
	require.Equal(t, []string{path("add.created %d", id), path("add.updated %d", id), path("add.sold %d", id)}, w.events())
	w.as(beto, "GET", path("adds/%d/", id), nil).ok(404)
	w.as(ana, "GET", path("adds/%d/", id), nil).ok(200)
	steps := w.as(ana, "GET", path("adds/%d/history/", id), nil).list()
	require.Equal(t, []string{"sold", "active"}, field[string](steps, "status"))
}

func TestADraftIsNobodysBusiness(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"status": "draft"})
	w.as(ana, "PATCH", path("adds/%d/", id), object{"title": "Otro"}).ok(200)
	w.as(0, "GET", path("adds/%d/", id), nil).ok(404)
	require.Empty(t, w.events())
	w.as(ana, "PATCH", path("adds/%d/", id), object{"status": "active"}).ok(200)
	require.Equal(t, []string{path("add.created %d", id)}, w.events())
}

func TestWhatWasArchivedAsADraftIsCreatedWhenItIsShown(t *testing.T) {
	w := setup(t)
	id := w.published(ana, object{"status": "draft"})
	w.as(ana, "PATCH", path("adds/%d/", id), object{"status": "archived"}).ok(200)
	w.as(ana, "PATCH", path("adds/%d/", id), object{"title": "Vaca que nadie vio"}).ok(200)
	require.Empty(t, w.events())
	w.as(ana, "PATCH", path("adds/%d/", id), object{"status": "active"}).ok(200)
	require.Equal(t, []string{path("add.created %d", id)}, w.events())
}

func TestAnAdvertExpiresAfterAWarningAndIsRenewed(t *testing.T) {
	w := setup(t)
	id := w.published(ana)
	w.job("marketplace.warn")
	w.job("marketplace.expire")
	require.Len(t, w.events(), 1)
	w.later(58 * 24 * time.Hour)
	for range 2 {
		w.job("marketplace.warn")
	}
	require.Equal(t, []string{path("add.created %d", id), path("add.expiring %d", id)}, w.events(), "told once")
	w.later(3 * 24 * time.Hour)
	w.job("marketplace.expire")
	require.Equal(t, "expired", w.as(ana, "GET", path("adds/%d/", id), nil).ok(200)["status"])
	w.as(0, "GET", path("adds/%d/", id), nil).ok(404)
	w.as(beto, "POST", path("adds/%d/renew/", id), nil).ok(404)
	has(t, w.as(ana, "POST", path("adds/%d/renew/", id), nil).ok(200), object{"status": "active"})
	w.as(0, "GET", path("adds/%d/", id), nil).ok(200)
	require.Equal(t, []string{"active", "expired", "active"}, field[string](w.as(ana, "GET", path("adds/%d/history/", id), nil).list(), "status"))
}

func TestWhoMayPublishIsConfigured(t *testing.T) {
	w := setup(t)
	w.as(0, "POST", "adds/", cow()).ok(401)
	require.Equal(t, "marketplace.may_not_publish", w.as(carla, "POST", "adds/", cow()).ok(403)["code"])
	w.as(luis, "POST", "adds/", cow()).ok(201)
	open := setup(t, func(c *marketplacemod.Config) { c.Everyone = true })
	open.as(carla, "POST", "adds/", cow()).ok(201)
	open.as(nadie, "POST", "adds/", cow()).ok(201)
}

func TestANewcomerPublishesAFewADay(t *testing.T) {
	w := setup(t, func(c *marketplacemod.Config) { c.PerDay = 2 })
	w.published(ana)
	w.published(ana)
	got := w.as(ana, "POST", "adds/", cow())
	require.Equal(t, "marketplace.too_many_adds", got.ok(429)["code"])
	require.NotEmpty(t, got.Header.Get("Retry-After"))
	w.published(luis)
	w.later(25 * time.Hour)
	w.published(ana)
	w.later(8 * 24 * time.Hour)
	for range 4 {
		w.published(ana)
	}
}

func TestOnlyTheVersionThatWasReadIsChanged(t *testing.T) {
	w := setup(t)
	one := path("adds/%d/", w.published(ana))
	w.as(ana, "PATCH", one, object{"price": "2"}, "If-Match", "1").ok(200)
	require.Equal(t, "marketplace.changed", w.as(ana, "PATCH", one, object{"price": "3"}, "If-Match", `"1"`).ok(412)["code"])
	w.as(ana, "PATCH", one, object{"price": "3"}, "If-Match", "x").ok(412)
	w.as(ana, "DELETE", one, nil, "If-Match", "1").ok(412)
	w.as(ana, "DELETE", one, nil, "If-Match", `"2"`).ok(204)
}
