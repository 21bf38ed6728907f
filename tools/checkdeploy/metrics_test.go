package checkdeploy

import (
	"encoding/json"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

var (
	promql  = parser.NewParser(parser.Options{})
	literal = regexp.MustCompile(`"(agrovet_[a-z_]+)"`)
	ofBus   = regexp.MustCompile(`(?:counter|desc)\("([a-z_]+)"`) // in package bus, which puts agrovet_bus_ in front
	suffix  = regexp.MustCompile(`_(bucket|sum|count)$`)
)

// metrics are the names in the code.
func metrics(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	err := filepath.WalkDir(root+"/internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range literal.FindAllSubmatch(b, -1) {
			all[string(m[1])] = true
		}
		if filepath.Base(filepath.Dir(path)) == "bus" {
			for _, m := range ofBus.FindAllSubmatch(b, -1) {
				all["agrovet_bus_"+string(m[1])] = true
			}
		}
		return err
	})
	require.NoError(t, err)
	for _, name := range []string{"app.go", "backupjob.go"} {
		for _, m := range literal.FindAllStringSubmatch(read(t, "cmd/agrovet/"+name), -1) {
			all[m[1]] = true
		}
	}
	require.Greater(t, len(all), 15)
	return all
}

// requireMetrics parses an expression and fails for one of agrovet's metrics that is not in the code.
func requireMetrics(t *testing.T, known map[string]bool, expression string) {
	t.Helper()
	e, err := promql.ParseExpr(strings.NewReplacer("$__rate_interval", "5m", "$service", "x").Replace(expression))
	require.NoError(t, err, expression)
	for _, selectors := range parser.ExtractSelectors(e) {
		for _, m := range selectors {
			if m.Name == model.MetricNameLabel && strings.HasPrefix(m.Value, "agrovet_") {
				require.True(t, known[m.Value] || known[suffix.ReplaceAllString(m.Value, "")], "there is no %s", m.Value)
			}
		}
	}
}

func TestRules(t *testing.T) {
	groups, errs := rulefmt.Parse([]byte(read(t, "deploy/prometheus/rules.yaml")), false, model.UTF8Validation, promql, slog.Default())
	require.Empty(t, errs)
	known := metrics(t)
	for _, g := range groups.Groups {
		for _, r := range g.Rules {
			requireMetrics(t, known, r.Expr)
			require.Contains(t, []string{"page", "ticket"}, r.Labels["severity"], r.Alert)
			require.NotEmpty(t, r.Annotations["summary"], r.Alert)
		}
	}
}

func TestDashboard(t *testing.T) {
	var d struct {
		Title  string
		Panels []struct {
			ID      int
			Type    string
			Title   string
			GridPos struct{ H, W, X, Y int }
			Targets []struct{ Expr string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, "deploy/grafana/agrovet.json")), &d))
	known, ids := metrics(t), map[int]bool{}
	shown := 0
	for _, p := range d.Panels {
		require.False(t, ids[p.ID], "panel %d is there twice", p.ID)
		ids[p.ID] = true
		require.LessOrEqual(t, p.GridPos.X+p.GridPos.W, 24, p.Title)
		require.Equal(t, p.Type != "row", len(p.Targets) > 0, p.Title)
		for _, target := range p.Targets {
			requireMetrics(t, known, target.Expr)
			shown++
		}
	}
	require.Greater(t, shown, 20)
}

// TestScraping: Prometheus asks every service of both shapes, on its port.
func TestScraping(t *testing.T) {
	var c struct {
		RuleFiles     []string `yaml:"rule_files"`
		ScrapeConfigs []struct {
			JobName string `yaml:"job_name"`
			DNS     []struct {
				Names []string
				Port  int
			} `yaml:"dns_sd_configs"`
		} `yaml:"scrape_configs"`
	}
	require.NoError(t, yaml.Unmarshal([]byte(read(t, "deploy/prometheus/prometheus.yaml")), &c))
	require.Equal(t, []string{"rules.yaml"}, c.RuleFiles)
	ports := map[string]int{}
	for _, d := range c.ScrapeConfigs[0].DNS {
		ports[d.Names[0]] = d.Port
	}
	require.Equal(t, map[string]int{"agrovet": 8000, "media": 8001, "auth": 8002, "profiles": 8003, "marketplace": 8004, "foro": 8005, "chat": 8006}, ports)
}
