package profilesmod_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// whoMay is the expected status by who asks. Where the user in the path is Ana or Luis, "self" is
// that user and "other" is Beto.
type whoMay struct {
	method, path               string // the route's
	target                     int64
	body                       any
	anonymous, bad             int
	other, self, staff, absent int // absent: staff asks, the user in the path does not exist; 0 where nobody stands in it
}

var shop = object{"business_name": "El Corral", "descriptions": "Todo", "contact": "7000"}

// The rows run in this order on one database. Beto has a profile already.
var access = []whoMay{
	{"GET", "specialists/", ana, nil, 401, 401, 200, 200, 200, 0},
	{"GET", "specialists/{user_id}/", ana, nil, 401, 401, 200, 200, 200, 404},
	{"GET", "specialists/by-user/{user_id}/", ana, nil, 401, 401, 200, 200, 200, 404},
	{"POST", "specialists/", ana, object{"profession": "Veterinario"}, 401, 401, 400, 201, 400, 0},
	{"PUT", "specialists/{user_id}/", ana, object{"profession": "Agrónomo"}, 401, 401, 403, 200, 200, 404},
	{"PATCH", "specialists/{user_id}/", ana, object{"about_us": "x"}, 401, 401, 403, 200, 200, 404},
	{"PATCH", "specialists/by-user/{user_id}/", ana, object{"about_us": "y"}, 401, 401, 403, 200, 200, 404},
	{"POST", "specialists/{user_id}/upload_work_images/", ana, nil, 401, 401, 403, 400, 400, 404},
	{"GET", "specialists/{user_id}/verification/", ana, nil, 401, 401, 403, 200, 200, 404},
	{"POST", "specialists/{user_id}/verification/", ana, object{"verification_student_card_id": cardID}, 401, 401, 403, 201, 403, 403},
	{"DELETE", "specialists/{user_id}/", ana, nil, 401, 401, 403, 204, 204, 404},

	{"GET", "businessmen/", luis, nil, 401, 401, 200, 200, 200, 0},
	{"GET", "businessmen/{user_id}/", luis, nil, 401, 401, 200, 200, 200, 404},
	{"GET", "businessmen/by-user/{user_id}/", luis, nil, 401, 401, 200, 200, 200, 404},
	{"POST", "businessmen/", luis, shop, 401, 401, 400, 201, 400, 0},
	{"POST", "businessmen/{user_id}/", luis, shop, 401, 401, 403, 400, 400, 404},
	{"PUT", "businessmen/{user_id}/", luis, shop, 401, 401, 403, 200, 200, 404},
	{"PATCH", "businessmen/{user_id}/", luis, object{"contact": "1"}, 401, 401, 403, 200, 200, 404},
	{"PATCH", "businessmen/by-user/{user_id}/", luis, object{"contact": "2"}, 401, 401, 403, 200, 200, 404},
	{"POST", "businessmen/{user_id}/upload_products/", luis, nil, 401, 401, 403, 400, 400, 404},
	{"DELETE", "businessmen/{user_id}/", luis, nil, 401, 401, 403, 204, 204, 404},

	{"GET", "consumers/", carla, nil, 401, 401, 200, 200, 200, 0},
	{"GET", "consumers/{user_id}/", carla, nil, 401, 401, 200, 200, 200, 404},
	{"GET", "consumers/by-user/{user_id}/", carla, nil, 401, 401, 200, 200, 200, 404},
	{"POST", "consumers/", carla, object{}, 401, 401, 400, 201, 201, 0},
	{"PUT", "consumers/{user_id}/", carla, object{}, 401, 401, 403, 200, 200, 404},
	{"PATCH", "consumers/{user_id}/", carla, object{}, 401, 401, 403, 200, 200, 404},
	{"PATCH", "consumers/by-user/{user_id}/", carla, object{}, 401, 401, 403, 200, 200, 404},
	{"DELETE", "consumers/{user_id}/", carla, nil, 401, 401, 403, 204, 204, 404},

	{"GET", "verifications/", ana, nil, 401, 401, 403, 403, 200, 0},
	{"POST", "verifications/{id}/decide/", ana, object{"decision": "verified"}, 401, 401, 403, 403, 404, 0},
	{"POST", "verifications/{id}/revoke/", ana, object{"reason": "x"}, 401, 401, 403, 403, 404, 0},
}

func TestWhoMay(t *testing.T) {
	w := setup(t)
	w.as(beto, "POST", "specialists/", object{"profession": "Veterinario"}).ok(201)
	for _, row := range access {
		t.Run(row.method+" "+row.path, func(t *testing.T) {
			at := strings.ReplaceAll(strings.ReplaceAll(row.path, "{user_id}", path("%d", row.target)), "{id}", "404")
			require.Equal(t, row.anonymous, w.send("", row.method, at, row.body).Status, "anonymous")
			require.Equal(t, row.bad, w.send("Token nonsense", row.method, at, row.body).Status, "bad token")
			require.Equal(t, row.other, w.as(beto, row.method, at, row.body).Status, "other")
			self := w.as(row.target, row.method, at, row.body)
			require.Equal(t, row.self, self.Status, "self: %s", self.Raw)
			staff := w.as(jefa, row.method, at, row.body)
			require.Equal(t, row.staff, staff.Status, "staff: %s", staff.Raw)
			if row.absent != 0 {
				at = strings.ReplaceAll(row.path, "{user_id}", path("%d", nobody))
				require.Equal(t, row.absent, w.as(jefa, row.method, at, row.body).Status, "absent user")
			}
		})
	}
}

func TestEveryRouteIsInTheTable(t *testing.T) {
	tested := map[string]bool{}
	for _, row := range access {
		tested[row.method+" /api/profiles/"+row.path] = true
	}
	routes := 0
	for _, r := range setup(t).server.Routes() {
		if strings.HasPrefix(r.Path, "/api/profiles/") {
			routes++
			require.True(t, tested[r.Method+" "+r.Path], "%s %s", r.Method, r.Path)
		}
	}
	require.Equal(t, len(access), routes)
}

func TestBothSchemesAndBothFormsOfAPathWork(t *testing.T) {
	w := setup(t)
	w.send("Bearer 1", "GET", "specialists/1", nil).ok(200)
	w.send("Token 1", "PATCH", "specialists/1", object{"about_us": "sin barra"}).ok(200)
}

func TestErrorsAreJSON(t *testing.T) {
	w := setup(t)
	has(t, w.as(ana, "GET", "specialists/404/", nil).ok(404), object{"detail": "Usuario no encontrado en Auth Service.", "code": "profiles.user_unknown"})
	has(t, w.as(ana, "GET", "specialists/abc/", nil).ok(404), object{"detail": "No encontrado."})
	has(t, w.as(ana, "GET", "specialists/99999999999999999999/", nil).ok(404), object{"detail": "No encontrado."})
	has(t, w.as(ana, "GET", "nothing/", nil).ok(404), object{"detail": "No encontrado."})
	has(t, w.as(beto, "PATCH", "specialists/1/", object{}).ok(403), object{"detail": "Usted no tiene permiso para realizar esta acción."})
	require.Equal(t, http.StatusMethodNotAllowed, w.as(ana, "PUT", "specialists/", object{}).Status)
	english := w.send("Token 1", "GET", "specialists/404/", nil, "Accept-Language", "en")
	has(t, english.ok(404), object{"detail": "User not found in Auth Service."})
}

func TestDocumentsAreForTheOwnerAndStaff(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": titleID}).ok(200)
	all := object{"verification_title_id": 40.0, "verification_title_url": "http://profiles.localhost/media/private/40/signed", "verification_state": "pending"}
	none := object{"verification_title_id": nil, "verification_title_url": nil, "verification_state": "none"}
	for reader, want := range map[int64]object{ana: all, jefa: all, beto: none, carla: none} {
		for _, at := range []string{"specialists/1/", "specialists/by-user/1/"} {
			has(t, w.as(reader, "GET", at, nil).ok(200), want)
		}
		for _, at := range []string{"specialists/", "specialists/?cursor=*", "specialists/?object_id=1"} {
			page := w.as(reader, "GET", at, nil).ok(200)
			has(t, page["results"].([]any)[0].(object), want)
		}
	}
}
