package pg

import (
	"context"
	"fmt"
	"runtime"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// Bulk fills tables of a module by COPY, for measuring. It is for nothing else: while it runs, what keeps the tables
// right and fast may not be there, and a process that is killed meanwhile leaves them so.
type Bulk struct {
	DB     *DB
	Tables []string
}

// Patient has what runs on ctx take as long, and as much memory, as it needs.
func (b Bulk) Patient(ctx context.Context, do func(context.Context) error) error {
	return b.DB.Tx(ctx, func(ctx context.Context) error {
		for _, set := range []string{"statement_timeout = 0", "maintenance_work_mem = '1GB'", "work_mem = '128MB'"} {
			if _, err := b.DB.Q(ctx).Exec(ctx, "set local "+set); err != nil {
				return err
			}
		}
		return do(ctx)
	})
}

// Reserve takes n ids of a table, which follow each other, and returns the first.
func (b Bulk) Reserve(ctx context.Context, table string, n int) (first int64, err error) {
	const sequence = "pg_get_serial_sequence($1, 'id')"
	return first, b.DB.Q(ctx).QueryRow(ctx, "select setval("+sequence+", nextval("+sequence+") + $2 - 1) - $2 + 1", table, n).Scan(&first)
}

// Copy stores n rows.
func (b Bulk) Copy(ctx context.Context, table string, columns []string, n int, row func(i int) []any) error {
	source := pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil })
	if _, err := b.DB.Q(ctx).CopyFrom(ctx, pgx.Identifier{table}, columns, source); err != nil {
		return fmt.Errorf("copy into %s: %w", table, err)
	}
	return nil
}

// Chunks does n things, size at a time, on all processors: the server has about as much to do with rows as who makes
// them. After an error no chunk is begun by whom it happened to.
func Chunks(n, size int, do func(first, n int) error) error {
	g, chunks := errgroup.Group{}, make(chan int)
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() (err error) {
			for first := range chunks {
				if err == nil {
					err = do(first, min(size, n-first))
				}
			}
			return err
		})
	}
	for first := 0; first < n; first += size {
		chunks <- first
	}
	close(chunks)
	return g.Wait()
}

// Vacuum brings what the planner knows of the tables, and of others, up to date.
func (b Bulk) Vacuum(ctx context.Context, others ...string) error {
	conn, err := b.DB.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "set statement_timeout = 0"); err != nil {
		return err
	}
	for _, tables := range [][]string{b.Tables, others} {
		for _, t := range tables {
			if _, err := conn.Exec(ctx, "vacuum analyze "+t); err != nil {
				return err
			}
		}
	}
	_, err = conn.Exec(ctx, "reset statement_timeout")
	return err
}
