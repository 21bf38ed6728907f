package core

import (
	"fmt"
	"strings"

	"agrovet/internal/platform/errs"
	"agrovet/internal/profiles"
)

// The rules about fields that their types, lengths and choices do not say; those are stated where
// the fields are declared (web) and, as the last net, in the table.

// check tells what is wrong with a change, by the fields' names in REST.
type check[T any] func(before, after T, whole bool) []errs.Field

// tidySpecialist brings what a client sent into the form in which it is kept.
func tidySpecialist(s *profiles.Specialist) {
	s.AboutUs = strings.TrimSpace(s.AboutUs)
	s.WorkImageIDs = unique(s.WorkImageIDs)
	s.Species, s.Services = unique(s.Species), unique(s.Services)
	s.Place.Name = strings.TrimSpace(s.Place.Name)
}

func checkSpecialist(_, s profiles.Specialist, _ bool) []errs.Field {
	wrong := checkIDs("work_images_ids", s.WorkImageIDs)
	return append(wrong, checkPlace(s.Place)...)
}

func tidyBusinessman(b *profiles.Businessman) {
	b.BusinessName = strings.TrimSpace(b.BusinessName)
	b.Descriptions = strings.TrimSpace(b.Descriptions)
	b.Contact = strings.TrimSpace(b.Contact)
	b.ProductIDs = unique(b.ProductIDs)
}

func checkBusinessman(before, b profiles.Businessman, whole bool) []errs.Field {
	wrong := checkIDs("products_and_services_ids", b.ProductIDs)
	for _, f := range []struct{ name, before, after string }{
		{"business_name", before.BusinessName, b.BusinessName},
		{"descriptions", before.Descriptions, b.Descriptions},
		{"contact", before.Contact, b.Contact},
	} {
		// Clients send whole objects back, so what was blank may stay blank for the time being.
		if f.after == "" && (whole || f.before != "") {
			wrong = append(wrong, errs.Field{Name: f.name, Text: errs.Text{
				ES: "Este campo no puede estar en blanco.", EN: "This field may not be blank."}})
		}
	}
	return wrong
}

// unique keeps the first of equals, in a list that is never nil.
func unique[T comparable](all []T) []T {
	out := make([]T, 0, len(all))
	seen := make(map[T]bool, len(all))
	for _, one := range all {
		if !seen[one] {
			seen[one] = true
			out = append(out, one)
		}
	}
	return out
}

// maxPictures is how many pictures a profile has at most.
const maxPictures = 100

var textTooMany = errs.Text{
	ES: fmt.Sprintf("Asegúrese de que este campo no tenga más de %d elementos.", maxPictures),
	EN: fmt.Sprintf("Ensure this field has no more than %d elements.", maxPictures),
}

// checkIDs refuses too many, and what cannot be an id. Whether such media exist is for the media
// module to say (files.go).
func checkIDs(field string, ids []int64) []errs.Field {
	if len(ids) > maxPictures {
		return []errs.Field{{Name: field, Text: textTooMany}}
	}
	for _, id := range ids {
		if id < 1 {
			return []errs.Field{{Name: field, Text: errs.Text{
				ES: fmt.Sprintf("Clave primaria \"%d\" inválida - objeto no existe.", id),
				EN: fmt.Sprintf("Invalid pk \"%d\" - object does not exist.", id),
			}}}
		}
	}
	return nil
}

// textRequired is for fields that are missing.
var textRequired = errs.Text{ES: "Este campo es requerido.", EN: "This field is required."}

// checkPlace refuses half a place.
func checkPlace(p profiles.Place) []errs.Field {
	switch {
	case p.Latitude == nil && p.Longitude != nil:
		return []errs.Field{{Name: "latitude", Text: textRequired}}
	case p.Latitude != nil && p.Longitude == nil:
		return []errs.Field{{Name: "longitude", Text: textRequired}}
	}
	return nil
}
