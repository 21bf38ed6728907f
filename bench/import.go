package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"agrovet/internal/platform/original/synthetic"
)

// measureImport moves an original of a community's size, against bare COPY of the same rows into equal tables, with
// their keys and indexes.
func measureImport(ctx context.Context, h *house) ([]row, error) {
	dsn, err := h.original(ctx)
	if err != nil {
		return nil, err
	}
	rows, peer, err := h.copyOriginal(ctx, dsn)
	if err != nil {
		return nil, err
	}
	took, peak, err := h.importOriginal(ctx, dsn)
	if err != nil {
		return nil, err
	}
	return []row{
		{
			what:     fmt.Sprintf("import of an original with %d rows, against COPY of them", rows),
			measured: fmt.Sprintf("%.0f s", took.Seconds()), peer: fmt.Sprintf("%.1f s", peer.Seconds()),
			rounds: []float64{took.Seconds() / peer.Seconds()},
		},
		{what: "most memory of that import", measured: fmt.Sprintf("%.0f MiB", peak), peer: "–", rounds: []float64{peak}, unit: " MiB"},
	}, nil
}

// original makes and fills one.
func (h *house) original(ctx context.Context) (dsn string, err error) {
	if dsn, err = h.newDatabase(ctx, "original"); err != nil {
		return "", err
	}
	return dsn, synthetic.Fill(ctx, dsn, synthetic.Full)
}

// importOriginal moves it into a new installation. The peak is that of the importing process, in MiB.
func (h *house) importOriginal(ctx context.Context, original string) (took time.Duration, peak float64, err error) {
	dsn, err := h.newDatabase(ctx, "imported")
	if err != nil {
		return 0, 0, err
	}
	p, err := h.serveOn(ctx, dsn) // makes the tables
	if err != nil {
		return 0, 0, err
	}
	p.stop()
	c := exec.CommandContext(ctx, h.binary, "import", "original", "--report", filepath.Join(h.dir, "import.md"),
		"--data-dir", filepath.Join(h.dir, "data"), "--log-level", "error")
	c.Env = append(cleanEnvironment(), "AGROVET_DATABASE_URL="+dsn, "ORIGINAL_DSN="+original)
	begun := time.Now()
	out, err := c.CombinedOutput()
	took = time.Since(begun)
	if err != nil {
		return 0, 0, fmt.Errorf("import: %w\n%s", err, out[max(0, len(out)-2000):])
	}
	return took, float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024, nil
}

// copyOriginal copies all tables into empty ones of the same kind.
func (h *house) copyOriginal(ctx context.Context, dsn string) (rows int64, took time.Duration, err error) {
	copied, err := h.newDatabase(ctx, "copied")
	if err != nil {
		return 0, 0, err
	}
	from, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return 0, 0, err
	}
	defer from.Close(context.WithoutCancel(ctx))
	to, err := pgx.Connect(ctx, copied)
	if err != nil {
		return 0, 0, err
	}
	defer to.Close(context.WithoutCancel(ctx))
	if _, err := to.Exec(ctx, synthetic.Schema); err != nil {
		return 0, 0, err
	}
	var tables string // in the order in which they were made: those referred to come first
	err = from.QueryRow(ctx, `select string_agg(oid::regclass::text, ',' order by oid) from pg_class
		where relkind = 'r' and relnamespace = 'public'::regnamespace`).Scan(&tables)
	if err != nil {
		return 0, 0, err
	}
	begun := time.Now()
	for table := range strings.SplitSeq(tables, ",") {
		n, err := copyTable(ctx, from, to, table)
		if err != nil {
			return 0, 0, fmt.Errorf("copy %s: %w", table, err)
		}
		rows += n
	}
	return rows, time.Since(begun), nil
}

func copyTable(ctx context.Context, from, to *pgx.Conn, table string) (rows int64, err error) {
	r, w := io.Pipe()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		_, err := from.PgConn().CopyTo(ctx, w, "copy "+table+" to stdout")
		w.CloseWithError(err)
		return err
	})
	g.Go(func() error {
		tag, err := to.PgConn().CopyFrom(ctx, r, "copy "+table+" from stdin")
		r.CloseWithError(err)
		rows = tag.RowsAffected()
		return err
	})
	err = g.Wait()
	return rows, err
}
