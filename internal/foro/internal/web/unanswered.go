package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"agrovet/internal/foro/internal/core"
	"agrovet/internal/platform/errs"
	"agrovet/internal/platform/geo"
	"agrovet/internal/platform/httpx"
	"agrovet/internal/platform/search"
	"agrovet/internal/profiles"
)

const unansweredDoc = "Questions of others without an accepted or validated answer, the newest first. A specialist who filters by nothing gets what concerns them: " +
	"their species and questions that name none, within 200 km of where they work or without a place; `all=true` is everything. " +
	"With a place the newest 1,000 questions are looked through that fit otherwise, with `tag` the tag's newest 2,000 posts."

func registerUnanswered(r *httpx.Router, h handlers) {
	httpx.Handle(r, httpx.Route{Method: http.MethodGet, Path: root + "posts/unanswered/", ID: "foro.posts.unanswered", Summary: "List questions without an answer", Doc: unansweredDoc,
		Access: httpx.Member}, h.unanswered)
}

// UnansweredInput is what the list is asked with.
type UnansweredInput struct {
	httpx.PageParams
	Species  []string `query:"species,explode" maxItems:"20" doc:"About one of these; may be given several times, or with commas."`
	Tag      string   `query:"tag" maxLength:"100"`
	Near     string   `query:"near" doc:"Latitude,longitude." example:"-17.78,-63.18"`
	RadiusKM float64  `query:"radius_km" default:"200" doc:"With near: how far, in km; more than 0, at most 2000."`
	All      bool     `query:"all" doc:"True: everything, for specialists too."`
}

const maxRadius = 2000 // km

func (in *UnansweredInput) circle() (*geo.Circle, error) {
	switch {
	case !(in.RadiusKM > 0): // also what is no number
		return nil, errs.InField("radius_km", "Asegúrese de que este valor es mayor que 0.", "Ensure this value is greater than 0.")
	case in.RadiusKM > maxRadius:
		return nil, errs.InField("radius_km", "Asegúrese de que este valor es menor o igual a 2000.", "Ensure this value is less than or equal to 2000.")
	case in.Near == "":
		return nil, nil
	}
	p, wrong := httpx.ReadPoint(in.Near)
	if wrong != (errs.Text{}) {
		return nil, errs.InvalidFields(errs.Field{Name: "near", Text: wrong})
	}
	return &geo.Circle{Center: p, KM: in.RadiusKM}, nil
}

// species are the words that were given, each once.
func (in *UnansweredInput) species() ([]string, error) {
	all := strings.FieldsFunc(strings.Join(in.Species, ","), func(r rune) bool { return r == ',' })
	for _, s := range all {
		if !slices.Contains(profiles.Species, s) {
			return nil, errs.InField("species", fmt.Sprintf("%q no es una elección válida.", s), fmt.Sprintf("%q is not a valid choice.", s))
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func (h handlers) unanswered(ctx context.Context, in *UnansweredInput) (*httpx.Body[httpx.Page[Post]], error) {
	circle, err := in.circle()
	if err != nil {
		return nil, err
	}
	species, err := in.species()
	if err != nil {
		return nil, err
	}
	u, err := h.core.Unanswered(ctx, species, search.Fold(in.Tag), circle, in.All)
	if err != nil {
		return nil, err
	}
	return httpx.Paged(httpx.List(ctx, in.PageParams, byID(u.Count, u.Rows, func(s core.Shown) int64 { return s.ID }), httpx.Each(post)))
}
