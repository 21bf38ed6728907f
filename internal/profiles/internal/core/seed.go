package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/auth"
	"agrovet/internal/media"
	"agrovet/internal/platform/geo"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store"
)

// Seed fills the profiles of a demo community's specialists and businessmen, and verifies the
// specialist with the lowest id. What a user gets depends on the id alone; profiles that their owners
// have written stay as they are, so seeding twice is fine. Consumers' profiles have nothing to fill.
func (c *Core) Seed(ctx context.Context, picture func(int64) media.Upload, users ...auth.User) error {
	first := firstSpecialist(users)
	for _, u := range users {
		err := c.DB.Tx(ctx, func(ctx context.Context) error { return c.seed(ctx, u, u.ID == first) })
		if err != nil && !errors.Is(err, profiles.ErrProfileExists) {
			return fmt.Errorf("seed the profile of user %d: %w", u.ID, err)
		}
		if err == nil && c.Media != nil { // a profile that was filled just now
			err = c.seedPictures(ctx, u, picture)
		}
		if err != nil && !errors.Is(err, profiles.ErrProfileExists) {
			return fmt.Errorf("seed the pictures of user %d: %w", u.ID, err)
		}
	}
	return nil
}

// seedPictures shows some work of specialists, and some products of businessmen.
func (c *Core) seedPictures(ctx context.Context, u auth.User, picture func(int64) media.Upload) (err error) {
	files := []Upload{{Field: "images", Upload: picture(1000 + u.ID)}, {Field: "images", Upload: picture(2000 + u.ID)}}
	switch u.Role {
	case auth.Specialist:
		_, err = c.AddWorkImages(ctx, u.ID, files)
	case auth.Businessman:
		_, err = c.AddProducts(ctx, u.ID, files)
	}
	return err
}

func firstSpecialist(users []auth.User) (id int64) {
	for _, u := range users {
		if u.Role == auth.Specialist && (id == 0 || u.ID < id) {
			id = u.ID
		}
	}
	return id
}

func (c *Core) seed(ctx context.Context, u auth.User, verify bool) (err error) {
	switch u.Role {
	case auth.Specialist:
		demo := pick(demoSpecialists, u.ID)
		_, err = c.Specialists.Create(ctx, u.ID, func(s *profiles.Specialist) { demo.fill(s) })
	case auth.Businessman:
		demo := pick(demoBusinessmen, u.ID)
		_, err = c.Businessmen.Create(ctx, u.ID, func(b *profiles.Businessman) { demo.fill(b) })
	}
	if err != nil || !verify {
		return err
	}
	return c.seedVerified(ctx, u.ID)
}

// seedVerified has the specialist submit and nobody in person decide: a demo has no documents.
func (c *Core) seedVerified(ctx context.Context, userID int64) error {
	r, err := c.Specialists.hold(ctx, userID)
	if err != nil {
		return err
	}
	if err := c.verifier.submit(ctx, &r, demoLicence); err != nil {
		return err
	}
	s, _, err := c.verifier.store.With(ctx, userID, store.Pending)
	if err != nil {
		return err
	}
	s.Status, s.Type, s.Note = store.Verified, profiles.Graduated, "Verificación de demostración."
	return c.verifier.decide(ctx, &r, s)
}

var demoLicence = store.Licence{Number: "CMVC-0417", Body: "Colegio de Médicos Veterinarios de Cochabamba", Country: "BO"}

func pick[T any](from []T, userID int64) T { return from[uint64(userID)%uint64(len(from))] }

type demoSpecialist struct {
	profession, about string
	years             int
	online            bool
	species, services []string
	place             string
	at                geo.Point
}

func (d demoSpecialist) fill(s *profiles.Specialist) {
	s.Profession, s.AboutUs, s.ExperienceYears = d.profession, d.about, d.years
	s.CanGiveConsultations, s.CanOfferOnlineServices = true, d.online
	s.Species, s.Services = d.species, d.services
	s.Place.Name, s.Place.Latitude, s.Place.Longitude = d.place, &d.at.Latitude, &d.at.Longitude
}

var demoSpecialists = []demoSpecialist{
	{"Veterinario", "Médico veterinario de grandes animales. Atiendo partos, mastitis y planes sanitarios de hatos lecheros en la zona norte.", 14, true,
		[]string{"bovinos", "equinos"}, []string{"consultas", "domicilio", "cirugia", "vacunacion"}, "Montero, Santa Cruz", geo.Point{Latitude: -17.3387, Longitude: -63.2505}},
	{"Agrónomo", "Ingeniero agrónomo dedicado al café y al cacao: sombra, podas, manejo integrado de roya y broca, y análisis de suelos.", 9, true,
		[]string{"cultivos"}, []string{"asesoria", "laboratorio", "en_linea"}, "Jaén, Cajamarca", geo.Point{Latitude: -5.7089, Longitude: -78.8078}},
	{"Zootecnista", "Zootecnista. Formulo raciones para bovinos y porcinos con los insumos que hay en la finca y acompaño programas de mejora genética.", 11, false,
		[]string{"bovinos", "porcinos"}, []string{"asesoria", "inseminacion", "domicilio"}, "Montería, Córdoba", geo.Point{Latitude: 8.7479, Longitude: -75.8814}},
	{"Veterinario", "Veterinaria de pequeñas especies y aves de traspatio. Jornadas de vacunación y desparasitación en comunidades rurales.", 6, true,
		[]string{"perros", "gatos", "aves"}, []string{"consultas", "vacunacion", "en_linea"}, "Quillacollo, Cochabamba", geo.Point{Latitude: -17.3986, Longitude: -66.2786}},
	{"Agrónomo", "Especialista en riego por goteo y hortalizas bajo techo. Diseño, instalación y calendario de fertirriego.", 17, false,
		[]string{"cultivos"}, []string{"asesoria", "domicilio"}, "Arequipa", geo.Point{Latitude: -16.4090, Longitude: -71.5375}},
	{"Zootecnista", "Trabajo con pequeños ganaderos en pastoreo rotacional, bancos de proteína y conservación de forrajes para el verano.", 4, true,
		[]string{"bovinos", "ovinos", "pastos"}, []string{"asesoria", "en_linea"}, "Pasto, Nariño", geo.Point{Latitude: 1.2136, Longitude: -77.2811}},
}

type demoBusinessman struct {
	kind, name, text, contact string
	local                     bool
}

func (d demoBusinessman) fill(b *profiles.Businessman) {
	b.BusinessType, b.BusinessName, b.Descriptions = d.kind, d.name, d.text
	b.Contact, b.OffersLocalProducts = d.contact, d.local
}

var demoBusinessmen = []demoBusinessman{
	{"Agroveterinaria", "Agroveterinaria El Corral", "Medicamentos, vacunas y alimento balanceado. Cadena de frío garantizada y asesoría en mostrador.", "elcorral@example.com", true},
	{"Empresa Agropecuaria", "Semillas del Valle", "Semilla certificada de maíz, frijol y pastos mejorados. Ventas al por mayor y entrega en finca.", "ventas@semillasdelvalle.example", true},
	{"Agroveterinaria", "La Casa del Ganadero", "Minerales, suplementos, aretes y equipo de ordeño. Atendemos también emergencias los fines de semana.", "lacasadelganadero@example.com", false},
	{"Empresa Agropecuaria", "Lácteos San Isidro", "Acopio y procesamiento de leche de productores de la zona. Compramos todo el año con pago semanal.", "acopio@sanisidro.example", true},
	{"Agroveterinaria", "Agroservicio Los Laureles", "Fertilizantes, herramientas y bombas de mochila. Análisis de suelo en alianza con la universidad.", "loslaureles@example.com", true},
}
