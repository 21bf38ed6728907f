package httpx

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
)

// keyed is a create with an Idempotency-Key.
func keyed(key, body string) call { return post("/zoo/", body).with(IdempotencyHeader, key) }

const lola = `{"name":"Lola"}`

func TestARepeatGetsTheFirstAnswer(t *testing.T) {
	t.Parallel()
	open := openZoo(t)
	z := open(4)
	s := z.register(newServer(t))
	first := keyed("k1", lola).as("ana").to(t, s)
	require.Equal(t, 201, first.status, first.body)
	require.Empty(t, first.header.Get("Idempotency-Replayed"))
	restarted := open(4).register(newServer(t)) // another process, or the same after a restart
	for name, again := range map[string]answered{
		"Same":       keyed("k1", lola).as("ana").to(t, s),
		"NewLogin":   keyed("k1", lola).as("ana2").to(t, s),
		"NewProcess": keyed("k1", lola).as("ana").to(t, restarted),
		"OtherForm":  keyed("k1", "name=Lola").with("Content-Type", "application/x-www-form-urlencoded").as("ana").to(t, s),
	} {
		require.Equal(t, 201, again.status, name)
		require.Equal(t, first.body, again.body, name)
		require.Equal(t, first.header.Get("Content-Type"), again.header.Get("Content-Type"), name)
		require.Equal(t, "true", again.header.Get("Idempotency-Replayed"), name)
	}
	require.Equal(t, 1, z.count(t, "animal"))
}

func TestAKeyBelongsToOneRequestOfOneUser(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	keyed("k1", lola).as("ana").to(t, s)
	reused := `{"detail":"Esta Idempotency-Key ya se usó con otra solicitud.","code":"idempotency_key_reused"}`
	keyed("k1", `{"name":"Pía"}`).as("ana").to(t, s).is(422, reused)
	call{"PATCH", "/zoo/1/", lola, map[string]string{"Content-Type": "application/json", IdempotencyHeader: "k1"}}.as("ana").to(t, s).is(422, reused)
	require.Equal(t, 1, z.count(t, "animal"))
	require.Equal(t, 201, keyed("k1", `{"name":"Pía"}`).as("beto").to(t, s).status)
	require.Equal(t, 201, keyed("k1", `{"name":"Paz"}`).to(t, s).status, "nobody's is a third")
	require.Equal(t, 201, keyed("k2", lola).as("ana").to(t, s).status)
	require.Equal(t, 4, z.count(t, "animal"))
}

func TestFilesArePartOfTheRequest(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	with := func(content string) answered {
		return form("/zoo/", "name", "Lola", "photo", "@a.jpg:"+content).with(IdempotencyHeader, "k1").to(t, s)
	}
	require.Equal(t, 201, with("one").status)
	require.Equal(t, 422, with("two").status)
	require.Equal(t, "true", with("one").header.Get("Idempotency-Replayed"))
	require.Equal(t, 1, z.count(t, "animal"))
}

func TestKeysAreChecked(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	bad := `{"detail":"La Idempotency-Key debe tener de 1 a 255 caracteres visibles.","code":"idempotency_key_invalid"}`
	for _, key := range []string{"a b", "ñ", strings.Repeat("x", 256), "a\x7f", "\xff", ""} {
		keyed(key, lola).to(t, s).is(400, bad)
	}
	require.Equal(t, 0, z.count(t, "animal"))
	require.Equal(t, 201, keyed(strings.Repeat("~", 255), lola).to(t, s).status)
}

func TestAFailedTryLeavesNoKey(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	var fail error
	z.before = func(ctx context.Context) error {
		if errors.Is(fail, errPanic) {
			panic("after the insert")
		}
		return fail
	}
	for name, c := range map[string]struct {
		err    error
		body   string
		status int
	}{
		"Refused": {errs.ErrForbidden, lola, 403}, "Broken": {errors.New("x"), lola, 500},
		"Panic": {errPanic, lola, 500}, "Invalid": {nil, `{}`, 400},
	} {
		fail = c.err
		require.Equal(t, c.status, keyed("k1", c.body).to(t, s).status, name)
		require.Equal(t, 0, z.count(t, "animal"), name)
		require.Equal(t, 0, z.count(t, "idempotency_key"), name)
	}
	fail = nil
	got := keyed("k1", `{"name":"Pía"}`).to(t, s)
	require.Equal(t, 201, got.status)
	require.Empty(t, got.header.Get("Idempotency-Replayed"))
}

var errPanic = errors.New("panic")

func TestARequestThatIsGivenUpLeavesNothing(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	ctx, cancel := context.WithCancel(t.Context())
	z.before = func(context.Context) error { cancel(); return nil }
	s.Handler().ServeHTTP(httptest.NewRecorder(), keyed("k1", lola).request(ctx))
	require.Equal(t, 0, z.count(t, "animal"))
	require.Equal(t, 0, z.count(t, "idempotency_key"))
	z.before = nil
	require.Equal(t, 201, keyed("k1", lola).to(t, s).status)
}

func TestAConflictIsTriedAgainUnderAKey(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	conflicts := 2
	z.before = func(context.Context) error {
		if conflicts--; conflicts >= 0 {
			return &pgconn.PgError{Code: "40P01"}
		}
		return nil
	}
	require.Equal(t, 201, keyed("k1", lola).to(t, s).status)
	require.Equal(t, 1, z.count(t, "animal"))
	conflicts = 100
	got := keyed("k2", lola).to(t, s)
	require.Equal(t, 503, got.status)
	require.Equal(t, "2", got.header.Get("Retry-After"))
	require.Equal(t, 1, z.count(t, "idempotency_key"))
}

// Many repeats at once, in two processes whose pools are much smaller, of a handler that needs a
// connection beside its transaction's: one row, one answer, no deadlock.
func TestRepeatsAtOnce(t *testing.T) {
	t.Parallel()
	open := openZoo(t)
	zoos := []*zoo{open(4), open(2)}
	var servers []*Server
	for _, z := range zoos {
		z.before = func(ctx context.Context) error {
			conn, err := z.db.Acquire(ctx)
			if err == nil {
				conn.Release()
			}
			return err
		}
		servers = append(servers, z.register(newServer(t)))
	}
	var wg sync.WaitGroup
	same := make([]answered, 50)
	for i := range same {
		wg.Go(func() { same[i] = keyed("k1", lola).as("ana").to(t, servers[i%2]) })
	}
	wg.Wait()
	replayed := 0
	for _, a := range same {
		require.Equal(t, 201, a.status, a.body)
		require.Equal(t, same[0].body, a.body)
		if a.header.Get("Idempotency-Replayed") == "true" {
			replayed++
		}
	}
	require.Equal(t, 49, replayed)
	require.Equal(t, 1, zoos[0].count(t, "animal"))
}

func TestDifferentKeysAtOnce(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	var wg sync.WaitGroup
	answers := make([]answered, 30)
	for i := range answers {
		wg.Go(func() { answers[i] = keyed(fmt.Sprint("k", i), lola).as("ana").to(t, s) })
	}
	wg.Wait()
	for _, a := range answers {
		require.Equal(t, 201, a.status, a.body)
		require.Empty(t, a.header.Get("Idempotency-Replayed"))
	}
	require.Equal(t, 30, z.count(t, "animal"))
}

func TestWaitingRepeatsHeedTheirDeadline(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	inside, finish := make(chan struct{}), make(chan struct{})
	z.before = func(context.Context) error { close(inside); <-finish; return nil }
	done := make(chan answered, 1)
	go func() { done <- keyed("k1", lola).to(t, s) }()
	<-inside
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, keyed("k1", lola).request(ctx))
	require.Equal(t, 504, w.Code)
	close(finish)
	require.Equal(t, 201, (<-done).status)
}

func TestKeptAnswersAreSealed(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	require.Equal(t, 201, keyed("key-hunter2", `{"name":"token-hunter2"}`).to(t, s).status)
	require.Equal(t, "true", keyed("key-hunter2", `{"name":"token-hunter2"}`).to(t, s).header.Get("Idempotency-Replayed"))
	var row string
	require.NoError(t, z.db.Q(t.Context()).QueryRow(t.Context(), `select row_to_json(k)::text from idempotency_key k`).Scan(&row))
	require.NotContains(t, row, "hunter2")
	require.NotContains(t, row, hex.EncodeToString([]byte("hunter2")), "bytea is shown in hexadecimal")
	require.Contains(t, row, "fingerprint")
}

func TestOldKeysArePurged(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	keyed("old", lola).to(t, s)
	keyed("new", lola).to(t, s)
	_, err := z.db.Q(t.Context()).Exec(t.Context(), `update idempotency_key set created_at = now() - interval '31 days' where ctid = (select min(ctid) from idempotency_key)`)
	require.NoError(t, err)
	n, err := PurgeIdempotencyKeys(t.Context(), z.db)
	require.NoError(t, err)
	require.EqualValues(t, 1, n)
	require.Equal(t, 1, z.count(t, "idempotency_key"))
	n, err = PurgeIdempotencyKeys(t.Context(), z.db)
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(4)
	s := z.register(newServer(t))
	z.db.Close()
	for _, c := range []call{get("/zoo/"), keyed("k1", lola), post("/zoo/", lola)} {
		got := c.to(t, s)
		require.Equal(t, 503, got.status, got.body)
		require.Equal(t, "unavailable", got.decode()["code"])
	}
}

func TestKeyedMutexForgetsKeys(t *testing.T) {
	t.Parallel()
	var m keyedMutex
	var wg sync.WaitGroup
	n := 0
	for range 100 {
		wg.Go(func() {
			unlock, err := m.lock(t.Context(), "k")
			require.NoError(t, err)
			n++ // the race detector watches
			unlock()
		})
	}
	wg.Wait()
	require.Equal(t, 100, n)
	require.Empty(t, m.locks)
}
