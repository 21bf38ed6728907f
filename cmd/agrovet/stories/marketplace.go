package stories

import (
	"strings"

	"github.com/stretchr/testify/require"
)

// advert is what somebody offers; pairs are fields that differ.
func advert(pairs ...any) j {
	body := j{"title": "Molino", "description": "Poco uso.", "price": "100", "condition": "used"}
	for i := 0; i < len(pairs); i += 2 {
		body[pairs[i].(string)] = pairs[i+1]
	}
	return body
}

// offered is the address of a new advert.
func (p *person) offered(pairs ...any) (path string, id int64) {
	p.s.Helper()
	id = p.post(201, "/api/adds/", advert(pairs...)).id("id")
	return at("/api/adds/%d/", id), id
}

// marketplaceTales are rest.md §5.
var marketplaceTales = []tale{
	{"AnAdvertIsPublishedByTheForm", func(s *story) {
		ana := s.someone("businessman")
		main, second := s.nobody().uploaded("folder", "products"), s.nobody().uploaded()
		category := s.nobody().get(200, "/api/categories/").at("results.4")
		id := category.(j)["id"]
		got := ana.post(201, "/api/adds/", advert("price", 0, "category", at("%v", id), "main_image_id", at("%d", main), "secondary_image_ids", []string{at("%d", second)}, "publisher_id", 1, "status", "active")).
			is("publisher", ana.id, "publisher_id", ana.id, "publisher_name", ana.name, "price", "0.00", "category", id, "main_image.id", main, "secondary_images.0.id", second, "status", "active", "version", 1)
		path := at("/api/adds/%d/", got.id("id"))
		s.nobody().get(200, path).is("publisher_name", ana.name, "title", "Molino")
		s.nobody().get(200, got.text("main_image.url"))
		s.until("the picture is hers now", func() bool {
			return ana.get(200, "/api/media/").has("results.0.id", second) || ana.get(200, "/api/media/?page_size=100").has("results.#", 2)
		})
	}},
	{"WrongAdvertsAreToldByField", func(s *story) {
		ana, foreign := s.someone("specialist"), s.someone("businessman").uploaded()
		for _, c := range []struct {
			body j
			want []any
		}{
			{j{}, []any{"title.#", 1, "description.#", 1, "price.#", 1, "condition.#", 1}},
			{advert("title", ""), []any{"title", []string{"Este campo no puede estar en blanco."}}},
			{advert("title", strings.Repeat("x", 201)), []any{"title", []string{"Asegúrese de que este campo no tenga más de 200 caracteres."}}},
			{advert("condition", "roto"), []any{"condition", []string{`"roto" no es una elección válida.`}}},
			{advert("price", -1), []any{"price", []string{"Asegúrese de que este valor es mayor o igual a 0."}}},
			{advert("price", "mucho"), []any{"price.#", 1}},
			{advert("category", 99999999), []any{"category", []string{`Clave primaria "99999999" inválida - objeto no existe.`}}},
			{advert("main_image_id", 999999999), []any{"main_image_id", "Media principal no encontrada."}},
			{advert("main_image_id", foreign), []any{"main_image_id", "Media principal no encontrada."}},
			{advert("secondary_image_ids", []int{1, 2, 3, 4, 5}), []any{"secondary_image_ids", []string{"Solo se permiten hasta 4 imágenes secundarias."}}},
		} {
			ana.post(400, "/api/adds/", c.body).is(c.want...)
		}
		s.nobody().post(401, "/api/adds/", advert())
		s.someone("consumer").post(403, "/api/adds/", advert())
	}},
	{"AnAdvertIsItsPublishers", func(s *story) {
		path, _ := s.someone("specialist").offered()
		for _, other := range []*person{s.someone("consumer"), s.someone("businessman")} {
			other.patch(403, path, j{"title": "x"})
			other.delete(403, path)
		}
		s.nobody().patch(401, path, j{"title": "x"})
	}},
	{"ChangesKnowTheirVersion", func(s *story) {
		ana := s.someone("specialist")
		path, _ := ana.offered()
		ana.patch(412, path, j{"title": "x"}, "If-Match", `"99"`).is("code", "marketplace.changed")
		ana.patch(200, path, j{"title": "Arado"}, "If-Match", `"1"`).is("title", "Arado", "version", 2, "price", "100.00")
		ana.put(400, path, j{"title": "Arado"}).is("price.#", 1)
		ana.put(200, path, advert("price", "90.5")).is("title", "Molino", "price", "90.50", "version", 3)
		ana.get(200, path+"prices/").is("*.price", []string{"90.50", "100.00"})
		ana.delete(204, path)
		ana.get(404, path)
	}},
	{"ALifeHasLegalSteps", func(s *story) {
		ana, others := s.someone("businessman"), s.someone("consumer")
		path, id := ana.offered("status", "draft")
		others.get(404, path)
		for _, step := range []struct {
			to     string
			status int
			others int
		}{{"active", 200, 200}, {"paused", 200, 404}, {"active", 200, 200}, {"draft", 409, 200}, {"sold", 200, 0}, {"archived", 200, 404}} {
			ana.patch(step.status, path, j{"status": step.to})
			if step.others != 0 {
				others.get(step.others, path)
			}
		}
		ana.get(200, path+"history/").is("*.status", []string{"archived", "sold", "active", "paused", "active", "draft"})
		ana.get(200, "/api/adds/my_adds/").contains("*.id", id)
		others.get(404, path+"history/")
		ana.patch(400, path, j{"status": "perdido"}).is("status.#", 1)
	}},
	{"AdvertsAreFoundByWordsAndTraits", func(s *story) {
		ana, word := s.someone("specialist"), s.word()
		_, cow := ana.offered("title", "Vaca Holstein "+word, "price", "230", "unit", "arroba", "condition", "used")
		_, mill := ana.offered("title", "Molino "+word, "price", "5000", "condition", "new", "main_image_id", ana.uploaded())
		found := "/api/adds/?search=" + word
		s.nobody().get(200, found).is("count", 2)
		s.nobody().get(200, found+"&ordering=price").is("results.*.id", []int64{cow, mill})
		for query, want := range map[string]int64{"%20res": cow, "%20vacas": cow, "%20molinos": mill, "&condition=new": mill, "&max_price=300": cow, "&min_price=300": mill, "&pictures=true": mill,
			"&base_unit=kg&max_base_price=21": cow} {
			s.nobody().get(200, found+query).is("results.*.id", []int64{want})
		}
		s.nobody().get(200, "/api/adds/?search="+word+"%20"+word+"nadie").is("count", 0)
		s.nobody().get(200, "/api/adds/facets/?search="+word).is("count", 2, "conditions.#", 2)
		s.nobody().get(200, at("/api/adds/?publisher=%d", ana.id)).contains("results.*.publisher_id", ana.id)
		s.nobody().get(200, found+"&lat=1&location=x").is("count", 2) // unknown ones are ignored
		s.nobody().get(400, "/api/adds/?category=abc").is("category", []string{"Escoja una opción válida. Esa opción no está entre las disponibles."})
		s.nobody().get(400, "/api/adds/?condition=zzz").is("condition", []string{"Escoja una opción válida. zzz no es una de las opciones disponibles."})
	}},
	{"PricesAreOfAUnit", func(s *story) {
		ana := s.someone("businessman")
		path, _ := ana.offered("price", "230.00", "unit", "arroba")
		ana.get(200, path).is("base_price", "20.0000", "base_unit", "kg", "currency", "BOB", "country", "BO")
		s.nobody().get(200, "/api/adds/units/").contains("*.code", "arroba")
	}},
	{"TheNearestComeFirst", func(s *story) {
		lat, lon := place()
		ana := s.someone("businessman")
		_, far := ana.offered("latitude", lat+0.3, "longitude", lon)
		nearPath, near := ana.offered("latitude", lat+0.05, "longitude", lon)
		asked := at("/api/adds/nearby/?lat=%f&lon=%f&radius_km=", lat, lon)
		got := s.nobody().get(200, asked+"100")
		require.Equal(s, []any{float64(near), float64(far)}, among(got.list("*.id"), near, far))
		s.nobody().get(200, asked+"20").contains("*.id", near).lacks("*.id", far)
		require.NotEqual(s, lat+0.05, s.nobody().get(200, nearPath).at("latitude"), "others see a rough place")
		s.nobody().get(400, "/api/adds/nearby/").is("detail", "lat and lon are required params")
		for _, wrong := range []string{"lat=91&lon=0", "lat=x&lon=0", "lat=0&lon=0&radius_km=0", "lat=0&lon=0&radius_km=mucho"} {
			s.nobody().get(400, "/api/adds/nearby/?"+wrong)
		}
	}},
	{"SentAgainWithItsKeyAnAdvertIsThereOnce", func(s *story) {
		ana, word, key := s.someone("specialist"), s.word(), []string{"Idempotency-Key", "anuncio-" + s.word()}
		body := advert("title", "Arado "+word)
		first := ana.post(201, "/api/adds/", body, key...)
		again := ana.post(201, "/api/adds/", body, key...).is("id", first.id("id"))
		require.Equal(s, "true", again.header.Get("Idempotency-Replayed"))
		ana.post(422, "/api/adds/", advert(), key...).is("code", "idempotency_key_reused")
		s.nobody().get(200, "/api/adds/?search="+word).is("count", 1)
	}},
	{"CategoriesAreStaffs", func(s *story) {
		s.nobody().get(200, "/api/categories/").is("results.0.name", "Medicamentos y salud animal")
		name := "Cosas " + s.word()
		s.nobody().post(401, "/api/categories/", j{"name": name})
		s.someone("specialist").post(403, "/api/categories/", j{"name": name})
		boss := s.staff(1)
		path := at("/api/categories/%d/", boss.post(201, "/api/categories/", j{"name": name}).is("name", name, "description", nil).id("id"))
		boss.post(400, "/api/categories/", j{"name": name}).is("name", []string{"Ya existe category con este name."})
		boss.patch(200, path, j{"description": "Varias."}).is("description", "Varias.")
		s.until("every process knows", func() bool { return s.nobody().get(200, path).has("name", name, "description", "Varias.") })
		boss.delete(204, path)
		s.until("every process has forgotten it", func() bool { return s.nobody().try("GET", path, nil).status == 404 })
	}},
	{"FollowersSeeWhatIsNew", func(s *story) {
		ana, beto := s.member("specialist"), s.member("consumer")
		made := beto.post(201, "/api/follows/", j{"following": ana.id}).is("follower_id", beto.id, "following.name", ana.name)
		beto.post(400, "/api/follows/", j{"following_id": ana.id}).is("detail", "Ya sigues a este usuario.")
		beto.post(400, "/api/follows/", j{"following_id": beto.id}).is("detail", "No puedes seguirte a ti mismo.")
		beto.post(400, "/api/follows/", j{}).is("detail", "following or following_id required")
		beto.post(404, "/api/follows/", j{"following": 999999999})
		_, id := ana.offered()
		ana.offered("status", "draft")
		beto.get(200, "/api/adds/following_adds/").is("*.id", []int64{id})
		s.nobody().get(401, "/api/adds/following_adds/")
		beto.get(200, "/api/follows/").is("count", 1)
		ana.get(200, "/api/follows/followers/").is("results.0.follower_id", beto.id)
		beto.get(200, at("/api/follows/users/%d/", ana.id)).is("followers", 1, "followed_by_me", true)
		path := at("/api/follows/%d/", made.id("id"))
		ana.delete(403, path).is("detail", "No tienes permiso para eliminar este seguimiento.")
		beto.delete(200, path).is("detail", "Has dejado de seguir a este usuario.")
		beto.get(200, "/api/adds/following_adds/").is("#", 0)
	}},
	{"FavouritesAreKept", func(s *story) {
		ana, beto := s.someone("specialist"), s.member("consumer")
		path, id := ana.offered()
		for range 2 {
			beto.put(204, path+"favourite/", nil)
		}
		beto.get(200, path).is("is_favourite", true)
		beto.get(200, "/api/adds/favourites/").is("count", 1, "results.0.add_id", id, "results.0.available", true)
		ana.patch(200, path, j{"status": "paused"})
		beto.get(200, "/api/adds/favourites/").is("results.0.available", false)
		beto.delete(204, path+"favourite/")
		beto.get(200, "/api/adds/favourites/").is("count", 0)
	}},
	{"WhoIsBlockedIsNotSeen", func(s *story) {
		ana, beto, word := s.someone("businessman"), s.member("consumer"), s.word()
		path, _ := ana.offered("title", "Toro "+word)
		beto.put(204, at("/api/adds/blocks/%d/", ana.id), nil)
		beto.get(200, "/api/adds/?search="+word).is("count", 0)
		beto.get(200, path)
		beto.get(200, "/api/adds/blocks/").is("results.0.user_id", ana.id)
		beto.delete(204, at("/api/adds/blocks/%d/", ana.id))
		beto.get(200, "/api/adds/?search="+word).is("count", 1)
	}},
	{"SavedSearchesAlert", func(s *story) {
		ana, beto, word := s.someone("businessman"), s.member("consumer"), s.word()
		saved := beto.post(201, "/api/adds/searches/", j{"name": "Lo mío", "query": j{"search": word, "max_price": "500"}}).is("alerts", true)
		push := beto.open("/ws/")
		push.await("welcome", "user_id", beto.id)
		ana.offered("title", "Alpaca "+word, "price", 900)
		_, id := ana.offered("title", "Alpaca "+word)
		push.await("notification", "kind", "add.alert", "data.add_id", id)
		s.until("the alert is there", func() bool { return beto.get(200, "/api/adds/alerts/").has("results.*.add.id", []int64{id}) })
		beto.get(200, "/api/adds/alerts/").is("count", 1, "results.0.search.name", "Lo mío", "results.0.read", false)
		beto.get(200, "/api/adds/alerts/count/").is("count", 1)
		beto.post(200, "/api/adds/alerts/mark_read/", j{})
		beto.get(200, "/api/adds/alerts/count/").is("count", 0)
		path := at("/api/adds/searches/%d/", saved.id("id"))
		ana.get(404, path)
		beto.patch(200, path, j{"alerts": false}).is("alerts", false, "name", "Lo mío")
		beto.delete(204, path)
	}},
	{"AReportIsDecidedByStaff", func(s *story) {
		ana, beto := s.member("businessman"), s.member("consumer")
		path, id := ana.offered()
		made := beto.post(201, path+"report/", j{"reason": "scam", "note": "Pide plata."}).is("add_id", id, "open", true)
		beto.post(200, path+"report/", j{"reason": "other"}).is("id", made.id("id"))
		beto.post(400, path+"report/", j{"reason": "feo"}).is("reason.#", 1)
		ana.post(403, path+"report/", j{"reason": "sold"})
		ana.get(403, "/api/adds/moderation/")
		s.staff(1).get(200, path+"moderation/").is("reports.0.note", "Pide plata.", "case.state", "open")
		s.staff(1).get(200, "/api/adds/moderation/?page_size=100").contains("results.*.add.id", id)
		ana.post(403, path+"moderation/decide/", j{"decision": "dismiss"})
		s.staff(1).post(200, path+"moderation/decide/", j{"decision": "remove", "reason": "Es una estafa."})
		beto.get(404, path)
		ana.get(200, path).is("removed", true)
		ana.patch(403, path, j{"status": "active"})
		s.staff(1).get(200, "/api/adds/moderation/log/").at("results.0.decision")
		s.staff(1).post(200, path+"moderation/decide/", j{"decision": "restore", "reason": "No lo es."})
		ana.patch(200, path, j{"status": "active"})
		beto.get(200, path)
	}},
	{"ViewsAreCountedOnceADay", func(s *story) {
		path, _ := s.someone("specialist").offered()
		reader := s.someone("consumer")
		for range 3 {
			reader.get(200, path)
		}
		s.until("the look is counted", func() bool { return reader.get(200, path).has("views", 1) })
		s.someone("specialist").get(200, path)
		reader.get(200, path).is("views", 1)
	}},
}
