package pgserver

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fakeInstall makes a bin directory whose postgres claims a version.
func fakeInstall(t *testing.T, dir, version string) string {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + "'\n"
	for _, program := range []string{"initdb", "postgres"} {
		if err := os.WriteFile(filepath.Join(dir, program), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// only makes discovery see these directories alone.
func only(t *testing.T, dirs ...string) {
	t.Helper()
	before := searchDirs
	searchDirs = func() []string { return dirs }
	t.Cleanup(func() { searchDirs = before })
}

func TestFind(t *testing.T) {
	base := t.TempDir()
	pg13 := fakeInstall(t, filepath.Join(base, "13"), "13.9")
	pg15 := fakeInstall(t, filepath.Join(base, "15"), "15.18 (Debian 15.18-0+deb12u1)")
	pg18 := fakeInstall(t, filepath.Join(base, "18"), "18beta1")
	cache := filepath.Join(base, "cache")
	cached := fakeInstall(t, filepath.Join(cache, "postgresql-16.2/usr/lib/postgresql/16/bin"), "16.2")
	fakeInstall(t, filepath.Join(cache, "postgresql-16.10/bin"), "16.10")
	only(t, filepath.Join(base, "nothing"), pg13, pg15, pg18)

	for name, c := range map[string]struct {
		binDir, cache string
		major         int
		want          string
		err           error
	}{
		"FirstSupported":       {want: pg15},
		"WantedMajor":          {major: 18, want: pg18},
		"ExplicitWins":         {binDir: pg18, want: pg18},
		"ExplicitTooOld":       {binDir: pg13, err: ErrNotFound},
		"ExplicitMissing":      {binDir: filepath.Join(base, "nothing"), err: ErrNotFound},
		"ExplicitOtherMajor":   {binDir: pg18, major: 15, err: ErrDataOlder},
		"CacheIsLookedAtLast":  {cache: cache, major: 16, want: cached},
		"NewerData":            {major: 19, err: ErrDataNewer},
		"OlderData":            {major: 14, err: ErrDataOlder},
		"UnsupportedDataMajor": {major: 13, err: ErrDataOlder},
	} {
		t.Run(name, func(t *testing.T) {
			bins, err := Find(c.binDir, c.cache, c.major)
			if bins.Dir != c.want || !errors.Is(err, c.err) {
				t.Errorf("got %q, %v; want %q, %v", bins.Dir, err, c.want, c.err)
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	only(t)
	_, err := Find("", t.TempDir(), 0)
	if !errors.Is(err, ErrNotFound) {
		t.Fatalf("got %v, want ErrNotFound", err)
	}
	for _, remedy := range []string{"apt-get install postgresql", "AGROVET_POSTGRES_BIN_DIR"} {
		if !strings.Contains(err.Error(), remedy) {
			t.Errorf("%q does not mention %s", err, remedy)
		}
	}
}

func TestNewestFirstComparesNumbers(t *testing.T) {
	base := t.TempDir()
	var want []string
	for _, name := range []string{"16.10", "16.9", "9.6"} {
		dir := filepath.Join(base, name)
		want = append(want, dir)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if got := newestFirst(filepath.Join(base, "*")); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOtherMajorIsRefusedWithoutDamage(t *testing.T) {
	for name, c := range map[string]struct {
		version string
		err     error
		says    string
	}{
		"Newer":       {"99\n", ErrDataNewer, "apt-get install postgresql-99"},
		"Older":       {"14\n", ErrDataOlder, "pg_dump"},
		"Unsupported": {"9.6\n", ErrDataOlder, "dump this data"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := testConfig(t, clusterHome(t))
			cfg.BinDir = anyBinaries(t).Dir
			version := filepath.Join(cfg.Dir, "data", "PG_VERSION")
			real, err := os.ReadFile(version)
			if err != nil {
				t.Fatal(err)
			}
			rewrite(t, version, c.version)
			_, err = Start(t.Context(), cfg)
			if !errors.Is(err, c.err) || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v, want %v that says %q", err, c.err, c.says)
			}
			if wrong := (*VersionError)(nil); !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Dir, cfg.Dir) {
				t.Errorf("the error does not name %s: %v", cfg.Dir, err)
			}
			rewrite(t, version, string(real))
			exec1(t, start(t, cfg).DSN(), "SELECT 1")
		})
	}
}

func TestStrangeDataDirIsRefused(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	if err := os.Remove(filepath.Join(cfg.Dir, "data", "PG_VERSION")); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), cfg); !errors.Is(err, ErrNotData) {
		t.Errorf("got %v, want ErrNotData", err)
	}
	if _, err := os.Stat(filepath.Join(cfg.Dir, "data", "global", "pg_control")); err != nil {
		t.Errorf("the data was touched: %v", err)
	}
}

func TestDataLink(t *testing.T) {
	cfg := testConfig(t, clusterHome(t))
	data, elsewhere := filepath.Join(cfg.Dir, "data"), filepath.Join(filepath.Dir(cfg.Dir), "elsewhere")
	if err := os.Rename(data, elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, data); err != nil {
		t.Fatal(err)
	}
	s := start(t, cfg)
	if on, _ := serversOn(data); !slices.Contains(on, s.PID()) {
		t.Errorf("servers on %s: %v, want %d among them", data, on, s.PID())
	}
	stop(t, s)
	if err := os.RemoveAll(elsewhere); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), cfg); !errors.Is(err, ErrNotData) {
		t.Errorf("a link to nothing: %v, want ErrNotData", err)
	}
}

// rewrite changes a file's content and keeps its owner.
func rewrite(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
