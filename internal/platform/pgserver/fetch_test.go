package pgserver

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// dependsOutput is what apt-cache depends --recurse prints, shortened.
const dependsOutput = `postgresql
  Depends: postgresql-15
postgresql-15
 |Depends: debconf
  Depends: <debconf-2.0>
    cdebconf
    debconf
  Depends: postgresql-client-15
  Depends: tzdata
  Depends: libc6
  Depends: libllvm14
  Depends: libpq5
  Depends: libxml2
  Depends: libxml2:i386
postgresql-client-15
  Depends: libreadline8
libpq5
  PreDepends: libssl3
  Depends: libc6
libxml2
  Depends: libicu72
  Depends: zlib1g
libllvm14
  Depends: libz3-4
libssl3
libicu72
  Depends: libstdc++6
`

func TestAptClosureIsTheServerAndItsLibraries(t *testing.T) {
	needs := parseDepends(strings.NewReader(dependsOutput))
	server, err := serverPackage(needs, "postgresql")
	if err != nil || server != "postgresql-15" {
		t.Fatalf("server package: %q, %v", server, err)
	}
	got := closure(needs, server)
	want := []string{"postgresql-15", "libpq5", "libxml2", "libssl3", "libicu72", "zlib1g"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAptWithoutServerPackage(t *testing.T) {
	for name, text := range map[string]string{
		"Empty":  "",
		"TooOld": "postgresql\n  Depends: postgresql-13\npostgresql-13\n  Depends: libc6\n",
	} {
		t.Run(name, func(t *testing.T) {
			if server, err := serverPackage(parseDepends(strings.NewReader(text)), "postgresql"); err == nil {
				t.Errorf("got %q, want an error", server)
			}
		})
	}
}

func TestPublishKeepsARunningCopyAndReplacesABrokenOne(t *testing.T) {
	cache := t.TempDir()
	for round, mark := range []string{"first", "second", "third"} {
		tree := filepath.Join(cache, ".fetch-x", "tree")
		bin := fakeInstall(t, filepath.Join(tree, "usr/lib/postgresql/15/bin"), "15.18")
		rewrite(t, filepath.Join(bin, "mark"), mark)
		bins, err := publish(tree, cache, 15)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(bins.Dir, "mark"))
		want := []string{"first", "first", "third"}[round]
		if err != nil || string(got) != want {
			t.Errorf("round %d: %q, %v; want the %s copy", round, got, err, want)
		}
		os.RemoveAll(tree)
		if round == 1 {
			os.Remove(filepath.Join(bins.Dir, "postgres")) // breaks it
		}
	}
}

func TestPublishRefusesWhatDoesNotRun(t *testing.T) {
	cache := t.TempDir()
	if _, err := publish(filepath.Join(cache, "tree"), cache, 0); err == nil {
		t.Error("an empty tree was published")
	}
	fakeInstall(t, filepath.Join(cache, "tree/bin"), "17.5")
	if _, err := publish(filepath.Join(cache, "tree"), cache, 16); err == nil {
		t.Error("another major version was published")
	}
}

func TestFailedFetchSaysWhatToDo(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	rewrite(t, blocked, "")
	_, err := Fetch(t.Context(), filepath.Join(blocked, "cache"), 0, nil)
	if !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "apt-get install postgresql") || !strings.Contains(err.Error(), binDirKey) {
		t.Errorf("got %v, want ErrNotFound with the remedies", err)
	}
}

// TestFetchAndRun needs the network: AGROVET_TEST_FETCH=1 fetches as this
// system does, AGROVET_TEST_FETCH=library as systems without apt do.
func TestFetchAndRun(t *testing.T) {
	how := os.Getenv("AGROVET_TEST_FETCH")
	if how == "" {
		t.Skip("AGROVET_TEST_FETCH is not set: the network is left alone")
	}
	if how == "library" {
		t.Setenv("PATH", t.TempDir()) // without apt
	}
	only(t)
	cfg := testConfig(t, tempHome(t))
	cfg.CacheDir = filepath.Join(filepath.Dir(cfg.Dir), "cache")
	if _, err := Start(t.Context(), cfg); !errors.Is(err, ErrNotFound) {
		t.Fatalf("without permission to fetch: %v, want ErrNotFound", err)
	}
	cfg.AllowFetch = true
	began := time.Now()
	s := start(t, cfg)
	t.Logf("fetch and cold start: %s, PostgreSQL %s in %s", time.Since(began), s.Version(), s.bins.Dir)
	exec1(t, s.DSN(), "CREATE TABLE kept AS SELECT to_tsvector('spanish', 'vacas y terneros') AS words")
	stop(t, s)

	cfg.AllowFetch = false // the copy is found from now on
	exec1(t, start(t, cfg).DSN(), "SELECT words FROM kept")
	if left, _ := filepath.Glob(filepath.Join(cfg.CacheDir, ".fetch-*")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestFetchStopsWhenCancelled(t *testing.T) {
	cache := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Fetch(ctx, cache, 0, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the cancellation", err)
	}
	if left, _ := filepath.Glob(filepath.Join(cache, ".*")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}
