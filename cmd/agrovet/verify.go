package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"agrovet/internal/platform/verify"
)

// looks are what `agrovet verify` looks at, and how.
type looks struct {
	verify.Options
	only       []string
	references bool
	files      bool
	json       bool
}

var errBroken = errors.New("invariants are broken: see above")

func verifyCommand() *cobra.Command {
	var l looks
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check the invariants of all modules, and repair what is safe to repair",
		Long: `Check the invariants of all modules: counters equal what they count, logs have no holes, what rows refer to is
there. It only reads, beside a running installation as well, and looks twice at what it finds.

With --repair, what can be made again from other rows is: counters, search documents, sequences. Nothing is
deleted that somebody has written. What it cannot repair it names.

Exit status: 0 when all is well or was repaired, 1 otherwise.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return withSettings(func(ctx context.Context, s *settings) error {
				s.Database.Migrate = false
				a, err := newApp(ctx, s.Config, true)
				if err != nil {
					return err
				}
				defer a.close()
				return a.verify(ctx, c.OutOrStdout(), l)
			})(c, args)
		},
	}
	c.Flags().BoolVar(&l.Repair, "repair", false, "repair what is safe to repair")
	c.Flags().StringSliceVar(&l.only, "only", nil, "only these modules, such as foro,chat")
	c.Flags().BoolVar(&l.references, "references", false, "also ask auth and media whether what other modules refer to is there")
	c.Flags().BoolVar(&l.files, "files", false, "also ask the store of files for each of them")
	c.Flags().BoolVar(&l.json, "json", false, "write the results as JSON")
	return c
}

// verified is a module with invariants: all are.
type verified interface {
	Invariants() []verify.Invariant
	References() []verify.Invariant
}

// verify looks at all that is wanted and says what it finds, line by line.
func (a *app) verify(ctx context.Context, out io.Writer, l looks) error {
	names, err := a.verifiable(ctx, l.only)
	if err != nil {
		return err
	}
	all, well := []verify.Result{}, true
	for _, name := range names {
		ground := verify.Ground{DB: a.db.module[name], Alive: a.alive}
		for _, i := range a.invariants(name, l) {
			r := verify.Check(ctx, ground, i, l.Options)
			all, well = append(all, r), well && r.Well()
			if !l.json {
				fmt.Fprintln(out, line(r))
			}
		}
	}
	if l.json {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(all)
	}
	if err == nil && !well {
		err = errBroken
	}
	return err
}

// verifiable are the modules to look at. Their schemas must be those of this program.
func (a *app) verifiable(ctx context.Context, only []string) (names []string, err error) {
	if len(only) == 0 {
		only = a.cfg.hosted()
	}
	for _, name := range only {
		db, ok := a.db.module[name]
		if !ok {
			return nil, fmt.Errorf("--only: there is no module %q here", name)
		}
		status, err := migrations(name).Status(ctx, db)
		if err != nil {
			return nil, err
		}
		for _, s := range status {
			if s.Pending() {
				return nil, fmt.Errorf("%s: migrations are pending: run `agrovet migrate up` first", name)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(moduleNames), func(name string) bool { return !slices.Contains(only, name) }), nil
}

func (a *app) invariants(name string, l looks) []verify.Invariant {
	m := a.modules[name].(verified)
	all := slices.Concat(verify.Common(), m.Invariants())
	if l.references {
		all = append(all, m.References()...)
	}
	if l.files && name == "media" {
		all = append(all, a.media.Bytes()...)
	}
	return all
}

// line is a result in one line.
func line(r verify.Result) string {
	what := fmt.Sprintf("%-12s %s", r.Module, r.Broken)
	switch {
	case r.Error != "":
		return "FAILED  " + what + ": " + r.Error
	case r.Found == 0:
		return "ok      " + what + ": none"
	}
	mark, rest := "BROKEN  ", ""
	if r.Well() {
		mark = "ok      "
	}
	if r.Repaired > 0 {
		rest = fmt.Sprintf(", %d repaired", r.Repaired)
	}
	more := ""
	if r.Found > len(r.Examples) {
		more = ", …"
	}
	return fmt.Sprintf("%s%s: %d (%s%s)%s", mark, what, r.Found, strings.Join(r.Examples, ", "), more, rest)
}
