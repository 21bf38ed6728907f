package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"agrovet/internal/platform/archive"
)

func backupCommand() *cobra.Command {
	var out, check string
	c := &cobra.Command{
		Use:   "backup (--out FILE | --check FILE)",
		Short: "Copy everything into one file, while agrovet runs or without it",
		Long: `Copy everything into one file: all rows in one snapshot, the files of media or only their names, the
configuration without its secrets. Agrovet may run meanwhile. ` + "`agrovet restore`" + ` makes an installation of it.

Modules in one database are read in one snapshot; a module with a database of its own has a moment of its own,
some milliseconds apart. Keep the file where only you can read it: it has the hashes of passwords and the secret
that links to private files are signed with. Passwords of databases and of services are not in it.

With --check a file is read to its end, everything in it is compared with its checksums, and nothing is written.`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&out, "out", "", "file to write, or - for standard output")
	c.Flags().StringVar(&check, "check", "", "archive to check")
	c.MarkFlagsMutuallyExclusive("out", "check")
	c.MarkFlagsOneRequired("out", "check")
	c.RunE = func(c *cobra.Command, args []string) error {
		if check != "" {
			a, err := archive.Open(check)
			if err != nil {
				return err
			}
			return describe(c.OutOrStdout(), "is whole", check, a.Manifest)
		}
		return withSettings(func(ctx context.Context, s *settings) error { return runBackup(ctx, s, out) })(c, args)
	}
	return c
}

func runBackup(ctx context.Context, s *settings, out string) error {
	cfg := s.Config
	cfg.Database.Migrate = false
	db, err := openDatabases(ctx, cfg, true)
	if err != nil {
		return err
	}
	defer db.close()
	b := &backup{cfg: cfg, settings: s.shown(), db: db, include: cfg.Backup.Media == "include"}
	if out == "-" {
		w := bufio.NewWriter(os.Stdout)
		_, err := b.write(ctx, w, func(int64) error { return nil })
		return errors.Join(err, w.Flush())
	}
	m, err := b.save(ctx, out)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return describe(os.Stdout, "has", out, m)
}

// describe prints what is in an archive.
func describe(w io.Writer, verb, path string, m archive.Manifest) error {
	fmt.Fprintf(w, "%s %s: agrovet %s, %s\n", path, verb, m.Agrovet, m.MadeAt.Format("2006-01-02 15:04:05 MST"))
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "MODULE\tVERSION\tROWS\tBYTES\tSNAPSHOT")
	for _, module := range m.Modules {
		var rows, bytes int64
		for _, table := range module.Tables {
			rows, bytes = rows+table.Rows, bytes+table.Bytes
		}
		fmt.Fprintf(t, "%s\t%d.%d\t%d\t%d\t%d\n", module.Name, module.Versions["platform"], module.Versions["module"], rows, bytes, module.Snapshot)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if !m.Files.Included {
		fmt.Fprintf(w, "files: none; they stay where they are (%s)\n", m.Files.Store)
		return nil
	}
	fmt.Fprintf(w, "files: %d, %d bytes\n", m.Files.Count, m.Files.Bytes)
	if m.Files.Missing > 0 {
		fmt.Fprintf(w, "%d files are named by rows and were not in the store, such as %s\n", m.Files.Missing, m.Files.Examples[0])
	}
	return nil
}

// shown are the settings as `agrovet config` prints them.
func (s *settings) shown() []archive.Setting {
	all := make([]archive.Setting, len(options))
	for i, o := range options {
		all[i] = archive.Setting{Key: o.key, Value: shown(o, s.v.Get(o.key)), Origin: s.origin(o.key)}
	}
	return all
}
