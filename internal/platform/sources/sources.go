// Package sources finds agrovet's sources, for tests and tools that run scripts of theirs.
package sources

import (
	"errors"
	"os"
	"path/filepath"
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
