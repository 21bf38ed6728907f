package marketplacemod_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pg"
)

// imports runs an import of the database at dsn, where media and people are from the other. Each row is accounted for.
func (w *world) imports(dsn, others string, dry bool) *original.ModuleReport {
	w.t.Helper()
	report := w.imported(dsn, others, dry)
	for _, table := range report.Tables {
		require.Zero(w.t, table.Missing(), table.Table)
		require.Zero(w.t, table.Waiting, table.Table)
	}
	return report
}

func (w *world) imported(dsn, others string, dry bool) *original.ModuleReport {
	w.t.Helper()
	open := func(dsn string) original.Source {
		s, err := original.Open(w.t.Context(), dsn)
		require.NoError(w.t, err)
		w.t.Cleanup(s.Close)
		return s
	}
	rest := open(others)
	parts := []original.Part{w.module.Original()}
	report, err := original.Run{Parts: parts, Givers: parts, Dry: dry, Targets: map[string]*pg.DB{"marketplace": w.db},
		Sources: map[string]original.Source{"marketplace": open(dsn), "auth": rest, "media": rest},
		Foreign: map[string]original.Foreign{
			"known_user":  {Module: "auth", Table: original.Table{Name: "auth_app_user"}},
			"known_media": {Module: "media", Table: original.Table{Name: "media_media"}},
		}}.Do(w.t.Context())
	require.NoError(w.t, err)
	return report.Modules[0]
}

func rules(t *original.TableReport) map[string]int64 {
	all := map[string]int64{}
	for _, r := range t.Rules {
		all[r.Rule] = r.Rows
	}
	return all
}

func TestImportDryRunTellsTheSameAndLeavesNothing(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	categories := w.count("category")
	dry := w.imports(dsn, dsn, true)
	require.Zero(t, w.count("add")+w.count("follow")+w.count("outbox")+w.count("pg_namespace where nspname = 'marketplace_original'"))
	require.Equal(t, categories, w.count("category"))
	require.Equal(t, dry.Tables, w.imports(dsn, dsn, false).Tables)
}

func TestImportTellsWhatBecameOfEachRow(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	before := w.count("category")
	report := w.imports(dsn, dsn, false)
	categories, adverts, follows := report.Tables[0], report.Tables[1], report.Tables[2]
	require.EqualValues(t, 1, categories.Taken)
	require.EqualValues(t, 40, categories.Merged)
	require.EqualValues(t, 1, rules(categories)["name_empty"])
	require.Equal(t, before+1, w.count("category"))
	require.EqualValues(t, w.count("add"), adverts.Taken)
	require.EqualValues(t, w.count("follow"), follows.Taken)
	for _, rule := range []string{"publisher_unknown", "status_unknown", "condition_unknown", "price_is_none", "place_out_of_range", "category_unknown",
		"pictures_beyond_four", "picture_unknown"} {
		require.Positive(t, rules(adverts)[rule], rule)
	}
	require.Positive(t, rules(follows)["user_unknown"])
	require.Positive(t, rules(follows)["follows_themselves"])
	require.Equal(t, 1, w.count("add where id = 1 and price = 1.5 and currency = 'BOB' and status = 'active' and title = 'Torete nelore 1'"))
	require.Zero(t, w.count("add where latitude is not null and (rough_latitude, rough_longitude) = (latitude, longitude)"))
	require.Zero(t, w.count("add where status = 'active' and expires_at not between $1 and $2", w.clock().AddDate(0, 0, 29), w.clock().AddDate(0, 0, 61)))
	require.Equal(t, w.count("add where status = 'active'"), w.count("listing"))
	require.Zero(t, w.count("outbox"), "nobody is told of old adverts")
	require.Zero(t, w.count("publisher p where since > (select min(created_at) from add where publisher_id = user_id)"))
	require.Greater(t, w.published(ana), int64(synthetic.Tiny.Adverts))
}

func TestImportedAdvertsAreFound(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	w.imports(dsn, dsn, false)
	w.restart()
	w.job("marketplace.count-words")
	active := float64(w.count("add where status = 'active'"))
	require.Equal(t, active, w.as(0, "GET", "adds/?search=torete+nelore", nil).ok(200)["count"])
	require.Equal(t, active, w.as(0, "GET", "adds/", nil).ok(200)["count"])
	require.Equal(t, 1, w.count("word where word = 'torete'"), "words are completed")
	require.Equal(t, float64(w.count("add where status = 'active' and category_id = $1", w.category("Vacunas"))),
		w.as(0, "GET", path("adds/?search=vacunas&category=%d", w.category("Vacunas")), nil).ok(200)["count"], "by the name of the category")
	has(t, w.as(0, "GET", "adds/1/", nil).ok(200), object{"title": "Torete nelore 1", "price": "1.50", "condition": "used"})
	before := w.texts("select add_id || ' ' || terms::text || title_terms::text from listing order by add_id limit 20")
	for _, id := range w.texts("select add_id::text from listing order by add_id limit 20") {
		w.as(jefa, "PATCH", "adds/"+id+"/", object{"negotiable": true}).ok(200)
		w.as(jefa, "PATCH", "adds/"+id+"/", object{"negotiable": false}).ok(200)
	}
	require.Equal(t, before, w.texts("select add_id || ' ' || terms::text || title_terms::text from listing order by add_id limit 20"), "as publishing makes them")
}

func TestImportFromSQLiteIsTheSame(t *testing.T) {
	w, dsn, file := setup(t), originaltest.Database(t), filepath.Join(t.TempDir(), "db.sqlite3")
	require.NoError(t, synthetic.SQLite(t.Context(), dsn, file, "add_category", "add_add", "add_follow"))
	other := setup(t)
	require.Equal(t, w.imports(dsn, dsn, false).Tables, other.imports(file, dsn, false).Tables)
	for _, rows := range []string{
		"select (to_jsonb(a) - '{rough_latitude,rough_longitude,expires_at}'::text[])::text from add a order by id",
		"select to_jsonb(f)::text from follow f order by id", "select to_jsonb(i)::text from add_image i order by add_id, position",
		"select add_id || terms::text from listing order by add_id", "select to_jsonb(p)::text from publisher p order by user_id",
		"select id || name from category order by id",
	} {
		require.Equal(t, w.texts(rows), other.texts(rows), rows)
	}
}

func TestASecondImportBringsWhatIsNewAndWhatChanged(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	first := w.imports(dsn, dsn, false)
	w.users.put(auth.User{ID: 4, Role: auth.Specialist})
	w.exec("delete from add where id = 2")
	w.exec("delete from follow where id = (select min(id) from follow)")
	w.as(jefa, "PATCH", "adds/3/", object{"title": "Cambiado aquí"}).ok(200)
	originaltest.Exec(t, dsn, "update add_add set title = 'Cambiado allá', status = 'sold', updated_at = now() where id in (1, 2, 3)")
	originaltest.Exec(t, dsn, `insert into add_add (publisher_id, title, description, price, condition) values (1, 'Nuevo', 'd', 1, 'new');
		insert into add_category (name) values ('Otra más')`)
	second := w.imports(dsn, dsn, false)
	require.Equal(t, first.Tables[1].Taken+1, second.Tables[1].Taken)
	require.EqualValues(t, 1, second.Tables[1].This["taken"])
	require.EqualValues(t, 1, rules(second.Tables[1])["deleted_since"])
	require.EqualValues(t, 1, rules(second.Tables[1])["changed_here_too"])
	require.EqualValues(t, 0, second.Tables[2].This["taken"])
	require.Equal(t, 1, w.count("add where id = 1 and title = 'Cambiado allá' and status = 'sold'"))
	require.Zero(t, w.count("listing where add_id = 1"))
	require.Equal(t, 1, w.count("add where id = 3 and title = 'Cambiado aquí' and status <> 'sold'"))
	require.Equal(t, 1, w.count("add where title = 'Nuevo'"))
	require.Equal(t, 1, w.count("category where name = 'Otra más' and parent_id is null"))
	third := w.imports(dsn, dsn, false)
	require.Zero(t, third.Tables[1].This["taken"])
	require.Equal(t, 2, w.count("add where id = 1 and version = 2")+w.count("add where id = 3 and version = 2"), "nothing is changed twice")
}

func TestImportAfterForgettingFindsWhatIsThere(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	first := w.imports(dsn, dsn, false)
	require.NoError(t, original.Forget(t.Context(), w.db))
	second := w.imports(dsn, dsn, false)
	require.Equal(t, first.Tables[1].Taken, second.Tables[1].There)
	require.Equal(t, first.Tables[2].Taken, second.Tables[2].There)
	require.Zero(t, second.Tables[1].Taken+second.Tables[2].Taken+second.Tables[0].Taken)
}

func TestAnImportLeavesWhatHasItsIds(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	ours := w.published(ana)
	w.exec("insert into follow (id, follower_id, following_id) values (9000001, 900000, 900001)")
	require.EqualValues(t, 1, ours, "as the original's first has")
	originaltest.Exec(t, dsn, `update add_follow set id = 9000001 where id = (select min(f.id) from add_follow f
		join auth_app_user a on a.id = f.follower_id join auth_app_user b on b.id = f.following_id where a.id <> b.id)`)
	report := w.imports(dsn, dsn, false)
	require.EqualValues(t, 1, rules(report.Tables[1])["id_is_anothers"])
	require.EqualValues(t, 1, rules(report.Tables[2])["id_is_anothers"])
	require.Equal(t, 1, w.count("add where id = $1 and publisher_id = $2", ours, ana))
	require.Equal(t, 1, w.count("follow where id = 9000001 and follower_id = 900000"))
}
