//go:build !linux

package blob

import "os"

func (d *Disk) open(key string) (*os.File, error) { return d.root.Open(key) }
