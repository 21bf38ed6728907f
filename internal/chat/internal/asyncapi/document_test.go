package asyncapi_test

import (
	"compress/gzip"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/chat"
	"agrovet/internal/chat/internal/asyncapi"
	"agrovet/internal/media"
)

var events = []asyncapi.Event{
	{Payload: chat.MessageSent{}, Summary: "A message is stored."},
	{Payload: media.Shown{Module: "chat"}, Summary: "A message shows files."},
	{Payload: auth.CodeRequested{}, Summary: "Nobody's business."},
}

func document(t testing.TB) (doc map[string]any) {
	t.Helper()
	b, err := asyncapi.Document("1.2.3", events)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &doc))
	return doc
}

// TestTheDocumentIsAsyncAPI holds it against the specification's own schema (testdata; npm @asyncapi/specs 6.11.1).
func TestTheDocumentIsAsyncAPI(t *testing.T) {
	t.Parallel()
	schema := officialSchema(t)
	doc := document(t)
	require.NoError(t, schema.Validate(doc))
	delete(doc["operations"].(map[string]any)["all.send"].(map[string]any), "action")
	require.Error(t, schema.Validate(doc), "the schema is one that can fail")
}

func officialSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open("testdata/asyncapi-3.0.0.json.gz")
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	source, err := jsonschema.UnmarshalJSON(z)
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("asyncapi.json", source))
	schema, err := c.Compile("asyncapi.json")
	require.NoError(t, err)
	return schema
}

// TestEveryFrameIsInTheDocument reads the constants of package wire: the document has each, under its direction.
func TestEveryFrameIsInTheDocument(t *testing.T) {
	t.Parallel()
	messages := document(t)["components"].(map[string]any)["messages"].(map[string]any)
	found := 0
	for name, value := range constants(t, "../wire") {
		side := "server."
		switch {
		case strings.HasPrefix(name, "Ask"):
			side = "client."
		case !strings.HasPrefix(name, "Type"):
			continue
		}
		require.Contains(t, messages, side+value, name)
		found++
	}
	require.Greater(t, found, 25)
}

// constants are the texts that a package names.
func constants(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := fs.Glob(os.DirFS(dir), "*.go")
	require.NoError(t, err)
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), dir+"/"+name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if lit, ok := spec.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				out[spec.Names[0].Name], _ = strconv.Unquote(lit.Value)
			}
			return true
		})
	}
	return out
}

func TestReferencesLeadSomewhere(t *testing.T) {
	t.Parallel()
	doc := document(t)
	refs := 0
	var walk func(node any)
	walk = func(node any) {
		switch n := node.(type) {
		case map[string]any:
			if ref, ok := n["$ref"].(string); ok {
				refs++
				var target any = doc
				for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
					object, ok := target.(map[string]any)
					require.True(t, ok, ref)
					require.Contains(t, object, step, ref)
					target = object[step]
				}
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
	require.Greater(t, refs, 100)
}

func TestSchemasAreThoseOfTheTypes(t *testing.T) {
	t.Parallel()
	schemas := document(t)["components"].(map[string]any)["schemas"].(map[string]any)
	message := schemas["ChatMessage"].(map[string]any)["properties"].(map[string]any)
	require.Contains(t, message, "client_msg_id")
	require.Equal(t, []any{map[string]any{"$ref": "#/components/schemas/ChatReply"}, map[string]any{"type": "null"}}, message["reply_to"].(map[string]any)["anyOf"])
	typing := schemas["ChatTyping"].(map[string]any)["properties"].(map[string]any)
	require.Contains(t, typing, "room_id", "fields of embedded types are there")
}

func TestEventsHaveTheirKeyAndEnvelope(t *testing.T) {
	t.Parallel()
	doc := document(t)
	messages := doc["components"].(map[string]any)["messages"].(map[string]any)
	m := messages["chat.events.chat.message.sent"].(map[string]any)
	key := m["bindings"].(map[string]any)["kafka"].(map[string]any)["key"].(map[string]any)
	require.Equal(t, "`room_id`, as text: events of one key are in order.", key["description"])
	payload := m["payload"].(map[string]any)["properties"].(map[string]any)
	require.Equal(t, "chat.message.sent", payload["type"].(map[string]any)["const"])
	require.Contains(t, doc["channels"], "chat.media")
	require.NotContains(t, doc["channels"], "auth.internal")
	_, err := asyncapi.Document("1", append(events[:1:1], events[0]))
	require.ErrorContains(t, err, "twice")
}
