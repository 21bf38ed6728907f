package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"agrovet/internal/media/mediamod"
	"agrovet/internal/platform/original"
)

func returnCommand() *cobra.Command {
	c := &cobra.Command{Use: "return", Short: "Bring what was written since an import back into the original system"}
	c.AddCommand(returnOriginalCommand())
	return c
}

func returnOriginalCommand() *cobra.Command {
	var i importing
	c := &cobra.Command{
		Use:   "original",
		Short: "Write a module's new, changed and deleted rows into the original's database, by their ids",
		Long: `Write back into the original what was made, changed or deleted in a module since it was imported, so that the
original can go on with it. Ids stay. What the original has no place for is counted in the report. Rows that have not
changed since they came are left alone, and so are rows of the original under an id that was given here, too: they say
that somebody has written to the original since the module moved.

Each database is written in one transaction, so one that was ended leaves nothing; doing it again is harmless.
--dry-run tells what would happen. DSNs are given as to import, with a role that may write; they are PostgreSQL's.

Exit status: 0 when all went back, 1 otherwise.`,
		Args: cobra.NoArgs,
		RunE: withApp(func(ctx context.Context, a *app) error { return i.back(ctx, a, os.Stdout) }),
	}
	i.flags(c)
	return c
}

func (i importing) back(ctx context.Context, a *app, out io.Writer) error {
	if err := i.check(a); err != nil {
		return err
	}
	if len(i.only) == 0 {
		return errors.New("--only: name the modules that go back")
	}
	back := original.Back{Sources: map[string]string{}, Targets: a.db.module, Dry: i.dry}
	for _, p := range a.parts(mediamod.OriginalFiles{}) {
		if slices.Contains(i.only, p.Module) {
			back.Parts = append(back.Parts, p)
			if back.Sources[p.Module] = i.database(p.Module); back.Sources[p.Module] == "" {
				return errors.New("give the original's database of " + p.Module + ", by --dsn or --" + p.Module + "-dsn")
			}
		}
	}
	report, err := back.Do(ctx)
	if err != nil {
		report.Error = err.Error()
	}
	return errors.Join(err, i.write(report, out), report.Refused())
}
