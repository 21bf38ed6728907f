package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/platform/errs"
)

// maxDefinitions is how many bytes of JSON define the attributes of a category.
const maxDefinitions = 256 << 10

// ParseDefinitions reads the attributes of one category as staff sends them: a JSON list of
// [Attribute] objects, unknown properties refused; null is an empty list. It reports all that is
// wrong, named like attributes.2.options.0.key, counted from 0. What it returns has its limits in
// plain form; written as JSON it reads the same again.
func ParseDefinitions(data []byte) ([]Attribute, []errs.Field) {
	var raw []json.RawMessage
	switch {
	case len(data) > maxDefinitions:
		return nil, []errs.Field{{Name: Field, Text: errs.Text{ES: "Es demasiado largo.", EN: "It is too long."}}}
	case json.Unmarshal(data, &raw) != nil:
		return nil, []errs.Field{{Name: Field, Text: textList}}
	case len(raw) > maxAttributes:
		return nil, []errs.Field{{Name: Field, Text: textMany(maxAttributes)}}
	}
	defs := make([]Attribute, len(raw))
	var wrong []errs.Field
	for i := range raw {
		p := decode(raw[i], &defs[i])
		if len(p) == 0 {
			defs[i] = plain(defs[i])
			p = check(defs[i])
		}
		if _, twice := ByKey(defs[:i], defs[i].Key); twice {
			p.add("key", textRepeated)
		}
		wrong = append(wrong, p.fields(Field+"."+strconv.Itoa(i))...)
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return defs, nil
}

// decode reads one definition strictly.
func decode(raw json.RawMessage, a *Attribute) problems {
	if !bytes.HasPrefix(raw, []byte("{")) {
		return problems{{"", errs.Text{ES: "Datos inválidos. Se esperaba un diccionario.", EN: "Invalid data. Expected a dictionary."}}}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(a)
	if err == nil {
		return nil
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return problems{{kind.Field, errs.Text{ES: "Valor inválido.", EN: "Invalid value."}}}
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return problems{{"", format("No hay una propiedad %s.", "There is no property %s.", clip(name))}}
	}
	return problems{{"", errs.Text{ES: "Contiene un número inválido.", EN: "It has an invalid number."}}} // a json.Number of text
}

// plain gives a definition its one form: limits that are numbers plain, no options as nil.
func plain(a Attribute) Attribute {
	for _, limit := range []*json.Number{&a.Min, &a.Max} {
		if d, ok := measure.ParseDecimal(limit.String()); ok && d.Digits() <= readable {
			*limit = json.Number(d.Plain())
		}
	}
	if len(a.Options) == 0 {
		a.Options = nil
	}
	return a
}

// fields names the problems of what stands at where.
func (p problems) fields(where string) []errs.Field {
	var fields []errs.Field
	for _, one := range p {
		name := where
		if one.what != "" {
			name += "." + one.what
		}
		fields = append(fields, errs.Field{Name: name, Text: one.text})
	}
	return fields
}
