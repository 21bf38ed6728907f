package stories

import (
	"github.com/stretchr/testify/require"
)

// verification is what a specialist submits, with a document of theirs.
func (p *person) verification() j {
	return j{"licence_number": "CMVC-17", "licence_body": "Colegio de Veterinarios", "licence_country": "bo", "verification_title_id": p.uploaded("folder", "verification")}
}

// profilesTales are rest.md §4.
var profilesTales = []tale{
	{"AProfileIsMadeOfEachRegistration", func(s *story) {
		for role, kind := range map[string]string{"specialist": "specialists", "businessman": "businessmen", "consumer": "consumers"} {
			who := s.member(role)
			path := who.profile(kind)
			who.get(200, path).is("user_id", who.id, "user_display", who.name)
			s.someone("consumer").get(200, path).is("user_id", who.id)
			s.nobody().get(401, path)
			who.get(200, at("/api/profiles/%s/by-user/%d/", kind, who.id)).is("user_id", who.id)
			who.get(200, at("/api/profiles/%s/?object_id=%d", kind, who.id)).is("count", 1, "results.0.user_id", who.id)
			for _, other := range []string{"specialists", "businessmen", "consumers"} {
				if other != kind {
					who.get(404, at("/api/profiles/%s/%d/", other, who.id)) // and reading makes none
				}
			}
			who.get(200, "/api/auth/users/me/").is(map[string]string{"specialists": "specialist", "businessmen": "businessman", "consumers": "consumer"}[kind]+"_profile.user_id", who.id)
		}
	}},
	{"ASpecialistSaysWhatTheyDo", func(s *story) {
		ana := s.member("specialist")
		path := ana.profile("specialists")
		said := j{"profession": "Agrónomo", "experience_years": 7, "about_us": "Pastos.", "can_give_consultations": true, "can_offer_online_services": true, "species": []string{"bovinos"}, "services": []string{"asesoria"}}
		got := ana.patch(200, path, said)
		for field, value := range said {
			got.is(field, value)
		}
		got.is("is_verified", false, "puntuations", 0, "point", 0, "user_id", ana.id)
		ana.patch(200, path, j{"user_id": 1, "is_verified": true, "about_us": "Mío."}).is("user_id", ana.id, "is_verified", false, "about_us", "Mío.", "experience_years", 7)
		ana.patch(400, path, j{"experience_years": -1, "profession": "Mago"}).is("experience_years.#", 1, "profession", []string{`"Mago" no es una elección válida.`})
		ana.put(400, path, j{"about_us": "x"}).is("profession.#", 1)
		ana.put(200, path, j{"profession": "Zootecnista"}).is("profession", "Zootecnista")
		ana.patch(200, at("/api/profiles/specialists/by-user/%d/", ana.id), j{"experience_years": 8}).is("experience_years", 8)
	}},
	{"ABusinessSaysWhatItSells", func(s *story) {
		ana := s.member("businessman")
		path := ana.profile("businessmen")
		ana.put(400, path, j{"business_name": "Agro"}).is("descriptions.#", 1, "contact.#", 1)
		ana.put(200, path, j{"business_name": "Agro Sur", "descriptions": "De todo.", "contact": "Plaza", "business_type": "Empresa Agropecuaria"}).
			is("business_name", "Agro Sur", "business_type", "Empresa Agropecuaria", "offers_local_products", true)
		ana.patch(400, path, j{"business_type": "Circo"}).is("business_type.#", 1)
		made := ana.send(201, at("/api/profiles/businessmen/%d/upload_products/", ana.id), "images", "vaca.png", s.picture())
		ana.get(200, path).is("products_and_services_ids", made.at("*.id"), "products_and_services.#", 1, "products_and_services_full.0.kind", "image")
		ana.patch(200, path, j{"products_and_services_ids": []int{}}).is("products_and_services", []int{})
	}},
	{"ProfilesAreOnesOwnToChange", func(s *story) {
		ana, beto := s.someone("specialist"), s.someone("consumer")
		path := ana.profile("specialists")
		beto.patch(403, path, j{"about_us": "x"})
		beto.delete(403, path)
		beto.send(403, path+"upload_work_images/", "images", "vaca.png", s.picture())
		s.nobody().patch(401, path, j{"about_us": "x"})
		ana.post(400, "/api/profiles/businessmen/", j{"business_name": "x", "descriptions": "x", "contact": "x"}).is("detail", "El usuario ya tiene un perfil.")
	}},
	{"WorkIsShownInPictures", func(s *story) {
		ana := s.member("specialist")
		path := ana.profile("specialists")
		for _, field := range []string{"images", "image"} {
			ana.send(201, path+"upload_work_images/", field, "vaca.png", s.picture()).is("#", 1, "0.kind", "image")
		}
		ana.post(400, path+"upload_work_images/", nil).is("detail", "No files provided.")
		got := ana.get(200, path).is("work_images.#", 2, "work_images_full.#", 2, "work_images_ids.#", 2)
		s.nobody().get(200, got.text("work_images.0"))
		first, second := got.id("work_images_ids.0"), got.id("work_images_ids.1")
		ana.patch(200, path, j{"work_images_ids": []int64{second}}).is("work_images_ids", []int64{second})
		ana.patch(400, path, j{"work_images_ids": []int64{s.someone("consumer").uploaded()}})
		ana.delete(204, at("/api/media/%d/", second))
		s.until("the deleted picture has left the profile", func() bool { return ana.get(200, path).has("work_images_ids", []int{}) })
		require.NotEqual(s, first, second)
	}},
	{"ATitleIsVerifiedByStaffAlone", func(s *story) {
		ana, others := s.member("specialist"), s.someone("consumer")
		path := ana.profile("specialists")
		mine := path + "verification/"
		ana.get(200, mine).is("state", "none", "is_verified", false, "history", []int{})
		ana.post(400, mine, j{"licence_number": "CMVC-17"}).is("code", "invalid")
		submitted := ana.post(201, mine, ana.verification()).is("state", "pending", "licence_country", "BO", "documents.0.kind", "title")
		others.get(200, path).is("is_verified", false, "verification_state", "none").hides("verification_title_id", "verification_title_url")
		ana.get(200, path).is("verification_state", "pending")
		others.get(403, mine)
		decide := at("/api/profiles/verifications/%d/decide/", submitted.id("id"))
		ana.post(403, decide, j{"decision": "verified"})
		ana.get(403, "/api/profiles/verifications/")
		s.staff(1).get(200, "/api/profiles/verifications/?status=pending&page_size=100").contains("results.*.id", submitted.id("id"))
		s.nobody().get(200, s.staff(1).get(200, mine).text("documents.0.url"))
		s.staff(1).post(400, decide, j{"decision": "rejected"}).is("reason.#", 1)
		s.staff(1).post(200, decide, j{"decision": "verified", "note": "Bienvenida."}).is("status", "verified", "user_display", ana.name)
		others.get(200, path).is("is_verified", true, "verification_state", "verified", "verification_type", "title", "verification_status", "verified_professional")
		ana.get(200, mine).is("state", "verified", "note", "Bienvenida.", "history.*.what", []string{"verified", "submitted"})
		s.staff(1).post(200, at("/api/profiles/verifications/%d/revoke/", submitted.id("id")), j{"reason": "Era falso."})
		others.get(200, path).is("is_verified", false)
	}},
	{"ARejectionSaysWhy", func(s *story) {
		ana := s.member("specialist")
		mine := ana.profile("specialists") + "verification/"
		submitted := ana.post(201, mine, ana.verification())
		s.staff(1).post(200, at("/api/profiles/verifications/%d/decide/", submitted.id("id")), j{"decision": "rejected", "reason": "No se lee."}).is("status", "rejected")
		ana.get(200, mine).is("state", "rejected", "reason", "No se lee.", "is_verified", false)
		ana.post(201, mine, ana.verification()).is("state", "pending")
	}},
	{"TheNearestAreFoundFirst", func(s *story) {
		lat, lon := place()
		near, far := s.member("specialist"), s.member("specialist")
		for who, north := range map[*person]float64{near: 0.05, far: 0.3} {
			who.patch(200, who.profile("specialists"), j{"profession": "Veterinario", "latitude": at("%.7f", lat+north), "longitude": at("%.7f", lon), "location_name": "Campo", "species": []string{"ovinos"}})
		}
		asked := at("/api/profiles/specialists/?near=%f,%f&page_size=100&radius_km=", lat, lon)
		seeker := s.someone("consumer")
		both := seeker.get(200, asked+"100")
		require.Equal(s, []any{float64(near.id), float64(far.id)}, among(both.list("results.*.user_id"), near.id, far.id))
		require.Less(s, both.at("results.0.distance_km").(float64), 100.0)
		seeker.get(200, asked+"20").contains("results.*.user_id", near.id).lacks("results.*.user_id", far.id)
		seeker.get(200, asked+"100&species=aves").lacks("results.*.user_id", near.id)
		seeker.get(400, "/api/profiles/specialists/?near=100,0&radius_km=5")
		require.NotEqual(s, at("%.7f", lat+0.05), seeker.get(200, near.profile("specialists")).text("latitude"), "others see a rough place")
		near.get(200, near.profile("specialists")).is("latitude", at("%.7f", lat+0.05))
	}},
	{"AProfileIsDeletedAndMadeAnew", func(s *story) {
		ana := s.member("consumer")
		path := ana.profile("consumers")
		ana.delete(204, path)
		ana.get(200, path).is("id", 0, "user_display", ana.name) // as if just registered, and reading makes none
		ana.post(201, "/api/profiles/consumers/", j{"user_id": 1}).is("user_id", ana.id)
		ana.post(400, "/api/profiles/consumers/", j{})
	}},
}
