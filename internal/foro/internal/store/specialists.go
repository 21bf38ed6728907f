package store

import (
	"cmp"
	"context"
	"slices"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/geo"
)

// planeFactor is how many more are taken by the distance on the plane of degrees, which is not that on Earth.
const planeFactor = 10

// Specialists are verified ones who know the species of a question, or any when it has none: the nearest first,
// then those whose place is not known. The asker is not among them.
func (s Store) Specialists(ctx context.Context, p foro.Post, limit int) ([]int64, error) {
	type person struct {
		id int64
		km float64
	}
	var near []person
	if p.Place != nil {
		rows, err := queries.SpecialistsNear(ctx, s.DB.Q(ctx), forodb.SpecialistsNearParams{Species: notNil(p.Species), Without: p.AuthorID,
			Latitude: p.Place.Latitude, Longitude: p.Place.Longitude, MaxRows: int32(planeFactor * limit)})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			near = append(near, person{r.UserID, p.Place.KM(geo.Point{Latitude: *r.Latitude, Longitude: *r.Longitude})})
		}
	}
	slices.SortFunc(near, func(a, b person) int { return cmp.Or(cmp.Compare(a.km, b.km), cmp.Compare(a.id, b.id)) })
	found := make([]int64, 0, limit)
	for _, n := range near[:min(limit, len(near))] {
		found = append(found, n.id)
	}
	if len(found) == limit {
		return found, nil
	}
	rest, err := queries.SpecialistsAnywhere(ctx, s.DB.Q(ctx), forodb.SpecialistsAnywhereParams{Species: notNil(p.Species),
		Without: append(slices.Clone(found), p.AuthorID), Seed: p.ID, MaxRows: int32(limit - len(found))})
	return append(found, rest...), err
}
