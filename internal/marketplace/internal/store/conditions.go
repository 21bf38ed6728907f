package store

import "fmt"

// terms adds the conditions that the index of terms has, each list of terms as array writes it.
func (s *statement) terms(f Find, array func([]int64) string) {
	if len(f.Must) > 0 {
		s.add(" and l.terms @> %s", array(f.Must))
	}
	for _, any := range f.Any {
		s.add(" and l.terms && %s", array(any))
	}
	for _, g := range f.Groups {
		s.add(" and (l.terms && %s", array(g.Any()))
		for _, phrase := range g.Phrases() {
			s.add(" or l.terms @> %s", array(phrase))
		}
		s.add(")")
	}
}

// rest adds the other conditions.
func (s *statement) rest(f Find, below int64) {
	if below != 0 {
		s.add(" and l.add_id + 0 < %s", s.arg(below)) // most are below: the index of ids would only be in the way
	}
	if len(f.Without) > 0 {
		s.add(" and l.publisher_id <> all(%s)", s.arg(f.Without))
	}
	if f.Near != nil {
		s.add(" and %s <= %s", s.km(f), s.arg(f.Near.KM))
	}
	for _, r := range f.Range {
		s.bounds(r)
	}
}

func (s *statement) bounds(r Range) {
	kind, value := "numeric", "l."+r.Column
	if r.Attribute != "" {
		kind, value = s.attribute(r)
	}
	if r.Min != "" {
		s.add(" and %s >= %s::text::%s", value, s.arg(r.Min), kind)
	}
	if r.Max != "" {
		s.add(" and %s <= %s::text::%s", value, s.arg(r.Max), kind)
	}
}

// attribute is the value that an advert has, null when it is of another kind: definitions change, and
// categories below another one may define its attributes anew. Dates are ordered as they are written.
func (s *statement) attribute(r Range) (kind, value string) {
	attributes, key := s.attributes, s.arg(r.Attribute)
	if attributes == "" {
		attributes = "(select add.attributes from add where add.id = l.add_id)"
	}
	if r.Date {
		return "text", fmt.Sprintf(`(select v from (select %s->>%s::text as v offset 0) a where v ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') collate "C"`, attributes, key)
	}
	return "numeric", fmt.Sprintf("(select case when jsonb_typeof(v) = 'number' then (v#>>'{}')::numeric end from (select %s->%s::text as v offset 0) a)", attributes, key)
}

func (s *statement) below(id int64) string {
	if id == 0 {
		return "9223372036854775807"
	}
	return s.arg(id)
}
