package authmod_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth/authmod"
)

const fresh = "ovejas-y-papas"

// resetPaths are all the places where clients look for the reset.
var resetPaths = map[string]string{
	"password-reset/request/":                "password-reset/verify/",
	"password-reset/request-phone/":          "password-reset/verify-phone/",
	"/api/password-reset/request/":           "/api/password-reset/verify/",
	"/api/password-reset/request-phone/":     "/api/password-reset/verify-phone/",
	"/api/auth/password-reset/request-phone": "/api/auth/password-reset/verify-phone",
}

func (w *world) request(phone string, headers ...string) answer {
	w.t.Helper()
	return w.call(http.MethodPost, "password-reset/request/", object{"phone": phone}, headers...)
}

func (w *world) verify(phone, code, password string, headers ...string) answer {
	w.t.Helper()
	return w.call(http.MethodPost, "password-reset/verify/", object{"phone": phone, "code": code, "new_password": password}, headers...)
}

// code has a code sent to the person and reads it.
func (w *world) code(p person) string {
	w.t.Helper()
	w.request(p.number).is(http.StatusOK)
	require.Empty(w.t, w.deliver())
	return w.sms.last(w.t, p.number)
}

// wrong is another code than this one.
func wrong(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestReset(t *testing.T) {
	for request, verify := range resetPaths {
		t.Run(strings.ReplaceAll(request, "/", "_"), func(t *testing.T) {
			w := setup(t)
			p := w.join("70012345")
			w.call(http.MethodPost, request, object{"phone": "70012345"}).says(200, `{"detail":"Código enviado al número registrado."}`)
			require.Empty(t, w.deliver())
			code := w.sms.last(t, p.number)
			events := w.since(func() {
				w.call(http.MethodPost, verify, object{"phone": "591 70012345", "code": " " + code + " ", "new_password": fresh}).
					says(200, `{"detail":"Contraseña actualizada correctamente."}`)
			})
			require.Equal(t, []string{fmt.Sprintf(`user.sessions_ended {"session_ids":[1],"user_id":%d}`, p.ID), fmt.Sprintf(`user.password_reset {"user_id":%d}`, p.ID)}, events)
			p.as(http.MethodGet, "users/me/", nil).is(401)
			w.login(p.number, password).is(401)
			w.login(p.number, fresh).is(200)
			w.verify(p.number, code, "otra-clave-mas").says(400, `{"detail":"Código inválido o expirado.","code":"auth.code_invalid"}`)
		})
	}
}

func TestUnknownNumbersLookLikeKnownOnes(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	rows := func() [2]int { return [2]int{w.count("codes"), w.count("outbox where topic = 'auth.internal'")} }
	before := rows()
	known := w.request(p.number)
	middle := rows()
	unknown := w.request("+59170099998")
	after := rows()
	require.Equal(t, known.Status, unknown.Status)
	require.Equal(t, known.Raw, unknown.Raw)
	require.Equal(t, middle[0]-before[0], after[0]-middle[0])
	require.Equal(t, middle[1]-before[1], after[1]-middle[1])
	require.Empty(t, w.deliver())
	require.Equal(t, 1, w.sms.count(), "nobody is sent a code for a number of nobody")
	bad := w.verify(p.number, wrong(w.sms.last(t, p.number)), fresh)
	require.Equal(t, bad.Raw, w.verify("+59170099998", "123456", fresh).Raw)
	w.request("no es un número").field("phone", "Ingrese un número válido")
}

func TestOnlyTheNewestCodeLives(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	first := w.code(p)
	second := w.code(p)
	if first != second {
		w.verify(p.number, first, fresh).is(400)
	}
	w.verify(p.number, second, fresh).is(200)
}

func TestGuessesAreFew(t *testing.T) {
	for name, headers := range map[string]func(i int) []string{
		"Plain":              func(int) []string { return nil },
		"UnderOneKey":        func(int) []string { return []string{"Idempotency-Key", "guess"} },
		"EachUnderItsOwnKey": func(i int) []string { return []string{"Idempotency-Key", fmt.Sprint("guess-", i)} },
	} {
		t.Run(name, func(t *testing.T) {
			w := setup(t)
			p := w.join("70012345")
			code := w.code(p)
			for i := range 5 {
				w.verify(p.number, wrong(code), fresh, headers(i)...).is(400)
			}
			w.verify(p.number, code, fresh).is(400)
			w.login(p.number, password).is(200)
		})
	}
}

func TestGuessesAtOnceAreFew(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	code := w.code(p)
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			w.verify(p.number, wrong(code), fresh, "Idempotency-Key", fmt.Sprint("k", i)) // 400, or 429 when hashing is busy
		})
	}
	wg.Wait()
	require.LessOrEqual(t, w.count("codes where guesses > 5"), 0)
	w.verify(p.number, code, fresh).is(400)
}

func TestACodeWorksOnceAlsoAtOnce(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	code := w.code(p)
	var worked atomic.Int32
	var wg sync.WaitGroup
	for range 4 { // fewer than guesses, so that each is compared
		wg.Go(func() {
			if w.verify(p.number, code, fresh).Status == http.StatusOK {
				worked.Add(1)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 1, worked.Load())
}

func TestCodesExpire(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	code := w.code(p)
	w.exec("update codes set expires_at = now() - interval '1 second'")
	w.verify(p.number, code, fresh).is(400)

	w.request(p.number).is(200)
	w.exec("update codes set expires_at = now() - interval '1 second'")
	sent := w.sms.count()
	require.Empty(t, w.deliver())
	require.Equal(t, sent, w.sms.count(), "a code that nobody could use any more is not sent")
}

func TestCodesAreCapped(t *testing.T) {
	limits := func(phone, address, total int) func(*authmod.Config) {
		return func(c *authmod.Config) { c.CodesPerPhone, c.CodesPerAddress, c.CodesTotal = phone, address, total }
	}
	for name, c := range map[string]struct {
		limit  func(*authmod.Config)
		number func(i int) string
	}{
		"PerNumber":        {limits(3, 0, 0), func(int) string { return "70012345" }},
		"PerUnknownNumber": {limits(3, 0, 0), func(int) string { return "70099998" }},
		"PerAddress":       {limits(0, 3, 0), func(i int) string { return fmt.Sprint(70020000 + i) }},
		"OfAll":            {limits(0, 0, 3), func(i int) string { return fmt.Sprint(70020000 + i) }},
	} {
		t.Run(name, func(t *testing.T) {
			w := setup(t, c.limit)
			w.join("70012345")
			var allowed, refused atomic.Int32
			var wg sync.WaitGroup
			for i := range 12 { // at once: none slips past
				wg.Go(func() {
					a := w.request(c.number(i))
					switch a.Status {
					case http.StatusOK:
						allowed.Add(1)
					case http.StatusTooManyRequests:
						refused.Add(1)
						if a.Header.Get("Retry-After") == "" {
							t.Error("no Retry-After")
						}
					}
				})
			}
			wg.Wait()
			require.EqualValues(t, 3, allowed.Load())
			require.EqualValues(t, 9, refused.Load())
		})
	}
}

func TestACodeIsNowhereInClear(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	code := w.code(p)
	for _, table := range []string{"codes", "outbox", "inbox", "parked", "users", "sessions"} {
		require.Zero(t, w.count(table+" x where x::text ~ ('\\m' || $1 || '\\M')", code), table)
	}
	require.NotRegexp(t, `\b`+code+`\b`, w.log.String())
}

func TestAFailingSender(t *testing.T) {
	w := setup(t)
	p := w.join("70012345")
	w.sms.fail(errors.New("gateway away"))
	w.request(p.number).is(200)
	require.Len(t, w.deliver(), 1, "the bus tries again")
	require.Zero(t, w.count("codes where state <> 'waiting'"))
	for range 2 {
		w.request(p.number).is(200)
		require.Len(t, w.deliver(), 1)
	}
	for _, number := range []string{p.number, "+59170099998"} {
		a := w.request(number)
		require.Equal(t, "auth.sms_unavailable", a.json(503)["code"], "told to everybody, known or not")
		require.NotEmpty(t, a.Header.Get("Retry-After"))
	}
	w.sms.fail(nil)
	w.seen = 0 // the bus hands the parked requests over again
	require.Empty(t, w.deliver())
	require.Equal(t, 1, w.sms.count(), "only the newest request lives")
	w.verify(p.number, w.sms.last(t, p.number), fresh).is(200)
	w.request(p.number).is(200)
}

func TestChangingTheNumber(t *testing.T) {
	w := setup(t)
	p, other := w.join("70012345"), w.join("70012346")
	ask := func(phone, password string) answer {
		return p.as(http.MethodPost, "phone/change/", object{"phone": phone, "password": password})
	}
	ask("+591 70055555", "no-es-esta").field("password", "La contraseña actual no es correcta.")
	ask("+591 70055555", password).is(200)
	require.Empty(t, w.deliver())
	code := w.sms.last(t, "+59170055555")
	other.as(http.MethodPost, "phone/confirm/", object{"code": code}).is(400)
	p.as(http.MethodPost, "phone/confirm/", object{"code": wrong(code)}).is(400)
	o := p.as(http.MethodPost, "phone/confirm/", object{"code": code}).json(200)
	require.Equal(t, "+591 70055555", o["phone_number"])
	w.login("70055555", password).is(200)
	w.login("70012345", password).is(401)

	taken := ask("70012346", password)
	require.Equal(t, http.StatusOK, taken.Status, "whether the number is taken shows to its holder alone")
	require.Empty(t, w.deliver())
	p.as(http.MethodPost, "phone/confirm/", object{"code": w.sms.last(t, other.number)}).
		field("phone_number", "Ya existe Usuario con este phone number.")
	w.login("70012346", password).is(200)
}
