package authmod_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/auth/authmod"
	"agrovet/internal/platform/bus"
)

const created7 = `user.created {"full_name":"Persona 7","phone_number":"+59170000007","role":"specialist","user_id":7}`

// besideElder is a world beside an original in which user 1, whose token is agrovet's, and user 7 live.
func besideElder(t *testing.T) (*world, *elder) {
	e := newElder(t)
	e.lives(1, "59170000001", "role", "consumer")
	e.lives(7, "70000007")
	return setup(t, e.beside), e
}

func (w *world) with(token string) answer {
	w.t.Helper()
	return w.call(http.MethodGet, "users/me/", nil, "Authorization", "Token "+token)
}

// A page asks for much at once with the token that it has from the original.
func TestTokenOfTheOriginalTakesOver(t *testing.T) {
	w, e := besideElder(t)
	events := w.since(func() {
		var page sync.WaitGroup
		for range 8 {
			page.Go(func() {
				me := w.with(tokenThere(7)).json(http.StatusOK)
				require.EqualValues(t, 7, me["id"])
			})
		}
		page.Wait()
	})
	require.Equal(t, []string{created7}, events)
	me := w.with(tokenThere(7)).json(http.StatusOK)
	for field, want := range (object{"full_name": "Persona 7", "last_name": "De Antes", "phone_number": "70000007", "role": "Specialist", "bio": "Ovejas.",
		"profile_picture": "https://old.example/7.jpg", "latitude": "-17.3895000", "date_joined": "2021-02-03T04:05:06.000007Z"}) {
		require.Equal(t, want, me[field], field)
	}
	require.Equal(t, 1, w.count("users where phone = '+59170000007' and password = '!original' and not is_staff"))
	require.Zero(t, w.count("sessions where position(convert_to($1, 'UTF8') in token_hash) > 0", tokenThere(7)))
	e.goes(true)
	w.kv = freshKV(t)
	over(t, w.db, w.kv, e.beside).with(tokenThere(7)).is(http.StatusOK)
}

func TestUnknownTokens(t *testing.T) {
	w, e := besideElder(t)
	for range 5 {
		w.with("0123456789012345678901234567890123456789").says(http.StatusUnauthorized, `{"detail":"Token inválido.","code":"token_invalid"}`)
		w.with("not-of-the-original").is(http.StatusUnauthorized)
	}
	require.Equal(t, 1, e.times("me"), "nobody's token is remembered, and what can be no token is not asked for")
	e.goes(true)
	a := w.with(tokenThere(7)).is(http.StatusServiceUnavailable)
	require.NotEmpty(t, a.Header.Get("Retry-After"))
	w.with("0123456789012345678901234567890123456789").is(http.StatusUnauthorized)
	e.goes(false)
	w.with(tokenThere(7)).is(http.StatusOK)
}

func TestLoginTakesOver(t *testing.T) {
	w, e := besideElder(t)
	w.login("59170000007", "otra-cosa").is(http.StatusUnauthorized)
	require.Zero(t, w.count("users"))
	var in answer
	events := w.since(func() { in = w.login("591 7000-0007", theirs) })
	require.Equal(t, []string{created7, `user.logged_in {"user_id":7}`}, events)
	me := w.personOf(in.json(http.StatusOK), "+59170000007")
	require.EqualValues(t, 7, me.ID)
	require.NotEqual(t, tokenThere(7), me.Token)
	e.goes(true)
	require.Equal(t, []string{`user.logged_in {"user_id":7}`}, w.since(func() { w.login("70000007", theirs).is(http.StatusOK) }))
	w.login("70000007", "otra-cosa").is(http.StatusUnauthorized)
	w.with(tokenThere(7)).is(http.StatusOK) // the other device's
}

// Who came by a token signs in with the password that they have there, once; then it lives here.
func TestLoginBringsThePasswordThatLivesThere(t *testing.T) {
	w, e := besideElder(t)
	w.join("70012345")
	w.with(tokenThere(7)).is(http.StatusOK)
	e.goes(true)
	a := w.login("70000007", theirs).is(http.StatusServiceUnavailable)
	require.NotEmpty(t, a.Header.Get("Retry-After"))
	w.login("70012345", password).is(http.StatusOK)
	e.goes(false)
	w.login("70000007", "otra-cosa").is(http.StatusUnauthorized)
	me := person{w: w, ID: 7, Token: tokenThere(7)}
	change := func(current string) answer {
		return me.as(http.MethodPost, "password/change/", object{"current_password": current, "new_password": "ovejas-y-llamas"})
	}
	change("otra-cosa").is(http.StatusBadRequest)
	require.Empty(t, w.since(func() { change(theirs).is(http.StatusOK) }))
	e.goes(true)
	w.login("70000007", "ovejas-y-llamas").is(http.StatusOK)
	w.login("70000007", theirs).is(http.StatusUnauthorized)
}

func TestTheOriginalIsLeftAloneWhileItIsAway(t *testing.T) {
	w, e := besideElder(t)
	e.goes(true)
	for range 12 {
		w.login("70000007", theirs).is(http.StatusServiceUnavailable)
	}
	require.Equal(t, 5, e.times("login"))
	details, err := w.module.CheckOriginal(t.Context())
	require.NoError(t, err)
	require.Equal(t, object{"away": true}, details)
}

// TestTheOriginalIsVisited: it must be the original that answers, and know the token.
func TestTheOriginalIsVisited(t *testing.T) {
	w, e := besideElder(t)
	visited := func(url, token string) error {
		return authmod.VisitOriginal(t.Context(), authmod.Original{URL: url, Token: token})
	}
	require.NoError(t, visited(e.server.URL, ""))
	require.NoError(t, visited(e.server.URL, tokenThere(7)))
	require.ErrorContains(t, visited(e.server.URL, tokenThere(8)), "refuses auth.original.token")
	_, err := w.module.CheckOriginal(t.Context())
	require.NoError(t, err)

	nothing := httptest.NewServer(http.NotFoundHandler())
	defer nothing.Close()
	require.ErrorContains(t, visited(nothing.URL, ""), "404")
	agrovet := httptest.NewServer(w.handler)
	defer agrovet.Close()
	require.ErrorContains(t, visited(agrovet.URL, ""), "leads to an agrovet")
	w = setup(t, func(cfg *authmod.Config) { cfg.Original = authmod.Original{URL: agrovet.URL} })
	_, err = w.module.CheckOriginal(t.Context())
	require.ErrorContains(t, err, "leads to an agrovet")
}

func TestLoginLimitsComeBeforeTheOriginal(t *testing.T) {
	e := newElder(t)
	w := setup(t, e.beside, func(c *authmod.Config) { c.LoginPerPhone = per(2, 1<<40) })
	for range 2 {
		w.login("59170000009", theirs).is(http.StatusUnauthorized)
	}
	asked := e.times("login")
	w.login("59170000009", theirs).is(http.StatusTooManyRequests)
	require.Equal(t, asked, e.times("login"))
	require.LessOrEqual(t, asked, 2*4, "a number has few spellings")
}

// A number has one account, and an id one user.
func TestRegistrationBesideTheOriginal(t *testing.T) {
	w, e := besideElder(t)
	register := func(number string) answer {
		return w.call(http.MethodPost, "register/", object{"phone_number": number, "password": password})
	}
	register("+591 70000007").field("phone_number", "Ya existe Usuario con este phone number.")
	w.login("70000007", theirs).is(http.StatusOK)
	ana := w.personOf(register("70012345").json(http.StatusCreated), "+59170012345")
	require.EqualValues(t, 1_000_000_000, ana.ID)
	require.EqualValues(t, ana.ID+1, w.join("70012346").ID)
	again := over(t, w.db, freshKV(t), e.beside)
	require.EqualValues(t, ana.ID+2, again.join("70012347").ID)
	e.goes(true)
	require.NotEmpty(t, register("70012348").is(http.StatusServiceUnavailable).Header.Get("Retry-After"))
}

func TestWhoIsSomebodyElseHereIsNotTakenOver(t *testing.T) {
	e := newElder(t)
	w := setup(t)
	ana := w.join("70012345") // before both ran side by side
	e.lives(int(ana.ID), "70000003")
	e.lives(9, "70012345")
	w = over(t, w.db, freshKV(t), e.beside)
	require.Empty(t, w.since(func() {
		w.with(tokenThere(int(ana.ID))).is(http.StatusUnauthorized)
		w.with(tokenThere(9)).is(http.StatusUnauthorized)
		w.login("70000003", theirs).is(http.StatusUnauthorized)
		w.login("70012345", theirs).is(http.StatusUnauthorized)
	}))
	require.Equal(t, 1, w.count("users"))
	require.NotContains(t, w.log.String(), tokenThere(9))
}

// What has ended here does not begin again there.
func TestWhatHasEndedDoesNotComeBack(t *testing.T) {
	for name, end := range map[string]func(w *world, me person){
		"SignedOut": func(w *world, me person) { me.as(http.MethodPost, "logout/", nil).is(http.StatusNoContent) },
		"SignedOutAway": func(w *world, me person) {
			w.personOf(w.login("70000007", theirs).json(200), "").as(http.MethodDelete, "sessions/", nil)
		},
		"Deactivated": func(w *world, me person) {
			w.boss().as(http.MethodPatch, me.path(), object{"is_active": false}).is(http.StatusOK)
		},
		"Deleted": func(w *world, me person) {
			me.as(http.MethodDelete, me.path(), nil).is(http.StatusNoContent)
			w.login("70000007", theirs).is(http.StatusUnauthorized)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, e := besideElder(t)
			w.with(tokenThere(7)).is(http.StatusOK)
			end(w, person{w: w, ID: 7, Token: tokenThere(7)})
			w.with(tokenThere(7)).is(http.StatusUnauthorized)
			over(t, w.db, freshKV(t), e.beside).with(tokenThere(7)).is(http.StatusUnauthorized)
		})
	}
}

func TestAnIdleTokenOfTheOriginalGoesOn(t *testing.T) {
	w, e := besideElder(t)
	w.with(tokenThere(7)).is(http.StatusOK)
	w.exec("delete from sessions") // as when it was not used for long
	over(t, w.db, freshKV(t), e.beside).with(tokenThere(7)).is(http.StatusOK)
	require.Equal(t, 1, w.count("outbox where type = 'user.created'"))
}

func TestResetOfAPasswordThatLivesThere(t *testing.T) {
	w, _ := besideElder(t)
	w.call(http.MethodPost, "password-reset/request/", object{"phone": "70000007"}).is(http.StatusOK)
	w.call(http.MethodPost, "password-reset/request/", object{"phone": "70000008"}).is(http.StatusOK)
	require.Empty(t, w.deliver())
	require.Equal(t, 1, w.sms.count())
	w.call(http.MethodPost, "password-reset/verify/", object{"phone": "70000007", "code": w.sms.last(t, "+59170000007"), "new_password": "ovejas-y-llamas"}).is(http.StatusOK)
	w.login("70000007", "ovejas-y-llamas").is(http.StatusOK)
	w.login("70000007", theirs).is(http.StatusUnauthorized)
	w.with(tokenThere(7)).is(http.StatusUnauthorized)
}

// arrives hands the module what the original wrote, as the bus does.
func (w *world) arrives(data string) {
	w.t.Helper()
	for _, s := range w.module.Subscriptions() {
		if !s.Original {
			continue
		}
		require.Equal(w.t, []bus.Kind{auth.UserCreated{}.Kind()}, []bus.Kind{s.Routes[0].Kind})
		require.NoError(w.t, w.db.Tx(context.Background(), func(ctx context.Context) error {
			return s.Routes[0].Handle(ctx, bus.Event{ID: uuid.New(), Topic: auth.Topic, Type: "user.created", Key: "k", Data: json.RawMessage(data)})
		}))
		return
	}
	require.Fail(w.t, "no subscription to the original's events")
}

func TestOriginalsUserCreated(t *testing.T) {
	w, _ := besideElder(t)
	for want, data := range map[string]string{
		"specialist":  `{"user_id":21,"phone_number":"+59170000021","full_name":"Ana","role":"Specialist"}`,
		"businessman": `{"user_id":22,"phone_number":"59170000022","full_name":"","role":"business_owner"}`,
		"consumer":    `{"user_id":23,"phone_number":"70000023","full_name":"Eva","role":null}`,
	} {
		require.Len(t, w.since(func() { w.arrives(data); w.arrives(data) }), 1, data)
		require.Equal(t, 1, w.count("users where role = $1 and password = '!original'", want), data)
	}
	w.arrives(`{"role":"client","user_id":"24","phone_number":"70000024"}`) // the seed's fields, an id as text
	w.arrives(`{"role":"admin","user_id":25,"phone_number":"70000025","full_name":null,"more":{}}`)
	require.Equal(t, 3, w.count("users where role = 'consumer' and id in (23, 24, 25)"))
	require.Empty(t, w.since(func() {
		for _, none := range []string{`null`, `{}`, `[]`, `{"user_id":26}`, `{"user_id":26,"phone_number":"rosa"}`, `{"user_id":-1,"phone_number":"70000026"}`,
			`{"user_id":{},"phone_number":"70000026"}`, `{"user_id":26,"phone_number":"70000021"}`, `{"user_id":21,"phone_number":"70000026","role":"client"}`} {
			w.arrives(none)
		}
	}))
	require.Equal(t, 5, w.count("users"))
}

// The event comes first, or the person does: they are published once.
func TestUserCreatedAndTakeOverAreOne(t *testing.T) {
	event := `{"user_id":7,"phone_number":"70000007","full_name":"Persona 7","role":"Specialist"}`
	t.Run("EventFirst", func(t *testing.T) {
		w, _ := besideElder(t)
		w.arrives(event)
		w.with(tokenThere(7)).is(http.StatusOK)
		w.login("70000007", theirs).is(http.StatusOK)
		require.Equal(t, []string{created7, `user.logged_in {"user_id":7}`}, w.published())
	})
	t.Run("PersonFirst", func(t *testing.T) {
		w, e := besideElder(t)
		w.login("70000007", theirs).is(http.StatusOK)
		w.arrives(event)
		e.goes(true)
		w.login("70000007", theirs).is(http.StatusOK)
		require.Equal(t, []string{created7, `user.logged_in {"user_id":7}`, `user.logged_in {"user_id":7}`}, w.published())
	})
}

func TestWithoutAnOriginalNobodyIsAsked(t *testing.T) {
	w := setup(t)
	for _, s := range w.module.Subscriptions() {
		require.False(t, s.Original)
	}
	w.with(tokenThere(7)).is(http.StatusUnauthorized)
	w.exec("insert into users (phone, phone_typed, password) values ('+59170000007', '70000007', '!original')")
	w.login("70000007", theirs).is(http.StatusUnauthorized)
	w.login("70000007", "!original").is(http.StatusUnauthorized)
}
