package authmod_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authclient"
	"agrovet/internal/auth/authmod"
	"agrovet/internal/auth/authtest"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/rpc"
)

const serviceSecret = "a secret of this installation"

// asked says that other processes ask.
func asked(c *authmod.Config) { c.Asked = true }

// remote is a process that asks the world's auth over HTTP, with the store that both have.
type remote struct {
	*world
	client *authclient.Client
	server *httptest.Server
	calls  atomic.Int32
	away   atomic.Bool
}

func fromAfar(t *testing.T, w *world, store kv.Store) *remote {
	t.Helper()
	s, err := httpx.New(httpx.Config{ServiceSecret: serviceSecret})
	require.NoError(t, err)
	w.module.RPC(s)
	r := &remote{world: w}
	r.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		r.calls.Add(1)
		if r.away.Load() {
			panic(http.ErrAbortHandler)
		}
		s.Handler().ServeHTTP(rw, req)
	}))
	t.Cleanup(r.server.Close)
	clients := rpc.NewClients(rpc.Config{Caller: "foro", Secret: serviceSecret, OpenFor: 50 * time.Millisecond})
	t.Cleanup(clients.Close)
	r.client = authclient.New(clients, r.server.URL, store, slog.New(slog.DiscardHandler))
	return r
}

// aged is a store in which nothing is fresh any more, once it is told so.
type aged struct {
	kv.Store
	old atomic.Bool
}

var freshUntil = regexp.MustCompile(`"FreshUntil":\d+`)

func (a *aged) age(b []byte) []byte {
	if !a.old.Load() {
		return b
	}
	return freshUntil.ReplaceAll(b, []byte(`"FreshUntil":1`))
}

func (a *aged) Get(ctx context.Context, key string) ([]byte, bool, error) {
	b, ok, err := a.Store.Get(ctx, key)
	return a.age(b), ok, err
}

func (a *aged) GetMany(ctx context.Context, keys ...string) (map[string][]byte, error) {
	values, err := a.Store.GetMany(ctx, keys...)
	for k, b := range values {
		values[k] = a.age(b)
	}
	return values, err
}

// TestRemoteService runs the checks that every auth.Service passes on auth in another process.
func TestRemoteService(t *testing.T) {
	authtest.TestService(t, func(t *testing.T) authtest.Subject {
		w := setup(t, asked)
		r := fromAfar(t, w, w.kv)
		return authtest.Subject{Service: r.client, Join: func(digits string) (int64, string) {
			p := w.join(digits)
			return p.ID, p.Token
		}, Leave: func(token string) {
			w.call(http.MethodPost, "logout/", nil, "Authorization", "Token "+token).is(204)
		}}
	})
}

func TestRemoteAsksOnce(t *testing.T) {
	w := setup(t, asked)
	r := fromAfar(t, w, w.kv)
	ana, beto := w.join("70000001"), w.join("70000002")
	for range 3 {
		_, err := r.client.Authenticate(t.Context(), ana.Token)
		require.NoError(t, err)
		known, err := r.client.Users(t.Context(), ana.ID, beto.ID, 999_999)
		require.NoError(t, err)
		require.Len(t, known, 2)
	}
	require.EqualValues(t, 2, r.calls.Load(), "one for the session, one for all users, also the one who is nobody")
}

func TestRemoteLearnsOfChangesAtOnce(t *testing.T) {
	w := setup(t, asked)
	r := fromAfar(t, w, w.kv)
	ana := w.join("70000001")
	name := func() string {
		known, err := r.client.Users(t.Context(), ana.ID)
		require.NoError(t, err)
		return known[ana.ID].FullName
	}
	require.Equal(t, "Persona 70000001", name())
	ana.as(http.MethodPatch, ana.path(), object{"full_name": "Ana Flores"}).is(http.StatusOK)
	require.Equal(t, "Ana Flores", name())

	next, err := r.client.Users(t.Context(), ana.ID+1)
	require.NoError(t, err)
	require.Empty(t, next)
	beto := w.join("70000002")
	require.Equal(t, ana.ID+1, beto.ID)
	next, err = r.client.Users(t.Context(), beto.ID)
	require.NoError(t, err)
	require.Len(t, next, 1, "somebody new is not nobody any more")

	w.boss().as(http.MethodDelete, ana.path(), nil).is(http.StatusNoContent)
	require.Empty(t, name())
	_, err = r.client.Authenticate(t.Context(), ana.Token)
	require.ErrorIs(t, err, errs.ErrTokenInvalid)
}

func TestRemoteForgetsByEvents(t *testing.T) {
	w := setup(t, asked)
	r := fromAfar(t, w, w.kv)
	ana := w.join("70000001")
	for _, e := range []bus.Payload{auth.UserCreated{UserID: ana.ID}, auth.UserUpdated{UserID: ana.ID},
		auth.RoleChanged{UserID: ana.ID}, auth.UserDeleted{UserID: ana.ID}} {
		_, err := r.client.Users(t.Context(), ana.ID)
		require.NoError(t, err)
		calls := r.calls.Load()
		w.cacheHears(e)
		_, err = r.client.Users(t.Context(), ana.ID)
		require.NoError(t, err)
		require.Equal(t, calls+1, r.calls.Load(), "%T", e)
	}
}

// cacheHears hands an event to those who remove what others keep.
func (w *world) cacheHears(e bus.Payload) {
	w.t.Helper()
	data, err := json.Marshal(e)
	require.NoError(w.t, err)
	for _, sub := range w.module.Subscriptions() {
		for _, route := range sub.Routes {
			if sub.Name == authmod.CacheGroup && route.Kind == e.Kind() {
				require.NoError(w.t, route.Handle(w.t.Context(), bus.Event{Topic: auth.Topic, Type: route.Kind.Type, Data: data}))
				return
			}
		}
	}
	require.Fail(w.t, "auth does not listen", "%T", e)
}

func TestNobodyAsksNothingIsRemoved(t *testing.T) {
	w := setup(t)
	for _, sub := range w.module.Subscriptions() {
		require.NotEqual(t, authmod.CacheGroup, sub.Name)
	}
}

func TestRemoteGoesOnWhileAuthIsAway(t *testing.T) {
	w := setup(t, asked)
	store := &aged{Store: w.kv}
	r := fromAfar(t, w, store)
	ana, beto := w.join("70000001"), w.join("70000002")
	_, err := r.client.Authenticate(t.Context(), ana.Token)
	require.NoError(t, err)
	before, err := r.client.Users(t.Context(), ana.ID)
	require.NoError(t, err)

	r.away.Store(true)
	store.old.Store(true)
	for range 20 {
		p, err := r.client.Authenticate(t.Context(), ana.Token)
		require.NoError(t, err)
		require.Equal(t, ana.ID, p.UserID)
		known, err := r.client.Users(t.Context(), ana.ID)
		require.NoError(t, err)
		require.Equal(t, before, known)
		known, err = r.client.Users(t.Context(), ana.ID, beto.ID)
		require.ErrorIs(t, err, auth.ErrUnavailable)
		require.Equal(t, before, known, "who is known is told all the same")
		_, err = r.client.Authenticate(t.Context(), beto.Token)
		require.ErrorIs(t, err, errs.ErrUnavailable, "not known here, and not invalid either")
		require.NotErrorIs(t, err, errs.ErrTokenInvalid)
	}
	require.Equal(t, http.StatusServiceUnavailable, w.seenBy(r, beto.Token))
	require.Equal(t, http.StatusOK, w.seenBy(r, ana.Token))

	w.call(http.MethodPost, "logout/", nil, "Authorization", "Token "+ana.Token).is(204)
	_, err = r.client.Authenticate(t.Context(), ana.Token)
	require.ErrorIs(t, err, errs.ErrUnavailable, "a session that was ended is not believed")

	r.away.Store(false)
	require.Eventually(t, func() bool {
		_, err := r.client.Authenticate(t.Context(), beto.Token)
		return err == nil
	}, 10*time.Second, 20*time.Millisecond)
}

// seenBy is the status that another process's own route answers with.
func (w *world) seenBy(r *remote, token string) int {
	w.t.Helper()
	s, err := httpx.New(httpx.Config{})
	require.NoError(w.t, err)
	s.UseAuthenticator(r.client)
	httpx.Handle(s.Module("foro", nil), httpx.Route{Method: http.MethodGet, Path: "/api/foro/mine/", ID: "mine", Access: httpx.Member},
		func(context.Context, *struct{}) (*httpx.Body[string], error) { return httpx.OK("mine"), nil })
	req := httptest.NewRequest(http.MethodGet, "/api/foro/mine/", http.NoBody)
	req.Header.Set("Authorization", "Token "+token)
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, req)
	if rec.Code == http.StatusServiceUnavailable {
		require.Contains(w.t, rec.Body.String(), `"auth.unavailable"`)
	}
	return rec.Code
}
