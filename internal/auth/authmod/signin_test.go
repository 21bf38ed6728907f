package authmod_test

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth/authmod"
	"agrovet/internal/platform/authn"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/kv"
	"agrovet/internal/platform/pgtest"
)

func TestLogin(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345")
	var a answer
	events := w.since(func() { a = w.login("59170012345", password) })
	require.Equal(t, []string{fmt.Sprintf(`user.logged_in {"user_id":%d}`, ana.ID)}, events)
	again := w.personOf(a.json(http.StatusOK), ana.number)
	require.NotEqual(t, ana.Token, again.Token, "every device has its own")
	for _, scheme := range []string{"Token ", "Bearer ", "bearer "} {
		w.call(http.MethodGet, "users/me/", nil, "Authorization", scheme+again.Token).is(http.StatusOK)
	}
	require.Equal(t, 1, w.count("users where last_login is not null"))
}

// Whatever is wrong, the answer is the same, and says nothing else.
func TestRefusedLogins(t *testing.T) {
	w := setup(t)
	w.join("70012345")
	gone := w.join("70000002")
	w.boss().as(http.MethodPatch, gone.path(), object{"is_active": false}).is(http.StatusOK)
	for name, c := range map[string]struct{ phone, password string }{
		"WrongPassword": {"70012345", "vacas-y-maíz"},
		"UnknownNumber": {"70077777", password},
		"NoNumber":      {"rosa", password},
		"Inactive":      {"70000002", password},
	} {
		t.Run(name, func(t *testing.T) {
			a := w.login(c.phone, c.password)
			a.says(401, `{"detail":"Credenciales inválidas","error":"Credenciales inválidas","code":"auth.bad_credentials"}`)
			require.NotEmpty(t, a.Header.Get("WWW-Authenticate"))
		})
	}
	w.call(http.MethodPost, "login/", object{}).says(400,
		`{"phone_number":["Este campo es requerido."],"password":["Este campo es requerido."],"code":"invalid"}`)
	w.call(http.MethodGet, "users/me/", nil, "Authorization", "Token 0123456789012345678901234567890123456789").
		says(401, `{"detail":"Token inválido.","code":"token_invalid"}`)
}

// Fault 9: per number, known or not, and per address.
func TestLoginsAreLimited(t *testing.T) {
	t.Run("PerNumberInAnySpelling", func(t *testing.T) {
		w := setup(t, func(c *authmod.Config) { c.LoginPerPhone = per(3, time.Hour) })
		w.join("70012345")
		for _, number := range []string{"70012345", "70077777"} {
			for i, spelling := range []string{number, "+591" + number, "591 " + number} {
				w.login(spelling, fmt.Sprint("wrong-guess-", i)).is(http.StatusUnauthorized)
			}
			a := w.login(number, password).is(http.StatusTooManyRequests)
			require.NotEmpty(t, a.Header.Get("Retry-After"))
		}
		w.join("70000003")
		w.login("70000003", password).is(http.StatusOK)
	})
	t.Run("PerAddress", func(t *testing.T) {
		w := setup(t, func(c *authmod.Config) { c.LoginPerAddress = per(2, time.Hour) })
		w.login("70000001", "wrong-guess").is(http.StatusUnauthorized)
		w.login("70000002", "wrong-guess").is(http.StatusUnauthorized)
		require.NotEmpty(t, w.login("70000003", "wrong-guess").is(http.StatusTooManyRequests).Header.Get("Retry-After"))
	})
	t.Run("RegistrationsPerAddress", func(t *testing.T) {
		w := setup(t, func(c *authmod.Config) { c.RegisterPerAddress = per(1, time.Hour) })
		w.join("70000001")
		a := w.call(http.MethodPost, "register/", object{"phone_number": "70000002", "password": password})
		require.NotEmpty(t, a.is(http.StatusTooManyRequests).Header.Get("Retry-After"))
	})
	t.Run("GuessesOfTheCurrentPassword", func(t *testing.T) {
		w := setup(t, func(c *authmod.Config) { c.LoginPerPhone = per(2, time.Hour) })
		p := w.join("70012345")
		wrong := object{"current_password": "wrong-guess", "new_password": "ovejas-y-papas"}
		p.as(http.MethodPost, "password/change/", wrong).is(http.StatusBadRequest)
		p.as(http.MethodPatch, p.path(), object{"current_password": "wrong-guess", "password": "ovejas-y-papas"}).is(http.StatusBadRequest)
		p.as(http.MethodPost, "password/change/", wrong).is(http.StatusTooManyRequests)
		p.as(http.MethodPost, "phone/change/", object{"phone": "70000002", "password": password}).is(http.StatusTooManyRequests)
	})
}

// A flood of passwords is told to come back instead of piling up.
func TestAFullQueueOfPasswordsIs429(t *testing.T) {
	w := setup(t, func(c *authmod.Config) { c.HashWorkers = 1 })
	var wg sync.WaitGroup
	answers := make([]answer, 150)
	for i := range answers {
		wg.Go(func() { answers[i] = w.login(fmt.Sprint(70000001+i), "wrong-guess") })
	}
	wg.Wait()
	busy := 0
	for _, a := range answers {
		if a.Status == http.StatusTooManyRequests {
			busy++
			require.Equal(t, "2", a.Header.Get("Retry-After"))
			require.Equal(t, "auth.busy", a.json(http.StatusTooManyRequests)["code"])
		} else {
			a.is(http.StatusUnauthorized)
		}
	}
	require.Positive(t, busy)
	require.Less(t, busy, len(answers))
}

// Hashes of the original verify, and become today's.
func TestHashesOfTheOriginal(t *testing.T) {
	w := setup(t)
	w.join("70012345")
	key, err := pbkdf2.Key(sha256.New, "clave del original", []byte("sal"), 1000, 32)
	require.NoError(t, err)
	w.exec(`update users set password = $1`, "pbkdf2_sha256$1000$sal$"+base64.StdEncoding.EncodeToString(key))
	w.login("70012345", "otra clave").is(http.StatusUnauthorized)
	var wg sync.WaitGroup
	status := make([]int, 4) // devices of one person, all at the first login
	for i := range status {
		wg.Go(func() { status[i] = w.login("70012345", "clave del original").Status })
	}
	wg.Wait()
	require.Equal(t, []int{200, 200, 200, 200}, status)
	require.Equal(t, 1, w.count("users where password like '$argon2id$%'"))
	w.login("70012345", "clave del original").is(http.StatusOK)
}

// A password in clear text, as the original stored after a PATCH (fault 3), is no password.
func TestClearTextInTheTableIsNoPassword(t *testing.T) {
	w := setup(t)
	w.join("70012345")
	w.exec(`update users set password = 'secreto-en-claro'`)
	w.login("70012345", "secreto-en-claro").is(http.StatusUnauthorized)
}

// Fault 7: tokens are kept as hashes alone.
func TestTokensAreNowhere(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	sum := sha256.Sum256([]byte(p.Token))
	require.Equal(t, 1, w.count("sessions where token_hash = decode($1, 'hex')", hex.EncodeToString(sum[:])))
	require.Zero(t, w.count("sessions where strpos(sessions::text, $1) > 0", p.Token))
	require.Zero(t, w.count("outbox where strpos(outbox::text, $1) > 0", p.Token))
}

func TestLogout(t *testing.T) {
	w := setup(t)
	phone := w.join("70012345")
	laptop := w.personOf(w.login("70012345", password).json(http.StatusOK), phone.number)
	laptop.as(http.MethodGet, "users/me/", nil).is(http.StatusOK) // cached
	laptop.as(http.MethodPost, "logout/", nil).is(http.StatusNoContent)
	laptop.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
	laptop.as(http.MethodPost, "logout/", nil).is(http.StatusUnauthorized)
	phone.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
}

func TestSessions(t *testing.T) {
	w := setup(t)
	phone := w.join("70012345", "device", "Teléfono de Ana")
	laptop := w.personOf(w.call(http.MethodPost, "login/", object{"phone_number": "70012345", "password": password},
		"User-Agent", "Firefox").json(http.StatusOK), "")
	stranger := w.join("70000002")

	all := laptop.sessions()
	require.Len(t, all, 2)
	require.Equal(t, []any{"Firefox", true}, []any{all[0]["device"], all[0]["current"]})
	require.Equal(t, []any{"Teléfono de Ana", false}, []any{all[1]["device"], all[1]["current"]})
	for _, s := range all {
		expires, err := time.Parse(time.RFC3339, s["expires_at"].(string))
		require.NoError(t, err)
		used, err := time.Parse(time.RFC3339, s["last_used"].(string))
		require.NoError(t, err)
		require.Equal(t, 90*24*time.Hour, expires.Sub(used))
	}

	one := fmt.Sprintf("sessions/%d/", int64(all[1]["id"].(float64)))
	stranger.as(http.MethodDelete, one, nil).is(http.StatusNotFound)
	phone.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
	laptop.as(http.MethodDelete, one, nil).is(http.StatusNoContent)
	phone.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
	laptop.as(http.MethodDelete, one, nil).is(http.StatusNotFound)

	third := w.personOf(w.login("70012345", password).json(http.StatusOK), "")
	third.as(http.MethodDelete, "sessions/", nil).is(http.StatusNoContent)
	laptop.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
	third.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
	stranger.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
}

func (p person) sessions() (all []object) {
	p.w.t.Helper()
	list := w2list(p.as(http.MethodGet, "sessions/", nil).is(http.StatusOK))
	return list
}

func TestIdleSessionsEnd(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	w.exec(`update sessions set last_used = now() - interval '89 days'`)
	p.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
	w.exec(`update sessions set last_used = now() - interval '91 days'`)
	restarted := over(t, w.db, freshKV(t))
	restarted.call(http.MethodGet, "users/me/", nil, "Authorization", "Token "+p.Token).is(http.StatusUnauthorized)
	w.runJob("auth.purge-sessions")
	require.Zero(t, w.count("sessions"))
}

// The use of a session is noted beside the request, and once an hour at most.
func TestUseIsNoted(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	other := w.join("70000002")
	w.exec(`update sessions set last_used = now() - interval '2 hours' where user_id = $1`, p.ID)
	w.exec(`update sessions set last_used = now() - interval '30 minutes' where user_id = $1`, other.ID)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- w.module.Run(ctx) }()
	p.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
	other.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
	require.Equal(t, 1, w.count("sessions where last_used < now() - interval '1 hour'"), "not in the request")
	cancel() // a process that ends notes what it knows
	require.NoError(t, <-done)
	require.Equal(t, 1, w.count("sessions where last_used > now() - interval '1 minute' and user_id = $1", p.ID))
	require.Equal(t, 1, w.count("sessions where last_used < now() - interval '29 minutes' and user_id = $1", other.ID))
}

func TestSessionsOfOneUserAreBounded(t *testing.T) {
	w := setup(t)
	first := w.join("70012345")
	first.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
	w.exec(`update sessions set last_used = now() - interval '1 day'`)
	w.exec(`insert into sessions (user_id, token_hash) select $1, sha256(n::text::bytea) from generate_series(1, 49) n`, first.ID)
	last := w.personOf(w.login("70012345", password).json(http.StatusOK), "")
	require.Equal(t, 50, w.count("sessions"))
	first.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
	last.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
}

// A session that was ended is not believed any more, however many requests are just being answered.
func TestEndingASessionBeatsTheCache(t *testing.T) {
	w := setup(t)
	for i := range 8 {
		p := w.join(fmt.Sprint(70000001 + i))
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { p.as(http.MethodGet, "users/me/", nil) })
		}
		p.as(http.MethodPost, "logout/", nil).is(http.StatusNoContent)
		wg.Wait()
		p.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
	}
}

// The cache may be lost or away; the database may not, and then nobody is told that a token is wrong.
func TestAuthenticateWithoutCacheOrDatabase(t *testing.T) {
	ctx := context.Background()
	w := setup(t)
	p := w.join("70012345")
	away := over(t, w.db, awayKV{})
	got, err := away.module.Service().Authenticate(ctx, p.Token)
	require.NoError(t, err)
	require.Equal(t, p.ID, got.UserID)

	db := pgtest.Schema(t, "auth")
	dead := over(t, db, awayKV{})
	db.Close()
	_, err = dead.module.Service().Authenticate(ctx, p.Token)
	require.ErrorIs(t, err, errs.ErrUnavailable)
	require.NotErrorIs(t, err, errs.ErrTokenInvalid)
	require.Equal(t, authn.Principal{}, must(dead.module.Service().Authenticate(ctx, p.Token)))
}

// awayKV is a store that cannot be reached.
type awayKV struct{}

var errAway = fmt.Errorf("the store is away")

func (awayKV) Get(context.Context, string) ([]byte, bool, error)               { return nil, false, errAway }
func (awayKV) GetMany(context.Context, ...string) (map[string][]byte, error)   { return nil, errAway }
func (awayKV) SetMany(context.Context, map[string][]byte, time.Duration) error { return errAway }
func (awayKV) Set(context.Context, string, []byte, time.Duration) error        { return errAway }
func (awayKV) Delete(context.Context, ...string) error                         { return errAway }
func (awayKV) Allow(context.Context, string, kv.Limit) (kv.Decision, error) {
	return kv.Decision{}, errAway
}
