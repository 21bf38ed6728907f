package pgserver

import (
	"os"
	"path/filepath"
	"strings"
)

// treePrefix begins the name of every fetched copy in the cache.
const treePrefix = "postgresql-"

// root returns the top of a relocated Debian tree, "" for anything else.
func (b Binaries) root() string {
	head, _, found := strings.Cut(b.Dir, "/usr/lib/postgresql/")
	if !found {
		return ""
	}
	return head
}

// env is the whole environment of the server's programs. English messages,
// none of our own variables (they hold secrets) and none of libpq's; the
// libraries of a relocated tree come first, because the dynamic linker looks
// for them in the system's directories otherwise.
func (b Binaries) env() []string {
	env := []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	libs := os.Getenv("LD_LIBRARY_PATH")
	if own := b.libraryDirs(); len(own) > 0 {
		libs = strings.Trim(strings.Join(own, ":")+":"+libs, ":")
	}
	if libs != "" {
		env = append(env, "LD_LIBRARY_PATH="+libs)
	}
	return env
}

func (b Binaries) libraryDirs() []string {
	if b.root() == "" {
		return nil
	}
	var dirs []string
	for _, lib := range []string{"usr/lib", "lib"} {
		found, _ := filepath.Glob(filepath.Join(b.root(), lib, "*-linux-*")) // x86_64-linux-gnu
		dirs = append(dirs, found...)
	}
	return dirs
}

// utc returns the name of the time zone UTC that this PostgreSQL surely
// knows. Debian's reads the system's zone files, which a slim container may
// lack; GMT is the one name that needs no file.
func (b Binaries) utc() string {
	share := filepath.Join(filepath.Dir(b.Dir), "share")
	for _, dir := range []string{"/usr/share/zoneinfo", filepath.Join(share, "timezone"), filepath.Join(share, "postgresql/timezone")} {
		if _, err := os.Stat(filepath.Join(dir, "UTC")); err == nil {
			return "UTC"
		}
	}
	return "GMT"
}
