package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"agrovet/internal/media/mediamod"
	"agrovet/internal/platform/archive"
	"agrovet/internal/platform/pg/rows"
)

func restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Make an installation of a backup, in an empty data directory or empty databases",
		Long: `Make an installation of a file that ` + "`agrovet backup`" + ` wrote. First the whole file is checked: a damaged
one changes nothing. Then its files go to the store, and its rows to the databases, that the configuration names;
both may be others than those that the backup came from. Databases must be empty and agrovet must not run.

People stay signed in and signed links go on to work, since what both rest on is among the rows. Passwords of
databases and services come from the new configuration; ` + "`agrovet backup --check`" + ` and the file's manifest.json show
the old one. With Redis or Kafka, begin with empty ones: they may know of what happened after the backup.

An interrupted restore leaves no rows, and is begun again.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return withSettings(func(ctx context.Context, s *settings) error { return runRestore(ctx, s.Config, args[0]) })(c, args[:0])
		},
	}
}

func runRestore(ctx context.Context, cfg Config, path string) error {
	a, err := archive.Open(path)
	if err != nil {
		return err
	}
	if err := restorable(cfg, a.Manifest); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	cfg.Database.Migrate = false
	db, err := openDatabases(ctx, cfg, false)
	if err != nil {
		return err
	}
	defer db.close()
	if err := db.ensureRoles(ctx, cfg); err != nil {
		return err
	}
	r := &restore{cfg, db, a}
	if err := r.run(ctx); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return describe(os.Stdout, "is restored; it had", path, a.Manifest)
}

// restorable says what keeps this agrovet from restoring an archive.
func restorable(cfg Config, m archive.Manifest) error {
	for _, module := range m.Modules {
		if !cfg.Hosts(module.Name) {
			return fmt.Errorf("it has the module %s, which --modules leaves out", module.Name)
		}
		for set, v := range module.Versions {
			if latest := migrations(module.Name).Latest(set); v > latest {
				return fmt.Errorf("it was made by a newer agrovet (%s): schema %s is at version %d of %s, and this agrovet (%s) knows %d. Restore it with that version or a newer one",
					m.Agrovet, module.Name, v, set, version, latest)
			}
		}
	}
	return nil
}

type restore struct {
	cfg Config
	db  *databases
	*archive.Archive
}

// run brings files first, so that no row names one that is not there, then the rows of all modules, and then
// what migrations have to do with them.
func (r *restore) run(ctx context.Context) error {
	if err := r.empty(ctx); err != nil {
		return err
	}
	if err := r.files(ctx); err != nil {
		return err
	}
	for _, m := range r.Manifest.Modules {
		if err := migrations(m.Name).MigrateEmpty(ctx, r.db.module[m.Name], m.Versions); err != nil {
			return err
		}
	}
	if err := r.rows(ctx); err != nil {
		return err
	}
	for _, m := range r.Manifest.Modules {
		db := r.db.module[m.Name]
		if err := migrations(m.Name).Migrate(ctx, db); err != nil {
			return err
		}
		if err := db.Tx(ctx, func(ctx context.Context) error { return rows.Analyze(ctx, db.Q(ctx).(pgx.Tx)) }); err != nil {
			return err
		}
	}
	return nil
}

// fromMigrations are the tables into which migrations put their one row.
var fromMigrations = []string{"secret", "place_key", "viewer_key", "documented", "counted", "community_total"}

// empty wants that the databases have nothing that a restore would remove.
func (r *restore) empty(ctx context.Context) error {
	var all []error
	for _, m := range r.Manifest.Modules {
		db := r.db.module[m.Name]
		err := db.Tx(ctx, func(ctx context.Context) error {
			counts, err := rows.Count(ctx, db.Q(ctx).(pgx.Tx))
			for _, name := range fromMigrations {
				if counts[name] == 1 {
					delete(counts, name)
				}
			}
			if err == nil && len(counts) > 0 {
				err = fmt.Errorf("the database of %s is not empty: it has rows in %s", m.Name, strings.Join(slices.Sorted(maps.Keys(counts)), ", "))
			}
			return err
		})
		all = append(all, err)
	}
	return errors.Join(all...)
}

// files puts them into the store that the configuration names.
func (r *restore) files(ctx context.Context) error {
	if !r.Manifest.Files.Included || r.Manifest.Files.Count == 0 {
		return nil
	}
	store, err := mediaStore(r.cfg)
	if err != nil {
		return err
	}
	defer closeStore(store)
	return r.Files(func(f archive.File, data io.Reader) error {
		if err := mediamod.PutBack(ctx, store, f.Key, f.ContentType, data, f.Bytes); err != nil {
			return fmt.Errorf("file %s: %w", f.Key, err)
		}
		return nil
	})
}
