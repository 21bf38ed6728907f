package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// bulkTables are those that are filled.
var bulkTables = []string{"add", "listing", "add_transition", "add_price_history", "term", "word"}

// WithoutIndexes runs do while the indexes of adverts are not there, except the primary keys, and makes
// them again, two at once: an index that is made at last costs a small part of one that grows with every
// row, the one of terms above all. A process that is killed meanwhile leaves a database without indexes.
func (s Store) WithoutIndexes(ctx context.Context, do func(context.Context) error) error {
	rows, err := s.DB.Q(ctx).Query(ctx, `select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
		where indrelid::regclass::text = any($1) and not indisprimary order by pg_relation_size(indexrelid) desc, 1`, bulkTables)
	if err != nil {
		return err
	}
	type index struct{ Name, Definition string }
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[index])
	if err != nil {
		return err
	}
	for _, i := range all {
		if _, err := s.DB.Q(ctx).Exec(ctx, "drop index "+i.Name); err != nil {
			return err
		}
	}
	done := do(ctx)
	g, again := errgroup.WithContext(context.WithoutCancel(ctx))
	g.SetLimit(2)
	for _, i := range all {
		g.Go(func() error {
			return s.Patient(again, func(ctx context.Context) error {
				_, err := s.DB.Q(ctx).Exec(ctx, i.Definition)
				return err
			})
		})
	}
	if err := g.Wait(); err != nil {
		return fmt.Errorf("make the indexes again: %w", err)
	}
	return done
}

// Vacuum brings what the planner knows of the tables up to date.
func (s Store) Vacuum(ctx context.Context) error {
	conn, err := s.DB.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "set statement_timeout = 0"); err != nil {
		return err
	}
	for _, t := range append(bulkTables, "publisher") {
		if _, err := conn.Exec(ctx, "vacuum analyze "+t); err != nil {
			return err
		}
	}
	_, err = conn.Exec(ctx, "reset statement_timeout")
	return err
}
