package original

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/content"
	"agrovet/internal/media/internal/core"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/originaltest"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is media without anything, and the original.
type world struct {
	t     *testing.T
	db    *pg.DB
	dsn   string
	files string // directory of the original's
	store blob.Store
	core  *core.Core
}

func setUp(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.Schema(t, "media"), dsn: originaltest.Database(t), files: t.TempDir()}
	require.NoError(t, synthetic.Files(w.files, synthetic.Tiny))
	disk, err := blob.NewDisk(t.TempDir())
	require.NoError(t, err)
	w.store = disk
	source := bus.New(bus.Config{}).Source(w.db, media.Topic, media.InternalTopic)
	limits := content.Limits{Bytes: map[media.Kind]int64{media.Image: 1 << 20, media.Video: 1 << 20, media.Audio: 1 << 20, media.Document: 1 << 20}}
	w.core, err = core.New(core.Config{Limits: limits, KeepUnshown: time.Nanosecond, KeepUnclaimed: time.Nanosecond}, core.Deps{DB: w.db, Outbox: source, Store: disk, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return w
}

// from is files at a place.
func (w *world) from(location string) Files {
	p, err := ParsePlace(location, func(string) string { return "" })
	require.NoError(w.t, err)
	return Files{Places: []Place{p}, Pause: time.Millisecond}
}

// others are the other modules, which show what the original's say, each row in the name of its own user.
func (w *world) others() original.Part {
	shown := func(name, query string, more ...string) original.List {
		return original.List{Name: "shown_by_" + name, Query: query, Columns: append([]string{"id bigint", "user_id bigint", "place text"}, more...)}
	}
	return original.Part{Module: "others", Gives: []original.List{
		shown("profiles", `select x.id, user_id, 'profiles/work_images/' || user_id, false from profiles_specialistprofile, unnest(original_ids(work_images_ids::text)) x(id)
			union all select verification_title_id, user_id, 'profiles/documents/' || user_id, true from profiles_specialistprofile where verification_title_id is not null`, "private boolean"),
		shown("marketplace", "select main_image_id, publisher_id, 'marketplace/adds/' || id from add_add where main_image_id is not null"),
		shown("foro", "select media_id, case when id % 10 = 0 then 0 else author_id end, 'foro/posts/' || id from foro_post where media_id is not null"),
		shown("chat", "select media_id, sender_id, 'chat/messages/' || id from chat_chatmessage where media_id is not null and id < 200"),
		{Name: "known_picture", Columns: []string{"id bigint", "url text"}, Query: "select id, profile_picture from auth_app_user where profile_picture is not null"},
	}}
}

func (w *world) try(ctx context.Context, f Files, dry bool, progress func(original.Progress)) (original.Report, error) {
	w.t.Helper()
	s, err := original.Open(w.t.Context(), w.dsn)
	require.NoError(w.t, err)
	defer s.Close()
	others, err := pg.Open(w.dsn, "public", pg.Options{})
	require.NoError(w.t, err)
	defer others.Close()
	part := Part(w.core, f)
	return original.Run{Parts: []original.Part{part}, Givers: []original.Part{part, w.others()}, Sources: map[string]original.Source{"media": s},
		Targets: map[string]*pg.DB{"media": w.db, "others": others}, Dry: dry, Progress: progress}.Do(ctx)
}

// run imports, and returns what became of rows and how often each rule was applied.
func (w *world) run(f Files, dry bool) (*original.TableReport, map[string]int64) {
	w.t.Helper()
	report, err := w.try(w.t.Context(), f, dry, nil)
	require.NoError(w.t, err)
	require.NoError(w.t, report.Unaccounted())
	rules := map[string]int64{}
	for _, r := range report.Modules[0].Tables[0].Rules {
		rules[r.Rule] = r.Rows
	}
	return report.Modules[0].Tables[0], rules
}

func (w *world) count(sql string, args ...any) int64 {
	w.t.Helper()
	return originaltest.Number(w.t, w.db, "select count(*) from "+sql, args...)
}

// sound checks what must hold after every import.
func (w *world) sound() {
	w.t.Helper()
	require.Zero(w.t, w.count("object where owner_id < 0"), "nothing is held any more")
	require.Zero(w.t, w.count("object o where (unshown_since is null) <> exists (select from shown s where s.object_id = o.id)"))
	require.Zero(w.t, w.count("file f where not exists (select from object o where o.file_id = f.id)"))
	require.Zero(w.t, w.count("object o join file f on f.id = o.file_id where f.owner_id <> o.owner_id"))
	require.Zero(w.t, w.count("object o join file f on f.id = o.file_id where f.private <> exists (select from shown s where s.object_id = o.id and s.place like 'profiles/documents/%')"))
}

func TestObjectsAreWhoseShowsThem(t *testing.T) {
	w := setUp(t)
	table, rules := w.run(Files{}, false)
	w.sound()
	require.EqualValues(t, 2*synthetic.Tiny.Users, table.Source)
	require.Equal(t, w.count("object"), table.Taken)
	require.Equal(t, rules["shown_by_nobody"], table.Rejected)
	for _, rule := range []string{"shown_by_nobody", "shown_by_others_too", "document_shown_in_public", "file_waits", "file_has_no_address"} {
		require.Positive(t, rules[rule], rule)
	}
	require.Equal(t, w.count("object where owner_id = 0"), rules["owner_unknown"])
	require.Zero(t, w.count("object where name = '0' or description is not null"))
	require.Positive(t, w.count("object where name like '%.jpg' and id % 6 = 0"), "named by the address")
	require.Zero(t, w.count("outbox"), "nobody is told")
	require.Greater(t, originaltest.Number(t, w.db, "insert into object (owner_id) values (1) returning id"), int64(2*synthetic.Tiny.Users))
}

func TestADryRunTellsTheSameAndLeavesNothing(t *testing.T) {
	w := setUp(t)
	dry, _ := w.run(w.from(w.files), true)
	require.Zero(t, w.count("object")+w.count("file")+w.count("pg_namespace where nspname = 'media_original'"))
	table, _ := w.run(Files{}, false)
	require.Equal(t, dry, table)
}

func TestFilesGoTheWayOfUploads(t *testing.T) {
	w := setUp(t)
	_, rules := w.run(w.from(w.files), false)
	w.sound()
	for _, rule := range []string{"file_missing", "file_refused", "file_too_large", "file_has_no_address"} {
		require.Positive(t, rules[rule], rule)
	}
	require.Equal(t, w.count("object where file_id is null"), rules["file_missing"]+rules["file_refused"]+rules["file_too_large"]+rules["file_has_no_address"])
	require.Zero(t, w.count("object where file_id is not null and (id % 19 = 0 or id % 23 = 0 or id % 29 = 0 or id % 41 = 0) and id <= $1", 2*synthetic.Tiny.Users))
	require.Positive(t, w.count("file where mime = 'image/png'"))
	require.Positive(t, w.count("file where private and state = 'stored' and key like 'private/%'"))
	require.Equal(t, w.count("file where not private"), w.count("file where state = 'pending'"), "smaller copies are to be made")
	require.Equal(t, w.count("file where state = 'pending'"), w.count("outbox where type = 'media.file_stored'"))
	w.storeIsClean(0)
	require.NoError(t, w.core.SweepObjects(t.Context()))
	require.Equal(t, w.count("object"), w.count("object o where exists (select from shown s where s.object_id = o.id)"))
	require.Positive(t, w.count("shown where place like 'marketplace/%'"), "what is shown is not swept")
}

// storeIsClean reads all files, of which spare ones may be without a row: they are there and tell nothing.
func (w *world) storeIsClean(spare int) {
	w.t.Helper()
	entries, err := w.store.List(w.t.Context(), "", 10_000)
	require.NoError(w.t, err)
	known := 0
	for _, e := range entries {
		known += int(w.count("file where key = $1", e.Key))
		require.NotContains(w.t, string(read(w.t, w.store, e.Key)), synthetic.Secret)
	}
	require.EqualValues(w.t, w.count("file"), known)
	require.LessOrEqual(w.t, len(entries), known+spare)
}

func TestSameBytesOfOneOwnerAreOneFile(t *testing.T) {
	w := setUp(t)
	originaltest.Exec(t, w.dsn, `update add_add set main_image_id = null; update add_add set main_image_id = 61 + id, publisher_id = 1 where id in (1, 2);
		update foro_post set media_id = null; update chat_chatmessage set media_id = null;
		update profiles_specialistprofile set work_images_ids = '[]', verification_title_id = null`)
	originaltest.Exec(t, w.dsn, "update media_media set url = replace(url, '/62.', '/61.') where id = 62; update media_media set url = replace(url, '/63.', '/61.') where id = 63")
	w.run(w.from(w.files), false)
	require.EqualValues(t, 2, w.count("object where id in (62, 63) and file_id is not null"))
	require.EqualValues(t, 1, w.count("(select distinct file_id from object where id in (62, 63)) x"))
}

func TestPicturesOfUsers(t *testing.T) {
	w := setUp(t)
	originaltest.Exec(t, w.dsn, "update auth_app_user set profile_picture = (select url from media_media where id = 61) where id = 6")
	w.run(w.from(w.files), false)
	w.sound()
	require.EqualValues(t, 1, w.count("shown where place = 'auth/picture/6' and object_id = 61"), "the object with the address")
	require.EqualValues(t, 1, w.count("shown s join object o on o.id = s.object_id join file f on f.id = o.file_id where s.place = 'auth/picture/3' and o.id > 600 and o.owner_id = 3"))
	require.Zero(t, w.count("shown where place = 'auth/picture/12'"), "the file is not there")
}

func TestALaterRunTakesWhatIsMissingAlone(t *testing.T) {
	w := setUp(t)
	first, _ := w.run(w.from(t.TempDir()), false)
	require.Zero(t, w.count("file"))
	_, rules := w.run(w.from(w.files), false)
	files, objects := w.count("file"), w.count("object")
	require.Positive(t, files)
	require.NotEmpty(t, rules)
	originaltest.Exec(t, w.dsn, "insert into media_media (id, url) values (5000, 'https://files.example/media/1.jpg'); update add_add set main_image_id = 5000 where id = 1")
	err := w.db.Tx(t.Context(), func(ctx context.Context) error {
		return w.core.Withdrawn(ctx, media.Withdrawn{IDs: []int64{originaltest.Number(t, w.db, "select min(id) from object")}})
	})
	require.NoError(t, err)
	third, rules := w.run(w.from(w.files), false)
	w.sound()
	require.Equal(t, objects, w.count("object"), "one new, and one was deleted here")
	require.EqualValues(t, 1, rules["deleted_since"])
	require.EqualValues(t, 1, third.This["taken"])
	require.Equal(t, first.Taken-1, third.There)
	require.EqualValues(t, 1, w.count("object where id = 5000 and file_id is not null"))
}

// TestWhatIsUploadedHereIsShownThere: media has moved, the marketplace has not.
func TestWhatIsUploadedHereIsShownThere(t *testing.T) {
	w := setUp(t)
	w.run(Files{}, false)
	id := originaltest.Number(t, w.db, "insert into object (owner_id, name) values (5, 'x.jpg') returning id")
	require.EqualValues(t, 1, w.count("object where id = $1 and unshown_since is not null", id))
	originaltest.Exec(t, w.dsn, fmt.Sprintf("update add_add set main_image_id = %d where id = 1", id))
	table, _ := w.run(Files{}, false)
	w.sound()
	require.Zero(t, table.This["taken"])
	require.EqualValues(t, 1, w.count("shown where object_id = $1 and place = 'marketplace/adds/1'", id))
	require.EqualValues(t, 1, w.count("object where id = $1 and owner_id = 5 and unshown_since is null", id))
}

func TestADocumentThatWasPublicBecomesPrivate(t *testing.T) {
	w := setUp(t)
	originaltest.Exec(t, w.dsn, "update profiles_specialistprofile set verification_title_id = null; update add_add set main_image_id = 61 where id = 1")
	w.run(w.from(w.files), false)
	require.EqualValues(t, 1, w.count("object o join file f on f.id = o.file_id where o.id = 61 and not f.private"))
	originaltest.Exec(t, w.dsn, "update profiles_specialistprofile set verification_title_id = 61 where id = 1")
	w.run(w.from(w.files), false)
	require.EqualValues(t, 1, w.count("object o join file f on f.id = o.file_id where o.id = 61 and f.private"))
	require.EqualValues(t, 1, w.count("outbox where type = 'media.bytes_freed'"))
}

func TestIdsOfOthersStayTheirs(t *testing.T) {
	w := setUp(t)
	_, err := w.db.Q(t.Context()).Exec(t.Context(), "insert into object (id, owner_id, name) values (61, 4711, 'Mío')")
	require.NoError(t, err)
	_, rules := w.run(w.from(w.files), false)
	require.EqualValues(t, 1, rules["id_is_anothers"])
	require.EqualValues(t, 1, w.count("object where id = 61 and owner_id = 4711 and name = 'Mío' and file_id is null"))
	require.Zero(t, w.count("shown where object_id = 61"))
}

func TestAfterForgettingNothingComesTwice(t *testing.T) {
	w := setUp(t)
	w.run(w.from(w.files), false)
	objects, files := w.count("object where id <= 600"), w.count("file")
	require.NoError(t, original.Forget(t.Context(), w.db))
	table, _ := w.run(w.from(w.files), false)
	require.Zero(t, table.Taken)
	require.Equal(t, objects, w.count("object where id <= 600"))
	require.Equal(t, files, w.count("file"), "the same bytes of the same owner are one file")
}

func TestARunThatIsEndedGoesOn(t *testing.T) {
	w := setUp(t)
	for n := int64(1); n < 4; n++ {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := w.try(ctx, w.from(w.files), false, func(p original.Progress) {
			if p.Doing == "fetch files" && p.Done >= 20 {
				cancel()
			}
		})
		cancel()
		require.ErrorIs(t, err, context.Canceled)
		require.GreaterOrEqual(t, w.count("file"), n, "what was taken stays")
	}
	w.run(w.from(w.files), false)
	w.sound()
	w.storeIsClean(3 * 4) // at each end, as many files were under way
}

func TestEndsWhenFilesAreOutOfReach(t *testing.T) {
	w := setUp(t)
	f := w.from(w.files)
	f.Places[0].from = away{}
	_, err := w.try(t.Context(), f, false, nil)
	require.ErrorContains(t, err, "cannot be reached")
	w.run(w.from(w.files), false)
	w.sound()
	require.Positive(t, w.count("file"))
}

var errAway = errors.New("away")
