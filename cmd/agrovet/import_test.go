package main

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/original"
	"agrovet/internal/platform/original/synthetic"
	"agrovet/internal/platform/pgtest"
)

// TestImportOriginal kills imports with -9 while the installation serves, and then uses it as the original's
// clients did. With IMPORT_FULL=1 the original is as large as a community's.
func TestImportOriginal(t *testing.T) {
	size, alive := synthetic.Tiny, 150*time.Millisecond
	if os.Getenv("IMPORT_FULL") != "" {
		size, alive = synthetic.Full, 8*time.Second
	}
	dsn := pgtest.Database(t)
	require.NoError(t, synthetic.Fill(t.Context(), dsn, size))
	t.Setenv("ORIGINAL_DSN", dsn)
	p := startServe(t, dataDir(t))
	report := filepath.Join(t.TempDir(), "report.md")
	files := t.TempDir()
	require.NoError(t, synthetic.Files(files, size))
	dry := imported(t, p, report, "--dry-run")
	for i := range 3 {
		killedImport(t, p, time.Duration(i+1)*alive, "--files", files)
	}
	whole := imported(t, p, report, "--files", files)
	for _, m := range whole.Modules {
		t.Logf("%s: the last run took %.1f s", m.Module, m.Seconds)
	}
	for i, m := range whole.Modules {
		for j, table := range m.Tables {
			require.Equal(t, dry.Modules[i].Tables[j].Accounted(), table.Accounted(), table.Table)
			require.Equal(t, dry.Modules[i].Tables[j].Rejected, table.Rejected, table.Table)
		}
	}
	for _, m := range imported(t, p, report, "--files", files).Modules {
		for _, table := range m.Tables {
			require.Zero(t, table.This["taken"], table.Table)
		}
	}

	me := p.mustCall(http.StatusOK, http.MethodGet, "/api/auth/users/1/", nil, "Authorization", "Token "+synthetic.Token(1))
	require.Contains(t, me.body, `"id":1,`)
	p.mustCall(http.StatusOK, http.MethodPost, "/api/auth/login/", map[string]any{"phone_number": synthetic.Phone(1), "password": synthetic.Password})
	p.mustCall(http.StatusOK, http.MethodGet, "/api/chat/rooms/", nil, "Authorization", "Token "+synthetic.Token(8))
	importedFiles(t, p, dsn)
	out, err := p.tool("verify", "--references", "--files")
	require.NoError(t, err, out)
}

// imported runs an import to its end and reads its report.
func imported(t *testing.T, p *process, report string, args ...string) (r original.Report) {
	t.Helper()
	out, err := p.tool(append([]string{"import", "original", "--report", report}, args...)...)
	require.NoError(t, err, out)
	b, err := os.ReadFile(filepath.Join(filepath.Dir(report), "report.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &r))
	require.NotEmpty(t, r.Modules)
	return r
}

// killedImport runs an import for a while.
func killedImport(t *testing.T, p *process, after time.Duration, args ...string) {
	t.Helper()
	path, err := binary()
	require.NoError(t, err)
	cmd := exec.Command(path, append([]string{"import", "original", "--data-dir", p.dataDir, "--postgres-cache-dir", pgtest.CacheDir()}, args...)...)
	cmd.Dir = t.TempDir()
	require.NoError(t, cmd.Start())
	time.Sleep(after)
	_ = cmd.Process.Kill() // it may be through already
	_ = cmd.Wait()
}
