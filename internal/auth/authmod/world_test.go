package authmod_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authmod"
	"agrovet/internal/media"
	"agrovet/internal/media/mediatest"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/pgtest"
	"agrovet/internal/profiles"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the module under test has a log of its own
	pgtest.Main(m)
}

const password = "vacas-y-maiz"

// world is auth on a database of its own, and what stands around it.
type world struct {
	t       testing.TB
	db      *pg.DB
	bus     *bus.Bus
	kv      kv.Store
	sms     *phones
	cards   *cards
	files   *mediatest.Fake
	log     *safeBuffer
	module  *authmod.Module
	handler http.Handler
	seen    int64 // position of the last event that was delivered
	top     *person
}

// setup makes a world; options change its configuration, which has no limits.
func setup(t testing.TB, options ...func(*authmod.Config)) *world {
	t.Helper()
	store := kv.Memory(10_000)
	t.Cleanup(store.Close)
	return over(t, pgtest.Schema(t, "auth"), store, options...)
}

// over makes a process over a database: a second one is a restart, or a replica.
func over(t testing.TB, db *pg.DB, store kv.Store, options ...func(*authmod.Config)) *world {
	t.Helper()
	w := &world{t: t, db: db, kv: store, bus: bus.New(bus.Config{}), sms: &phones{}, cards: &cards{}, files: &mediatest.Fake{}, log: &safeBuffer{}}
	var cfg authmod.Config
	for _, o := range options {
		o(&cfg)
	}
	var err error
	w.module, err = authmod.New(cfg, authmod.Deps{DB: db, Outbox: w.bus.Source(db, auth.Topic, auth.InternalTopic, media.ShownTopic("auth")), KV: store,
		SMS: w.sms, Media: w.files, Log: slog.New(slog.NewTextHandler(w.log, nil))})
	require.NoError(t, err)
	t.Cleanup(w.module.Close)
	server, err := httpx.New(httpx.Config{KV: store})
	require.NoError(t, err)
	server.UseAuthenticator(w.module.Service())
	w.module.Routes(server.Module("auth", db), authmod.Web{Profiles: w.cards})
	w.handler = server.Handler()
	return w
}

// phones receive messages, or do not.
type phones struct {
	mu   sync.Mutex
	err  error
	sent []message
}

type message struct{ to, text string }

func (p *phones) Name() string { return "fake" }

func (p *phones) Send(_ context.Context, to, text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.sent = append(p.sent, message{to, text})
	}
	return p.err
}

func (p *phones) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = err
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// last is the code that the number received last.
func (p *phones) last(t testing.TB, to string) string {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.sent) - 1; i >= 0; i-- {
		if p.sent[i].to == to {
			code := sixDigits.FindString(p.sent[i].text)
			require.NotEmpty(t, code, p.sent[i].text)
			return code
		}
	}
	require.Fail(t, "no code for "+to)
	return ""
}

func (p *phones) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sent)
}

// cards is profiles: what it knows, and how it was asked.
type cards struct {
	mu    sync.Mutex
	known map[int64]profiles.Card
	err   error
	asked [][]int64
}

func (c *cards) Cards(_ context.Context, ids ...int64) (map[int64]profiles.Card, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, ids)
	return c.known, c.err
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

type object = map[string]any

// answer is what came back.
type answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Raw    string
}

// call sends a JSON request; headers are pairs. A path without a leading slash is auth's.
func (w *world) call(method, path string, body any, headers ...string) answer {
	w.t.Helper()
	var b []byte
	if body != nil {
		var err error
		b, err = json.Marshal(body)
		require.NoError(w.t, err)
		headers = append([]string{"Content-Type", "application/json"}, headers...)
	}
	return w.raw(method, path, b, headers...)
}

func (w *world) raw(method, path string, body []byte, headers ...string) answer {
	w.t.Helper()
	if !strings.HasPrefix(path, "/") {
		path = "/api/auth/" + path
	}
	r := httptest.NewRequest(method, "http://auth.localhost"+path, bytes.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
}

// form sends a multipart request; a value that starts with @ is a file's content.
func (w *world) form(method, path, token string, fields ...string) answer {
	w.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		content, isFile := strings.CutPrefix(fields[i+1], "@")
		if !isFile {
			require.NoError(w.t, m.WriteField(fields[i], content))
			continue
		}
		part, err := m.CreateFormFile(fields[i], "foto.jpg")
		require.NoError(w.t, err)
		_, err = part.Write([]byte(content))
		require.NoError(w.t, err)
	}
	require.NoError(w.t, m.Close())
	headers := []string{"Content-Type", m.FormDataContentType()}
	if token != "" {
		headers = append(headers, "Authorization", "Token "+token)
	}
	return w.raw(method, path, b.Bytes(), headers...)
}

// is expects the status.
func (a answer) is(status int) answer {
	a.t.Helper()
	require.Equal(a.t, status, a.Status, a.Raw)
	return a
}

// json expects the status and returns the body.
func (a answer) json(status int) object {
	a.t.Helper()
	a.is(status)
	var o object
	require.NoError(a.t, json.Unmarshal([]byte(a.Raw), &o), a.Raw)
	return o
}

// says expects the status and the whole body.
func (a answer) says(status int, body string) {
	a.t.Helper()
	require.Equal(a.t, status, a.Status, a.Raw)
	require.JSONEq(a.t, body, a.Raw)
}

// field expects a 400 about the field with this text.
func (a answer) field(name, text string) {
	a.t.Helper()
	o := a.json(http.StatusBadRequest)
	require.Equal(a.t, []any{text}, o[name], a.Raw)
}

// person is somebody with a session.
type person struct {
	w      *world
	ID     int64
	Token  string
	number string // E.164
}

// as sends a request with the person's token.
func (p person) as(method, path string, body any, headers ...string) answer {
	p.w.t.Helper()
	return p.w.call(method, path, body, append(headers, "Authorization", "Token "+p.Token)...)
}

func (p person) path() string { return fmt.Sprintf("users/%d/", p.ID) }

// join registers somebody by the last digits of a Bolivian number.
func (w *world) join(digits string, more ...any) person {
	w.t.Helper()
	body := object{"phone_number": "+591" + digits, "password": password, "full_name": "Persona " + digits, "role": "specialist"}
	for i := 0; i < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	return w.personOf(w.call(http.MethodPost, "register/", body).json(http.StatusCreated), "+591"+digits)
}

func (w *world) personOf(o object, number string) person {
	user := o["user"].(object)
	return person{w, int64(user["id"].(float64)), o["token"].(string), number}
}

func (w *world) login(phone, password string) answer {
	w.t.Helper()
	return w.call(http.MethodPost, "login/", object{"phone_number": phone, "password": password})
}

// boss is a superuser with a session.
func (w *world) boss() person {
	w.t.Helper()
	if w.top == nil {
		_, err := w.module.CreateSuperuser(context.Background(), "+59170099999", password)
		require.NoError(w.t, err)
		p := w.personOf(w.login("+59170099999", password).json(http.StatusOK), "+59170099999")
		w.top = &p
	}
	return *w.top
}

// staff is a member of the staff with a session.
func (w *world) staff(digits string) person {
	w.t.Helper()
	p := w.join(digits)
	w.boss().as(http.MethodPatch, p.path(), object{"is_staff": true}).is(http.StatusOK)
	return p
}

// published are the events on user.events, as "type {data}" with data's keys in order.
func (w *world) published() []string {
	w.t.Helper()
	rows, err := w.db.Q(context.Background()).Query(context.Background(),
		`select type, key, data from outbox where topic = 'user.events' order by position`)
	require.NoError(w.t, err)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		var kind, key string
		var data object
		if err := row.Scan(&kind, &key, &data); err != nil {
			return "", err
		}
		require.Equal(w.t, fmt.Sprintf("%.0f", data["user_id"]), key)
		b, err := json.Marshal(data)
		return kind + " " + string(b), err
	})
	require.NoError(w.t, err)
	return all
}

// since are the events that were published by act.
func (w *world) since(act func()) []string {
	w.t.Helper()
	before := len(w.published())
	act()
	return w.published()[before:]
}

// deliver hands the requests for codes to the module as the bus does, and returns their errors.
func (w *world) deliver() (failed []error) {
	w.t.Helper()
	ctx := context.Background()
	rows, err := w.db.Q(ctx).Query(ctx, `select position, data from outbox where topic = 'auth.internal' and position > $1 order by position`, w.seen)
	require.NoError(w.t, err)
	var data json.RawMessage
	var all []json.RawMessage
	_, err = pgx.ForEachRow(rows, []any{&w.seen, &data}, func() error {
		all = append(all, bytes.Clone(data))
		return nil
	})
	require.NoError(w.t, err)
	for _, d := range all {
		if err := w.handle(d); err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}

func (w *world) handle(data json.RawMessage) error {
	sub := w.module.Subscriptions()[0]
	require.Equal(w.t, 1, sub.Batch, "a message cannot be taken back")
	return w.db.Tx(context.Background(), func(ctx context.Context) error {
		return sub.Routes[0].Handle(ctx, bus.Event{Topic: auth.InternalTopic, Type: sub.Routes[0].Kind.Type, Data: data})
	})
}

func (w *world) exec(sql string, args ...any) {
	w.t.Helper()
	_, err := w.db.Q(context.Background()).Exec(context.Background(), sql, args...)
	require.NoError(w.t, err)
}

// count counts rows of a table, with a condition.
func (w *world) count(from string, args ...any) (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Q(context.Background()).QueryRow(context.Background(), "select count(*) from "+from, args...).Scan(&n))
	return n
}

// per is a limit.
func per(n int, d time.Duration) kv.Limit { return kv.Limit{Events: n, Period: d} }
