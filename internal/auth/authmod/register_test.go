package authmod_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the web client depends on (contract: rest.md §2).
func TestRegistration(t *testing.T) {
	w := setup(t)
	a := w.call(http.MethodPost, "register/", object{"phone_number": "+591 70012345", "password": password, "full_name": " Rosa ",
		"last_name": "Mamani", "role": "SPECIALIST", "bio": "Vacas.", "latitude": -17.3895, "longitude": "-66.1568000"})
	o := a.json(http.StatusCreated)
	require.Regexp(t, `^[0-9a-f]{40}$`, o["token"])
	user := o["user"].(object)
	require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`, user["date_joined"])
	profile := user["specialist_profile"].(object)
	require.Equal(t, "Rosa", profile["user_display"])
	require.EqualValues(t, 0, profile["id"], "the event has not made it yet")
	delete(user, "date_joined")
	delete(user, "specialist_profile")
	require.Equal(t, object{"id": float64(1), "full_name": "Rosa", "last_name": "Mamani", "phone_number": "+591 70012345",
		"role": "Specialist", "bio": "Vacas.", "profile_picture": nil, "latitude": "-17.3895000", "longitude": "-66.1568000",
		"is_active": true, "is_staff": false, "businessman_profile": nil, "consumer_profile": nil}, user)
	require.Equal(t, []string{`user.created {"full_name":"Rosa","phone_number":"+59170012345","role":"specialist","user_id":1}`}, w.published())
}

// The original's registration route was a whole resource for everybody (fault 1), and another route
// gave away tokens (fault 4).
func TestRegistrationIsAllThereIs(t *testing.T) {
	w := setup(t)
	victim, boss := w.join("70000001"), w.boss()
	for _, method := range []string{"GET", "PUT", "PATCH", "DELETE"} {
		boss.as(method, "register/", object{}).is(http.StatusMethodNotAllowed)
		for _, p := range []string{fmt.Sprintf("register/%d/", victim.ID), "test-token/"} {
			w.call(method, p, object{"phone_number": victim.number}).is(http.StatusNotFound)
			boss.as(method, p, object{}).is(http.StatusNotFound)
		}
	}
	w.call(http.MethodPost, "test-token/", object{"phone_number": victim.number}).is(http.StatusNotFound)
	for _, p := range []string{"users/", "users/me/", victim.path(), "sessions/", "export/"} {
		w.call(http.MethodGet, p, nil).says(401, `{"detail":"Las credenciales de autenticación no se proveyeron.","code":"not_authenticated"}`)
	}
}

// One number is one account, however it is written (fault 10, decision D7).
func TestOneAccountPerNumber(t *testing.T) {
	w := setup(t)
	w.join("70012345")
	for _, spelling := range []string{"+59170012345", "59170012345", "70012345", "+591 700-12345", "0059170012345", "(591) 700 12345"} {
		w.call(http.MethodPost, "register/", object{"phone_number": spelling, "password": password}).
			says(400, `{"phone_number":["Ya existe Usuario con este phone number."],"code":"auth.phone_taken"}`)
		w.login(spelling, password).is(http.StatusOK)
	}
}

func TestRegistrationsOfOneNumberAtOnce(t *testing.T) {
	w := setup(t)
	var wg sync.WaitGroup
	status := make([]int, 12)
	for i := range status {
		wg.Go(func() {
			status[i] = w.call(http.MethodPost, "register/", object{"phone_number": "70012345", "password": password}).Status
		})
	}
	wg.Wait()
	made := 0
	for _, s := range status {
		if s == http.StatusCreated {
			made++
		} else {
			require.Equal(t, http.StatusBadRequest, s)
		}
	}
	require.Equal(t, 1, made)
	require.Equal(t, 1, w.count("users"))
	require.Len(t, w.published(), 1)
}

// Fault 8, decision D9.
func TestPasswordRules(t *testing.T) {
	w := setup(t)
	for name, c := range map[string]struct{ password, says string }{
		"TooShort":    {"abc1234", "La contraseña debe tener al menos 8 caracteres."},
		"OwnNumber":   {"+591 70012345", "La contraseña no puede ser el número de teléfono."},
		"OwnDigits":   {"70012345", "La contraseña no puede ser el número de teléfono."},
		"Common":      {"12345678", "Esta contraseña es demasiado común."},
		"TooLong":     {strings.Repeat("ñ", 600), "La contraseña es demasiado larga."},
		"Empty":       {"", "Este campo no puede estar en blanco."},
		"RunesNotLen": {"ñññññññ", "La contraseña debe tener al menos 8 caracteres."},
	} {
		t.Run(name, func(t *testing.T) {
			w.call(http.MethodPost, "register/", object{"phone_number": "+59170012345", "password": c.password}).field("password", c.says)
		})
	}
	w.join("70012345", "password", "testpass123") // no rule on kinds of characters
}

// All that is wrong is told at once, in the fields' shape.
func TestWrongFields(t *testing.T) {
	w := setup(t)
	w.call(http.MethodPost, "register/", object{}).says(400,
		`{"phone_number":["Este campo es requerido."],"password":["Este campo es requerido."],"code":"invalid"}`)
	w.call(http.MethodPost, "register/", object{"phone_number": "12ab", "password": "corta", "role": "admin", "latitude": 91, "longitude": "x"}).says(400,
		`{"phone_number":["Ingrese un número válido"],"password":["La contraseña debe tener al menos 8 caracteres."],
		"role":["\"admin\" no es una elección válida."],"latitude":["Asegúrese de que este valor es menor o igual a 90."],
		"longitude":["Se requiere un número válido."],"code":"invalid"}`)
	w.call(http.MethodPost, "register/", object{"phone_number": "70012345", "password": password, "role": "admin"}).says(400,
		`{"role":["\"admin\" no es una elección válida."],"code":"auth.role_invalid"}`)
	w.call(http.MethodPost, "register/", object{"phone_number": "70012345", "password": password, "full_name": strings.Repeat("a", 151),
		"last_name": nil}).says(400, `{"full_name":["Asegúrese de que este campo no tenga más de 150 caracteres."],
		"last_name":["Este campo no puede ser nulo."],"code":"invalid"}`)
	w.call(http.MethodPost, "register/", object{"phone_number": "70012345", "password": password, "latitude": "1.12345678"}).
		field("latitude", "Asegúrese de que no haya más de 7 decimales.")
	w.call(http.MethodPost, "register/", object{"phone_number": "x", "password": password}, "Accept-Language", "en").field("phone_number", "Enter a valid number.")
	require.Zero(t, w.count("users"))
	require.Empty(t, w.published())
}

// Nobody is without a role any more (fault 12).
func TestWithoutARoleOneIsAConsumer(t *testing.T) {
	w := setup(t)
	for i, role := range []any{nil, "", "Consumer", "CLIENT"} {
		p := w.join(fmt.Sprint(70000001+i), "role", role)
		o := p.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)
		require.Equal(t, "consumer", o["role"])
		require.NotNil(t, o["consumer_profile"])
	}
}

func TestFormsAreAccepted(t *testing.T) {
	w := setup(t)
	a := w.form(http.MethodPost, "register/", "", "phone_number", "70012345", "password", password, "full_name", "Rosa", "last_name", "",
		"role", "specialist", "bio", "", "latitude", "", "longitude", "")
	user := a.json(http.StatusCreated)["user"].(object)
	require.Equal(t, "Rosa", user["full_name"])
	require.Nil(t, user["latitude"])
	w.raw(http.MethodPost, "login/", []byte("phone_number=70012345&password="+password), "Content-Type", "application/x-www-form-urlencoded").is(http.StatusOK)
	w.raw(http.MethodPost, "/api/auth/login", []byte("phone_number=70012345&password="+password), "Content-Type", "application/x-www-form-urlencoded").is(http.StatusOK)
}

// A repeat with the same key gets the first answer, token included.
func TestRegistrationUnderAnIdempotencyKey(t *testing.T) {
	w := setup(t)
	body := object{"phone_number": "70012345", "password": password}
	first := w.call(http.MethodPost, "register/", body, "Idempotency-Key", "k1").is(http.StatusCreated)
	again := w.call(http.MethodPost, "register/", body, "Idempotency-Key", "k1").is(http.StatusCreated)
	require.Equal(t, first.Raw, again.Raw)
	require.Equal(t, "true", again.Header.Get("Idempotency-Replayed"))
	require.Len(t, w.published(), 1)
	w.personOf(again.json(http.StatusCreated), "").as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
}
