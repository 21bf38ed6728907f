package pgserver

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Binaries is one installed PostgreSQL.
type Binaries struct {
	Dir     string // holds initdb and postgres
	Major   int    // 15
	Version string // "15.18"
}

// searchDirs lists where a system may keep PostgreSQL, best first. Tests
// replace it to see a machine without any.
var searchDirs = systemDirs

// Find returns the first PostgreSQL of the wanted major version, or of any
// supported one when major is 0. It looks at binDir alone when that is given,
// else in PATH, in the usual places of distributions and Homebrew (newest
// first), and in the copies that Fetch left in cacheDir.
//
// Errors: ErrNotFound; a *VersionError when only other versions are there.
func Find(binDir, cacheDir string, major int) (Binaries, error) {
	if binDir != "" {
		return findExplicit(binDir, major)
	}
	var others []Binaries
	for _, dir := range append(searchDirs(), cachedDirs(cacheDir)...) {
		bins, err := inspect(dir)
		if err != nil {
			continue // not a PostgreSQL, or one that does not run here
		}
		if bins.Major >= MinMajor && (major == 0 || bins.Major == major) {
			return bins, nil
		}
		others = append(others, bins)
	}
	return Binaries{}, notFound(major, others)
}

func findExplicit(binDir string, major int) (Binaries, error) {
	bins, err := inspect(binDir)
	if err != nil {
		return Binaries{}, fmt.Errorf("%w: %s is set to %s: %w", ErrNotFound, binDirKey, binDir, err)
	}
	if bins.Major < MinMajor || (major != 0 && bins.Major != major) {
		return Binaries{}, notFound(major, []Binaries{bins})
	}
	return bins, nil
}

func notFound(major int, others []Binaries) error {
	var found []string
	newest := 0
	for _, b := range others {
		found = append(found, fmt.Sprintf("%d in %s", b.Major, b.Dir))
		newest = max(newest, b.Major)
	}
	if major != 0 && len(others) > 0 {
		return &VersionError{Major: major, Found: found, newer: major > newest}
	}
	what := ""
	if len(found) > 0 {
		what = fmt.Sprintf(" (only %s)", strings.Join(found, ", "))
	}
	pkg := "postgresql"
	if major != 0 {
		pkg = fmt.Sprintf("postgresql-%d", major)
	}
	return fmt.Errorf("%w: agrovet needs version %d or newer%s: install it (apt-get install %s) or set %s to the directory of initdb and postgres",
		ErrNotFound, max(major, MinMajor), what, pkg, binDirKey)
}

// inspect asks the postgres of dir for its version.
func inspect(dir string) (Binaries, error) {
	for _, program := range []string{"initdb", "postgres"} {
		if _, err := exec.LookPath(filepath.Join(dir, program)); err != nil {
			return Binaries{}, fmt.Errorf("look for %s: %w", program, err)
		}
	}
	bins := Binaries{Dir: dir}
	cmd := exec.Command(filepath.Join(dir, "postgres"), "--version")
	cmd.Env = bins.env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return Binaries{}, fmt.Errorf("run postgres --version: %w: %s", err, out)
	}
	bins.Version, bins.Major, err = parseVersion(string(out))
	return bins, err
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) ((\d+)[^\s]*)`)

// parseVersion reads "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
func parseVersion(text string) (version string, major int, err error) {
	m := versionPattern.FindStringSubmatch(text)
	if m == nil {
		return "", 0, fmt.Errorf("no version in %q", text)
	}
	major, err = strconv.Atoi(m[2])
	return m[1], major, err
}

func systemDirs() []string {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",         // Debian, Ubuntu
		"/usr/pgsql-*/bin",                  // PGDG on Red Hat and relatives
		"/usr/libexec/postgresql*",          // Alpine
		"/opt/homebrew/opt/postgresql*/bin", // Homebrew on Apple silicon
		"/usr/local/opt/postgresql*/bin",    // Homebrew on Intel
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		dirs = append(dirs, newestFirst(pattern)...)
	}
	return slices.DeleteFunc(dirs, func(dir string) bool { return !filepath.IsAbs(dir) })
}

// cachedDirs lists the bin directories of fetched copies: Debian's layout and
// that of the library's archives.
func cachedDirs(cacheDir string) []string {
	if cacheDir == "" {
		return nil
	}
	tree := filepath.Join(cacheDir, treePrefix+"*")
	return append(newestFirst(filepath.Join(tree, "usr/lib/postgresql/*/bin")), newestFirst(filepath.Join(tree, "bin"))...)
}

var numbers = regexp.MustCompile(`\d+`)

// newestFirst expands a pattern and sorts by the numbers in the names.
func newestFirst(pattern string) []string {
	dirs, err := filepath.Glob(pattern)
	if errors.Is(err, filepath.ErrBadPattern) {
		return nil // a directory of the user's with a bracket in its name
	}
	slices.SortFunc(dirs, func(a, b string) int { return slices.Compare(numbersIn(b), numbersIn(a)) })
	return dirs
}

func numbersIn(s string) []int {
	var all []int
	for _, digits := range numbers.FindAllString(s, -1) {
		n, _ := strconv.Atoi(digits)
		all = append(all, n)
	}
	return all
}
