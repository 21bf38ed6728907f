package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"agrovet/internal/media/mediamod"
	"agrovet/internal/platform/original"
)

// originalModules are the original's services, in the order in which they are moved. They are looked at in the
// opposite order: auth's moment is the last, so that everybody whom others refer to is known.
var originalModules = []string{"auth", "media", "profiles", "marketplace", "chat", "foro"}

// parts are what the modules take from the original.
func (a *app) parts(files mediamod.OriginalFiles) []original.Part {
	return []original.Part{a.auth.Original(), a.media.Original(files), a.profiles.Original(), a.marketplace.Original(), a.chat.Original(), a.foro.Original()}
}

func importCommand() *cobra.Command {
	c := &cobra.Command{Use: "import", Short: "Take over the data of the original system"}
	c.AddCommand(importOriginalCommand(), &cobra.Command{
		Use:   "forget",
		Short: "Remove what imports remember; afterwards one begins anew, and finds rows that are there",
		Args:  cobra.NoArgs,
		RunE: withApp(func(ctx context.Context, a *app) error {
			for name, db := range a.db.module {
				if err := original.Forget(ctx, db); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
			return nil
		}),
	})
	return c
}

// importing is what the command line says.
type importing struct {
	dsn    string // of all
	dsns   map[string]*string
	only   []string
	dry    bool
	report string
	files  []string // where they are
	atOnce int
}

func importOriginalCommand() *cobra.Command {
	var i importing
	c := &cobra.Command{
		Use:   "original",
		Short: "Move the original's databases into the modules: ids, passwords and tokens stay",
		Long: `Move the original's databases into the modules. Ids stay, passwords and tokens go on, and what cannot be
taken is told by rule. Nothing is written to the original. An import that was ended, in whatever way, goes on
when it is run again; one that was finished brings what is new since. --dry-run tells what would happen.

A DSN is an URL of PostgreSQL, or the path of an SQLite file. Those with passwords are better given by the
environment: ORIGINAL_DSN, ORIGINAL_AUTH_DSN and so on. Modules without one are left out. What shows files
is moved together with media, or after it.

Files come last, when it is known who shows them; what nobody shows is left behind. --files says where they are,
as often as there are places: a directory, s3://bucket/prefix, or the URL of a server; PREFIX=LOCATION when
addresses that begin with PREFIX have moved there. Addresses of other places are not followed, and what is not
found stays a record without a file until a later run finds it. Without --files, files wait. The service of a bucket
stands in ORIGINAL_FILES_S3_ENDPOINT, _REGION, _ACCESS_KEY and _SECRET_KEY.

Exit status: 0 when every row of the original is accounted for, 1 otherwise.`,
		Args: cobra.NoArgs,
		RunE: withApp(func(ctx context.Context, a *app) error { return i.run(ctx, a, os.Stdout, os.Stderr) }),
	}
	i.flags(c)
	c.Flags().StringArrayVar(&i.files, "files", nil, "where files are: a directory, s3://bucket/prefix, or a URL; PREFIX=LOCATION for addresses that have moved")
	c.Flags().IntVar(&i.atOnce, "files-at-once", 4, "files that are fetched at a time, 1 to 32")
	return c
}

// flags are common to both ways.
func (i *importing) flags(c *cobra.Command) {
	i.dsns = map[string]*string{}
	c.Flags().StringVar(&i.dsn, "dsn", "", "one database for all modules")
	for _, m := range originalModules {
		i.dsns[m] = c.Flags().String(m+"-dsn", "", "the original's database of "+m)
	}
	c.Flags().StringSliceVar(&i.only, "only", nil, "modules that are moved, such as auth,chat (default: all with a DSN)")
	c.Flags().BoolVar(&i.dry, "dry-run", false, "do it all in transactions that are rolled back, and report")
	c.Flags().StringVar(&i.report, "report", "", "file for the report in Markdown; beside it goes one in JSON (default: the report is printed)")
}

// check says what of the command line cannot be done here.
func (i importing) check(a *app) error {
	if len(a.modules) < len(moduleNames) {
		return errors.New("this works where all modules run: use --modules=all, with the same databases and without the other processes' addresses")
	}
	for _, m := range i.only {
		if !slices.Contains(originalModules, m) {
			return fmt.Errorf("--only: there is no module %q; there are %s", m, strings.Join(originalModules, ", "))
		}
	}
	return nil
}

func (i importing) run(ctx context.Context, a *app, out, progress io.Writer) error {
	if err := i.check(a); err != nil {
		return err
	}
	files, err := i.whereFilesAre()
	if err != nil {
		return err
	}
	sources, err := i.open(ctx)
	defer func() {
		for _, s := range sources {
			s.Close()
		}
	}()
	if err != nil {
		return err
	}
	run := original.Run{Givers: a.parts(files), Sources: sources, Targets: a.db.module, Dry: i.dry, Progress: printProgress(progress)}
	for _, p := range run.Givers {
		if sources[p.Module] != nil && (len(i.only) == 0 || slices.Contains(i.only, p.Module)) {
			run.Parts = append(run.Parts, p)
		}
	}
	if len(run.Parts) == 0 {
		return errors.New("nothing to move: give the original's databases, by --dsn or --auth-dsn and so on")
	}
	report, err := run.Do(ctx)
	if err != nil {
		report.Error = err.Error()
	}
	return errors.Join(err, i.write(report, out), report.Unaccounted())
}

// whereFilesAre reads --files.
func (i importing) whereFilesAre() (f mediamod.OriginalFiles, err error) {
	if f.AtOnce = i.atOnce; i.atOnce < 1 || i.atOnce > 32 {
		return f, errors.New("--files-at-once: a number from 1 to 32")
	}
	for _, text := range i.files {
		p, err := mediamod.ParseOriginalPlace(text, os.Getenv)
		if err != nil {
			return f, fmt.Errorf("--files: %w", err)
		}
		f.Places = append(f.Places, p)
	}
	return f, nil
}

// database is the DSN of the original's of a module; empty: none is given.
func (i importing) database(module string) string {
	return cmp.Or(*i.dsns[module], os.Getenv("ORIGINAL_"+strings.ToUpper(module)+"_DSN"), i.dsn, os.Getenv("ORIGINAL_DSN"))
}

// open opens the original's databases.
func (i importing) open(ctx context.Context) (map[string]original.Source, error) {
	sources := map[string]original.Source{}
	for _, m := range slices.Backward(originalModules) {
		dsn := i.database(m)
		if dsn == "" {
			continue
		}
		s, err := original.Open(ctx, dsn)
		if err != nil {
			return sources, fmt.Errorf("%s: %w", m, err)
		}
		sources[m] = s
	}
	return sources, nil
}

// write writes the report to its files, or prints it.
func (i importing) write(r interface {
	Markdown() string
	WriteJSON(w io.Writer) error
}, out io.Writer) error {
	if i.report == "" {
		_, err := io.WriteString(out, r.Markdown())
		return err
	}
	if err := os.WriteFile(i.report, []byte(r.Markdown()), 0o600); err != nil {
		return err
	}
	f, err := os.OpenFile(strings.TrimSuffix(i.report, ".md")+".json", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(r.WriteJSON(f), f.Close())
}

// printProgress prints where it is, every two seconds and at the beginning of each thing.
func printProgress(w io.Writer) func(original.Progress) {
	var last time.Time
	return func(p original.Progress) {
		if p.Done == 0 || time.Since(last) > 2*time.Second {
			last = time.Now()
			fmt.Fprintln(w, p)
		}
	}
}
