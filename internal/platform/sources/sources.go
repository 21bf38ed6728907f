// Package sources finds agrovet's sources, for tests and tools, and what scripts of theirs fetch.
package sources

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Root is the first directory that has go.mod, from the working directory upwards.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod here or above: run it in agrovet's sources")
		}
	}
}

// Found is the path that a script in tools/ prints: of what it finds on this machine, or fetches, which it tells on
// the standard error.
func Found(ctx context.Context, script string) (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(root, "tools", script)) //nolint:gosec // one of the sources
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("tools/%s: %w", script, err)
	}
	return strings.TrimSpace(string(out)), nil
}
