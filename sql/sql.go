// Package sql holds every module's migrations, embedded into the binary, and the queries from which
// sqlc generates each module's typed code (see sqlc.yaml).
package sql

import (
	"embed"
	"io/fs"
)

//go:embed */migrations/*.sql
var files embed.FS

// Migrations of a module, or of "platform": the tables that every schema has.
func Migrations(module string) fs.FS {
	sub, err := fs.Sub(files, module+"/migrations")
	if err != nil {
		panic(err) // the path is valid by construction
	}
	return sub
}
