package stories

import (
	"strings"

	"github.com/stretchr/testify/require"
)

// authTales are rest.md §2.
var authTales = []tale{
	{"RegistrationAnswersTheUserAndAToken", func(s *story) {
		phone := s.phone()
		got := s.nobody().post(201, "/api/auth/register/", j{"phone_number": phone, "password": password, "full_name": "Rosa", "last_name": "Mamani", "role": "SPECIALIST",
			"bio": "Vet.", "latitude": "-17.3935000", "longitude": -66.157, "unknown": 1, "id": 5, "is_staff": true})
		got.is("user.full_name", "Rosa", "user.last_name", "Mamani", "user.role", "Specialist", "user.bio", "Vet.", "user.latitude", "-17.3935000",
			"user.longitude", "-66.1570000", "user.is_active", true, "user.is_staff", false, "user.profile_picture", nil)
		require.Regexp(s, `^[0-9a-f]{40}$`, got.text("token"))
		require.Regexp(s, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`, got.text("user.date_joined"))
		require.NotEqual(s, int64(5), got.id("user.id"))
	}},
	{"WrongRegistrationsAreToldByField", func(s *story) {
		taken := s.someone("consumer")
		for _, c := range []struct {
			body j
			want []any
		}{
			{j{}, []any{"phone_number", []string{"Este campo es requerido."}, "password", []string{"Este campo es requerido."}}},
			{j{"phone_number": taken.phone, "password": password}, []any{"phone_number", []string{"Ya existe Usuario con este phone number."}}},
			{j{"phone_number": taken.phone[4:], "password": password}, []any{"phone_number", []string{"Ya existe Usuario con este phone number."}}}, // decision D7
			{j{"phone_number": s.phone(), "password": password, "role": "admin"}, []any{"role", []string{`"admin" no es una elección válida.`}}},
			{j{"phone_number": s.phone(), "password": "corta"}, []any{"password.#", 1}},
			{j{"phone_number": "vaca", "password": password}, []any{"phone_number.#", 1}},
		} {
			s.nobody().post(400, "/api/auth/register/", c.body).is(c.want...)
		}
	}},
	{"EverySpellingOfANumberSignsIn", func(s *story) { // decision D7
		ana := s.member("businessman")
		for _, spelled := range []string{ana.phone, ana.phone[1:], ana.phone[4:], ana.phone[:4] + " " + ana.phone[4:]} {
			s.nobody().post(200, "/api/auth/login/", j{"phone_number": spelled, "password": password}).is("user.id", ana.id, "user.role", "businessman")
		}
		s.nobody().post(401, "/api/auth/login/", j{"phone_number": ana.phone, "password": "otra-cosa-1"}).is("error", "Credenciales inválidas")
		s.nobody().post(401, "/api/auth/login/", j{"phone_number": s.phone(), "password": password}).is("error", "Credenciales inválidas")
		s.nobody().post(400, "/api/auth/login/", j{}).is("phone_number", []string{"Este campo es requerido."})
	}},
	{"OneSeesAndChangesOneself", func(s *story) {
		ana := s.member("consumer")
		me := at("/api/auth/users/%d/", ana.id)
		ana.get(200, "/api/auth/users/me/").is("id", ana.id, "full_name", ana.name, "consumer_profile.user_id", ana.id)
		ana.patch(200, me, j{"full_name": "Ana", "bio": "Ovejas.", "profile_picture": "http://x/y.png", "email": "a@b", "consumer_profile": j{"id": 1}}).
			is("full_name", "Ana", "bio", "Ovejas.", "profile_picture", nil)
		ana.patch(400, me, j{"role": "admin"}).is("role", []string{`"admin" no es una elección válida.`})
		ana.put(400, me, j{"full_name": "Ana"}).is("phone_number", []string{"Este campo es requerido."})
		ana.put(200, me, j{"phone_number": ana.phone, "full_name": "Ana María"}).is("full_name", "Ana María")
		s.nobody().get(401, me)
	}},
	{"OthersAreNotOnesOwnToChange", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("consumer")
		path := at("/api/auth/users/%d/", ana.id)
		beto.patch(403, path, j{"full_name": "Tonto"})
		beto.delete(403, path)
		beto.get(200, path).is("id", ana.id, "full_name", ana.name).hides("phone_number", "latitude")
		ana.get(200, path).is("full_name", ana.name)
		s.staff(1).get(200, path).is("id", ana.id)
		require.NotEmpty(s, s.staff(1).get(200, path).text("phone_number"))
	}},
	{"PeopleAreFoundByName", func(s *story) {
		ana, beto := s.member("consumer"), s.someone("specialist")
		word := strings.Fields(ana.name)[1]
		beto.get(200, "/api/auth/users/?search="+word).is("count", 1, "results.0.id", ana.id, "results.0.phone_number", "")
		beto.get(200, "/api/auth/users/?search="+word+"%20persona").is("count", 1)
		beto.get(200, "/api/auth/users/?search="+word+"nadie").is("count", 0)
		s.nobody().get(401, "/api/auth/users/")
	}},
	{"APasswordIsChangedAndOtherSessionsEnd", func(s *story) {
		ana := s.member("consumer")
		other := s.signIn(ana.phone, password)
		ana.post(400, "/api/auth/password/change/", j{"current_password": "no-es-esta", "new_password": "ovejas-y-papas"})
		ana.post(400, "/api/auth/password/change/", j{"current_password": password, "new_password": "corta"})
		ana.post(200, "/api/auth/password/change/", j{"current_password": password, "new_password": "ovejas-y-papas"})
		ana.get(200, "/api/auth/users/me/")
		s.until("the other session has ended in every process", func() bool { return other.try("GET", "/api/chat/rooms/", nil).status == 401 })
		other.get(401, "/api/auth/users/me/").is("detail", "Token inválido.")
		s.nobody().post(401, "/api/auth/login/", j{"phone_number": ana.phone, "password": password})
		s.signIn(ana.phone, "ovejas-y-papas")
	}},
	{"PasswordsAreNotPatchedWithoutTheCurrentOne", func(s *story) {
		ana := s.member("consumer")
		me := at("/api/auth/users/%d/", ana.id)
		ana.patch(400, me, j{"password": "ovejas-y-papas"})
		ana.patch(200, me, j{"password": "ovejas-y-papas", "current_password": password})
		s.signIn(ana.phone, "ovejas-y-papas")
	}},
	{"AResetTellsNobodyWhoIsThere", func(s *story) {
		ana := s.someone("consumer")
		for _, path := range []string{"/api/auth/password-reset/", "/api/password-reset/"} {
			for _, phone := range []string{ana.phone, s.phone()} {
				s.nobody().post(200, path+"request/", j{"phone": phone}).is("detail", "Código enviado al número registrado.")
				s.nobody().post(400, path+"verify-phone/", j{"phone": phone, "code": "000000", "new_password": "ovejas-y-papas"}).is("detail", "Código inválido o expirado.")
			}
			s.nobody().post(400, path+"request-phone/", j{}).is("phone", []string{"Este campo es requerido."})
			s.nobody().post(400, path+"verify/", j{}).is("code", []string{"Este campo es requerido."})
		}
		s.signIn(ana.phone, password)
	}},
	{"SessionsAreListedAndEnded", func(s *story) {
		ana := s.member("consumer")
		second, third := s.signIn(ana.phone, password), s.signIn(ana.phone, password)
		all := ana.get(200, "/api/auth/sessions/").is("#", 3)
		for i := range 3 {
			if row := at("%d.", i); !all.has(row+"current", true) {
				ana.delete(204, at("/api/auth/sessions/%d/", all.id(row+"id")))
				break
			}
		}
		ana.get(200, "/api/auth/sessions/").is("#", 2)
		ana.delete(204, "/api/auth/sessions/")
		for _, p := range []*person{second, third} {
			s.until("it has ended", func() bool { return p.try("GET", "/api/auth/users/me/", nil).status == 401 })
		}
	}},
	{"SigningOutEndsTheSessionEverywhere", func(s *story) {
		ana := s.member("consumer")
		for _, path := range memberReads {
			ana.get(200, path) // every process knows the session now
		}
		ana.post(204, "/api/auth/logout/", nil)
		for _, path := range memberReads {
			s.until("it has ended for "+path, func() bool { return ana.try("GET", path, nil).status == 401 })
		}
	}},
	{"APictureIsSetAndTaken", func(s *story) {
		ana := s.member("consumer")
		got := ana.send(200, "/api/auth/upload-profile-picture/", "image", "yo.png", s.picture()).is("message", "Imagen de perfil actualizada correctamente")
		s.nobody().get(200, got.text("user.profile_picture"))
		ana.send(200, "/api/profiles/upload-profile-picture/", "image", "yo.png", s.picture())
		ana.send(400, "/api/auth/upload-profile-picture/", "image", "yo.png", []byte("no picture")).is("image.#", 1)
		ana.delete(204, "/api/auth/upload-profile-picture/")
		ana.get(200, "/api/auth/users/me/").is("profile_picture", nil)
	}},
	{"StaffMakesAndClosesAccounts", func(s *story) {
		ana := s.someone("consumer")
		ana.post(403, "/api/auth/users/", j{"phone_number": s.phone(), "password": password})
		made := s.staff(1).post(201, "/api/auth/users/", j{"phone_number": s.phone(), "password": password, "role": "consumer"}).hides("token", "password")
		path := at("/api/auth/users/%d/", made.id("id"))
		s.staff(1).patch(200, path, j{"is_active": false}).is("is_active", false)
		s.staff(1).delete(204, path)
		s.staff(1).get(404, path)
	}},
	{"OnesDataIsOnesOwnToTake", func(s *story) {
		ana := s.member("consumer")
		ana.get(200, "/api/auth/export/").is("user.id", ana.id, "phone_number_e164", ana.phone, "sessions.#", 1)
		s.nobody().get(401, "/api/auth/export/")
	}},
	{"SentAgainWithItsKeyARegistrationIsDoneOnce", func(s *story) {
		body, key := j{"phone_number": s.phone(), "password": password, "role": "consumer"}, []string{"Idempotency-Key", "cuento-" + s.word()}
		first := s.nobody().post(201, "/api/auth/register/", body, key...)
		again := s.nobody().post(201, "/api/auth/register/", body, key...).is("token", first.text("token"), "user.id", first.id("user.id"))
		require.Equal(s, "true", again.header.Get("Idempotency-Replayed"))
		body["full_name"] = "Otra"
		s.nobody().post(422, "/api/auth/register/", body, key...).is("code", "idempotency_key_reused")
	}},
}
