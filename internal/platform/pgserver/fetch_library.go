package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	embeddedpostgres "github.com/fergusstrange/embedded-postgres"
)

// published are the versions that the library fetches; 0 is its newest.
var published = map[int]embeddedpostgres.PostgresVersion{
	0:  embeddedpostgres.V17,
	17: embeddedpostgres.V17,
	16: embeddedpostgres.V16,
	15: embeddedpostgres.V15,
	14: embeddedpostgres.V14,
}

// fromLibrary lets embedded-postgres fetch, verify and unpack its binaries.
// The library does so only on the way to starting a server, with a known
// password on a TCP port, which nobody wants here: the impossible locale makes
// its initdb fail right after the unpacking. Whether that succeeded shows in
// the tree; the library's error counts only when the tree is not there.
func fromLibrary(ctx context.Context, work string, major int, _ *slog.Logger) error {
	version, ok := published[major]
	if !ok {
		return fmt.Errorf("version %d is not published", major)
	}
	place := filepath.Join(work, "library")
	server := embeddedpostgres.NewDatabase(embeddedpostgres.DefaultConfig().
		Version(version).Locale("unpack-only").Logger(io.Discard).Port(0).
		CachePath(filepath.Join(place, "cache")).BinariesPath(filepath.Join(place, "tree")).
		RuntimePath(filepath.Join(place, "run")).DataPath(filepath.Join(place, "data")))
	ended := make(chan error, 1)
	go func() { ended <- server.Start() }() // it takes no context
	select {
	case err := <-ended:
		return keepTree(place, filepath.Join(work, "tree"), err)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func keepTree(place, tree string, startErr error) error {
	if startErr == nil {
		startErr = errors.New("the archive holds no server")
	}
	if _, err := os.Stat(filepath.Join(place, "tree/bin/postgres")); err != nil {
		return fmt.Errorf("embedded-postgres (is there a network?): %w", startErr)
	}
	if err := os.Rename(filepath.Join(place, "tree"), tree); err != nil {
		return fmt.Errorf("take over the unpacked binaries: %w", err)
	}
	return nil
}
