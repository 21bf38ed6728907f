package profilesmod_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/pg"
)

// fullSpecialist is everything that a specialist can write.
func fullSpecialist() object {
	return object{
		"profession": "Zootecnista", "experience_years": 12.0, "about_us": "Pastos y forrajes.",
		"can_give_consultations": true, "can_offer_online_services": true,
		"work_images_ids": []any{31.0, 30.0, 35.0}, "verification_title_id": 40.0,
		"verification_student_card_id": 41.0, "verification_graduation_letter_id": 42.0,
		"species": []any{"bovinos", "pastos"}, "services": []any{"en_linea", "asesoria"}, "location_name": "Quillacollo", "show_place": false,
	}
}

func fullBusinessman() object {
	return object{
		"business_type": "Empresa Agropecuaria", "business_name": "Semillas del Valle", "descriptions": "Semilla certificada.",
		"contact": "ventas@example.com", "offers_local_products": false, "products_and_services_ids": []any{9.0, 7.0},
	}
}

// Fault 23: these were dropped silently.
func TestEveryFieldIsStoredAndReturned(t *testing.T) {
	for _, c := range []struct {
		at   string
		user int64
		full object
	}{{"specialists/1/", ana, fullSpecialist()}, {"businessmen/3/", luis, fullBusinessman()}} {
		for _, method := range []string{"PATCH", "PUT"} {
			t.Run(method+" "+c.at, func(t *testing.T) {
				w := setup(t)
				has(t, w.as(c.user, method, c.at, c.full).ok(200), c.full)
				has(t, w.as(c.user, "GET", c.at, nil).ok(200), c.full)
			})
		}
		t.Run("POST "+c.at, func(t *testing.T) {
			w := setup(t)
			kind, _, _ := strings.Cut(c.at, "/")
			has(t, w.as(c.user, "POST", kind+"/", c.full).ok(201), c.full)
			has(t, w.as(c.user, "GET", c.at, nil).ok(200), c.full)
		})
	}
}

func TestEachFieldChangesAlone(t *testing.T) {
	for _, c := range []struct {
		at   string
		user int64
		full object
	}{{"specialists/by-user/1/", ana, fullSpecialist()}, {"businessmen/by-user/3/", luis, fullBusinessman()}} {
		w := setup(t)
		want := w.as(c.user, "PATCH", c.at, object{}).ok(200)
		for field, value := range c.full {
			want[field] = value
			require.Equal(t, own(want), own(w.as(c.user, "PATCH", c.at, object{field: value}).ok(200)), field)
		}
	}
}

// own are the fields that are not made of others.
func own(o object) object {
	out := object{}
	for field, value := range o {
		switch field {
		case "work_images", "work_images_full", "products_and_services", "products_and_services_full", "verification_state":
		default:
			if !strings.HasSuffix(field, "_url") {
				out[field] = value
			}
		}
	}
	return out
}

func TestWholeObjectsCanBeSentBack(t *testing.T) {
	w := setup(t)
	for at, user := range map[string]int64{"specialists/1/": ana, "businessmen/3/": luis, "consumers/4/": carla} {
		w.created(user)
		fresh := w.as(user, "GET", at, nil).ok(200)
		require.Equal(t, fresh, w.as(user, "PATCH", at, fresh).ok(200), "untouched profile")
	}
	w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)
	whole := w.as(ana, "GET", "specialists/1/", nil).ok(200)
	whole["user_id"], whole["id"], whole["puntuations"], whole["is_verified"] = luis, 77, 5, true
	whole["work_images_before"] = whole["work_images"]
	whole["work_images"] = []any{"https://example.com/x.png"}
	for _, method := range []string{"PATCH", "PUT"} {
		got := w.as(ana, method, "specialists/1/", whole).ok(200)
		has(t, got, object{"user_id": 1.0, "puntuations": 0.0, "is_verified": false, "work_images": whole["work_images_before"]})
		require.NotEqual(t, 77.0, got["id"])
	}
	require.Equal(t, 1, w.count("specialist"))
}

func TestNullRemovesADocument(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)
	got := w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": nil}).ok(200)
	has(t, got, object{"verification_title_id": nil, "verification_student_card_id": 41.0})
}

func TestListsAreReplacedAndUnique(t *testing.T) {
	w := setup(t)
	set := func(ids ...int) any {
		return w.as(ana, "PATCH", "specialists/1/", object{"work_images_ids": append([]int{}, ids...)}).ok(200)["work_images_ids"]
	}
	require.Equal(t, []any{5.0, 3.0, 4.0}, set(5, 3, 5, 4, 3))
	require.Equal(t, []any{4.0, 5.0}, set(4, 5))
	require.Equal(t, []any{}, set())
	require.Zero(t, w.count("work_image"))
}

// Fault 24: uploading a file made the badge.
func TestDocumentsDoNotVerify(t *testing.T) {
	w := setup(t)
	got := w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)
	has(t, got, object{"is_verified": false, "verification_status": nil, "verification_type": nil})
}

// Fault 25, and the error shapes of rest.md §1.1.
func TestWrongValuesAreRefusedByField(t *testing.T) {
	w := setup(t)
	long := strings.Repeat("ñ", 256)
	hundred := make([]int, 101)
	for i := range hundred {
		hundred[i] = i + 1
	}
	for _, c := range []struct {
		method, at string
		user       int64
		body       any
		field, es  string
	}{
		{"PATCH", "specialists/1/", ana, object{"experience_years": -1}, "experience_years", "Asegúrese de que este valor es mayor o igual a 0."},
		{"PATCH", "specialists/1/", ana, object{"experience_years": 81}, "experience_years", "Asegúrese de que este valor es menor o igual a 80."},
		{"PATCH", "specialists/1/", ana, object{"experience_years": "muchos"}, "experience_years", "Introduzca un número entero válido."},
		{"PATCH", "specialists/1/", ana, object{"experience_years": 1.5}, "experience_years", "Introduzca un número entero válido."},
		{"PATCH", "specialists/1/", ana, object{"experience_years": nil}, "experience_years", "Este campo no puede ser nulo."},
		{"PATCH", "specialists/1/", ana, object{"profession": "Mago"}, "profession", "\"Mago\" no es una elección válida."},
		{"PATCH", "specialists/1/", ana, object{"profession": nil}, "profession", "Este campo no puede ser nulo."},
		{"PATCH", "specialists/1/", ana, object{"about_us": strings.Repeat("x", 10_001)}, "about_us", "Asegúrese de que este campo no tenga más de 10000 caracteres."},
		{"PATCH", "specialists/1/", ana, object{"about_us": nil}, "about_us", "Este campo no puede ser nulo."},
		{"PATCH", "specialists/1/", ana, object{"can_give_consultations": "quizás"}, "can_give_consultations", "Debe ser un booleano válido."},
		{"PATCH", "specialists/1/", ana, object{"work_images_ids": []int{0}}, "work_images_ids", "Clave primaria \"0\" inválida - objeto no existe."},
		{"PATCH", "specialists/1/", ana, object{"work_images_ids": []string{"a"}}, "work_images_ids", "Introduzca un número entero válido."},
		{"PATCH", "specialists/1/", ana, object{"work_images_ids": hundred}, "work_images_ids", "Asegúrese de que este campo no tenga más de 100 elementos."},
		{"PATCH", "specialists/1/", ana, object{"work_images_ids": nil}, "work_images_ids", "Este campo no puede ser nulo."},
		{"PATCH", "specialists/1/", ana, object{"verification_title_id": -4}, "verification_title_id", "Asegúrese de que este valor es mayor o igual a 1."},
		{"POST", "specialists/", ana, object{}, "profession", "Este campo es requerido."},
		{"POST", "specialists/", ana, object{"profession": ""}, "profession", "\"\" no es una elección válida."},
		{"PUT", "specialists/1/", ana, object{"experience_years": 3}, "profession", "Este campo es requerido."},
		{"PATCH", "businessmen/3/", luis, object{"business_name": long}, "business_name", "Asegúrese de que este campo no tenga más de 255 caracteres."},
		{"PATCH", "businessmen/3/", luis, object{"contact": long}, "contact", "Asegúrese de que este campo no tenga más de 255 caracteres."},
		{"PATCH", "businessmen/3/", luis, object{"business_type": "Circo"}, "business_type", "\"Circo\" no es una elección válida."},
		{"PATCH", "businessmen/3/", luis, object{"business_type": ""}, "business_type", "\"\" no es una elección válida."},
		{"PATCH", "businessmen/3/", luis, object{"products_and_services_ids": []int{7, -7}}, "products_and_services_ids", "Clave primaria \"-7\" inválida - objeto no existe."},
		{"POST", "businessmen/", luis, object{"descriptions": "d", "contact": "c"}, "business_name", "Este campo es requerido."},
		{"POST", "businessmen/", luis, object{"business_name": "", "descriptions": "d", "contact": "c"}, "business_name", "Este campo no puede estar en blanco."},
		{"POST", "businessmen/", luis, object{"business_name": "  ", "descriptions": "d", "contact": "c"}, "business_name", "Este campo no puede estar en blanco."},
		{"PUT", "businessmen/3/", luis, object{"business_name": "n", "descriptions": "d"}, "contact", "Este campo es requerido."},
	} {
		t.Run(fmt.Sprint(c.method, " ", c.at, " ", c.field, " ", c.es), func(t *testing.T) {
			got := w.as(c.user, c.method, c.at, c.body).ok(400)
			require.Equal(t, object{c.field: []any{c.es}, "code": "invalid"}, got)
			require.Zero(t, w.profilesOf(c.user))
			require.Empty(t, w.published())
		})
	}
}

func TestAllWrongFieldsAreToldAtOnce(t *testing.T) {
	got := setup(t).as(luis, "POST", "businessmen/", object{"business_type": "x"}).ok(400)
	for _, field := range []string{"business_name", "descriptions", "contact", "business_type"} {
		require.Contains(t, got, field)
	}
}

func TestRequiredTextsCannotBeCleared(t *testing.T) {
	w := setup(t)
	w.as(luis, "PATCH", "businessmen/3/", fullBusinessman()).ok(200)
	got := w.as(luis, "PATCH", "businessmen/3/", object{"contact": " ", "business_name": ""}).ok(400)
	require.Contains(t, got, "contact")
	require.Contains(t, got, "business_name")
	has(t, w.as(luis, "GET", "businessmen/3/", nil).ok(200), fullBusinessman())
}

func TestTextsAreTrimmed(t *testing.T) {
	got := setup(t).as(ana, "PATCH", "specialists/1/", object{"about_us": " Hola \n"}).ok(200)
	has(t, got, object{"about_us": "Hola"})
}

func TestProfessionCanBeUnset(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", fullSpecialist()).ok(200)
	has(t, w.as(ana, "PATCH", "specialists/1/", object{"profession": ""}).ok(200), object{"profession": ""})
}

func TestFormsWork(t *testing.T) {
	w := setup(t)
	r := httptest.NewRequest("PATCH", "/api/profiles/specialists/1/", strings.NewReader(
		"profession=Veterinario&experience_years=7&can_give_consultations=true&work_images_ids=3&work_images_ids=2&verification_title_id="))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Token 1")
	has(t, w.serve(r).ok(200), object{"profession": "Veterinario", "experience_years": 7.0, "can_give_consultations": true,
		"work_images_ids": []any{3.0, 2.0}, "verification_title_id": nil})
}

func TestHugeNumbersAreTheClientsMistake(t *testing.T) {
	w := setup(t)
	for _, body := range []string{`{"work_images_ids":[1e30]}`, `{"verification_title_id":99999999999999999999}`, `{"experience_years":1e400}`, `[]`, `"x"`, `{"work_images_ids":{"a":1}}`} {
		r := httptest.NewRequest("PATCH", "/api/profiles/specialists/1/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Token 1")
		got := w.serve(r)
		require.Equal(t, 400, got.Status, "%s: %s", body, got.Raw)
	}
}

// The table refuses what slips past the rules.
func TestTheTablesRefuseNonsense(t *testing.T) {
	w := setup(t)
	w.created(ana)
	w.created(luis)
	for statement, constraint := range map[string]string{
		"update specialist set experience_years = 81":               "specialist_experience_years_check",
		"update specialist set profession = 'Mago'":                 "specialist_profession_check",
		"update businessman set business_type = ''":                 "businessman_business_type_check",
		"insert into specialist (user_id) values (1)":               "specialist_user_id_key",
		"insert into specialist (user_id) values (77)":              "specialist_user_id_fkey",
		"insert into owner (user_id, kind) values (1, 'consumer')":  "owner_pkey",
		"insert into owner (user_id, kind) values (50, 'nonsense')": "owner_kind_check",
		"insert into work_image values (1, 1, 5), (1, 2, 5)":        "work_image_user_id_media_id_key",
		"update specialist set species = '{unicornios}'":            "specialist_species_check",
		"update specialist set services = '{magia}'":                "specialist_services_check",
		"update specialist set latitude = 91, longitude = 0":        "specialist_latitude_check",
		"update specialist set latitude = 1":                        "specialist_place",
		"update specialist set rough_latitude = 1":                  "specialist_rough",
		"insert into verification (user_id) values (1), (1)":        "verification_pending",
		"insert into place_key values (true)":                       "place_key_pkey",
	} {
		_, err := w.db.Q(context.Background()).Exec(context.Background(), statement)
		require.True(t, pg.Violates(err, constraint), "%s: %v", statement, err)
	}
}
