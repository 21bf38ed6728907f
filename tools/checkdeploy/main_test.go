package checkdeploy

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is where the repository begins.
const root = "../.."

var modules = []string{"media", "auth", "profiles", "marketplace", "chat", "foro"}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, path))
	require.NoError(t, err)
	return string(b)
}

var optionRow = regexp.MustCompile("(?m)^\\| `([a-z0-9.-]+)` \\|")

// variables are agrovet's, from the README's table, which `make verify` keeps in step with the code.
func variables(t *testing.T) map[string]bool {
	t.Helper()
	_, table, found := strings.Cut(read(t, "README.md"), "<!-- options -->")
	require.True(t, found)
	table, _, _ = strings.Cut(table, "<!-- /options -->")
	all := map[string]bool{}
	for _, m := range optionRow.FindAllStringSubmatch(table, -1) {
		all["AGROVET_"+strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(m[1]))] = true
	}
	require.Greater(t, len(all), 50)
	return all
}

// requireVariables fails for a variable of agrovet's that does not exist: it would not start.
func requireVariables(t *testing.T, known map[string]bool, where string, names ...string) {
	t.Helper()
	for _, name := range names {
		if strings.HasPrefix(name, "AGROVET_") {
			require.True(t, known[name], "%s: there is no %s", where, name)
		}
	}
}

var tag = regexp.MustCompile(`:v?\d+\.\d+(\.\d+)?(-[a-z0-9.]+)?$`)

func requirePinned(t *testing.T, image string) {
	t.Helper()
	require.Regexp(t, tag, image, "a version, neither latest nor a major alone")
}

func keys[V any](m map[string]V) (all []string) {
	for k := range m {
		all = append(all, k)
	}
	return all
}
