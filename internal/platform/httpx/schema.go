package httpx

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/yaml"
)

// moduleType finds the types of modules in a name: "agrovet/internal/auth/internal/web.User".
var moduleType = regexp.MustCompile(`[\w./-]*?internal/(\w+)/?[\w./-]*\.(\w+)`)

// schemaName names a type's schema in the document. Modules have types of the same name, so the
// module's name comes first: auth's User is AuthUser, and a page of them PageAuthUser.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := moduleType.ReplaceAllStringFunc(t.Name(), func(path string) string {
		m := moduleType.FindStringSubmatch(path)
		return moduleWord(m[1], m[2])
	})
	if m := moduleType.FindStringSubmatch(t.PkgPath() + ".x"); m != nil && name != "" {
		name = moduleWord(m[1], name)
	}
	return huma.DefaultSchemaNamer(namedType{t, name}, hint)
}

func moduleWord(module, name string) string {
	word := capital(module)
	name = capital(name)
	if module == "platform" || strings.HasPrefix(name, word) {
		return name
	}
	return word + name
}

// Schemas is a registry that names and makes schemas as the OpenAPI document's does, for other documents about the
// same types.
func Schemas() huma.Registry {
	install()
	return huma.NewMapRegistry("#/components/schemas/", schemaName)
}

// CompleteSchemas says in a decoded document, whose components are the registry's, what can be null.
func CompleteSchemas(registry huma.Registry, doc map[string]any) {
	nullableObjects(registry, doc)
	nullableChoices(doc)
}

// hiddenField finds a struct that is embedded under an unexported name somewhere in t. Its fields
// would not be read or documented, though encoding/json writes them; "" when there is none.
func hiddenField(t reflect.Type, seen map[reflect.Type]bool) string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] || !strings.Contains(t.PkgPath()+"/", "agrovet/") && t.Name() != "" {
		return ""
	}
	seen[t] = true
	for f := range t.Fields() {
		if f.Anonymous && !f.IsExported() {
			return t.String() + "." + f.Name
		}
		if found := hiddenField(f.Type, seen); found != "" && f.IsExported() {
			return found
		}
	}
	return ""
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// namedType is a type under another name.
type namedType struct {
	reflect.Type
	name string
}

func (t namedType) Name() string { return t.name }

// documentJSON is the OpenAPI document as it is served.
func (s *Server) documentJSON() ([]byte, error) {
	raw, err := s.api.OpenAPI().MarshalJSON()
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	CompleteSchemas(s.api.OpenAPI().Components.Schemas, doc)
	return json.Marshal(doc)
}

func documentYAML(doc []byte) ([]byte, error) {
	var b bytes.Buffer
	err := yaml.Convert(&b, bytes.NewReader(doc))
	return b.Bytes(), err
}

// nullableObjects says of fields that point to objects that they can be null, which huma leaves out.
func nullableObjects(registry huma.Registry, doc map[string]any) {
	components, _ := doc["components"].(map[string]any)
	schemas, _ := components["schemas"].(map[string]any)
	for name, schema := range schemas {
		t := registry.TypeFromRef("#/components/schemas/" + name)
		object, _ := schema.(map[string]any)
		properties, _ := object["properties"].(map[string]any)
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, f := range reflect.VisibleFields(t) {
			key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			p, _ := properties[key].(map[string]any)
			if p["$ref"] != nil && f.Type.Kind() == reflect.Pointer && !strings.Contains(options, "omit") {
				properties[key] = map[string]any{"anyOf": []any{p, map[string]any{"type": "null"}}}
			}
		}
	}
}

// nullableChoices adds null to the choices of fields that can be null.
func nullableChoices(node any) {
	switch n := node.(type) {
	case map[string]any:
		types, _ := n["type"].([]any)
		if choices, ok := n["enum"].([]any); ok && slices.Contains(types, any("null")) && !slices.Contains(choices, nil) {
			n["enum"] = append(choices, nil)
		}
		for _, child := range n {
			nullableChoices(child)
		}
	case []any:
		for _, child := range n {
			nullableChoices(child)
		}
	}
}
