package foromod_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/foro/foromod"
	"agrovet/internal/media"
	"agrovet/internal/media/mediatest"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilestest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// The people of every test.
const (
	ana   int64 = 1 // specialist
	luis  int64 = 2 // businessman
	beto  int64 = 3 // specialist
	carla int64 = 4 // consumer
	nadie int64 = 5 // without a role
	jefa  int64 = 9 // consumer, staff
)

// world is the forum on a database of its own, and what stands around it.
type world struct {
	t       testing.TB
	db      *pg.DB
	users   *people
	media   *mediatest.Fake
	cfg     foromod.Config
	cards   *profilestest.Fake
	kv      kv.Store
	module  *foromod.Module
	server  *httpx.Server
	handler http.Handler
	mu      sync.Mutex
	now     time.Time
}

// setup is a world with the communities of a new installation. change, when there is one, changes the
// configuration.
func setup(t testing.TB, change ...func(*foromod.Config)) *world {
	t.Helper()
	db := pgtest.Schema(t, "foro")
	store := kv.Memory(1000)
	t.Cleanup(store.Close)
	server, err := httpx.New(httpx.Config{KV: store})
	require.NoError(t, err)
	w := &world{t: t, db: db, cards: &profilestest.Fake{}, kv: store, server: server, handler: server.Handler(), media: pictures(), now: time.Now(), users: &people{known: map[int64]auth.User{
		ana: {ID: ana, FullName: "Ana Flores", Role: auth.Specialist}, luis: {ID: luis, FullName: "Luis Paz", Role: auth.Businessman},
		beto: {ID: beto, Role: auth.Specialist}, carla: {ID: carla, FullName: "Carla Ruiz", Role: auth.Consumer},
		nadie: {ID: nadie, FullName: "Nadie"}, jefa: {ID: jefa, FullName: "Jefa", Role: auth.Consumer},
	}}}
	server.UseAuthenticator(w.users)
	w.cfg.Country = "BO"
	w.cards.Set(profiles.Card{Specialist: &profiles.Specialist{ID: 1, UserID: ana, Profession: "Veterinario", Species: []string{"bovinos"},
		Verification: profiles.Verification{Verified: true, Type: profiles.Title, State: profiles.VerificationVerified}}})
	w.cards.Set(profiles.Card{Businessman: &profiles.Businessman{ID: 1, UserID: luis, BusinessType: "Agroveterinaria", BusinessName: "El Toro"}})
	for _, c := range change {
		c(&w.cfg)
	}
	w.start()
	return w
}

// start makes the module and its routes.
func (w *world) start() {
	w.t.Helper()
	var err error
	w.module, err = foromod.New(w.cfg, foromod.Deps{DB: w.db, Outbox: bus.New(bus.Config{}).Source(w.db, foromod.Topics...),
		Users: w.users, Profiles: w.cards, Media: w.media, Now: w.clock})
	require.NoError(w.t, err)
	w.turn()
	w.module.Routes(w.server.Module("foro", w.db))
}

// restart is another process on the same database: nothing is left in memory.
func (w *world) restart() {
	w.t.Helper()
	var err error
	w.server, err = httpx.New(httpx.Config{KV: w.kv})
	require.NoError(w.t, err)
	w.server.UseAuthenticator(w.users)
	w.handler = w.server.Handler()
	w.start()
}

// turn runs the module, and ends it: what it holds in memory is stored then.
func (w *world) turn() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.NoError(w.t, w.module.Run(ctx))
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// later lets time pass.
func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// job runs one of the module's jobs by its name.
func (w *world) job(name string) {
	w.t.Helper()
	for _, j := range w.module.Jobs() {
		if j.Name == name {
			require.NoError(w.t, j.Run(context.Background()))
			return
		}
	}
	require.Fail(w.t, "there is no job "+name)
}

// pictures are the files of every test: public pictures 1 to 99, unclaimed.
func pictures() *mediatest.Fake {
	f := &mediatest.Fake{}
	for id := int64(1); id < 100; id++ {
		f.Put(media.Object{ID: id, Kind: media.Image, MIME: "image/jpeg", Name: fmt.Sprintf("%d.jpg", id)})
	}
	return f
}

// people is auth: a user's token is the id.
type people struct {
	mu    sync.Mutex
	known map[int64]auth.User
	calls int
	gone  bool
}

// away takes auth away, or brings it back.
func (p *people) away(gone bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = gone
}

// asked counts the questions for users.
func (p *people) asked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}

func (p *people) put(u auth.User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.known[u.ID] = u
}

func (p *people) Users(_ context.Context, ids ...int64) (map[int64]auth.User, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	if p.gone {
		return nil, errs.ErrUnavailable
	}
	out := map[int64]auth.User{}
	for _, id := range ids {
		if u, ok := p.known[id]; ok {
			out[id] = u
		}
	}
	return out, nil
}

func (p *people) Authenticate(_ context.Context, token string) (authn.Principal, error) {
	id, err := strconv.ParseInt(token, 10, 64)
	if err != nil {
		return authn.Principal{}, errs.ErrTokenInvalid
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return authn.Principal{UserID: id, Staff: id == jefa, Role: string(p.known[id].Role)}, nil
}

type object = map[string]any

// answer is what came back.
type answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Raw    string
}

// as sends a request with the user's token, or without one for user 0. The path is one below /api/foro/.
func (w *world) as(userID int64, method, path string, body any, headers ...string) answer {
	w.t.Helper()
	var b []byte
	if body != nil {
		var err error
		b, err = json.Marshal(body)
		require.NoError(w.t, err)
	}
	r := httptest.NewRequest(method, "http://foro.localhost/api/foro/"+path, bytes.NewReader(b))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if userID != 0 {
		r.Header.Set("Authorization", "Token "+fmt.Sprint(userID))
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
}

// ok expects the status and returns the body.
func (a answer) ok(status int) object {
	a.t.Helper()
	return decoded[object](a, status)
}

// list expects 200 and returns the body, which is an array.
func (a answer) list() []object {
	a.t.Helper()
	return decoded[[]object](a, http.StatusOK)
}

func decoded[T any](a answer, status int) (v T) {
	a.t.Helper()
	require.Equal(a.t, status, a.Status, a.Raw)
	if a.Raw != "" {
		require.NoError(a.t, json.Unmarshal([]byte(a.Raw), &v), a.Raw)
	}
	return v
}

// results are those of a page.
func results(o object) (rows []object) {
	for _, r := range o["results"].([]any) {
		rows = append(rows, r.(object))
	}
	return rows
}

// field is a field of each row.
func field[T any](rows []object, name string) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = r[name].(T)
	}
	return out
}

// with is an object with more fields.
func with(o object, more ...object) object {
	for _, m := range more {
		for k, v := range m {
			o[k] = v
		}
	}
	return o
}

// posted makes a post and returns its id.
func (w *world) posted(userID int64, more ...object) int64 {
	w.t.Helper()
	o := with(object{"title": "¿Qué le doy a mi vaca?", "content": "Está triste y no come desde ayer."}, more...)
	return int64(w.as(userID, "POST", "posts/", o).ok(201)["id"].(float64))
}

// commented makes a comment and returns its id.
func (w *world) commented(userID, postID int64, more ...object) int64 {
	w.t.Helper()
	o := with(object{"post": postID, "content": "Llame al veterinario."}, more...)
	return int64(w.as(userID, "POST", "comments/", o).ok(201)["id"].(float64))
}

// event hands the payload to the module as the bus does: in a transaction, as JSON.
func (w *world) event(p bus.Payload) {
	w.t.Helper()
	data, err := json.Marshal(p)
	require.NoError(w.t, err)
	handled := false
	for _, s := range w.module.Subscriptions() {
		for _, route := range s.Routes {
			if route.Kind == p.Kind() {
				handled = true
				require.NoError(w.t, w.db.Tx(context.Background(), func(ctx context.Context) error {
					return route.Handle(ctx, bus.Event{ID: uuid.New(), Topic: p.Kind().Topic, Type: p.Kind().Type, Data: data, OccurredAt: w.clock()})
				}))
			}
		}
	}
	require.True(w.t, handled, "nobody listens to %v", p.Kind())
}

// events are the module's events in the outbox, as "type key".
func (w *world) events() []string {
	w.t.Helper()
	return w.texts("select type || ' ' || key from outbox where topic = 'foro.events' order by position")
}

func (w *world) texts(query string, args ...any) []string {
	w.t.Helper()
	rows, err := w.db.Q(context.Background()).Query(context.Background(), query, args...)
	require.NoError(w.t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(w.t, err)
	return out
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	_, err := w.db.Q(context.Background()).Exec(context.Background(), query, args...)
	require.NoError(w.t, err)
}

// count counts rows of a table, with a condition.
func (w *world) count(from string, args ...any) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(), "select count(*) from "+from, args...).Scan(&n))
	return n
}

func path(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func has(t testing.TB, o object, want object) {
	t.Helper()
	for k, v := range want {
		require.Equal(t, v, o[k], "field %s of %v", k, o)
	}
}

// flushStatistics has each connection tell what it has read, which it does much later by itself.
func (w *world) flushStatistics(t *testing.T) {
	t.Helper()
	for range w.db.Stat().TotalConns() {
		conn, err := w.db.Acquire(context.Background())
		require.NoError(t, err)
		defer conn.Release()
		_, err = conn.Exec(context.Background(), "select pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
		require.NoError(t, err)
	}
}

// scanned counts the rows of tables that sequential scans have read, as the server's statistics tell.
func (w *world) scanned(t *testing.T, tables []string) []string {
	t.Helper()
	w.flushStatistics(t)
	return w.texts(`select relname || ' ' || coalesce(seq_tup_read, 0) from pg_stat_user_tables where schemaname = 'foro' and relname = any($1) order by relname`, tables)
}
