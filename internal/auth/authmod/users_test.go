package authmod_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/profiles"
)

// What is private of a user is shown to the user and staff alone (fault 11).
func TestWhoSeesWhat(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345", "latitude", "-17.3895", "longitude", "-66.1568", "bio", "Vacas.")
	beto, staff := w.join("70000002"), w.staff("70000003")
	w.cards.known = map[int64]profiles.Card{ana.ID: {Specialist: &profiles.Specialist{ID: 5, UserID: ana.ID, Documents: profiles.Documents{TitleID: 40}}}}
	for name, c := range map[string]struct {
		who     person
		path    string
		private bool
	}{
		"HerselfByMe":    {ana, "users/me/", true},
		"HerselfByID":    {ana, ana.path(), true},
		"Staff":          {staff, ana.path(), true},
		"AnotherMember":  {beto, ana.path(), false},
		"StaffOfHimself": {staff, "users/me/", true},
	} {
		t.Run(name, func(t *testing.T) {
			o := c.who.as(http.MethodGet, c.path, nil).json(http.StatusOK)
			if int64(o["id"].(float64)) != ana.ID {
				require.Equal(t, staff.number, o["phone_number"])
				require.Equal(t, true, o["is_staff"])
				return
			}
			require.Equal(t, "Vacas.", o["bio"])
			document := o["specialist_profile"].(object)["verification_title_id"]
			if c.private {
				require.Equal(t, []any{"+59170012345", "-17.3895000", "-66.1568000", float64(40)}, []any{o["phone_number"], o["latitude"], o["longitude"], document})
				return
			}
			require.Equal(t, []any{"", nil, nil, nil}, []any{o["phone_number"], o["latitude"], o["longitude"], document})
		})
	}
	w.boss().as(http.MethodPatch, ana.path(), object{"is_active": false}).is(http.StatusOK)
	require.Equal(t, true, beto.as(http.MethodGet, ana.path(), nil).json(http.StatusOK)["is_active"])
	require.Equal(t, false, staff.as(http.MethodGet, ana.path(), nil).json(http.StatusOK)["is_active"])
	require.NotContains(t, beto.as(http.MethodGet, "users/", nil).is(http.StatusOK).Raw, `"phone_number":"+59170012345"`)
	require.Contains(t, staff.as(http.MethodGet, "users/", nil).is(http.StatusOK).Raw, `"phone_number":"+59170012345"`)
	beto.as(http.MethodGet, "users/404/", nil).says(404, `{"detail":"No encontrado.","code":"not_found"}`)
	beto.as(http.MethodGet, "users/abc/", nil).is(http.StatusNotFound)
}

// Only the user and staff change a user; staff is changed by superusers alone (faults 2 and 3).
func TestWhoMayChangeWhom(t *testing.T) {
	w := setup(t)
	boss, staff, other := w.boss(), w.staff("70000002"), w.staff("70000003")
	ana, beto := w.join("70012345"), w.join("70000005")
	for name, c := range map[string]struct {
		who, whom person
		status    int
	}{
		"Oneself":            {ana, ana, 200},
		"AnotherMember":      {beto, ana, 403},
		"MemberTheStaff":     {beto, staff, 403},
		"StaffAMember":       {staff, ana, 200},
		"StaffTheStaff":      {staff, other, 403},
		"StaffTheSuperuser":  {staff, boss, 403},
		"StaffOneself":       {staff, staff, 200},
		"SuperuserTheStaff":  {boss, staff, 200},
		"SuperuserMembers":   {boss, beto, 200},
		"SuperuserThemselve": {boss, boss, 200},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(w.published())
			for _, body := range []object{{"full_name": "Por " + name}, {"phone_number": c.whom.number, "full_name": "Por " + name}} {
				c.who.as(http.MethodPatch, c.whom.path(), body).is(c.status)
			}
			c.who.as(http.MethodPut, c.whom.path(), object{"phone_number": c.whom.number}).is(c.status)
			if c.status == http.StatusForbidden {
				c.who.as(http.MethodDelete, c.whom.path(), nil).is(http.StatusForbidden)
				c.who.as(http.MethodPatch, c.whom.path(), object{"password": "ovejas-y-papas"}).is(http.StatusForbidden)
				require.Len(t, w.published(), before)
				w.login(c.whom.number, password).is(http.StatusOK)
			}
		})
	}
	w.call(http.MethodPatch, ana.path(), object{"full_name": "x"}).is(http.StatusUnauthorized)
	w.call(http.MethodDelete, ana.path(), nil).is(http.StatusUnauthorized)
}

// What gives rights is ignored from those who may not give them; clients send whole objects back.
func TestRightsAreGivenFromAbove(t *testing.T) {
	w := setup(t)
	boss, staff, ana := w.boss(), w.staff("70000002"), w.join("70012345")
	all := object{"is_staff": true, "is_superuser": true, "is_active": false}
	o := ana.as(http.MethodPatch, ana.path(), all).json(http.StatusOK)
	require.Equal(t, []any{false, true}, []any{o["is_staff"], o["is_active"]})
	staff.as(http.MethodPatch, staff.path(), object{"is_superuser": true}).is(http.StatusOK)
	o = staff.as(http.MethodPatch, ana.path(), all).json(http.StatusOK)
	require.Equal(t, []any{false, false}, []any{o["is_staff"], o["is_active"]})
	require.Equal(t, 1, w.count("users where is_superuser"))
	ana.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)

	boss.as(http.MethodPatch, ana.path(), object{"is_staff": true, "is_active": true}).is(http.StatusOK)
	again := w.personOf(w.login(ana.number, password).json(http.StatusOK), ana.number)
	again.as(http.MethodPost, "users/", object{"phone_number": "70000009", "password": password}).is(http.StatusCreated)
	boss.as(http.MethodPatch, ana.path(), object{"is_staff": false}).is(http.StatusOK)
	again.as(http.MethodPost, "users/", object{"phone_number": "70000010", "password": password}).is(http.StatusForbidden)
}

// The client sends the whole object back, with what it cannot change (contract: rest.md §2, details).
func TestTheWholeObjectComesBack(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345", "bio", "Vacas.", "latitude", "1.5")
	o := ana.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)
	o["email"], o["id"], o["date_joined"], o["profile_picture"] = "ana@example.org", 404, "2001-01-01T00:00:00Z", "https://example.org/a.jpg"
	require.NotNil(t, o["specialist_profile"])
	for _, method := range []string{http.MethodPatch, http.MethodPut} {
		events := w.since(func() { ana.as(method, ana.path(), o).is(http.StatusOK) })
		require.Empty(t, events, "nothing has changed")
	}
	o["full_name"] = "Ana"
	events := w.since(func() {
		got := ana.as(http.MethodPatch, ana.path(), o).json(http.StatusOK)
		require.Nil(t, got["profile_picture"])
		require.Equal(t, "1.5000000", got["latitude"])
		require.Equal(t, float64(ana.ID), got["id"])
	})
	require.Equal(t, []string{fmt.Sprintf(`user.updated {"full_name":"Ana","is_active":true,"last_name":"","profile_picture":"","role":"specialist","user_id":%d}`, ana.ID)}, events)
	ana.as(http.MethodPut, ana.path(), object{"full_name": "x"}).field("phone_number", "Este campo es requerido.")
}

func TestFieldsAreClearedByNull(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345", "bio", "Vacas.", "latitude", "1.5", "longitude", "2")
	o := ana.as(http.MethodPatch, ana.path(), object{"bio": nil, "latitude": nil, "longitude": ""}).json(http.StatusOK)
	require.Equal(t, []any{nil, nil, nil}, []any{o["bio"], o["latitude"], o["longitude"]})
	ana.as(http.MethodPatch, ana.path(), object{"full_name": nil}).field("full_name", "Este campo no puede ser nulo.")
	require.Equal(t, "", ana.as(http.MethodPatch, ana.path(), object{"full_name": " "}).json(http.StatusOK)["full_name"])
	o = w.form(http.MethodPatch, ana.path(), ana.Token, "bio", "Ovejas.", "latitude", "3").json(http.StatusOK)
	require.Equal(t, []any{"Ovejas.", "3.0000000"}, []any{o["bio"], o["latitude"]})
}

// Fault 12: a change of the role is told, so that profiles and communities follow.
func TestRoleChanges(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345")
	ana.as(http.MethodPatch, ana.path(), object{"role": "admin"}).says(400,
		`{"role":["\"admin\" no es una elección válida."],"code":"auth.role_invalid"}`)
	events := w.since(func() {
		o := ana.as(http.MethodPatch, ana.path(), object{"role": "BUSINESSMAN"}).json(http.StatusOK)
		require.Equal(t, "businessman", o["role"])
		require.NotNil(t, o["businessman_profile"], "what the event will make")
	})
	require.Equal(t, []string{
		fmt.Sprintf(`user.updated {"full_name":"Persona 70012345","is_active":true,"last_name":"","profile_picture":"","role":"businessman","user_id":%d}`, ana.ID),
		fmt.Sprintf(`user.role_changed {"previous_role":"specialist","role":"businessman","user_id":%d}`, ana.ID),
	}, events)
	for _, same := range []any{"Businessman", "", nil} {
		require.Empty(t, w.since(func() { ana.as(http.MethodPatch, ana.path(), object{"role": same}).is(http.StatusOK) }))
	}
}

func TestTheProfileFollowsTheRole(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345")
	w.cards.known = map[int64]profiles.Card{ana.ID: {Specialist: &profiles.Specialist{ID: 5, UserID: ana.ID}}}
	require.EqualValues(t, 5, ana.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)["specialist_profile"].(object)["id"])
	o := ana.as(http.MethodPatch, ana.path(), object{"role": "consumer"}).json(http.StatusOK)
	require.Nil(t, o["specialist_profile"], "the event has yet to arrive")
	require.EqualValues(t, 0, o["consumer_profile"].(object)["id"])
}

// Fault 2: another number needs proof. Another spelling of the same does not.
func TestAnotherNumberNeedsProof(t *testing.T) {
	w := setup(t)
	staff, ana := w.staff("70000002"), w.join("70012345")
	a := ana.as(http.MethodPatch, ana.path(), object{"phone_number": "+59170000009"})
	require.Equal(t, "auth.phone_needs_code", a.json(http.StatusBadRequest)["code"])
	staff.as(http.MethodPatch, staff.path(), object{"phone_number": "+59170000009"}).is(http.StatusBadRequest)
	require.Empty(t, w.since(func() {
		require.Equal(t, "700-12345", ana.as(http.MethodPatch, ana.path(), object{"phone_number": "700-12345"}).json(http.StatusOK)["phone_number"])
	}))
	ana.as(http.MethodPatch, ana.path(), object{"phone_number": "x"}).field("phone_number", "Ingrese un número válido")
	staff.as(http.MethodPatch, ana.path(), object{"phone_number": staff.number}).field("phone_number", "Ya existe Usuario con este phone number.")
	staff.as(http.MethodPatch, ana.path(), object{"phone_number": "70000009"}).is(http.StatusOK)
	w.login("70000009", password).is(http.StatusOK)
	w.login("70012345", password).is(http.StatusUnauthorized)
}

// Fault 3: a new password is hashed, needs the current one, and ends the other sessions.
func TestChangingThePassword(t *testing.T) {
	const fresh = "ovejas-y-papas"
	for name, change := range map[string]func(p person, current, fresh string) answer{
		"ByPatch": func(p person, current, fresh string) answer {
			return p.as(http.MethodPatch, p.path(), object{"password": fresh, "current_password": current, "full_name": "Ana"})
		},
		"ByItsRoute": func(p person, current, fresh string) answer {
			return p.as(http.MethodPost, "password/change/", object{"new_password": fresh, "current_password": current})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := setup(t)
			ana := w.join("70012345")
			other := w.personOf(w.login(ana.number, password).json(http.StatusOK), "")
			change(ana, "wrong-guess", fresh).field("current_password", "La contraseña actual no es correcta.")
			change(ana, password, "corta").is(http.StatusBadRequest)
			change(ana, password, "70012345").is(http.StatusBadRequest)
			require.Equal(t, 1, w.count("users where full_name = 'Persona 70012345'"), "all or nothing")
			other.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)

			change(ana, password, fresh).is(http.StatusOK)
			other.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
			ana.as(http.MethodGet, "users/me/", nil).is(http.StatusOK)
			w.login(ana.number, password).is(http.StatusUnauthorized)
			w.login(ana.number, fresh).is(http.StatusOK)
			require.Zero(t, w.count("users where password not like '$argon2id$%'"))
		})
	}
	t.Run("ByStaff", func(t *testing.T) {
		w := setup(t)
		staff, ana := w.staff("70000002"), w.join("70012345")
		staff.as(http.MethodPatch, ana.path(), object{"password": fresh}).is(http.StatusOK)
		ana.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
		w.login(ana.number, fresh).is(http.StatusOK)
	})
	t.Run("WithoutTheCurrentOne", func(t *testing.T) {
		w := setup(t)
		ana := w.join("70012345")
		ana.as(http.MethodPatch, ana.path(), object{"password": fresh}).is(http.StatusBadRequest)
		ana.as(http.MethodPatch, ana.path(), object{"password": "", "full_name": "Ana"}).is(http.StatusOK)
		w.login(ana.number, password).is(http.StatusOK)
	})
}

// Everything that is wrong with a change is told at once, and nothing of it is done.
func TestWrongChanges(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345")
	ana.as(http.MethodPatch, ana.path(), object{"full_name": "Ana", "role": "x", "latitude": "100", "phone_number": "+59170000009",
		"password": "corta", "current_password": password}).says(400, `{
		"role":["\"x\" no es una elección válida."],"latitude":["Asegúrese de que este valor es menor o igual a 90."],
		"phone_number":["Para cambiar de número, confirme el nuevo con un código: POST /api/auth/phone/change/."],
		"password":["La contraseña debe tener al menos 8 caracteres."],"code":"invalid"}`)
	require.Equal(t, 1, w.count("users where full_name = 'Persona 70012345'"))
}

// Fault 63: everything of a user goes, here and, by the event, elsewhere.
func TestDeletion(t *testing.T) {
	w := setup(t)
	staff, ana, beto := w.staff("70000002"), w.join("70012345"), w.join("70000005")
	w.call(http.MethodPost, "password-reset/request/", object{"phone": ana.number}).is(http.StatusOK)
	require.Empty(t, w.deliver())
	events := w.since(func() {
		a := ana.as(http.MethodDelete, ana.path(), nil).is(http.StatusNoContent)
		require.Empty(t, a.Raw)
	})
	require.Equal(t, []string{fmt.Sprintf(`user.deleted {"user_id":%d}`, ana.ID), fmt.Sprintf(`user.sessions_ended {"session_ids":[],"user_id":%d}`, ana.ID)}, events)
	for _, table := range []string{"sessions", "codes"} {
		require.Zero(t, w.count(table+" where user_id = $1", ana.ID), table)
	}
	ana.as(http.MethodGet, "users/me/", nil).is(http.StatusUnauthorized)
	w.login(ana.number, password).is(http.StatusUnauthorized)
	staff.as(http.MethodGet, ana.path(), nil).is(http.StatusNotFound)
	staff.as(http.MethodDelete, ana.path(), nil).is(http.StatusNotFound)
	staff.as(http.MethodDelete, beto.path(), nil).is(http.StatusNoContent)
	w.join("70012345") // the number is free again
}

func TestStaffMakesUsers(t *testing.T) {
	w := setup(t)
	staff, ana := w.staff("70000002"), w.join("70012345")
	body := object{"phone_number": "+591 70000009", "password": password, "full_name": "Luis", "role": "businessman"}
	ana.as(http.MethodPost, "users/", body).is(http.StatusForbidden)
	w.call(http.MethodPost, "users/", body).is(http.StatusUnauthorized)
	events := w.since(func() {
		o := staff.as(http.MethodPost, "users/", body).json(http.StatusCreated)
		require.Equal(t, object{"id": o["id"], "phone_number": "+591 70000009", "full_name": "Luis", "last_name": "", "role": "businessman",
			"bio": nil, "latitude": nil, "longitude": nil, "profile_picture": nil}, o)
	})
	require.Len(t, events, 1)
	require.True(t, strings.HasPrefix(events[0], "user.created "), "every path of making a user tells of it")
	w.login("70000009", password).is(http.StatusOK)
}

// Faults 13 and 14: nested profiles are filled, with one question for a whole page.
func TestNestedProfiles(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345")
	luis, carla := w.join("70000002", "role", "businessman"), w.join("70000003", "role", "consumer")
	w.cards.known = map[int64]profiles.Card{
		ana.ID:  {Specialist: &profiles.Specialist{ID: 5, UserID: ana.ID, Profession: "Agrónomo"}},
		luis.ID: {Businessman: &profiles.Businessman{ID: 6, UserID: luis.ID, BusinessName: "El Corral"}},
	}
	w.cards.asked = nil
	results := ana.as(http.MethodGet, "users/", nil).json(http.StatusOK)["results"].([]any)
	require.Equal(t, [][]int64{{ana.ID, luis.ID, carla.ID}}, w.cards.asked)
	of := func(i int, kind string) object { o, _ := results[i].(object)[kind+"_profile"].(object); return o }
	require.Equal(t, "Agrónomo", of(0, "specialist")["profession"])
	require.Equal(t, "El Corral", of(1, "businessman")["business_name"])
	require.Equal(t, "Persona 70000002", of(1, "businessman")["user_display"])
	require.EqualValues(t, carla.ID, of(2, "consumer")["user_id"])
	require.Nil(t, of(0, "consumer"))

	w.cards.err = errors.New("profiles is away")
	for _, path := range []string{"users/", "users/me/"} {
		ana.as(http.MethodGet, path, nil).is(http.StatusOK)
	}
	require.Nil(t, ana.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)["specialist_profile"])
	w.login(ana.number, password).is(http.StatusOK)
}

// Two changes of one user at once both stay.
func TestChangesAtOnce(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345")
	var wg sync.WaitGroup
	for range 5 {
		for field, value := range map[string]string{"full_name": "Ana", "last_name": "Flores", "bio": "Vacas.", "role": "consumer"} {
			wg.Go(func() { ana.as(http.MethodPatch, ana.path(), object{field: value}).is(http.StatusOK) })
		}
	}
	wg.Wait()
	o := ana.as(http.MethodGet, "users/me/", nil).json(http.StatusOK)
	require.Equal(t, []any{"Ana", "Flores", "Vacas.", "consumer"}, []any{o["full_name"], o["last_name"], o["bio"], o["role"]})
	changed := w.count("outbox where type = 'user.role_changed'")
	require.Equal(t, 1, changed)
	require.Equal(t, 4, w.count("outbox where type = 'user.updated'"), "one for each real change")
}

func TestExport(t *testing.T) {
	w := setup(t)
	ana := w.join("70012345")
	w.call(http.MethodPost, "password-reset/request/", object{"phone": ana.number}).is(http.StatusOK)
	o := ana.as(http.MethodGet, "export/", nil).json(http.StatusOK)
	require.Equal(t, "+59170012345", o["phone_number_e164"])
	require.Equal(t, "+59170012345", o["user"].(object)["phone_number"])
	require.NotNil(t, o["user"].(object)["specialist_profile"])
	require.Len(t, o["sessions"], 1)
	code := o["code_requests"].([]any)[0].(object)
	require.Equal(t, []any{"password", "waiting", "+59170012345", "192.0.2.1"}, []any{code["purpose"], code["state"], code["phone"], code["address"]})
	for _, secret := range []string{"argon2", ana.Token, "hash"} {
		require.NotContains(t, ana.as(http.MethodGet, "export/", nil).Raw, secret)
	}
}
