package main

import (
	"errors"
	"fmt"
	"time"
)

// backupConfig are the keys of backups; all but media are of those that `serve` makes by itself.
type backupConfig struct {
	Dir   string        `mapstructure:"dir"`
	Every time.Duration `mapstructure:"every"`
	Keep  int           `mapstructure:"keep"`
	Media string        `mapstructure:"media"`
}

func (c Config) validateBackup() error {
	b := c.Backup
	switch {
	case b.Media != "include" && b.Media != "reference":
		return fmt.Errorf("backup.media: %q is not one of include, reference", b.Media)
	case b.Every < time.Second || b.Keep < 1:
		return errors.New("backup.every must be 1s or more, and backup.keep 1 or more")
	case b.Dir != "" && len(c.hosted()) < len(moduleNames):
		return errors.New("backup.dir: a process that hosts some of the modules cannot copy all; run `agrovet backup` with --modules=all and the same databases instead")
	}
	return nil
}
