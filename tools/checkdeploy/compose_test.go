package checkdeploy

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
)

// secrets are what `make env` would make, recognisable.
func secrets(t *testing.T) (env []string) {
	t.Helper()
	for _, line := range strings.Split(read(t, ".env.example"), "\n") {
		if name, found := strings.CutSuffix(line, "=CHANGE_ME"); found {
			env = append(env, name+"=SECRET"+name)
		}
	}
	require.NotEmpty(t, env)
	return env
}

func load(t *testing.T, profile string, env []string) (*types.Project, error) {
	t.Helper()
	o, err := cli.NewProjectOptions([]string{root + "/docker-compose.yml"}, cli.WithWorkingDirectory(root),
		cli.WithProfiles([]string{profile}), cli.WithEnv(env))
	require.NoError(t, err)
	return cli.ProjectFromOptions(t.Context(), o)
}

func shape(t *testing.T, profile string) types.Services {
	t.Helper()
	p, err := load(t, profile, secrets(t))
	require.NoError(t, err)
	return p.Services
}

func TestComposeNeedsSecrets(t *testing.T) {
	_, err := load(t, "single", nil)
	require.ErrorContains(t, err, "make env")
}

func TestComposeShapes(t *testing.T) {
	require.ElementsMatch(t, []string{"agrovet", "postgres", "redis"}, keys(shape(t, "single")))
	require.ElementsMatch(t, append([]string{"postgres", "redis", "kafka", "s3", "traefik"}, modules...), keys(shape(t, "split")))
}

func TestComposeServices(t *testing.T) {
	for _, profile := range []string{"single", "split"} {
		for name, s := range shape(t, profile) {
			t.Run(profile+"/"+name, func(t *testing.T) {
				if s.Build == nil {
					requirePinned(t, s.Image)
				}
				require.NotNil(t, s.HealthCheck)
				require.NotEmpty(t, s.HealthCheck.Test)
				require.NotNil(t, s.Deploy)
				require.NotNil(t, s.Deploy.Resources.Limits)
				require.NotZero(t, s.Deploy.Resources.Limits.MemoryBytes)
				require.NotZero(t, s.Deploy.Resources.Limits.NanoCPUs)
				require.Equal(t, "unless-stopped", s.Restart)
				require.Equal(t, []string{"ALL"}, s.CapDrop)
				require.Equal(t, []string{"no-new-privileges:true"}, s.SecurityOpt)
				require.Equal(t, name != "kafka", s.ReadOnly)
				require.False(t, s.Privileged)
				require.Len(t, s.Networks, 1)
				require.Contains(t, s.Networks, "agrovet-network")
				for _, p := range s.Ports {
					require.Equal(t, "127.0.0.1", p.HostIP, "closed until the operator opens it")
				}
				for _, v := range s.Volumes {
					require.NotContains(t, v.Source, "docker.sock")
					require.True(t, v.Type == types.VolumeTypeVolume || v.ReadOnly, "%s: what is mounted from the repository is not written", v.Source)
				}
			})
		}
	}
}

var secretName = regexp.MustCompile(`(PASSWORD|SECRET|_DSN|_KEY|REDIS_URL|REDISCLI_AUTH)$`)

func TestComposeEnvironment(t *testing.T) {
	known := variables(t)
	for _, profile := range []string{"single", "split"} {
		for name, s := range shape(t, profile) {
			for key, value := range s.Environment {
				require.NotNil(t, value, "%s: %s", name, key)
				requireVariables(t, known, name, key)
				if secretName.MatchString(key) {
					require.Contains(t, *value, "SECRET", "%s: %s stands in the file", name, key)
				}
			}
		}
	}
}

// TestComposeSplit: the contract's ports, each process with its own module and database, and everybody's addresses.
func TestComposeSplit(t *testing.T) {
	ports := map[string]int{"media": 8001, "auth": 8002, "profiles": 8003, "marketplace": 8004, "foro": 8005, "chat": 8006}
	services := shape(t, "split")
	for _, m := range modules {
		env := services[m].Environment
		require.Equal(t, m, *env["AGROVET_MODULES"])
		require.Equal(t, ":"+strconv.Itoa(ports[m]), *env["AGROVET_LISTEN"])
		for _, other := range modules {
			_, has := env["AGROVET_"+strings.ToUpper(other)+"_DSN"]
			require.Equal(t, other == m, has, "%s and the database of %s", m, other)
			at := "http://" + other + ":" + strconv.Itoa(ports[other])
			require.Equal(t, at, *env["AGROVET_"+strings.ToUpper(other)+"_URL"])
			require.Equal(t, at, *services["traefik"].Environment[strings.ToUpper(other)+"_URLS"])
		}
	}
}

func TestComposeSingle(t *testing.T) {
	env := shape(t, "single")["agrovet"].Environment
	for _, m := range modules {
		require.Contains(t, *env["AGROVET_"+strings.ToUpper(m)+"_DSN"], "agrovet_"+m+":SECRET")
	}
	require.NotContains(t, env, "AGROVET_DATABASE_URL", "no process is the database's owner")
}
