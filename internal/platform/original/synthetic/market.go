package synthetic

import "fmt"

func (g *generator) profiles() []table {
	return []table{
		{"profiles_specialistprofile", "id, user_id, profession, experience_years, about_us, puntuations, point, can_give_consultations, can_offer_online_services, work_images_ids, verification_title_id, verification_student_card_id", g.specialists},
		{"profiles_businessmanprofile", "id, user_id, business_type, business_name, descriptions, contact, offers_local_products, products_and_services_ids", g.businessmen},
		{"profiles_consumerprofile", "id, user_id", func(put func(...any)) {
			for i, id := range g.owners(2) {
				put(i+1, id)
			}
		}},
	}
}

// owners are whose role has a kind of profile, people who have all three, and some who are not there.
func (g *generator) owners(kind int) (all []int) {
	for _, id := range g.users {
		if (id%3 == kind || id%37 == 0) && id%53 != 0 {
			all = append(all, id)
		}
	}
	return append(all, 7, 47, 87)
}

func (g *generator) specialists(put func(...any)) {
	professions := []string{"Veterinario", "Agrónomo", "Zootecnista", "", "brujo"}
	for i, id := range g.owners(0) {
		years := i % 30
		if i%25 == 0 {
			years = -5
		}
		images := []int{g.medium(i), g.medium(i + 1), g.medium(i)} // one of them twice
		put(i+1, id, professions[i%len(professions)], years, "Atiendo\nganado", "0", 0, i%2 == 0, i%3 == 0, list(i, images),
			unless(i%2 == 0, g.medium(i+2)), unless(i%7 != 0, g.medium(i+3)))
	}
}

func (g *generator) businessmen(put func(...any)) {
	kinds := []string{"Agroveterinaria", "Empresa Agropecuaria", "tienda"}
	for i, id := range g.owners(1) {
		put(i+1, id, kinds[i%len(kinds)], fmt.Sprint("Negocio ", i), "Insumos", Phone(id), i%2 == 0, list(i, []int{g.medium(i), g.medium(i + 5)}))
	}
}

func (g *generator) marketplace() []table {
	return []table{
		{"add_category", "id, name, description", func(put func(...any)) {
			for i, name := range categories {
				put(i+1, name, nil)
			}
		}},
		{"add_add", "id, publisher_id, title, description, price, category_id, condition, location_name, latitude, longitude, main_image_id, secondary_image_ids, status, created_at, updated_at", g.adverts},
		{"add_follow", "id, follower_id, following_id, created_at", g.follows},
	}
}

func (g *generator) adverts(put func(...any)) {
	conditions, states := []string{"new", "used", "semi_new"}, []string{"active", "active", "active", "paused", "sold", "archived"}
	for id := 1; id <= g.size.Adverts; id++ {
		lat, lon := any(-17.0-float64(id%100)/50), any(-63.0-float64(id%90)/40)
		switch {
		case id%67 == 0:
			lat, lon = 999.0, -63.2
		case id%7 == 0:
			lat, lon = nil, nil
		}
		images := []int{}
		for i := range id % 7 { // up to six, of which four are allowed
			images = append(images, g.medium(id+i-i/5))
		}
		state := states[id%len(states)]
		if id%101 == 0 {
			state = "borrado"
		}
		price, condition := fmt.Sprintf("%d.50", id%5000), conditions[id%3]
		if id%83 == 0 {
			price, condition = "-1.00", "nuevo"
		}
		put(id, g.user(id), fmt.Sprintf("Torete nelore %d", id), "Sano y\tfuerte", price, unless(id%13 == 0, 1+id%len(categories)),
			condition, unless(id%4 == 0, "Montero"), lat, lon, unless(id%6 == 0, g.medium(id)), list(id, images), state, at(id), at(id+id%500))
	}
}

func (g *generator) follows(put func(...any)) {
	seen, id := map[[2]int]bool{}, 0
	for n := range 2 * g.size.Users {
		pair := [2]int{g.user(n), g.user(3*n + 1)}
		if n%97 == 0 {
			pair[1] = pair[0] // some follow themselves
		}
		if !seen[pair] {
			seen[pair] = true
			id++
			put(id, pair[0], pair[1], at(n))
		}
	}
}

// categories are the 38 of the older application, in its order; one twice, spelled otherwise, and some that agrovet does not have.
var categories = []string{"Veterinaria", "Medicamentos veterinarios", "Vacunas", "Antiparasitarios", "Suplementos nutricionales", "Instrumental quirúrgico",
	"Productos de higiene y cuidado", "Diagnóstico y laboratorio veterinario", "Alimentación para mascotas", "Accesorios para mascotas",
	"Servicios veterinarios", "Consultoría veterinaria", "Reproducción e inseminación", "Terapias y rehabilitación", "Equipo de hospitalización",
	"Semillas", "Fertilizantes", "Pesticidas y plaguicidas", "Herramientas agrícolas", "Maquinaria agrícola", "Tractores e implementos", "Sistemas de riego",
	"Insumos agrícolas", "Productos para ganado", "Forrajes y alimentos para ganado", "Hormonas y reproductores", "Agricultura urbana y huertos",
	"Servicios de asesoría agropecuaria", "Postcosecha y almacenamiento", "Agroquímicos", "Alimentos para animales", "Medicamentos y salud animal",
	"Alimentos y suplementos", "Semillas y plantas", "Fertilizantes y agroquímicos", "Maquinaria e implementos", "Herramientas e insumos", "Servicios agropecuarios",
	" VACUNAS", "Ferias y remates", "FERIAS Y REMATES", " "}
