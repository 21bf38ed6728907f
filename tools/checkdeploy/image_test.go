package checkdeploy

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	copied    = regexp.MustCompile(`(?m)^COPY ([a-z].*)$`)
	goImage   = regexp.MustCompile(`FROM golang:(\d+\.\d+)\.\d+`)
	goVersion = regexp.MustCompile(`(?m)^go (\d+\.\d+)`)
)

// TestImage: what the image is built from is there and not kept out, and its Go is the module's.
func TestImage(t *testing.T) {
	dockerfile, ignore := read(t, "Dockerfile"), strings.Split(read(t, ".dockerignore"), "\n")
	lines := copied.FindAllStringSubmatch(dockerfile, -1)
	require.NotEmpty(t, lines)
	for _, l := range lines {
		parts := strings.Fields(l[1])
		for _, source := range parts[:len(parts)-1] {
			_, err := os.Stat(filepath.Join(root, source))
			require.NoError(t, err)
			require.Contains(t, ignore, "!"+source)
		}
	}
	require.Equal(t, goVersion.FindStringSubmatch(read(t, "go.mod"))[1], goImage.FindStringSubmatch(dockerfile)[1])
	require.Contains(t, dockerfile, "USER 65532:65532")
}
