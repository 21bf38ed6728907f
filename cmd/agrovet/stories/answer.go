package stories

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// answer is what came back, read whole: of a request, or a frame.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	raw    string
	tree   any
}

// find walks to a place such as "results.0.user.id"; "#" is the length of a list, and "*.id" that of each of its rows.
func find(tree any, path string) (any, bool) {
	if path == "" {
		return tree, true
	}
	head, rest, _ := strings.Cut(path, ".")
	switch v := tree.(type) {
	case map[string]any:
		next, ok := v[head]
		if !ok {
			return nil, false
		}
		return find(next, rest)
	case []any:
		return findIn(v, head, rest)
	}
	return nil, false
}

func findIn(rows []any, head, rest string) (any, bool) {
	switch head {
	case "#":
		return float64(len(rows)), true
	case "*":
		each := []any{}
		for _, row := range rows {
			v, _ := find(row, rest)
			each = append(each, v)
		}
		return each, true
	}
	i, err := strconv.Atoi(head)
	if err != nil || i < 0 || i >= len(rows) {
		return nil, false
	}
	return find(rows[i], rest)
}

// at is what stands there, which must be something.
func (a answer) at(path string) any {
	a.t.Helper()
	v, ok := find(a.tree, path)
	require.True(a.t, ok, "no %s in %s", path, a.raw)
	return v
}

func (a answer) text(path string) string {
	a.t.Helper()
	v, ok := a.at(path).(string)
	require.True(a.t, ok, "%s is no text in %s", path, a.raw)
	return v
}

func (a answer) id(path string) int64 {
	a.t.Helper()
	v, ok := a.at(path).(float64)
	require.True(a.t, ok, "%s is no number in %s", path, a.raw)
	return int64(v)
}

func (a answer) list(path string) []any {
	a.t.Helper()
	v, ok := a.at(path).([]any)
	require.True(a.t, ok, "%s is no list in %s", path, a.raw)
	return v
}

// is wants values at places: path, value, ….
func (a answer) is(pairs ...any) answer {
	a.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		require.Equal(a.t, asJSON(a.t, pairs[i+1]), a.at(pairs[i].(string)), "%s in %s", pairs[i], a.raw)
	}
	return a
}

// has says whether all values stand at their places.
func (a answer) has(pairs ...any) bool {
	for i := 0; i < len(pairs); i += 2 {
		v, ok := find(a.tree, pairs[i].(string))
		if !ok || !equal(v, asJSON(a.t, pairs[i+1])) {
			return false
		}
	}
	return true
}

// hides wants that there is nothing at the places.
func (a answer) hides(paths ...string) answer {
	a.t.Helper()
	for _, p := range paths {
		v, _ := find(a.tree, p)
		require.Contains(a.t, []any{nil, ""}, v, "%s in %s", p, a.raw)
	}
	return a
}

// contains wants the value in the list at the place.
func (a answer) contains(path string, value any) answer {
	a.t.Helper()
	require.Contains(a.t, a.list(path), asJSON(a.t, value))
	return a
}

// lacks wants the value not to be in the list.
func (a answer) lacks(path string, value any) {
	a.t.Helper()
	require.NotContains(a.t, a.list(path), asJSON(a.t, value))
}

func equal(a, b any) bool {
	x, _ := json.Marshal(a) // both came from JSON
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// asJSON is a value as it looks when read from JSON.
func asJSON(t *testing.T, v any) (tree any) {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &tree))
	return tree
}
