package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// faces are the packages of a module that other modules may import.
func isFace(module, path string) bool {
	return path == "agrovet/internal/"+module ||
		path == "agrovet/internal/"+module+"/"+module+"json" // JSON that other modules' answers nest
}

// TestImports keeps the modules' rooms closed. What the compiler does not see (a module's
// constructor or client is no internal package), this does.
func TestImports(t *testing.T) {
	packages := list(t)
	require.Greater(t, len(packages), 20)
	for _, p := range packages {
		for _, imported := range p.Imports {
			if why := forbidden(p.ImportPath, imported); why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, imported, why)
			}
		}
		for _, imported := range append(p.TestImports, p.XTestImports...) {
			if why := forbiddenInTests(p.ImportPath, imported); why != "" {
				t.Errorf("tests of %s import %s: %s", p.ImportPath, imported, why)
			}
		}
	}
}

// TestImportsFindsViolations shows that the rules bite.
func TestImportsFindsViolations(t *testing.T) {
	for _, c := range []struct{ from, to string }{
		{"agrovet/internal/platform/httpx", "agrovet/internal/auth"},
		{"agrovet/internal/profiles/internal/core", "agrovet/internal/auth/authmod"},
		{"agrovet/internal/auth/internal/core", "agrovet/internal/profiles/profilestest"},
		{"agrovet/internal/auth", "agrovet/internal/profiles"},
		{"agrovet/internal/profiles/internal/core", "agrovet/internal/media/mediamod"},
		{"agrovet/internal/media/internal/core", "agrovet/internal/media/internal/blob/blobtest"},
		{"agrovet/internal/foro/internal/core", "agrovet/internal/auth/authclient"},
		{"agrovet/internal/chat/chatmod", "agrovet/internal/chat/chatclient"},
		{"agrovet/internal/platform/rpc", "agrovet/internal/media/mediaclient"},
		{"agrovet/internal/auth/internal/core", "agrovet/cmd/agrovet"},
		{"agrovet/cmd/agrovet/stories", "agrovet/internal/chat/wsclient"},
		{"agrovet/tools/split/fleet", "agrovet/internal/auth"},
		{"agrovet/internal/auth/internal/web", "agrovet/internal/auth/internal/store/authdb"},
		{"agrovet/internal/auth/internal/core", "github.com/labstack/echo/v4"},
		{"agrovet/internal/auth/internal/core", "github.com/spf13/viper"},
	} {
		require.NotEmpty(t, forbidden(c.from, c.to), "%s → %s", c.from, c.to)
	}
	require.Empty(t, forbidden("agrovet/internal/profiles/internal/core", "agrovet/internal/auth"))
}

func list(t *testing.T) []pkg {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "agrovet/...").Output()
	require.NoError(t, err)
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		all = append(all, p)
	}
}

// moduleOf is the module that a package belongs to; empty for platform, the command and others.
func moduleOf(path string) string {
	rest, ok := strings.CutPrefix(path, "agrovet/internal/")
	name, _, _ := strings.Cut(rest, "/")
	if !ok || name == "platform" {
		return ""
	}
	return name
}

func forbidden(from, to string) string {
	owner, target := moduleOf(from), moduleOf(to)
	switch {
	case to == "github.com/labstack/echo/v4":
		return "echo v5 is the one in use"
	case to == "github.com/spf13/viper" && from != "agrovet/cmd/agrovet":
		return "configuration is loaded in cmd/agrovet alone"
	case strings.HasPrefix(from, "agrovet/cmd/agrovet/stories") && strings.HasPrefix(to, "agrovet/"):
		return "the stories see what clients see"
	case strings.HasPrefix(from, "agrovet/tools/") && moduleOf(to) != "":
		if to == "agrovet/internal/chat/wsclient" { // a phone
			return ""
		}
		return "tools know no module: they run the command"
	case strings.HasPrefix(to, "agrovet/cmd/"):
		return "nothing imports the command"
	case strings.HasSuffix(to, "db") && strings.Contains(to, "/internal/store/") && !strings.HasSuffix(from, "/internal/store"):
		return "only store speaks to generated queries"
	case strings.HasSuffix(to, "test") && strings.HasPrefix(to, "agrovet/internal/") && !strings.HasSuffix(from, "test"):
		return "packages for tests are imported by tests alone"
	case target != "" && strings.HasPrefix(to, "agrovet/internal/"+target+"/"+target+"client") && owner != "":
		return "only cmd/agrovet decides who is in another process"
	case target == "" || target == owner || owner == "" && strings.HasPrefix(from, "agrovet/cmd/"),
		owner == "" && strings.HasPrefix(from, "agrovet/bench"):
		return ""
	case strings.HasPrefix(from, "agrovet/internal/platform/"):
		return "platform knows no module"
	case from == "agrovet/internal/"+owner && target != "media":
		return "a face is a leaf: platform alone, and media's face"
	case !isFace(target, to):
		return "between modules only faces"
	}
	return ""
}

func forbiddenInTests(from, to string) string {
	owner, target := moduleOf(from), moduleOf(to)
	if target == "" || target == owner || owner == "" || isFace(target, to) || to == "agrovet/internal/"+target+"/"+target+"test" {
		return ""
	}
	return "tests of a module use other modules' faces and fakes alone"
}
