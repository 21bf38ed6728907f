package store

import (
	"fmt"

	"agrovet/internal/platform/search/pgindex"
)

// query is what the index of terms is asked for.
func (f Find) query() pgindex.Query { return pgindex.Query{Groups: f.Groups, Must: f.Must, Any: f.Any} }

// ofAdvert are the attributes of the advert whose document d is.
const ofAdvert = "(select add.attributes from add where add.id = d.add_id)"

// conditions adds what the index of terms does not have, with the attributes of d as they are found.
func (f Find) conditions(s *pgindex.Statement, attributes string) {
	if len(f.Without) > 0 {
		s.Add(" and d.publisher_id <> all(%s)", s.Arg(f.Without))
	}
	if f.Near != nil {
		s.Add(" and %s <= %s", f.km(s), s.Arg(f.Near.KM))
	}
	for _, r := range f.Range {
		r.bounds(s, attributes)
	}
}

func (r Range) bounds(s *pgindex.Statement, attributes string) {
	kind, value := "numeric", "d."+r.Column
	if r.Attribute != "" {
		kind, value = r.attribute(s, attributes)
	}
	if r.Min != "" {
		s.Add(" and %s >= %s::text::%s", value, s.Arg(r.Min), kind)
	}
	if r.Max != "" {
		s.Add(" and %s <= %s::text::%s", value, s.Arg(r.Max), kind)
	}
}

// attribute is the value that an advert has, null when it is of another kind: definitions change, and
// categories below another one may define its attributes anew. Dates are ordered as they are written.
func (r Range) attribute(s *pgindex.Statement, attributes string) (kind, value string) {
	key := s.Arg(r.Attribute)
	if r.Date {
		return "text", fmt.Sprintf(`(select v from (select %s->>%s::text as v offset 0) a where v ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') collate "C"`, attributes, key)
	}
	return "numeric", fmt.Sprintf("(select case when jsonb_typeof(v) = 'number' then (v#>>'{}')::numeric end from (select %s->%s::text as v offset 0) a)", attributes, key)
}

// km is the distance, null without a place to reckon from.
func (f Find) km(s *pgindex.Statement) string {
	if f.Near == nil {
		return "null::double precision"
	}
	c := f.Near.Center
	return fmt.Sprintf("distance_km(%s, %s, d.latitude, d.longitude)", s.Arg(c.Latitude), s.Arg(c.Longitude))
}
