package core

import (
	"context"
	"errors"
	"fmt"

	"agrovet/internal/auth"
	"agrovet/internal/auth/internal/store"
	"agrovet/internal/media"
	"agrovet/internal/platform/authn"
)

// demo is one person of the demo community.
type demo struct {
	full, last string
	role       auth.Role
	bio        string
	lat, lon   float64
}

// community is a believable demo community: people of Bolivia and its neighbours. Their numbers are
// +591 700 20001 and up.
var community = []demo{
	{"Rosa", "Mamani Quispe", auth.Specialist, "Médica veterinaria de bovinos y camélidos en el altiplano.", -17.3895, -66.1568},
	{"Jorge", "Vargas Rojas", auth.Specialist, "Agrónomo. Suelos, riego y maíz.", -17.7833, -63.1821},
	{"Lucía", "Fernández Paz", auth.Specialist, "Zootecnista, nutrición de cerdos y aves.", -17.3333, -66.2167},
	{"Martín", "Aguirre Soto", auth.Specialist, "Veterinario rural, guardias de noche.", -21.5355, -64.7296},
	{"Elena", "Choque Flores", auth.Specialist, "Sanidad de ovejas y llamas.", -19.5836, -65.7531},
	{"Carlos", "Suárez Méndez", auth.Specialist, "Reproducción e inseminación de ganado de leche.", -14.8333, -64.9000},
	{"Patricia", "Gómez Lara", auth.Specialist, "Agrónoma, hortalizas bajo techo.", -24.7859, -65.4117},
	{"Hugo", "Benítez Ríos", auth.Specialist, "Veterinario de caballos de trabajo.", -25.2637, -57.5759},
	{"Ana María", "Condori", auth.Specialist, "Papa nativa y quinua, manejo de plagas.", -16.5000, -68.1500},
	{"Ricardo", "Pereyra", auth.Specialist, "Pasturas y carga animal.", -31.4201, -64.1888},
	{"Agrovet El Corral", "", auth.Businessman, "Medicamentos, vacunas y alimentos.", -17.7900, -63.1700},
	{"La Casa del Ganadero", "", auth.Businessman, "Sales minerales, aretes, equipo de ordeño.", -17.3900, -66.1500},
	{"Semillas del Valle", "", auth.Businessman, "Semilla certificada de maíz, trigo y soya.", -17.4100, -66.0300},
	{"Agroinsumos Tarija", "", auth.Businessman, "Fertilizantes, viña y frutales.", -21.5300, -64.7300},
	{"Riego y Campo", "", auth.Businessman, "Bombas, mangueras y goteo.", -16.5200, -68.1200},
	{"Veterinaria San Roque", "", auth.Businessman, "Clínica y farmacia de animales.", -19.0333, -65.2627},
	{"Cooperativa La Esperanza", "", auth.Businessman, "Acopio de leche y venta de insumos.", -17.2500, -66.3000},
	{"Maquinarias del Oriente", "", auth.Businessman, "Tractores usados y repuestos.", -17.3333, -63.2500},
	{"Pedro", "Calle Nina", auth.Consumer, "Crío ovejas y unas llamas.", -18.4800, -66.4800},
	{"Juana", "Ticona", auth.Consumer, "Tengo diez vacas lecheras.", -16.6500, -68.3000},
	{"Saturnino", "Apaza", auth.Consumer, "Papa, haba y cebada.", -16.3000, -68.6000},
	{"Miguel Ángel", "Roca", auth.Consumer, "Ganado de carne en el Beni.", -14.8200, -64.9200},
	{"Teresa", "Guzmán", auth.Consumer, "Gallinas ponedoras y huerta.", -17.4000, -66.1600},
	{"Wilfredo", "Céspedes", auth.Consumer, "Soya y sorgo, dos campañas.", -17.1000, -62.9000},
	{"Norma", "Villca", auth.Consumer, "Quinua orgánica.", -19.9000, -67.6000},
	{"Esteban", "Ortiz", auth.Consumer, "Cerdos de engorde.", -17.8000, -63.1000},
	{"Gladys", "Huanca", auth.Consumer, "Apicultora, ochenta colmenas.", -21.4000, -64.8000},
	{"Ramón", "Ayala", auth.Consumer, "Caña y unas vacas.", -24.2000, -65.2000},
	{"Isabel", "Cruz", auth.Consumer, "Cuyes y forraje.", -16.4090, -71.5375},
	{"Damián", "López", auth.Consumer, "Chivos y queso.", -22.7300, -64.7000},
}

// firstDemoNumber is the first of the community's numbers; the others follow.
const firstDemoNumber = 70020001

// Seed makes the demo community, all with the same password and each with a picture, and returns it.
// Who is there already stays as they are.
func (c *Core) Seed(ctx context.Context, plain string, picture func(int64) media.Upload) ([]auth.User, error) {
	hash, err := c.hash(ctx, plain, "", "password")
	if err != nil {
		return nil, err
	}
	var people []auth.User
	for i, d := range community {
		u, err := c.seedOne(ctx, d, fmt.Sprint(firstDemoNumber+i), hash)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.full, err)
		}
		if u, err = c.seedPicture(ctx, u, picture); err != nil {
			return nil, fmt.Errorf("picture of %s: %w", d.full, err)
		}
		people = append(people, auth.User{ID: u.ID, FullName: u.FullName, LastName: u.LastName, Picture: u.Picture,
			Role: auth.Role(u.Role), Active: u.IsActive})
	}
	return people, nil
}

func (c *Core) seedOne(ctx context.Context, d demo, digits, hash string) (u store.User, err error) {
	number := "+591" + digits
	u, err = c.store.ByPhone(ctx, number)
	if !errors.Is(err, auth.ErrUserUnknown) {
		return u, err
	}
	err = c.tx(ctx, func(ctx context.Context) error {
		u, err = c.add(ctx, Picture{}, store.NewUser{Phone: number, PhoneTyped: "+591 " + digits, Password: hash, Role: string(d.role),
			FullName: d.full, LastName: d.last, Bio: &d.bio, Latitude: &d.lat, Longitude: &d.lon})
		return err
	})
	return u, err
}

func (c *Core) seedPicture(ctx context.Context, u store.User, picture func(int64) media.Upload) (store.User, error) {
	if u.Picture != "" || c.deps.Media == nil {
		return u, nil
	}
	file := picture(u.ID)
	file.OwnerID = u.ID
	p, err := c.UploadPicture(ctx, file)
	if err != nil {
		return u, err
	}
	return c.SetPicture(ctx, authn.Principal{UserID: u.ID}, u.ID, p)
}
