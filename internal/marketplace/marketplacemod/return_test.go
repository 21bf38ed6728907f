package marketplacemod_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/pg"
)

// returns goes back to the database at dsn.
func (w *world) returns(dsn string, dry bool) (original.BackReport, error) {
	w.t.Helper()
	return original.Back{Parts: []original.Part{w.module.Original()}, Sources: map[string]string{"marketplace": dsn},
		Targets: map[string]*pg.DB{"marketplace": w.db}, Dry: dry}.Do(w.t.Context())
}

// back goes back, and tells what became of adverts and of follows.
func (w *world) back(dsn string, dry bool) (adds, follows *original.BackTable) {
	w.t.Helper()
	report, err := w.returns(dsn, dry)
	require.NoError(w.t, err)
	require.NoError(w.t, report.Refused())
	return report.Tables[0], report.Tables[1]
}

// there counts rows of the original's.
func there(t *testing.T, dsn, from string, args ...any) int64 {
	t.Helper()
	db, err := pg.Open(dsn, "public", pg.Options{})
	require.NoError(t, err)
	defer db.Close()
	return originaltest.Number(t, db, "select count(*) from "+from, args...)
}

func TestWhatWasWrittenHereGoesBack(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	_, err := w.returns(dsn, false)
	require.ErrorIs(t, err, original.ErrNeverTaken)
	w.imports(dsn, dsn, false)
	rows, follows := there(t, dsn, "add_add"), there(t, dsn, "add_follow")
	adds, followed := w.back(dsn, false)
	require.Zero(t, adds.Rows+adds.Deleted+followed.Rows+followed.Deleted, "nothing has changed")

	w.users.put(auth.User{ID: 4, Role: auth.Specialist})
	w.as(jefa, "PATCH", "adds/3/", object{"title": "Cambiado aquí"}).ok(200)
	w.exec("delete from add where id = 2")
	w.exec("delete from follow where id = (select min(id) from follow)")
	category := w.category("Vacunas")
	fresh := w.published(4, object{"title": "Publicado aquí", "price": "12.5", "category": category})
	draft := w.published(4, object{"status": "draft"})
	w.as(4, "POST", "follows/", object{"following": 1}).ok(201)

	dry, _ := w.back(dsn, true)
	require.Equal(t, rows, there(t, dsn, "add_add"))
	adds, followed = w.back(dsn, false)
	require.Equal(t, dry, adds)
	require.EqualValues(t, []int64{2, 1, 1, 1}, []int64{adds.Rows, adds.New, adds.Changed, adds.Deleted})
	require.EqualValues(t, 1, adds.Lost["drafts"])
	require.EqualValues(t, []int64{1, 1}, []int64{followed.New, followed.Deleted})
	require.Equal(t, []int64{rows, follows}, []int64{there(t, dsn, "add_add"), there(t, dsn, "add_follow")}, "one more of each, one less")
	require.EqualValues(t, 1, there(t, dsn, `add_add a join add_category c on c.id = a.category_id and lower(c.name) = 'vacunas'
		where a.id = $1 and a.publisher_id = 4 and a.price = 12.50 and a.status = 'active' and a.title = 'Publicado aquí'`, fresh))
	require.EqualValues(t, 1, there(t, dsn, "add_add where id = 3 and title = 'Cambiado aquí'"))
	require.Zero(t, there(t, dsn, "add_add where id in (2, $1)", draft))
	originaltest.Exec(t, dsn, "insert into add_add (publisher_id, title, description, price, condition) values (1, 'Después', '', 1, 'new')")
	require.EqualValues(t, 1, there(t, dsn, "add_add where title = 'Después' and id > $1", draft), "ids go on behind")

	adds, followed = w.back(dsn, false)
	require.Zero(t, adds.Rows+adds.Deleted+followed.Rows+followed.Deleted, "all is level")
	again := w.imported(dsn, dsn, false) // of which rows are missing that went back as deleted
	require.EqualValues(t, 1, again.Tables[1].This["taken"], "what the original has made since")
	require.Equal(t, 1, w.count("add where id = 3 and title = 'Cambiado aquí'"))
}

func TestRowsOfOthersUnderAnIDStay(t *testing.T) {
	w, dsn := setup(t), originaltest.Database(t)
	w.imports(dsn, dsn, false)
	w.users.put(auth.User{ID: 4, Role: auth.Specialist})
	fresh := w.published(4)
	originaltest.Exec(t, dsn, fmt.Sprintf("insert into add_add (id, publisher_id, title, description, price, condition) values (%d, 1, 'de allá', '', 1, 'new')", fresh))
	report, err := w.returns(dsn, false)
	require.NoError(t, err)
	require.ErrorContains(t, report.Refused(), fmt.Sprint(fresh))
	require.EqualValues(t, 1, there(t, dsn, "add_add where id = $1 and title = 'de allá'", fresh))
}
