package web

import (
	"context"
	"math"
	"strings"

	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/core"
	"agrovet/internal/profiles/internal/store"
	"agrovet/internal/profiles/profilesjson"
)

// FindInput is what a list of specialists is asked with.
type FindInput struct {
	ListInput
	Near       string   `query:"near" doc:"Latitude,longitude: nearest first, by the rough places of those who show theirs." example:"-17.78,-63.18"`
	RadiusKM   float64  `query:"radius_km" default:"50" doc:"With near: how far, in km; more than 0, at most 500."`
	Profession string   `query:"profession" enum:"Veterinario,Agrónomo,Zootecnista"`
	Species    []string `query:"species" maxItems:"20" enum:"bovinos,ovinos,caprinos,porcinos,equinos,aves,camelidos,peces,abejas,perros,gatos,cultivos,pastos,otros" doc:"Words with commas between them: works with all of these."`
	Services   []string `query:"services" maxItems:"20" enum:"consultas,domicilio,en_linea,cirugia,vacunacion,laboratorio,inseminacion,asesoria,otros" doc:"Words with commas between them: does all of these."`
	Verified   bool     `query:"verified" doc:"True: only verified specialists."`
	Search     string   `query:"search" doc:"Words, split at blanks and commas; all must occur in profession, place, species, services or about_us. The first 8 count, of the first 100 characters."`
}

const findDoc = "Made profiles: nearest first with `near`, else in the order of their ids. All filters must be true of each. " +
	"Distances are those of the rough places, for everybody. With `object_id` only that user's, which is then shown as by its own address."

const (
	maxRadius = 500 // km
	maxSearch = 100 // characters of a search that count
	maxWords  = 8   // of them
)

// finder lists specialists.
type finder struct {
	kind[profiles.Specialist, profilesjson.Specialist]
}

func (f finder) find(ctx context.Context, in *FindInput) (*httpx.Body[httpx.Page[profilesjson.Specialist]], error) {
	filter, err := in.filter()
	if err != nil {
		return nil, err
	}
	return f.listOf(ctx, &in.ListInput, source[profiles.Specialist]{
		page: func(ctx context.Context, s store.Span) ([]core.Shown[profiles.Specialist], bool, error) {
			return f.core.Find(ctx, filter, s)
		},
		count:      func(ctx context.Context, limit int) (int64, error) { return f.core.FindCount(ctx, filter, limit) },
		byDistance: filter.Near != nil,
	})
}

func (in *FindInput) filter() (store.Filter, error) {
	f := store.Filter{Profession: in.Profession, Species: in.Species, Services: in.Services, Verified: in.Verified, Words: words(in.Search)}
	if !(in.RadiusKM > 0) { // also what is no number
		return f, errs.InField("radius_km", "Asegúrese de que este valor es mayor que 0.", "Ensure this value is greater than 0.")
	}
	if in.RadiusKM > maxRadius {
		return f, errs.InField("radius_km", "Asegúrese de que este valor es menor o igual a 500.", "Ensure this value is less than or equal to 500.")
	}
	if in.Near == "" {
		return f, nil
	}
	p, wrong := httpx.ReadPoint(in.Near)
	if wrong != (errs.Text{}) {
		return f, errs.InvalidFields(errs.Field{Name: "near", Text: wrong})
	}
	f.Near = &store.Circle{Circle: geo.Circle{Center: p, KM: in.RadiusKM}}
	return f, nil
}

// words splits a search at blanks and commas, as the original did.
func words(search string) []string {
	if letters := []rune(search); len(letters) > maxSearch {
		search = string(letters[:maxSearch])
	}
	all := strings.FieldsFunc(search, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
	return all[:min(len(all), maxWords)]
}

// tenths rounds a distance to what is shown of it.
func tenths(km *float64) *float64 {
	if km == nil {
		return nil
	}
	shown := math.Round(*km*10) / 10
	return &shown
}
