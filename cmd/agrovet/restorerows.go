package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/archive"
	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg/rows"
)

// filling is a module's transaction, and what is to be there at its end.
type filling struct {
	*archive.Module
	tx     pgx.Tx
	load   *rows.Load
	copied map[string]int64 // rows, by table
}

// rows fills all schemas, each in a transaction. They are committed one after another once all are complete.
func (r *restore) rows(ctx context.Context) (err error) {
	all := map[string]*filling{}
	defer func() {
		for _, f := range all {
			if e := f.tx.Rollback(context.WithoutCancel(ctx)); e != nil && !errors.Is(e, pgx.ErrTxClosed) {
				err = errors.Join(err, e)
			}
		}
	}()
	for i := range r.Manifest.Modules {
		m := &r.Manifest.Modules[i]
		conn, err := r.db.module[m.Name].Acquire(ctx)
		if err != nil {
			return err
		}
		defer conn.Release()
		tx, err := conn.Begin(ctx)
		if err != nil {
			return err
		}
		all[m.Name] = &filling{Module: m, tx: tx, copied: map[string]int64{}}
		if all[m.Name].load, err = rows.NewLoad(ctx, tx); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	err = r.Rows(func(module, table string, data io.Reader) error { return all[module].fill(ctx, table, data) })
	for _, m := range r.Manifest.Modules {
		if err == nil {
			err = all[m.Name].finish(ctx)
		}
	}
	for _, m := range r.Manifest.Modules {
		if err == nil {
			err = all[m.Name].tx.Commit(ctx)
		}
	}
	return err
}

func (f *filling) fill(ctx context.Context, table string, data io.Reader) (err error) {
	for _, t := range f.Tables {
		if t.Name == table {
			f.copied[table], err = f.load.Copy(ctx, rows.Table{Name: t.Name, Columns: t.Columns}, data)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	return nil
}

// finish wants every row of the manifest.
func (f *filling) finish(ctx context.Context) error {
	for _, t := range f.Tables {
		if f.copied[t.Name] != t.Rows {
			return fmt.Errorf("%s.%s: %d rows of %d", f.Name, t.Name, f.copied[t.Name], t.Rows)
		}
	}
	sequences := make([]rows.Sequence, len(f.Sequences))
	for i, s := range f.Sequences {
		sequences[i] = rows.Sequence(s)
	}
	err := f.load.Finish(ctx, sequences)
	if err == nil {
		err = bus.Moved(ctx, f.tx, f.Cursors)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	return nil
}
