package marketplacemod_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/marketplacemod"
	"agrovet/internal/media"
)

func blank(n int64) media.Upload {
	return media.Upload{Name: path("%d.jpg", n), MIME: "image/jpeg", Size: 3, Content: bytes.NewReader([]byte("jpg"))}
}

// community are the people of every test who may publish, and one who may not.
func (w *world) community() (all []auth.User) {
	for _, id := range []int64{ana, luis, beto, carla} {
		all = append(all, w.users.known[id])
	}
	return all
}

func TestSeedMakes200AdvertsOnce(t *testing.T) {
	w := setup(t)
	for range 2 {
		require.NoError(t, w.module.Seed(t.Context(), w.community(), blank))
		require.Equal(t, 200, w.count("add"))
		require.Zero(t, w.count("add where publisher_id not in ($1, $2, $3)", ana, luis, beto))
		require.Zero(t, w.count("category c where parent_id is null and not exists (select from add where root_id = c.id)"), "top categories without an advert")
		require.Equal(t, 6, w.count("(select distinct status from add) s"))
		require.GreaterOrEqual(t, w.count("(select distinct country from add) c"), 2)
		require.Equal(t, w.count("add where status = 'active'"), w.count("listing"))
		require.Equal(t, 200, w.count("add_transition where version = 1"))
		require.Positive(t, w.count("add_image"))
		require.Zero(t, w.count("add a join listing l on add_id = id where a.created_at <> l.created_at"))
		require.Zero(t, w.count("(select created_at < lag(created_at) over (order by id) as back from add) x where back"), "ids and ages go together")
	}
	require.Zero(t, w.count("add where status = 'active' and expires_at < $1", w.clock().Add(72*time.Hour)), "none is about to expire")
	require.Positive(t, w.count("add where created_at < $1", w.clock().Add(-40*24*time.Hour)))
	made := len(w.events())
	w.job("marketplace.expire")
	w.job("marketplace.warn")
	require.Len(t, w.events(), made)
	require.NotEmpty(t, results(w.as(0, "GET", "adds/?search=tractor", nil).ok(200)))
}

func TestSeedLeavesPeopleWithAdvertsAlone(t *testing.T) {
	w := setup(t)
	w.published(beto)
	require.NoError(t, w.module.Seed(t.Context(), w.community(), blank))
	require.Equal(t, 1, w.count("add"))
}

func TestFillMakesWhatIsMissing(t *testing.T) {
	w := setup(t)
	require.NoError(t, w.module.Seed(t.Context(), w.community(), blank))
	known := marketplacemod.Fill{Total: 600, Known: []int64{ana, luis, beto}}
	indexes := w.texts("select indexname || indexdef from pg_indexes where schemaname = 'marketplace' order by 1")
	made, err := w.module.Fill(t.Context(), known)
	require.NoError(t, err)
	require.Equal(t, 600, made)
	require.Equal(t, indexes, w.texts("select indexname || indexdef from pg_indexes where schemaname = 'marketplace' order by 1"))
	first := w.texts("select title || description from add where publisher_id > 1000 order by id")

	known.Total, known.Without = 700, "vaca"
	made, err = w.module.Fill(t.Context(), known)
	require.NoError(t, err)
	require.Equal(t, 100, made)
	require.Equal(t, first, w.texts("select title || description from add where publisher_id > 1000 order by id limit 600"))
	found := w.as(0, "GET", "adds/?search=vaca&page_size=100", nil).ok(200)
	require.NotZero(t, found["count"])
	newest := w.count("add") - 100
	for _, a := range results(found) {
		require.LessOrEqual(t, int(a["id"].(float64)), newest, "one of the last hundred has the word: %v", a)
	}
	require.Equal(t, w.count("add where status = 'active'"), w.count("listing"))
	require.Zero(t, w.count("listing where add_id > (select add_id from counted)"))
	again, err := w.module.Fill(t.Context(), known)
	require.NoError(t, err)
	require.Zero(t, again)

	id := w.published(ana)
	require.Greater(t, int(id), 900)
	w.published(luis)
	known.Known, known.Total = []int64{ana, beto}, 800
	_, err = w.module.Fill(t.Context(), known)
	require.ErrorIs(t, err, core.ErrReal)
	known.Force = true
	made, err = w.module.Fill(t.Context(), known)
	require.NoError(t, err)
	require.Equal(t, 100, made)
}

// What COPY leaves is what publishing leaves: the documents are the same.
func TestFilledAdvertsAreLikePublishedOnes(t *testing.T) {
	w := setup(t)
	_, err := w.module.Fill(t.Context(), marketplacemod.Fill{Total: 60})
	require.NoError(t, err)
	before := w.texts("select add_id || ' ' || terms::text || title_terms::text from listing order by add_id")
	for _, id := range w.texts("select id::text from add where status = 'active'") {
		w.as(jefa, "PATCH", "adds/"+id+"/", object{"negotiable": true}).ok(200)
		w.as(jefa, "PATCH", "adds/"+id+"/", object{"negotiable": false}).ok(200)
	}
	require.Equal(t, before, w.texts("select add_id || ' ' || terms::text || title_terms::text from listing order by add_id"))
}
