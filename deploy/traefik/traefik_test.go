package traefik_test

import (
	"bytes"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"agrovet/deploy/traefik"
)

// functions are those of sprig that the template uses.
var functions = template.FuncMap{
	"list":      func(v ...string) []string { return v },
	"upper":     strings.ToUpper,
	"splitList": func(sep, s string) []string { return strings.Split(s, sep) },
	"dict": func(v ...string) map[string]string {
		d := map[string]string{}
		for i := 0; i < len(v); i += 2 {
			d[v[i]] = v[i+1]
		}
		return d
	},
	"get":      func(d map[string]string, key string) string { return d[key] },
	"htpasswd": func(user, password string) string { return user + ":hash of " + password },
	"default": func(def, v string) string {
		if v == "" {
			return def
		}
		return v
	},
}

type router struct {
	Rule        string
	EntryPoints []string `yaml:"entryPoints"`
	Priority    int
	Middlewares []string
	Service     string
}

type dynamic struct {
	HTTP struct {
		Routers     map[string]router
		Middlewares map[string]any
		Services    map[string]struct {
			LoadBalancer struct {
				Servers     []struct{ URL string }
				HealthCheck struct{ Path string } `yaml:"healthCheck"`
			} `yaml:"loadBalancer"`
		}
	}
}

func render(t *testing.T, env map[string]string) (d dynamic) {
	t.Helper()
	return execute(t, string(traefik.Dynamic), env)
}

func execute(t *testing.T, text string, env map[string]string) (d dynamic) {
	t.Helper()
	with := template.FuncMap{"env": func(name string) string { return env[name] }}
	tmpl, err := template.New("dynamic.yaml").Funcs(functions).Funcs(with).Parse(text)
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, tmpl.Execute(&out, nil))
	require.NoError(t, yaml.Unmarshal(out.Bytes(), &d), out.String())
	return d
}

var modules = []string{"auth", "media", "profiles", "marketplace", "chat", "foro"}

func urls() map[string]string {
	env := map[string]string{}
	for _, m := range modules {
		env[strings.ToUpper(m)+"_URLS"] = "http://" + m + ":1 http://" + m + ":2"
	}
	return env
}

func TestDynamic(t *testing.T) {
	d := render(t, urls())
	for _, m := range modules {
		s := d.HTTP.Services[m].LoadBalancer
		require.Len(t, s.Servers, 2, m)
		require.Equal(t, "http://"+m+":2", s.Servers[1].URL)
		require.Equal(t, "/health/", s.HealthCheck.Path)
		require.Equal(t, "Host(`"+m+".localhost`)", d.HTTP.Routers[m+"-host"].Rule, "the seed's rule")
		require.Equal(t, m, d.HTTP.Routers[m].Service)
	}
	for name, r := range d.HTTP.Routers {
		require.NotEmpty(t, r.EntryPoints, name)
		for _, m := range r.Middlewares {
			require.Contains(t, d.HTTP.Middlewares, m, name)
		}
		if !strings.HasSuffix(r.Service, "@internal") {
			require.Contains(t, d.HTTP.Services, r.Service, name)
		}
	}
	require.NotContains(t, d.HTTP.Routers, "dashboard", "closed without a password")
}

// TestInside: nothing that is asked from outside comes before the refusal of what stays inside.
func TestInside(t *testing.T) {
	d := render(t, urls())
	closed := d.HTTP.Routers["closed"]
	require.Contains(t, closed.Rule, "`/internal`")
	require.Equal(t, []string{"nobody"}, closed.Middlewares)
	for name, r := range d.HTTP.Routers {
		if name != "closed" {
			require.Less(t, r.Priority, closed.Priority, name)
		}
		for _, e := range r.EntryPoints {
			require.True(t, e == "traefik" || strings.Contains(strings.Join(closed.EntryPoints, " "), e), "%s is on %s", name, e)
		}
	}
}

func TestSettings(t *testing.T) {
	env := urls()
	env["DOMAIN"], env["RATE_LIMIT"], env["DASHBOARD_PASSWORD"] = "agrovet.bo", "0", "secret"
	d := render(t, env)
	require.Equal(t, "Host(`chat.agrovet.bo`)", d.HTTP.Routers["chat-host"].Rule)
	require.Equal(t, 0, d.HTTP.Middlewares["flood"].(map[string]any)["rateLimit"].(map[string]any)["average"])
	require.Equal(t, []string{"operators"}, d.HTTP.Routers["dashboard"].Middlewares)
	require.Equal(t, []string{"traefik"}, d.HTTP.Routers["dashboard"].EntryPoints)
}

// TestMoved: with addresses in the file, the configuration is the same as with variables.
func TestMoved(t *testing.T) {
	replicas := map[string][]string{}
	for _, m := range modules {
		replicas[m] = []string{"http://" + m + ":1", "http://" + m + ":2"}
	}
	require.Equal(t, render(t, urls()), execute(t, string(traefik.DynamicAt(replicas)), nil))
	one := execute(t, string(traefik.DynamicAt(map[string][]string{"foro": {"http://agrovet:1"}})), urls())
	require.Equal(t, "http://agrovet:1", one.HTTP.Services["foro"].LoadBalancer.Servers[0].URL)
	require.Equal(t, "http://chat:1", one.HTTP.Services["chat"].LoadBalancer.Servers[0].URL, "others are where their variables say")
}

// TestHeld: writes to a module that is held get 503, and reads go on.
func TestHeld(t *testing.T) {
	d := execute(t, string(traefik.DynamicAt(nil, "auth", "foro")), urls())
	for module, path := range map[string]string{"auth": "/api/password-reset/", "foro": "/api/foro/"} {
		r := d.HTTP.Routers[module+"-held"]
		require.Contains(t, r.Rule, "Host(`"+module+".localhost`) || ")
		require.Contains(t, r.Rule, "PathPrefix(`"+path+"`)) && !Method(`GET`)")
		require.Equal(t, []string{"soon", "held"}, r.Middlewares)
		for name, other := range d.HTTP.Routers {
			if name != "closed" && !strings.HasSuffix(name, "-held") {
				require.Less(t, other.Priority, r.Priority, name)
			}
		}
	}
	require.Equal(t, 503, d.HTTP.Middlewares["held"].(map[string]any)["ipAllowList"].(map[string]any)["rejectStatusCode"])
	require.NotContains(t, render(t, urls()).HTTP.Middlewares, "held")
}

func TestStatic(t *testing.T) {
	text, err := traefik.Static(traefik.Entries{Web: "127.0.0.1:1", Gateway: "127.0.0.1:2", Traefik: "127.0.0.1:3", Metrics: "127.0.0.1:4"}, "/x/dynamic.yaml")
	require.NoError(t, err)
	var c struct {
		EntryPoints map[string]struct {
			Address   string
			Transport struct {
				RespondingTimeouts map[string]string `yaml:"respondingTimeouts"`
			}
		} `yaml:"entryPoints"`
		Providers struct{ File struct{ Filename string } }
		API       struct{ Insecure bool }
	}
	require.NoError(t, yaml.Unmarshal(text, &c))
	require.Equal(t, "127.0.0.1:1", c.EntryPoints["web"].Address)
	require.Equal(t, "127.0.0.1:2", c.EntryPoints["gateway"].Address)
	require.Equal(t, "127.0.0.1:3", c.EntryPoints["traefik"].Address)
	require.Equal(t, "15m", c.EntryPoints["gateway"].Transport.RespondingTimeouts["readTimeout"], "the merge key is resolved")
	require.Equal(t, "/x/dynamic.yaml", c.Providers.File.Filename)
	require.False(t, c.API.Insecure)
}
