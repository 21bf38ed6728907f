package pgserver

import (
	"errors"
	"fmt"
	"strings"
)

// What Start, Find and Fetch refuse with. The wrapped text says what to do.
var (
	// ErrNotFound: no usable PostgreSQL is installed, and none could be fetched.
	ErrNotFound = errors.New("no usable PostgreSQL found")
	// ErrInUse: another agrovet holds the directory.
	ErrInUse = errors.New("directory in use")
	// ErrOrphan: a server of an earlier run is still there and cannot be stopped.
	ErrOrphan = errors.New("an earlier PostgreSQL still runs")
	// ErrDiskFull: there is too little room to make or run a cluster.
	ErrDiskFull = errors.New("the disk is full")
	// ErrDataNewer: the data was made by a newer PostgreSQL than any found.
	ErrDataNewer = errors.New("the data is newer than the PostgreSQL found")
	// ErrDataOlder: the data was made by an older PostgreSQL than any found.
	ErrDataOlder = errors.New("the data is older than the PostgreSQL found")
	// ErrForbidden: the account that runs the server may not use a directory.
	ErrForbidden = errors.New("directory not accessible")
	// ErrNotData: the data directory holds something else than a cluster.
	ErrNotData = errors.New("not a PostgreSQL data directory")
	// ErrExited: the server ended although nobody stopped it.
	ErrExited = errors.New("PostgreSQL exited")
)

// binDirKey is the setting that names the binaries, as users write it.
const binDirKey = "AGROVET_POSTGRES_BIN_DIR"

// VersionError says that a data directory needs another major version of
// PostgreSQL. It is an ErrDataNewer or an ErrDataOlder.
type VersionError struct {
	Dir   string   // the data directory; empty when Find was asked without one
	Major int      // the major version that made it
	Found []string // what is there instead: "15 in /usr/lib/postgresql/15/bin"

	newer bool
}

// Error tells what made the data, what was found and what to do.
func (e *VersionError) Error() string {
	s := fmt.Sprintf("the data in %s was made by PostgreSQL %d, but here is only PostgreSQL %s; nothing was changed: ",
		e.Dir, e.Major, strings.Join(e.Found, ", "))
	if e.Major < MinMajor {
		return s + fmt.Sprintf("agrovet needs PostgreSQL %d or newer; dump this data with its own version and restore it", MinMajor)
	}
	remedy := fmt.Sprintf("install PostgreSQL %d (apt-get install postgresql-%d) or set %s to its bin directory", e.Major, e.Major, binDirKey)
	if e.newer {
		return s + "a newer version's data cannot be opened by an older one; " + remedy
	}
	return s + "data is not upgraded by itself; " + remedy + ", then move it with pg_dump"
}

// Unwrap returns ErrDataNewer or ErrDataOlder.
func (e *VersionError) Unwrap() error {
	if e.newer {
		return ErrDataNewer
	}
	return ErrDataOlder
}
