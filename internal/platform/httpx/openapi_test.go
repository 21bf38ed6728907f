package httpx

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// openapi is the served document of a server.
func openapi(t testing.TB, s *Server) map[string]any {
	t.Helper()
	return get("/openapi.json").to(t, s).decode()
}

// at walks into a decoded document.
func at(t testing.TB, doc any, path ...string) any {
	t.Helper()
	for _, p := range path {
		object, ok := doc.(map[string]any)
		require.True(t, ok, "%v in %v", p, path)
		doc = object[p]
	}
	return doc
}

func TestEveryTypedRouteIsInTheDocument(t *testing.T) {
	t.Parallel()
	s := guarded(t)
	(&zoo{}).register(s)
	doc := openapi(t, s)
	typed, ids := 0, map[any]bool{}
	for _, r := range s.Routes() {
		if r.ID == "" {
			continue
		}
		typed++
		op := at(t, doc, "paths", r.Path, strings.ToLower(r.Method))
		require.NotNil(t, op, r.Path)
		require.False(t, ids[at(t, op, "operationId")])
		ids[at(t, op, "operationId")] = true
		require.Contains(t, at(t, op, "description"), "Access: "+r.Access.String()+".")
		require.Equal(t, !r.Access.Anonymous(), at(t, op, "security") != nil)
	}
	require.Equal(t, 11, typed)
}

func TestWhatAnyStepCanAnswerIsDeclared(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	(&zoo{}).register(s)
	doc := openapi(t, s)
	for route, statuses := range map[string]string{
		"/zoo/ get":         "200 304 400 401 404 429 500 503 504",
		"/zoo/ post":        "201 400 401 409 413 415 422 429 500 503 504",
		"/zoo/{id}/ get":    "200 304 400 401 404 429 500 503 504",
		"/zoo/{id}/ patch":  "200 400 401 403 404 409 413 415 422 429 500 503 504",
		"/zoo/{id}/ delete": "204 400 401 403 404 409 413 415 422 429 500 503 504",
	} {
		path, method, _ := strings.Cut(route, " ")
		responses := at(t, doc, "paths", path, method, "responses").(map[string]any)
		require.ElementsMatch(t, strings.Fields(statuses), keysOf(responses), route)
		for status, response := range responses {
			if status >= "400" {
				require.Equal(t, "#/components/schemas/Error", at(t, response, "content", "application/json", "schema", "$ref"))
			}
		}
	}
}

func keysOf(m map[string]any) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

func TestBodiesAreDocumentedInTheirThreeForms(t *testing.T) {
	t.Parallel()
	doc := openapi(t, notes(t))
	content := at(t, doc, "paths", "/notes/", "post", "requestBody", "content").(map[string]any)
	require.ElementsMatch(t, []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data"}, keysOf(content))
	multipart := at(t, content, "multipart/form-data", "schema", "allOf").([]any)
	require.Equal(t, "#/components/schemas/Note", at(t, multipart[0], "$ref"))
	require.Equal(t, map[string]any{"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"},
		at(t, multipart[1], "properties", "photo"))
	require.Nil(t, at(t, doc, "paths", "/ping/", "post", "requestBody"))
}

func TestWhatCanBeNullSaysSo(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	(&zoo{}).register(s)
	animal := at(t, openapi(t, s), "components", "schemas", "Animal", "properties")
	require.Equal(t, []any{"cow", "hen", nil}, at(t, animal, "kind", "enum"))
	require.Equal(t, []any{"string", "null"}, at(t, animal, "kind", "type"))
	require.Equal(t, "array", at(t, animal, "tags", "type"))
	require.Equal(t, []any{map[string]any{"$ref": "#/components/schemas/Owner"}, map[string]any{"type": "null"}},
		at(t, animal, "owner", "anyOf"))
}

func TestReferencesInTheDocumentLeadSomewhere(t *testing.T) {
	t.Parallel()
	s := notes(t)
	(&zoo{}).register(s)
	doc := openapi(t, s)
	refs := 0
	var walk func(node any)
	walk = func(node any) {
		switch n := node.(type) {
		case map[string]any:
			if ref, ok := n["$ref"].(string); ok {
				refs++
				require.NotNil(t, at(t, doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...), ref)
			}
			for _, child := range n {
				walk(child)
			}
		case []any:
			for _, child := range n {
				walk(child)
			}
		}
	}
	walk(doc)
	require.Greater(t, refs, 20)
}

func TestSchemasOfModulesDoNotCollide(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"agrovet/internal/auth/internal/web.user":       "AuthUser",
		"agrovet/internal/foro.User":                    "ForoUser",
		"agrovet/internal/chat/internal/web.ChatRoom":   "ChatRoom",
		"agrovet/internal/platform/httpx.Page":          "Page",
		"agrovet/internal/marketplace/marketplacemod.x": "MarketplaceX",
	} {
		m := moduleType.FindStringSubmatch(name)
		require.Equal(t, want, moduleWord(m[1], m[2]), name)
	}
	require.Equal(t, "PageAnimal", schemaName(reflect.TypeFor[Page[animal]](), ""))
	require.Equal(t, "PageAnimal", schemaName(reflect.TypeFor[*Page[animal]](), ""))
	require.Equal(t, "Hint", schemaName(reflect.TypeFor[struct{ X int }](), "hint"))
}

// FuzzBody sends any body of any kind: the answer is the note or a told mistake, never a 500, and
// what was accepted is accepted again.
func FuzzBody(f *testing.F) {
	kinds := []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", ""}
	for i, seed := range []string{
		`{"title":"a","count":"3","tags":["x"],"extra":{"a":[1,null,1e5]},"place":{"lat":1}}`, `title=a&count=3&tags=x&tags=y`,
		"--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\r\n--b--\r\n", `x`, ``, `null`, `[]`, `{"title":null}`,
		`{"title":"\u0000\ud800","count":1e400,"small":-2147483649,"weight":"-.5e-7","alive":"on","page":"::"}`,
		`title=%00%ff&place={"lat":"1"}&extra=[[[`, `{"title":"a","extra":` + strings.Repeat(`{"a":`, 40) + `1` + strings.Repeat(`}`, 40) + `}`,
	} {
		f.Add(i%len(kinds), seed)
		f.Add(0, seed)
		f.Add(1, seed)
	}
	s := notes(f)
	f.Fuzz(func(t *testing.T, kind int, body string) {
		send := post("/notes/", body).with("Content-Type", kinds[(kind%len(kinds)+len(kinds))%len(kinds)])
		got := send.to(t, s)
		require.Contains(t, []int{201, 400, 413, 415}, got.status, got.body)
		require.True(t, json.Valid([]byte(got.body)))
		if got.status == 201 {
			again := post("/notes/", got.body).to(t, s)
			require.Equal(t, 201, again.status, "%s became %s: %s", body, got.body, again.body)
			require.JSONEq(t, got.body, again.body)
		}
	})
}

// What the fuzzer's schema promises holds for real answers, too.
func TestAnswersHaveExactlyTheDocumentedFields(t *testing.T) {
	t.Parallel()
	z := openZoo(t)(2)
	s := z.register(newServer(t))
	made := post("/zoo/", `{"name":"a"}`).to(t, s).decode()
	schema := at(t, openapi(t, s), "components", "schemas", "Animal")
	require.ElementsMatch(t, keysOf(at(t, schema, "properties").(map[string]any)), keysOf(made))
	require.Len(t, at(t, schema, "required"), len(made))
}
