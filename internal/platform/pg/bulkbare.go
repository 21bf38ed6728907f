package pg

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/sync/errgroup"
)

// WithoutIndexes runs do while the tables have neither indexes, except those of their constraints, nor foreign keys,
// and makes them again: an index that is made at last costs a small part of one that grows with every row, a GIN
// index above all, and so does a foreign key that is checked at once.
func (b Bulk) WithoutIndexes(ctx context.Context, do func(context.Context) error) error {
	keys, err := b.definitions(ctx, `select format('alter table %s drop constraint %I', conrelid::regclass, conname),
		format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
		from pg_constraint where conrelid::regclass::text = any($1) and contype = 'f' order by conrelid::regclass::text, conname`)
	if err != nil {
		return err
	}
	indexes, err := b.definitions(ctx, `select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid) from pg_index
		where indrelid::regclass::text = any($1) and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
		order by pg_relation_size(indexrelid) desc, 1`)
	if err != nil {
		return err
	}
	for _, all := range [][]definition{keys, indexes} {
		for _, d := range all {
			if err := b.alter(ctx, d.Drop); err != nil {
				return err
			}
		}
	}
	return errors.Join(do(ctx), b.again(context.WithoutCancel(ctx), indexes, keys))
}

// definition is how something of a table is dropped and made again.
type definition struct{ Drop, Make string }

func (b Bulk) definitions(ctx context.Context, query string) ([]definition, error) {
	rows, err := b.DB.Q(ctx).Query(ctx, query, b.Tables)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[definition])
}

// again makes indexes, two at once, and then the foreign keys, one after another: each locks two tables.
func (b Bulk) again(ctx context.Context, indexes, keys []definition) error {
	remake := func(ctx context.Context, d definition) error {
		err := giveWay(func() error {
			return b.Patient(ctx, func(ctx context.Context) error {
				_, err := b.DB.Q(ctx).Exec(ctx, d.Make)
				return err
			})
		})
		if err != nil {
			return fmt.Errorf("make again: %s: %w", d.Make, err)
		}
		return nil
	}
	g := errgroup.Group{}
	g.SetLimit(2)
	for _, d := range indexes {
		g.Go(func() error { return remake(ctx, d) })
	}
	err := g.Wait()
	for _, d := range keys {
		err = errors.Join(err, remake(ctx, d))
	}
	return err
}

// WithoutTriggers runs do while the triggers of the tables are off, except those of foreign keys: do writes what they
// would have.
func (b Bulk) WithoutTriggers(ctx context.Context, do func(context.Context) error) error {
	if err := b.triggers(ctx, "disable"); err != nil {
		return err
	}
	return errors.Join(do(ctx), b.triggers(context.WithoutCancel(ctx), "enable"))
}

func (b Bulk) triggers(ctx context.Context, what string) (err error) {
	for _, t := range b.Tables {
		err = errors.Join(err, b.alter(ctx, fmt.Sprintf("alter table %s %s trigger user", t, what)))
	}
	return err
}

// alter changes a table.
func (b Bulk) alter(ctx context.Context, statement string) error {
	return giveWay(func() error {
		_, err := b.DB.Q(ctx).Exec(ctx, statement)
		return err
	})
}

// giveWay does something once more when it was ended for the sake of a process that waited for it: what changes tables
// locks one or two of them, whole, in an order that others do not know. It tries ten times.
func giveWay(do func() error) (err error) {
	const deadlock = "40P01"
	for range 10 {
		var refused *pgconn.PgError
		if err = do(); !errors.As(err, &refused) || refused.Code != deadlock {
			return err
		}
	}
	return err
}
