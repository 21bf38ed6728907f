package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/auth"
	"agrovet/internal/profiles"
)

// Seed fills the profiles of a demo community's specialists and businessmen. What a user gets
// depends on the id alone; profiles that their owners have written stay as they are, so seeding
// twice is fine. Consumers' profiles have nothing to fill.
func (c *Core) Seed(ctx context.Context, users ...auth.User) error {
	for _, u := range users {
		if err := c.seed(ctx, u); err != nil && !errors.Is(err, profiles.ErrProfileExists) {
			return fmt.Errorf("seed the profile of user %d: %w", u.ID, err)
		}
	}
	return nil
}

func (c *Core) seed(ctx context.Context, u auth.User) (err error) {
	switch u.Role {
	case auth.Specialist:
		demo := pick(demoSpecialists, u.ID)
		_, err = c.Specialists.Create(ctx, u.ID, func(s *profiles.Specialist) { demo.fill(s) })
	case auth.Businessman:
		demo := pick(demoBusinessmen, u.ID)
		_, err = c.Businessmen.Create(ctx, u.ID, func(b *profiles.Businessman) { demo.fill(b) })
	}
	return err
}

func pick[T any](from []T, userID int64) T { return from[uint64(userID)%uint64(len(from))] }

type demoSpecialist struct {
	profession, about string
	years             int
	online            bool
}

func (d demoSpecialist) fill(s *profiles.Specialist) {
	s.Profession, s.AboutUs, s.ExperienceYears = d.profession, d.about, d.years
	s.CanGiveConsultations, s.CanOfferOnlineServices = true, d.online
}

var demoSpecialists = []demoSpecialist{
	{"Veterinario", "Médico veterinario de grandes animales. Atiendo partos, mastitis y planes sanitarios de hatos lecheros en la zona norte.", 14, true},
	{"Agrónomo", "Ingeniero agrónomo dedicado al café y al cacao: sombra, podas, manejo integrado de roya y broca, y análisis de suelos.", 9, true},
	{"Zootecnista", "Zootecnista. Formulo raciones para bovinos y porcinos con los insumos que hay en la finca y acompaño programas de mejora genética.", 11, false},
	{"Veterinario", "Veterinaria de pequeñas especies y aves de traspatio. Jornadas de vacunación y desparasitación en comunidades rurales.", 6, true},
	{"Agrónomo", "Especialista en riego por goteo y hortalizas bajo techo. Diseño, instalación y calendario de fertirriego.", 17, false},
	{"Zootecnista", "Trabajo con pequeños ganaderos en pastoreo rotacional, bancos de proteína y conservación de forrajes para el verano.", 4, true},
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
