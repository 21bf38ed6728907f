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
}

func checkSpecialist(_, s profiles.Specialist, _ bool) []errs.Field {
	return checkIDs("work_images_ids", s.WorkImageIDs)
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

func checkNothing[T any](_, _ T, _ bool) []errs.Field { return nil }

// unique keeps the first of equal ids, in a list that is never nil.
func unique(ids []int64) []int64 {
	out := make([]int64, 0, len(ids))
	seen := make(map[int64]bool, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// checkIDs refuses what cannot be an id. Whether such media exist is for the media module to say.
func checkIDs(field string, ids []int64) []errs.Field {
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
