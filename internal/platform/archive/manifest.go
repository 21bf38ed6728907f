package archive

import (
	"errors"
	"time"
)

// Format is the number of the format that this package writes, and the newest that it reads.
const Format = 1

// Errors of [Open], wrapped with what was found.
var (
	ErrDamaged = errors.New("the archive is damaged")
	ErrFormat  = errors.New("the archive has a newer format")
	ErrForeign = errors.New("the file is no archive of agrovet")
)

// Manifest tells what is in an archive.
type Manifest struct {
	Format  int       `json:"format"`
	Agrovet string    `json:"agrovet"` // version of the program that made it
	MadeAt  time.Time `json:"made_at"` // when the first snapshot was taken
	Modules []Module  `json:"modules"`
	Files   Files     `json:"files"`
	Config  []Setting `json:"config"` // what was in force; secrets are hidden
}

// Module is one schema.
type Module struct {
	Name      string           `json:"name"`
	Versions  map[string]int64 `json:"versions"` // of its migrations, by set: platform, module
	Snapshot  int              `json:"snapshot"` // modules with the same number were read in one snapshot
	Tables    []Table          `json:"tables"`
	Sequences []Sequence       `json:"sequences"`
	Cursors   map[string]int64 `json:"cursors"` // how far each destination had its events before any snapshot
}

// Table is what was read of one table.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	Sum
}

// Sum is the size and the SHA-256, in hexadecimal, of bytes.
type Sum struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Sequence is where a sequence stood, at or behind every row of the snapshot.
type Sequence struct {
	Name   string `json:"name"`
	Last   int64  `json:"last"`
	Called bool   `json:"called"` // Last was given out
}

// Files are the files of the store that the rows name.
type Files struct {
	Included bool     `json:"included"` // else they are where they were
	Store    string   `json:"store"`    // disk or s3
	Count    int64    `json:"count"`    // in the archive
	Bytes    int64    `json:"bytes"`
	Missing  int64    `json:"missing"`      // named by rows and not in the store when they were to be read
	Examples []string `json:"missing_keys"` // some of those
}

// Setting is a line of `agrovet config`.
type Setting struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

// File is one file of the store.
type File struct {
	Key         string `json:"key"`
	ContentType string `json:"content_type,omitempty"`
	Sum
}

// Module returns the module with this name, nil when the archive has none.
func (m *Manifest) Module(name string) *Module {
	for i := range m.Modules {
		if m.Modules[i].Name == name {
			return &m.Modules[i]
		}
	}
	return nil
}

// table returns what was read of a table, nil for one that the manifest does not have.
func (m *Manifest) table(module, name string) *Table {
	if mod := m.Module(module); mod != nil {
		for i := range mod.Tables {
			if mod.Tables[i].Name == name {
				return &mod.Tables[i]
			}
		}
	}
	return nil
}
