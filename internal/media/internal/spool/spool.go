// Package spool makes the files that bytes wait in while what they are is not known yet.
package spool

import "os"

// New is a file that goes when it is closed, or when the process dies.
func New() (*os.File, error) {
	f, err := os.CreateTemp("", "agrovet-media-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
