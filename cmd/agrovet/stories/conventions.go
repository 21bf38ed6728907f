package stories

import (
	"net/http"
	"strings"

	"github.com/stretchr/testify/require"
)

// reads is a public read of each module, and one for members.
var (
	publicReads = []string{"/api/adds/", "/api/categories/", "/api/foro/posts/", "/api/foro/communities/"}
	memberReads = []string{"/api/auth/users/me/", "/api/media/", "/api/profiles/specialists/", "/api/adds/my_adds/", "/api/chat/rooms/", "/api/foro/notifications/"}
)

// conventions are rest.md §1: what holds for all modules.
var conventions = []tale{
	{"EveryProcessIsHealthy", func(s *story) {
		for _, m := range Modules {
			s.nobody().get(200, s.URLs[m]+"/health/").is("status", "ok", "service", "microservice")
			s.nobody().get(200, s.URLs[m]+"/health/detailed/").is("status", "ok", "checks.database", "ok")
		}
	}},
	{"EveryProcessDescribesItself", func(s *story) {
		for _, m := range Modules {
			paths := s.nobody().get(200, s.URLs[m]+"/openapi.json").at("paths").(j)
			prefix := map[string]string{"marketplace": "/api/adds/"}[m]
			if prefix == "" {
				prefix = "/api/" + m + "/"
			}
			found := false
			for path := range paths {
				found = found || strings.HasPrefix(path, prefix)
			}
			require.True(s, found, "%s in its own document", prefix)
			for _, page := range []string{"/swagger/", "/redoc/", "/swagger.json", "/swagger.json/", "/swagger.yaml"} {
				s.nobody().get(200, s.URLs[m]+page)
			}
		}
		s.nobody().get(200, s.URLs["chat"]+"/asyncapi.json").is("asyncapi", "3.0.0").at("channels")
	}},
	{"PathsAnswerWithAndWithoutTheirSlash", func(s *story) {
		ana := s.someone("consumer")
		for _, path := range append(publicReads, "/api/auth/users/me/", "/api/chat/rooms/") {
			ana.get(200, path)
			ana.get(200, strings.TrimSuffix(path, "/"))
		}
		s.nobody().post(200, "/api/auth/login", j{"phone_number": ana.phone, "password": password}).is("user.id", ana.id)
	}},
	{"BothTokenSchemesWork", func(s *story) {
		ana := s.someone("specialist")
		for _, path := range memberReads {
			for _, scheme := range []string{"Token ", "Bearer ", "bearer "} {
				s.nobody().get(200, path, "Authorization", scheme+ana.token)
			}
		}
	}},
	{"WithoutCredentialsAnswersAre401", func(s *story) {
		for _, path := range memberReads {
			got := s.nobody().get(401, path).is("code", "not_authenticated")
			if path != "/api/adds/my_adds/" { // the original has other words there
				got.is("detail", "Las credenciales de autenticación no se proveyeron.")
			}
			require.NotEmpty(s, got.header.Get("WWW-Authenticate"), path)
		}
	}},
	{"ABadTokenIs401EvenOnPublicReads", func(s *story) { // decision D4
		for _, path := range append(publicReads, memberReads...) {
			for _, header := range []struct{ value, detail string }{
				{"Token nadie", "Token inválido."},
				{"Bearer nadie", "Token inválido."},
				{"Token", "Cabecera token inválida. Las credenciales no fueron suministradas."},
				{"Token a b", "Cabecera token inválida. La cadena token no debe contener espacios."},
			} {
				s.nobody().get(401, path, "Authorization", header.value).is("detail", header.detail)
			}
		}
	}},
	{"UnknownPathsAndIDsAreJSON404", func(s *story) {
		ana := s.someone("consumer")
		for _, path := range []string{"/api/auth/users/abc/", "/api/media/abc/", "/api/adds/abc/", "/api/adds/999999999999/",
			"/api/categories/x/", "/api/chat/rooms/999999999/", "/api/foro/posts/abc/", "/api/foro/communities/999999999/", "/api/auth/nada/", "/api/adds/1/nada/"} {
			ana.get(404, path).is("detail", "No encontrado.")
		}
		ana.get(404, "/api/profiles/specialists/999999999/").is("detail", "Usuario no encontrado en Auth Service.")
		ana.get(404, "/api/adds/abc/", "Accept-Language", "en").is("detail", "Not found.")
		ana.get(404, "/api/adds/abc/", "Accept-Language", "fr").is("detail", "No encontrado.")
	}},
	{"AnotherMethodIs405", func(s *story) {
		ana := s.someone("consumer")
		for path, method := range map[string]string{"/api/auth/register/": "GET", "/api/auth/login/": "PUT", "/api/adds/": "DELETE", "/api/chat/rooms/": "PATCH", "/api/foro/reactions/": "PUT"} {
			got := ana.wants(405, method, path, nil, nil).is("detail", at("Método %q no permitido.", method))
			require.NotEmpty(s, got.header.Get("Allow"), path)
		}
	}},
	{"BrokenBodiesAre400AndOtherTypes415", func(s *story) {
		ana := s.someone("specialist")
		for _, path := range []string{"/api/auth/login/", "/api/adds/", "/api/chat/rooms/", "/api/foro/posts/"} {
			require.Contains(s, ana.post(400, path, `{"x":`).text("detail"), "JSON parse error - ")
			ana.post(415, path, "vaca", "Content-Type", "text/plain").is("detail", `Tipo de medio "text/plain" incompatible en la solicitud.`)
		}
	}},
	{"FormsAreTakenLikeJSON", func(s *story) {
		phone := s.phone()
		s.nobody().post(201, "/api/auth/register/", "phone_number="+strings.Replace(phone, "+", "%2B", 1)+"&password="+password+"&role=consumer", "Content-Type", "application/x-www-form-urlencoded").
			is("user.role", "consumer")
	}},
	{"PagesHaveTheContractsEnvelope", func(s *story) {
		ana := s.someone("consumer")
		for _, path := range []string{"/api/auth/users/", "/api/media/", "/api/profiles/specialists/", "/api/adds/", "/api/categories/", "/api/chat/rooms/", "/api/foro/posts/", "/api/foro/notifications/"} {
			got := ana.get(200, path+"?page_size=2")
			got.at("count")
			got.hides("previous")
			require.LessOrEqual(s, len(got.list("results")), 2)
			ana.get(404, path+"?page=no").is("detail", "Página inválida.")
			ana.get(404, path+"?page=0").is("detail", "Página inválida.")
		}
		first := ana.get(200, "/api/categories/?page_size=2")
		second := ana.get(200, first.text("next")).is("results.#", 2)
		require.NotEqual(s, first.at("results.0.id"), second.at("results.0.id"))
		require.NotContains(s, second.text("previous"), "page=1", "page 1 is named by no number")
		ana.get(200, "/api/categories/?page=last")
	}},
	{"ReadsThatAreAskedForAgainAre304", func(s *story) {
		for _, path := range []string{"/api/categories/", "/api/foro/communities/by-slug/general/"} {
			first := s.nobody().try("GET", path, nil)
			if tag := first.header.Get("ETag"); tag != "" && s.nobody().try("GET", path, nil).raw == first.raw { // others may change it meanwhile
				require.Contains(s, []int{200, 304}, s.nobody().try("GET", path, nil, "If-None-Match", tag).status)
			}
		}
		ana := s.member("consumer")
		tag := ana.get(200, "/api/auth/sessions/").header.Get("ETag")
		require.NotEmpty(s, tag)
		ana.get(304, "/api/auth/sessions/", "If-None-Match", tag)
	}},
	{"WebPagesMayCall", func(s *story) {
		for _, path := range append(publicReads, "/api/auth/login/", "/api/chat/rooms/", "/api/media/") {
			got := s.nobody().try("OPTIONS", path, nil, "Origin", "http://localhost:5173", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization")
			require.Equal(s, http.StatusNoContent, got.status, path)
			require.Equal(s, "http://localhost:5173", got.header.Get("Access-Control-Allow-Origin"), path)
			require.Equal(s, "true", got.header.Get("Access-Control-Allow-Credentials"), path)
			require.Empty(s, s.nobody().try("OPTIONS", path, nil, "Origin", "http://example.org", "Access-Control-Request-Method", "GET").header.Get("Access-Control-Allow-Origin"))
		}
	}},
	{"EveryAnswerHasItsRequestsID", func(s *story) {
		for _, path := range publicReads {
			require.NotEmpty(s, s.nobody().get(200, path).header.Get("X-Request-Id"))
		}
	}},
	{"WhatIsInternalIsNotThere", func(s *story) {
		for _, m := range Modules {
			require.Contains(s, []int{401, 403, 404, 405}, s.nobody().try("POST", s.URLs[m]+"/internal/rpc/auth/users/", j{}).status)
		}
		s.nobody().post(404, "/api/auth/test-token/", j{"phone_number": "70000000"})
		require.Contains(s, []int{401, 403, 404}, s.nobody().try("POST", "/api/foro/internal/add_user/", j{"user_id": 1, "role": "consumer"}).status)
	}},
}
