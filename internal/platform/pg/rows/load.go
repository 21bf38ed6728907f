package rows

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Load is a transaction that fills a schema. What the migrations put there is removed first; triggers that
// users wrote do not run, since what they would write is among the rows; foreign keys are checked at the end,
// all at once, so tables may come in any order.
type Load struct {
	tx    pgx.Tx
	after []string // makes the schema what it was
}

// NewLoad prepares tx, of whoever owns the schema.
func NewLoad(ctx context.Context, tx pgx.Tx) (*Load, error) {
	l := &Load{tx: tx}
	tables, err := Tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	before := append(slices.Clone(settings), "set local lock_timeout = '30s'") // nobody else should be there
	for _, t := range tables {
		name := quote(t.Name)
		before = append(before, "alter table "+name+" disable trigger user")
		l.after = append(l.after, "alter table "+name+" enable trigger user")
	}
	drop, add, err := foreignKeys(ctx, tx)
	if err != nil {
		return nil, err
	}
	l.after = append(l.after, add...)
	before = append(before, drop...)
	for _, t := range tables {
		before = append(before, "delete from "+quote(t.Name))
	}
	return l, execAll(ctx, tx, before)
}

const listForeignKeys = `select
		format('alter table %I drop constraint %I', c.relname, k.conname),
		format('alter table %I add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
	from pg_constraint k join pg_class c on c.oid = k.conrelid
	where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace
	order by c.relname, k.conname`

// foreignKeys are the statements that take them away and that bring them back.
func foreignKeys(ctx context.Context, tx pgx.Tx) (drop, add []string, err error) {
	found, err := tx.Query(ctx, listForeignKeys)
	if err != nil {
		return nil, nil, err
	}
	var d, a string
	_, err = pgx.ForEachRow(found, []any{&d, &a}, func() error {
		drop, add = append(drop, d), append(add, a)
		return nil
	})
	return drop, add, err
}

// Copy reads the rows of a table from r and says how many they were.
func (l *Load) Copy(ctx context.Context, t Table, r io.Reader) (int64, error) {
	tag, err := l.tx.Conn().PgConn().CopyFrom(ctx, r, "copy "+t.list()+" from stdin")
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", t.Name, err)
	}
	return tag.RowsAffected(), nil
}

// Finish checks foreign keys and sets the sequences; then the transaction can be committed.
func (l *Load) Finish(ctx context.Context, sequences []Sequence) error {
	if err := execAll(ctx, l.tx, l.after); err != nil {
		return err
	}
	for _, s := range sequences {
		if _, err := l.tx.Exec(ctx, "select setval($1::text::regclass, $2, $3)", quote(s.Name), s.Last, s.Called); err != nil {
			return fmt.Errorf("sequence %s: %w", s.Name, err)
		}
	}
	return nil
}
