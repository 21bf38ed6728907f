package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func migrateCommand() *cobra.Command {
	c := &cobra.Command{Use: "migrate", Short: "Bring the database schemas up to date, or show where they are"}
	c.AddCommand(
		&cobra.Command{Use: "up", Short: "Run the pending migrations", Args: cobra.NoArgs, RunE: withSettings(migrateUp)},
		&cobra.Command{Use: "status", Short: "Show the version of every schema", Args: cobra.NoArgs, RunE: withSettings(migrateStatus)},
	)
	return c
}

func migrateUp(ctx context.Context, s *settings) error {
	s.Database.Migrate = true
	db, err := openDatabases(ctx, s.Config, true)
	if err != nil {
		return err
	}
	defer db.close()
	return printStatus(ctx, db)
}

func migrateStatus(ctx context.Context, s *settings) error {
	s.Database.Migrate = false
	db, err := openDatabases(ctx, s.Config, true)
	if err != nil {
		return err
	}
	defer db.close()
	return printStatus(ctx, db)
}

func printStatus(ctx context.Context, db *databases) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "SCHEMA\tSET\tVERSION\tLATEST\tPENDING")
	for _, name := range moduleNames {
		module, ok := db.module[name]
		if !ok {
			continue
		}
		all, err := migrations(name).Status(ctx, module)
		if err != nil {
			return err
		}
		for _, s := range all {
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\n", s.Schema, s.Set, s.Current, s.Latest, len(s.PendingMigration))
		}
	}
	return w.Flush()
}
