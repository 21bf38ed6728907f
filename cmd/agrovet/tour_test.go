package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTour runs the README's tour as it is printed, so that it cannot rot.
func TestTour(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(readme), "<!-- tour -->\n```bash\n")
	require.True(t, found)
	script, _, found := strings.Cut(rest, "```\n<!-- /tour -->")
	require.True(t, found)

	p := startServe(t, dataDir(t))
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", script)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "AGROVET="+p.base, "LOG="+p.log)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s\n--- log ---\n%s", out, p.readLog())
	require.Contains(t, string(out), `"user_display":"Rosa Mamani"`)
	require.Contains(t, string(out), `"profession":"Veterinario"`)
	p.stop()
}
