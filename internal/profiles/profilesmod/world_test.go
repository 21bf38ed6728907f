package profilesmod_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/profiles/profilesmod"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// The people of every test. Nobody has a profile until an event or a request makes one.
const (
	ana    int64 = 1 // specialist
	beto   int64 = 2 // specialist
	luis   int64 = 3 // businessman
	carla  int64 = 4 // consumer
	nadie  int64 = 5 // without a role
	jefa   int64 = 9 // consumer, staff
	nobody int64 = 404
)

// world is profiles on a database of its own, and what stands around it.
type world struct {
	t       testing.TB
	db      *pg.DB
	users   *people
	media   *library
	module  *profilesmod.Module
	server  *httpx.Server
	handler http.Handler
}

func setup(t testing.TB) *world {
	t.Helper()
	return over(t, pgtest.Schema(t, "profiles"), bus.New(bus.Config{}))
}

func over(t testing.TB, db *pg.DB, b *bus.Bus) *world {
	m := files()
	return with(t, db, b, m, m)
}

// with is a world whose module has this media, which may be none.
func with(t testing.TB, db *pg.DB, b *bus.Bus, m profilesmod.Media, l *library) *world {
	t.Helper()
	store := kv.Memory(1000)
	t.Cleanup(store.Close)
	server, err := httpx.New(httpx.Config{KV: store})
	require.NoError(t, err)
	w := &world{t: t, db: db, server: server, handler: server.Handler(), media: l, users: &people{known: map[int64]auth.User{
		ana: {ID: ana, FullName: "Ana Flores", Role: auth.Specialist}, beto: {ID: beto, Role: auth.Specialist},
		luis: {ID: luis, FullName: "Luis Paz", Role: auth.Businessman}, carla: {ID: carla, FullName: "Carla Ruiz", Role: auth.Consumer},
		nadie: {ID: nadie, FullName: "Nadie"}, jefa: {ID: jefa, FullName: "Jefa", Role: auth.Consumer},
	}}}
	server.UseAuthenticator(w.users)
	w.module, err = profilesmod.New(profilesmod.Config{}, profilesmod.Deps{DB: db, Outbox: b.Source(db, profilesmod.Topics...), Users: w.users, Media: m})
	require.NoError(t, err)
	w.module.Routes(server.Module("profiles", db))
	return w
}

type object = map[string]any

// answer is what came back.
type answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Raw    string
}

// as sends a request with the user's token.
func (w *world) as(userID int64, method, path string, body any) answer {
	return w.send("Token "+fmt.Sprint(userID), method, path, body)
}

func (w *world) send(authorization, method, path string, body any, headers ...string) answer {
	w.t.Helper()
	b := []byte{}
	if body != nil {
		var err error
		b, err = json.Marshal(body)
		require.NoError(w.t, err)
	}
	r := httptest.NewRequest(method, "http://profiles.localhost/api/profiles/"+path, bytes.NewReader(b))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return w.serve(r)
}

func (w *world) serve(r *http.Request) answer {
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
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

// event hands the payload to the module as the bus does: in a transaction, as JSON.
func (w *world) event(p bus.Payload) {
	w.t.Helper()
	data, err := json.Marshal(p)
	require.NoError(w.t, err)
	require.NoError(w.t, w.deliver(p.Kind(), string(data)))
}

func (w *world) deliver(kind bus.Kind, data string) error {
	for _, s := range w.module.Subscriptions() {
		for _, route := range s.Routes {
			if route.Kind == kind {
				return w.db.Tx(context.Background(), func(ctx context.Context) error {
					return route.Handle(ctx, bus.Event{ID: uuid.New(), Topic: kind.Topic, Type: kind.Type, Data: json.RawMessage(data)})
				})
			}
		}
	}
	return fmt.Errorf("nobody listens to %v", kind)
}

func (w *world) created(userID int64) {
	w.t.Helper()
	w.event(auth.UserCreated{UserID: userID, Role: w.users.known[userID].Role})
}

// published are the events about profiles in the outbox, as "type {data}".
func (w *world) published() []string {
	w.t.Helper()
	return w.texts(`select type || ' ' || key || ' ' || (data->>'profile_type') || ' ' || (data->>'user_id') || ' ' || (data->>'profile_id')
		from outbox where topic = 'profiles.events' and type <> 'profile.verification_changed' order by position`)
}

// verdicts are the events about verifications, as "key state reason".
func (w *world) verdicts() []string {
	w.t.Helper()
	return w.texts(`select trim(key || ' ' || (data->>'state') || ' ' || (data->>'reason'))
		from outbox where topic = 'profiles.events' and type = 'profile.verification_changed' order by position`)
}

// shown are the events about what places show, as "place [ids]".
func (w *world) shown() []string {
	w.t.Helper()
	return w.texts(`select key || ' ' || (data->>'media_ids') from outbox where topic = 'profiles.media' order by position`)
}

func (w *world) texts(query string, args ...any) []string {
	w.t.Helper()
	rows, err := w.db.Q(context.Background()).Query(context.Background(), query, args...)
	require.NoError(w.t, err)
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(w.t, err)
	return out
}

// exec changes rows behind the module's back.
func (w *world) exec(statement string, args ...any) {
	w.t.Helper()
	_, err := w.db.Q(context.Background()).Exec(context.Background(), statement, args...)
	require.NoError(w.t, err)
}

// count counts rows of a table, with a condition.
func (w *world) count(from string, args ...any) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(), "select count(*) from "+from, args...).Scan(&n))
	return n
}

// profilesOf counts the rows of all kinds that the user has.
func (w *world) profilesOf(userID int64) (n int) {
	for _, table := range []string{"specialist", "businessman", "consumer"} {
		n += w.count(table+" where user_id = $1", userID)
	}
	return n
}

func path(format string, args ...any) string { return fmt.Sprintf(format, args...) }

func has(t testing.TB, o object, want object) {
	t.Helper()
	for k, v := range want {
		require.Equal(t, v, o[k], "field %s of %s", k, strings.TrimSpace(fmt.Sprint(o)))
	}
}

// decoded reads a body that is no object.
func decoded[T any](t testing.TB, raw string) (v T) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(raw), &v), raw)
	return v
}
