package verify

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

// Sequences are the identities of all tables of the schema: none may give an id that is taken. The ids are the
// tables' names.
type Sequences struct{}

type sequence struct{ Table, Column, Name string }

// sequencesOf are those of the schema.
func sequencesOf(ctx context.Context, db *pg.DB) ([]sequence, error) {
	rows, err := db.Q(ctx).Query(ctx, `select c.oid::regclass::text, quote_ident(a.attname), pg_get_serial_sequence(c.oid::regclass::text, a.attname)
		from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attidentity <> '' order by 1`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[sequence])
}

// Find looks at every table.
func (s Sequences) Find(ctx context.Context, g Ground, suspect func([]string) error) error {
	all, err := sequencesOf(ctx, g.DB)
	if err != nil {
		return err
	}
	for _, one := range all {
		behind, err := one.behind(ctx, g.DB)
		if err == nil && behind {
			err = suspect([]string{one.Table})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s sequence) behind(ctx context.Context, db *pg.DB) (behind bool, err error) {
	sql := fmt.Sprintf("select coalesce((select max(%s) from %s), 0) >= last_value + is_called::integer from %s", s.Column, s.Table, s.Name)
	return behind, db.Q(ctx).QueryRow(ctx, sql).Scan(&behind)
}

// Still looks at some tables.
func (s Sequences) Still(ctx context.Context, g Ground, tables []string) (still []string, err error) {
	return still, s.each(ctx, g, tables, func(ctx context.Context, one sequence) error {
		behind, err := one.behind(ctx, g.DB)
		if behind {
			still = append(still, one.Table)
		}
		return err
	})
}

// Mends says yes.
func (s Sequences) Mends() bool { return true }

// Mend moves sequences behind the largest id while nobody takes one.
func (s Sequences) Mend(ctx context.Context, g Ground, tables []string) error {
	return s.each(ctx, g, tables, func(ctx context.Context, one sequence) error {
		return g.DB.Tx(ctx, func(ctx context.Context) error {
			for _, sql := range []string{hasty, fmt.Sprintf("lock table %s in share row exclusive mode", one.Table),
				fmt.Sprintf("select setval('%[3]s', greatest((select max(%[1]s) from %[2]s), last_value)) from %[3]s", one.Column, one.Table, one.Name)} {
				if _, err := g.DB.Q(ctx).Exec(ctx, sql); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (s Sequences) each(ctx context.Context, g Ground, tables []string, do func(context.Context, sequence) error) error {
	all, err := sequencesOf(ctx, g.DB)
	for _, one := range all {
		if err == nil && slices.Contains(tables, one.Table) {
			err = do(ctx, one)
		}
	}
	return err
}
