package core

import (
	"context"

	"agrovet/internal/auth"
	"agrovet/internal/foro"
)

// The slugs of the communities that the forum comes with; the original's clients know them (contract: data.md §7).
const (
	general     = "general"
	farmers     = "ganaderos-agricultores-animales"
	specialists = "especialistas-salud"
	businesses  = "agronegocios"
)

// standard are the communities that the forum comes with.
var standard = []foro.Community{
	{Slug: general, Name: "General", ShortDescription: "El lugar de encuentro de todos: presentaciones, novedades y lo que no cabe en otra comunidad."},
	{Slug: farmers, Name: "Ganaderos, Agricultores y Dueños de Animales",
		ShortDescription: "Para quienes crían, siembran o cuidan animales: dudas, experiencias y consejos del día a día."},
	{Slug: specialists, Name: "Especialistas en Salud Animal y Vegetal",
		ShortDescription: "Para veterinarios, agrónomos y otros profesionales: casos, tratamientos y buenas prácticas."},
	{Slug: businesses, Name: "Agronegocios", ShortDescription: "Para agroveterinarias y empresas del campo: productos, precios, proveedores y oportunidades."},
}

// defaults are the communities that somebody with a role is put into (contract: events.md §4).
func defaults(role auth.Role) []string {
	switch role {
	case auth.Consumer:
		return []string{general, farmers}
	case auth.Specialist:
		return []string{general, specialists}
	case auth.Businessman:
		return []string{general, businesses}
	}
	return []string{general}
}

// SeedCommunities makes the communities of a new installation. Where there is any of them staff has had its say:
// nothing is made. Several processes may do so at once.
func (c *Core) SeedCommunities(ctx context.Context) error {
	return c.DB.Tx(ctx, func(ctx context.Context) error {
		made, err := c.store.Seed(ctx, standard)
		if err != nil {
			return err
		}
		for _, m := range made {
			if err := c.store.PutWords(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
}
