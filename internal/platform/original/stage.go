package original

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	chunk   = 100_000         // rows that are copied in one transaction
	overlap = 5 * time.Minute // how much before the last run's moment changes are looked for: clocks of those who wrote them differ
)

// stage copies what is new of a table into its copy.
func (w *work) stage(ctx context.Context, t Table) error {
	if t.Whole {
		return w.stageWhole(ctx, t)
	}
	last, since, err := w.begin(ctx, t)
	if err != nil {
		return err
	}
	if err := w.stageLate(ctx, t); err != nil {
		return err
	}
	if err := w.stageNew(ctx, t, last); err != nil {
		return err
	}
	if t.Changed == "" || since.IsZero() {
		return nil
	}
	return w.stageChanged(ctx, t, last, since.Add(-overlap))
}

// stageWhole begins anew with a table.
func (w *work) stageWhole(ctx context.Context, t Table) error {
	return w.tx(ctx, func(ctx context.Context) error {
		if err := w.anew(ctx, t); err != nil {
			return err
		}
		return w.copyNew(ctx, t, Span{Above: math.MinInt64, UpTo: math.MaxInt64})
	})
}

// begin finds up to which key a table was read, and when. The first time, or when the server has
// crashed and lost the copies, it begins anew; since is zero then.
func (w *work) begin(ctx context.Context, t Table) (last int64, since time.Time, err error) {
	err = w.tx(ctx, func(ctx context.Context) error {
		err := w.db.Q(ctx).QueryRow(ctx, "select last_id, since from original_staged where table_name = $1", t.Name).Scan(&last, &since)
		if errors.Is(err, pgx.ErrNoRows) {
			last = math.MinInt64
			return w.anew(ctx, t)
		}
		return err
	})
	return last, since, err
}

// anew forgets what was read of a table before.
func (w *work) anew(ctx context.Context, t Table) error {
	if err := w.exec(ctx, "truncate "+quote(t.Name)); err != nil {
		return err
	}
	for _, sql := range []string{"delete from original_tally where table_name = $1", "delete from original_note where table_name = $1",
		"delete from original_gap where table_name = $1"} {
		if err := w.exec(ctx, sql, t.Name); err != nil {
			return err
		}
	}
	return w.reached(ctx, t, math.MinInt64)
}

// reached notes up to which key a table is read. Changes are looked for from the moment of its first run on,
// later from that of the last one that was through with them.
func (w *work) reached(ctx context.Context, t Table, last int64) error {
	return w.exec(ctx, `insert into original_staged (table_name, last_id, since) values ($1, $2, $3)
		on conflict (table_name) do update set last_id = greatest(original_staged.last_id, excluded.last_id)`, t.Name, last, w.source.Now())
}

// stageNew copies the rows above a key, some at a time.
func (w *work) stageNew(ctx context.Context, t Table, above int64) error {
	for {
		last, n, err := w.source.Next(ctx, t, above, chunk)
		if err != nil {
			return fmt.Errorf("read %s: %w", t.Name, err)
		}
		if n == 0 {
			return nil
		}
		err = w.tx(ctx, func(ctx context.Context) error { return w.copyNew(ctx, t, Span{Above: above, UpTo: last}) })
		if err != nil {
			return err
		}
		above = last
	}
}

// copyNew copies a span of rows.
func (w *work) copyNew(ctx context.Context, t Table, span Span) error {
	n, err := w.copyInto(ctx, t, quote(t.Name), span)
	if err != nil {
		return err
	}
	if err := w.count(ctx, t.Name, "read", n); err != nil {
		return err
	}
	if span.UpTo == math.MaxInt64 {
		if err := w.db.Q(ctx).QueryRow(ctx, "select coalesce(max(id), 0) from "+quote(t.Name)).Scan(&span.UpTo); err != nil {
			return err
		}
	}
	w.tell(t.Name, n)
	if err := w.noteGaps(ctx, t, span); err != nil {
		return err
	}
	return w.reached(ctx, t, span.UpTo)
}

func (w *work) copyInto(ctx context.Context, t Table, table string, span Span) (int64, error) {
	return w.pipe(ctx, table, strings.Join(append([]string{"id"}, names(t)...), ", "), func(ctx context.Context, out io.Writer) error {
		return w.source.Copy(ctx, out, t, span)
	})
}

func names(t Table) []string {
	all := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		name, _, _ := strings.Cut(c, " ")
		all[i] = quote(name)
	}
	return all
}

// stageChanged copies rows once more that have changed since they were read. They are marked, so that they
// are not counted twice; except those that were not taken, which have another chance.
func (w *work) stageChanged(ctx context.Context, t Table, last int64, since time.Time) error {
	columns, set := strings.Join(names(t), ", "), make([]string, len(t.Columns))
	for i, c := range names(t) {
		set[i] = c + " = excluded." + c
	}
	return w.tx(ctx, func(ctx context.Context) error {
		if err := w.exec(ctx, "create temporary table original_changed (like "+quote(t.Name)+") on commit drop"); err != nil {
			return err
		}
		if err := w.exec(ctx, "alter table original_changed alter again set default true"); err != nil {
			return err
		}
		n, err := w.copyInto(ctx, t, "original_changed", Span{Above: math.MinInt64, UpTo: last, Since: since})
		if err != nil {
			return err
		}
		w.tell(t.Name, n)
		for _, sql := range []string{
			`with gone as (delete from original_note where table_name = $1 and fate <> 'changed' and id in (select id from original_changed) returning id, fate),
				per as (select id, max(fate) as fate from gone group by id),
				chance as (update original_changed set again = false where id in (select id from per))
			update original_tally set n = original_tally.n - c.rows from (select fate, count(*) as rows from per group by fate) c
			where table_name = $1 and what = c.fate`,
			"update original_staged set since = '" + w.source.Now().UTC().Format(time.RFC3339Nano) + "' where table_name = $1",
		} {
			if err := w.exec(ctx, sql, t.Name); err != nil {
				return err
			}
		}
		err = w.exec(ctx, fmt.Sprintf("insert into %s (id, %s, again) select id, %[2]s, again from original_changed on conflict (id) do update set %s",
			quote(t.Name), columns, strings.Join(set, ", ")))
		return errors.Join(err, w.exec(ctx, "drop table original_changed"))
	})
}
