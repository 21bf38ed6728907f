package mediamod_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/media"
	"agrovet/internal/media/internal/blob"
	"agrovet/internal/media/internal/blob/blobtest"
	"agrovet/internal/media/mediamod"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	pgtest.Main(m)
}

// The people of every test.
const (
	nobody   int64 = 0 // not signed in
	ana      int64 = 1
	beto     int64 = 2
	jefa     int64 = 9 // staff
	mibibyte       = 1 << 20
)

// world is media on a database and a directory of its own, and what stands around it.
type world struct {
	t      testing.TB
	db     *pg.DB
	dir    string // of the store
	temp   string // of temporary files
	store  *blobtest.Faulty
	bus    *bus.Bus
	source *bus.Outbox // of media, and of what it listens to
	module *mediamod.Module
	server *httptest.Server
}

func limits() mediamod.Limits {
	return mediamod.Limits{
		Bytes:    map[media.Kind]int64{media.Image: 20 * mibibyte, media.Video: 100 * mibibyte, media.Audio: 25 * mibibyte, media.Document: 15 * mibibyte},
		Pixels:   64_000_000,
		Side:     30_000,
		Duration: map[media.Kind]time.Duration{media.Video: 10 * time.Minute, media.Audio: 10 * time.Minute},
	}
}

// setup makes a world on a directory. Its bus runs until the test ends.
func setup(t testing.TB, options ...func(*mediamod.Config)) *world {
	t.Helper()
	dir := t.TempDir()
	disk, err := blob.NewDisk(dir)
	require.NoError(t, err)
	w := over(t, disk, options...)
	w.dir = dir
	return w
}

func over(t testing.TB, store blob.Store, options ...func(*mediamod.Config)) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.Schema(t, "media"), temp: t.TempDir(), store: &blobtest.Faulty{Store: store}}
	if tt, ok := t.(*testing.T); ok {
		tt.Setenv("TMPDIR", w.temp)
	}
	counters := kv.Memory(10_000)
	t.Cleanup(counters.Close)
	w.bus = bus.New(bus.Config{RetryBase: 50 * time.Millisecond, RetryPoll: 20 * time.Millisecond})
	server, err := httpx.New(httpx.Config{KV: counters})
	require.NoError(t, err)
	server.UseAuthenticator(people{})
	w.source = w.bus.Source(w.db, media.Topic, media.InternalTopic, media.ShownTopic("profiles"), auth.Topic)
	cfg := mediamod.Config{Anonymous: true, Limits: limits()}
	for _, o := range options {
		o(&cfg)
	}
	w.module, err = mediamod.New(cfg, mediamod.Deps{DB: w.db, Outbox: w.source, Store: w.store})
	require.NoError(t, err)
	w.module.Routes(server.Module("media", w.db), server)
	w.bus.Subscribe(w.db, w.module.Subscriptions()...)
	w.run()
	w.server = httptest.NewServer(server.Handler())
	t.Cleanup(w.server.Close)
	return w
}

// run carries events until the test ends.
func (w *world) run() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = w.bus.Run(ctx) }()
	w.t.Cleanup(func() { cancel(); <-done })
}

// people is auth: a user's token is the id.
type people struct{}

func (people) Authenticate(_ context.Context, token string) (authn.Principal, error) {
	id, err := strconv.ParseInt(token, 10, 64)
	if err != nil {
		return authn.Principal{}, errs.ErrTokenInvalid
	}
	return authn.Principal{UserID: id, Staff: id == jefa}, nil
}

type object = map[string]any

// answer is what came back.
type answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Raw    string
}

// ok expects the status and returns the body.
func (a answer) ok(status int) object {
	a.t.Helper()
	require.Equal(a.t, status, a.Status, a.Raw)
	var o object
	if a.Raw != "" {
		require.NoError(a.t, json.Unmarshal([]byte(a.Raw), &o), a.Raw)
	}
	return o
}

// refused expects the status and the code.
func (a answer) refused(status int, code string) {
	a.t.Helper()
	require.Equal(a.t, code, a.ok(status)["code"], a.Raw)
}

// send sends a request to an address, or a path of the server.
func (w *world) send(as int64, method, address string, body io.Reader, headers ...string) answer {
	w.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = w.server.URL + address
	}
	r, err := http.NewRequest(method, address, body)
	require.NoError(w.t, err)
	if as != nobody {
		r.Header.Set("Authorization", fmt.Sprintf("Token %d", as))
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(w.t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(w.t, err)
	return answer{w.t, res.StatusCode, res.Header, string(raw)}
}

func (w *world) get(as int64, address string, headers ...string) answer {
	w.t.Helper()
	return w.send(as, http.MethodGet, address, nil, headers...)
}

func (w *world) json(as int64, method, path string, body object) answer {
	w.t.Helper()
	b, err := json.Marshal(body)
	require.NoError(w.t, err)
	return w.send(as, method, path, bytes.NewReader(b), "Content-Type", "application/json")
}

// file is a file of a form.
type file struct {
	field, name, mime string
	bytes             []byte
}

// form sends a multipart form of a file and fields: name, value, name, value…
func (w *world) form(as int64, method, path string, f file, fields ...string) answer {
	w.t.Helper()
	body, kind := formOf(w.t, f, fields...)
	return w.send(as, method, path, body, "Content-Type", kind)
}

func formOf(t testing.TB, f file, fields ...string) (body *bytes.Buffer, kind string) {
	t.Helper()
	body = &bytes.Buffer{}
	m := multipart.NewWriter(body)
	for i := 0; i < len(fields); i += 2 {
		require.NoError(t, m.WriteField(fields[i], fields[i+1]))
	}
	if f.field != "" {
		head := textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition(f.field, f.name)}}
		if f.mime != "" {
			head.Set("Content-Type", f.mime)
		}
		part, err := m.CreatePart(head)
		require.NoError(t, err)
		_, err = part.Write(f.bytes)
		require.NoError(t, err)
	}
	require.NoError(t, m.Close())
	return body, m.FormDataContentType()
}

// upload uploads a picture as field image and expects it to be taken.
func (w *world) upload(as int64, picture []byte, fields ...string) object {
	w.t.Helper()
	return w.form(as, http.MethodPost, "/api/media/", file{"image", "foto.jpg", "image/jpeg", picture}, fields...).ok(http.StatusCreated)
}

func idOf(o object) int64 { return int64(o["id"].(float64)) }

func pathOf(o object) string { return fmt.Sprintf("/api/media/%d/", idOf(o)) }

// rendered waits until the smaller copies of an object are there.
func (w *world) rendered(as int64, o object) (now object) {
	w.t.Helper()
	w.eventually("the renditions are made", func() bool {
		now = w.get(as, pathOf(o)).ok(http.StatusOK)
		return len(now["renditions"].([]any)) > 0
	})
	return now
}

func (w *world) eventually(what string, holds func() bool) {
	w.t.Helper()
	require.Eventually(w.t, holds, 30*time.Second, 10*time.Millisecond, what)
}

// files are the paths of all files under a directory.
func files(t testing.TB, dir string) (all []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err == nil && !d.IsDir() {
			all = append(all, strings.TrimPrefix(path, dir+"/"))
		}
		return err
	}))
	return all
}

// count counts rows of a table, with a condition.
func (w *world) count(from string, args ...any) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(), "select count(*) from "+from, args...).Scan(&n))
	return n
}

func (w *world) exec(statement string, args ...any) {
	w.t.Helper()
	_, err := w.db.Q(context.Background()).Exec(context.Background(), statement, args...)
	require.NoError(w.t, err)
}

// published counts the events of a type about an object.
func (w *world) published(kind string, id int64) int {
	w.t.Helper()
	return w.count("outbox where type = $1 and key = $2", kind, strconv.FormatInt(id, 10))
}

// shows publishes that a place of another module shows these objects now.
func (w *world) shows(place string, ids ...int64) {
	w.t.Helper()
	if ids == nil {
		ids = []int64{}
	}
	w.publish(media.Shown{Module: "profiles", Place: place, IDs: ids})
}

func (w *world) publish(events ...bus.Payload) {
	w.t.Helper()
	require.NoError(w.t, w.db.Tx(context.Background(), func(ctx context.Context) error { return w.source.Publish(ctx, events...) }))
}

// empty waits until neither the store nor the directory of temporary files holds anything.
func (w *world) empty() {
	w.t.Helper()
	w.eventually("nothing is left in the store", func() bool { return len(files(w.t, w.dir)) == 0 })
	require.Empty(w.t, files(w.t, w.temp), "temporary files")
}
