package standin

import (
	"maps"
	"net/http"
)

// kind is one of the three kinds of profiles.
type kind struct {
	path, table, shown string
	update             string // of $1, a user's, by fields of the body
	fields             []string
}

var kinds = []kind{
	{path: "specialists", table: "profiles_specialistprofile",
		shown: `id, user_id, profession, experience_years, about_us, can_give_consultations, can_offer_online_services, puntuations, point, '[]'::jsonb as work_images,
			num_nonnulls(verification_title_id, verification_student_card_id, verification_graduation_letter_id) > 0 as is_verified`,
		update: "profession = coalesce($2, profession), about_us = coalesce($3, about_us), experience_years = coalesce($4::integer, experience_years)",
		fields: []string{"profession", "about_us", "experience_years"}},
	{path: "businessmen", table: "profiles_businessmanprofile",
		shown:  "id, user_id, business_type, business_name, descriptions, contact, offers_local_products, '[]'::jsonb as products_and_services",
		update: "business_name = coalesce($2, business_name), descriptions = coalesce($3, descriptions), contact = coalesce($4, contact)",
		fields: []string{"business_name", "descriptions", "contact"}},
	{path: "consumers", table: "profiles_consumerprofile", shown: "id, user_id", update: "user_id = user_id"},
}

// empty are the columns that have to have something when a profile is made on first sight.
var empty = map[string]string{
	"specialists": "user_id, profession) values ($1, ''", "businessmen": "user_id, business_name, descriptions, contact) values ($1, '', '', ''",
	"consumers": "user_id) values ($1",
}

func profileRoutes() map[string]handler {
	all := map[string]handler{}
	for _, k := range kinds {
		at := "/api/profiles/" + k.path + "/"
		maps.Copy(all, map[string]handler{
			"GET " + at: func(a *ask) (int, any, error) {
				return a.as(func(user) (int, any, error) { return a.page("select "+k.shown+" from "+k.table, "id") })
			},
			"POST " + at: func(a *ask) (int, any, error) {
				return a.as(func(me user) (int, any, error) { return k.put(a, http.StatusCreated, me.ID) })
			},
			"GET " + at + "{id}/": k.own, "PATCH " + at + "{id}/": k.own, "PUT " + at + "{id}/": k.own,
		})
	}
	specialist := kinds[0]
	all["GET /api/profiles/specialists/by-user/{id}/"], all["PATCH /api/profiles/specialists/by-user/{id}/"] = specialist.own, specialist.own
	return all
}

// own shows or changes the caller's.
func (k kind) own(a *ask) (int, any, error) {
	return a.as(func(me user) (int, any, error) {
		if me.ID != a.id() {
			return 0, nil, refuse(http.StatusForbidden, "No tiene permiso para acceder a este recurso.")
		}
		return k.put(a, http.StatusOK, me.ID)
	})
}

// put makes a profile that is not there, and changes what the body has.
func (k kind) put(a *ask, status int, id int64) (int, any, error) {
	if _, err := a.exec("insert into "+k.table+" ("+empty[k.path]+") on conflict do nothing", id); err != nil {
		return 0, nil, err
	}
	args := []any{id}
	for _, f := range k.fields {
		args = append(args, a.text(f))
	}
	raw, err := a.row("update "+k.table+" set "+k.update+" where user_id = $1 returning "+k.shown, args...)
	return status, raw, err
}
