package pgserver

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// systemLists is where apt keeps the package lists of the system.
const systemLists = "/var/lib/apt/lists"

// fromApt fetches the server's package and the libraries it is linked with,
// without installing anything: apt works on directories of ours (so that it
// needs no root and leaves no trace), checks signatures and hashes as ever,
// and dpkg-deb unpacks.
//
// All libraries are taken, also those that the system has: the copy then
// keeps running after the system's next release, when its data may have no
// other PostgreSQL left that opens it. Only the C and C++ runtimes stay the
// system's, and LLVM stays out (100 MB for a JIT that is off).
func fromApt(ctx context.Context, work string, major int, log *slog.Logger) error {
	apt, err := newApt(work)
	if err != nil {
		return err
	}
	if lists, _ := filepath.Glob(systemLists + "/*_Packages*"); len(lists) > 0 {
		if err = apt.bring(ctx, systemLists, major); err == nil || ctx.Err() != nil {
			return err
		}
		log.Info("the system's package lists do not do: fetching fresh ones", "cause", err)
	}
	updateErr := apt.update(ctx)
	if err := apt.bring(ctx, apt.ownLists(), major); err != nil {
		return errors.Join(err, updateErr)
	}
	return nil // a complaint of update was about a source that does not matter
}

// apt is a private working place for apt.
type apt struct{ work string }

func newApt(work string) (apt, error) {
	a := apt{work: work}
	for _, dir := range []string{"state", "lists/partial", "cache/archives/partial"} {
		if err := os.MkdirAll(filepath.Join(work, dir), 0o755); err != nil {
			return a, fmt.Errorf("prepare apt's directories: %w", err)
		}
	}
	return a, nil
}

func (a apt) ownLists() string { return filepath.Join(a.work, "lists") }

// configure writes apt's configuration. It is read after the system's, whose
// sources, keys and proxies stay in force, and takes out what would touch the
// system: hooks, locks, the change to the user _apt (who cannot enter here).
func (a apt) configure(lists string) (path string, err error) {
	path = filepath.Join(a.work, "apt.conf")
	text := fmt.Sprintf(`Dir::State %q;
Dir::State::lists %q;
Dir::Cache %q;
Debug::NoLocking "true";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Update::Error-Mode "any";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::CNF::DefaultEnabled "false";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`, filepath.Join(a.work, "state"), lists, filepath.Join(a.work, "cache"))
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return "", fmt.Errorf("configure apt: %w", err)
	}
	return path, nil
}

func (a apt) update(ctx context.Context) error {
	conf, err := a.configure(a.ownLists())
	if err != nil {
		return err
	}
	if _, err := run(ctx, a.work, "apt-get", "-q", "-c", conf, "update"); err != nil {
		return fmt.Errorf("no fresh package lists (is there a network?): %w", err)
	}
	return nil
}

// bring downloads and unpacks the packages according to the given lists.
func (a apt) bring(ctx context.Context, lists string, major int) error {
	conf, err := a.configure(lists)
	if err != nil {
		return err
	}
	names, err := a.packages(ctx, conf, major)
	if err != nil {
		return err
	}
	debs, err := os.MkdirTemp(a.work, "debs-") // a new one, free of what a failed attempt brought
	if err != nil {
		return fmt.Errorf("make a directory for packages: %w", err)
	}
	if _, err := run(ctx, debs, "apt-get", append([]string{"-q", "-c", conf, "download"}, names...)...); err != nil {
		return err
	}
	return a.unpack(ctx, debs)
}

// packages names the server's package and its libraries.
func (a apt) packages(ctx context.Context, conf string, major int) ([]string, error) {
	top := "postgresql"
	if major != 0 {
		top = fmt.Sprintf("postgresql-%d", major)
	}
	out, err := run(ctx, a.work, "apt-cache", "-c", conf, "depends", "--recurse", "--no-recommends", "--no-suggests",
		"--no-conflicts", "--no-breaks", "--no-replaces", "--no-enhances", top)
	if err != nil {
		return nil, err
	}
	needs := parseDepends(strings.NewReader(out))
	server, err := serverPackage(needs, top)
	if err != nil {
		return nil, err
	}
	return closure(needs, server), nil
}

// unpack extracts all packages into tree and drops what a server never reads.
func (a apt) unpack(ctx context.Context, debs string) error {
	tree := filepath.Join(a.work, "tree")
	files, err := filepath.Glob(filepath.Join(debs, "*.deb"))
	if err != nil || len(files) == 0 {
		return errors.New("apt-get downloaded nothing")
	}
	for _, file := range files {
		if _, err := run(ctx, a.work, "dpkg-deb", "-x", file, tree); err != nil {
			return err
		}
	}
	ballast, _ := filepath.Glob(filepath.Join(tree, "usr/lib/postgresql/*/lib/bitcode")) // input of the JIT
	for _, share := range []string{"doc", "man", "locale", "lintian"} {
		ballast = append(ballast, filepath.Join(tree, "usr/share", share))
	}
	for _, dir := range ballast {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("drop %s: %w", dir, err)
		}
	}
	return nil
}

// parseDepends reads the output of apt-cache depends --recurse: a package at
// the beginning of a line, what it needs beneath it, alternatives marked "|".
// Virtual packages (in angle brackets) and foreign architectures are left out.
func parseDepends(r io.Reader) map[string][]string {
	needs := map[string][]string{}
	current := ""
	for lines := bufio.NewScanner(r); lines.Scan(); {
		line := lines.Text()
		kind, name, isNeed := strings.Cut(strings.TrimLeft(line, " |"), ": ")
		switch {
		case !strings.HasPrefix(line, " "):
			current = line
		case isNeed && strings.HasSuffix(kind, "Depends") && !strings.ContainsAny(name, "<:"):
			needs[current] = append(needs[current], name)
		}
	}
	return needs
}

var serverName = regexp.MustCompile(`^postgresql-(\d+)$`)

// serverPackage returns top itself or the versioned package it stands for.
func serverPackage(needs map[string][]string, top string) (string, error) {
	for _, name := range append([]string{top}, needs[top]...) {
		m := serverName.FindStringSubmatch(name)
		if m == nil || needs[name] == nil {
			continue
		}
		if major, err := strconv.Atoi(m[1]); err == nil && major >= MinMajor {
			return name, nil
		}
	}
	return "", fmt.Errorf("the package sources have no %s of version %d or newer", top, MinMajor)
}

// closure walks from the server over libraries alone: maintenance scripts,
// clients and locales are of no use to a copy that is not installed.
func closure(needs map[string][]string, server string) []string {
	names := []string{server}
	seen := map[string]bool{server: true}
	for i := 0; i < len(names); i++ {
		for _, name := range needs[names[i]] {
			if !seen[name] && wantedLibrary(name) {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

func wantedLibrary(name string) bool {
	for _, system := range []string{"libc6", "libgcc", "libstdc++", "libcrypt1", "libllvm", "libperl", "libpython"} {
		if strings.HasPrefix(name, system) {
			return false
		}
	}
	return strings.HasPrefix(name, "lib") || name == "zlib1g"
}

// run executes a tool in dir and returns its output; what it said is part of
// the error.
func run(ctx context.Context, dir, tool string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, tool, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "DEBIAN_FRONTEND=noninteractive")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", tool, err, lastLines(stderr.String()))
	}
	return string(out), nil
}
