package httpx

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"agrovet/internal/platform/errs"
)

const maxDepth = 32 // of nested JSON

// FormatDecimal marks strings that are decimal numbers; clients may send numbers, too.
const FormatDecimal = "decimal"

// canonical brings a value to the types of the operation's input and writes it as JSON.
func canonical(registry huma.Registry, op *huma.Operation, value any) ([]byte, error) {
	schema := op.RequestBody.Content["application/json"].Schema
	s := shaper{registry: registry}
	value = s.shape(schema, value, "", 0)
	if s.bad != nil {
		return nil, s.all(schema, value)
	}
	return json.Marshal(value)
}

// shaper walks a value along a schema.
type shaper struct {
	registry huma.Registry
	bad      []errs.Field
}

func (s *shaper) fail(field string, text errs.Text) {
	if field == "" {
		field = wholeObject
	}
	s.bad = append(s.bad, errs.Field{Name: field, Text: text})
}

// all tells what the shaper found together with what validation finds in the other fields.
func (s *shaper) all(schema *huma.Schema, value any) error {
	path, found := huma.NewPathBuffer(nil, 0), &huma.ValidateResult{}
	path.Push("body")
	huma.Validate(s.registry, schema, path, huma.ModeWriteToServer, value, found)
	fields := slices.Clone(s.bad)
	for _, err := range found.Errors {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			continue
		}
		f := validationField(d)
		if !slices.ContainsFunc(s.bad, func(b errs.Field) bool { return b.Name == f.Name }) {
			fields = append(fields, f)
		}
	}
	return errs.InvalidFields(fields...)
}

func (s *shaper) resolve(schema *huma.Schema) *huma.Schema {
	for schema != nil && schema.Ref != "" {
		schema = s.registry.SchemaFromRef(schema.Ref)
	}
	return schema
}

func (s *shaper) shape(schema *huma.Schema, v any, field string, depth int) any {
	if depth > maxDepth {
		s.fail(field, textTooDeep)
		return nil
	}
	nullable := schema == nil || schema.Ref != "" || schema.Type == "" || schema.Nullable
	schema = s.resolve(schema)
	switch v := v.(type) {
	case nil:
		if !nullable && depth > 0 {
			s.fail(field, textNull)
		}
	case map[string]any:
		return s.object(schema, v, field, depth)
	case []any:
		return s.array(schema, v, field, depth)
	case string:
		return s.text(schema, v, field)
	case json.Number:
		return s.number(schema, v, field)
	}
	return v
}

// object shapes what the schema knows of and drops the rest: unknown fields are ignored, whatever
// is in them, and so are read-only ones, since clients send whole objects back.
func (s *shaper) object(schema *huma.Schema, object map[string]any, field string, depth int) any {
	for k, v := range object {
		sub, known := property(schema, k)
		if !known || sub != nil && sub.ReadOnly {
			delete(object, k)
			continue
		}
		name := field
		if name == "" {
			name = k
		}
		if !storable(k) {
			s.fail(name, textNUL)
			continue
		}
		object[k] = s.shape(sub, v, name, depth+1)
	}
	return object
}

// property is the schema of an object's field; known is false for fields that the schema does not
// have. Everything is known of a value without a schema.
func property(schema *huma.Schema, name string) (sub *huma.Schema, known bool) {
	if schema == nil || schema.Type != huma.TypeObject {
		return nil, true
	}
	if sub, known = schema.Properties[name]; known {
		return sub, true
	}
	if sub, known = schema.AdditionalProperties.(*huma.Schema); known {
		return sub, true
	}
	return nil, schema.Properties == nil
}

func (s *shaper) array(schema *huma.Schema, list []any, field string, depth int) any {
	var items *huma.Schema
	if schema != nil {
		items = schema.Items
		if schema.Type != huma.TypeArray && schema.Type != "" && len(list) > 0 && depth == 1 && allStrings(list) {
			// A form field that came twice: the last one counts, as in the original.
			return s.shape(schema, list[len(list)-1], field, depth)
		}
	}
	for i, v := range list {
		list[i] = s.shape(items, v, field, depth+1)
	}
	return list
}

func allStrings(list []any) bool {
	return !slices.ContainsFunc(list, func(v any) bool { _, ok := v.(string); return !ok })
}

// storable says whether PostgreSQL's text can hold the string.
func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// text brings a string to the schema's type when it can; validation complains when it cannot.
func (s *shaper) text(schema *huma.Schema, str, field string) any {
	str = strings.ToValidUTF8(str, "\uFFFD")
	if !storable(str) {
		s.fail(field, textNUL)
		return nil
	}
	if schema == nil {
		return str
	}
	trimmed := strings.TrimSpace(str)
	switch {
	case schema.Type == huma.TypeArray || schema.Type == huma.TypeObject:
		return s.embedded(schema, trimmed, field)
	case trimmed == "":
		return blank(schema, str)
	case trimmed == "null" && schema.Nullable && !freeText(schema):
		return nil // as browsers write null into a form
	case schema.Type == huma.TypeInteger || schema.Type == huma.TypeNumber:
		return s.number(schema, json.Number(trimmed), field)
	case schema.Type == huma.TypeBoolean:
		return boolean(trimmed)
	}
	return str
}

// blank reads a text of nothing but blanks: no value where the schema wants something else than
// text, and empty where it wants text with something in it.
func blank(schema *huma.Schema, str string) any {
	if schema.Type != huma.TypeString || schema.Format == FormatDecimal {
		if schema.Nullable {
			return nil
		}
		return str
	}
	if schema.MinLength != nil {
		return ""
	}
	return str
}

// freeText says whether the schema takes any text.
func freeText(schema *huma.Schema) bool {
	return schema.Type == huma.TypeString && schema.Format == "" && schema.Enum == nil
}

func boolean(text string) any {
	switch strings.ToLower(text) {
	case "true", "1", "on", "yes", "t":
		return true
	case "false", "0", "off", "no", "f":
		return false
	}
	return text
}

// number writes a number as Go's types read it, or complains.
func (s *shaper) number(schema *huma.Schema, n json.Number, field string) any {
	kind := ""
	if schema != nil {
		kind = schema.Type
	}
	switch kind {
	case huma.TypeString:
		return n.String()
	case huma.TypeBoolean:
		return boolean(n.String())
	case huma.TypeInteger:
		if i, ok := integer(n.String(), schema.Format); ok {
			return i
		}
		s.fail(field, textInteger)
		return nil
	}
	f, err := strconv.ParseFloat(n.String(), 64)
	switch {
	case err != nil || strings.Trim(n.String(), "+-.0123456789eE") != "":
		s.fail(field, textNumber)
		return nil
	case json.Valid([]byte(n)):
		return n
	}
	return json.Number(strconv.FormatFloat(f, 'g', -1, 64)) // +5, 007
}

// exact is the size up to which float64 knows every whole number.
const exact = 1 << 53

// integer reads a whole number that fits the format; 5.0 and 1e3 are whole.
func integer(text, format string) (json.Number, bool) {
	bits := 64
	if format == "int32" {
		bits = 32
	}
	if i, err := strconv.ParseInt(text, 10, bits); err == nil {
		return json.Number(strconv.FormatInt(i, 10)), true
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > exact || bits == 32 && math.Abs(f) > math.MaxInt32 {
		return "", false
	}
	return json.Number(strconv.FormatInt(int64(f), 10)), true
}

// embedded reads a list or object that a form carries as JSON text, or a single value of a list.
func (s *shaper) embedded(schema *huma.Schema, str, field string) any {
	if str == "" && schema.Type == huma.TypeArray {
		return []any{}
	}
	if v, err := readJSON([]byte(str)); err == nil {
		switch v.(type) {
		case map[string]any:
			return s.shape(schema, v, field, 1)
		case []any:
			return s.shape(schema, v, field, 2)
		}
	}
	if schema.Type == huma.TypeArray {
		return []any{s.shape(schema.Items, str, field, 2)}
	}
	return str
}
