package original

import (
	"context"
	"fmt"
	"math"
)

// step does a step: once, or batch after batch.
func (w *work) step(ctx context.Context, s Step) error {
	if s.Apart != nil {
		return w.apart(ctx, s)
	}
	w.begun(s)
	if s.Table == "" {
		return w.tx(ctx, func(ctx context.Context) error { return w.act(ctx, s, Batch{DB: w.db}) })
	}
	for above := int64(math.MinInt64); ; {
		b, rows, err := w.batch(ctx, s, above)
		if err != nil || rows == 0 {
			return err
		}
		w.tell(s.Table, rows)
		above = b.UpTo
	}
}

func (w *work) apart(ctx context.Context, s Step) error {
	if w.dry {
		return nil
	}
	w.begun(s)
	if err := s.Apart(ctx, Batch{DB: w.db, meter: w.meter}); err != nil {
		return fmt.Errorf("%s: %w", s.Name, err)
	}
	return nil
}

// batch does the next batch in a transaction. It tells how many rows it had.
func (w *work) batch(ctx context.Context, s Step, above int64) (b Batch, rows int64, err error) {
	err = w.tx(ctx, func(ctx context.Context) error {
		b = Batch{DB: w.db, Above: above}
		err := w.db.Q(ctx).QueryRow(ctx, fmt.Sprintf("select coalesce(max(k), 0), count(*) from (select %[1]s as k from %[2]s where %[1]s > $1 order by %[1]s limit $2) x",
			quote(s.by()), quote(s.Table)), above, s.size()).Scan(&b.UpTo, &rows)
		if err != nil || rows == 0 {
			return err
		}
		if s.Here == "" {
			return w.act(ctx, s, b)
		}
		return w.take(ctx, s, b, &rows)
	})
	return b, rows, err
}

func (w *work) act(ctx context.Context, s Step, b Batch) error {
	if s.Do != nil {
		if err := s.Do(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	for _, sql := range s.SQL {
		var args []any
		if s.Table != "" {
			args = []any{b.Above, b.UpTo}
		}
		if err := w.exec(ctx, sql, args...); err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	return nil
}

// fates counts what became of a batch.
type fates struct {
	rows, again, rejected, merged, here, there, lost int64
	example                                          int64 // of those lost
}

// take does a batch for good: what becomes of each row is counted, and all leave the copy.
func (w *work) take(ctx context.Context, s Step, b Batch, rows *int64) error {
	before, err := w.before(ctx, s, b)
	if err != nil {
		return err
	}
	if err := w.act(ctx, s, b); err != nil {
		return err
	}
	f, err := w.fates(ctx, s, b, before)
	switch {
	case err != nil:
		return err
	case f.lost > 0:
		return fmt.Errorf("%s: of %d rows of %s neither were taken nor was a reason noted, such as of id %d", s.Name, f.lost, s.Table, f.example)
	}
	*rows = f.rows + f.again
	for what, n := range map[string]int64{"taken": f.here - f.there, "there": f.there, Merged: f.merged, Rejected: f.rejected, "again": f.again} {
		if err := w.count(ctx, s.Table, what, n); err != nil {
			return err
		}
	}
	return w.exec(ctx, fmt.Sprintf("delete from %s s where %s", quote(s.Table), s.within()), b.Above, b.UpTo)
}

// within is the condition of a batch's rows.
func (s Step) within() string { return fmt.Sprintf("s.%[1]s > $1 and s.%[1]s <= $2", quote(s.by())) }

// before are the rows of a batch that stand in the module's tables already.
func (w *work) before(ctx context.Context, s Step, b Batch) (ids []int64, err error) {
	if s.Absorbs {
		return []int64{}, nil
	}
	query := fmt.Sprintf("select coalesce(array_agg(s.id), '{}') from %s s where %s and %s", quote(s.Table), s.within(), s.Here)
	if err = w.db.Q(ctx).QueryRow(ctx, query, b.Above, b.UpTo).Scan(&ids); err != nil {
		err = fmt.Errorf("%s: %w, in: %s", s.Name, err, firstLines(query))
	}
	return ids, err
}

func (w *work) fates(ctx context.Context, s Step, b Batch, before []int64) (f fates, err error) {
	query := fmt.Sprintf(`with found as (select s.id, s.again, (%s) as here, s.id = any($3::bigint[]) as before,
			(select max(n.fate) from original_note n where n.table_name = '%s' and n.id = s.id and n.fate <> 'changed') as fate
		from %s s where %s)
		select count(*) filter (where not again), count(*) filter (where again),
			count(*) filter (where not again and fate = 'rejected'), count(*) filter (where not again and fate = 'merged'),
			count(*) filter (where not again and fate is null and here), count(*) filter (where not again and fate is null and here and before),
			count(*) filter (where fate is null and here is not true), coalesce(min(id) filter (where fate is null and here is not true), 0)
		from found`, s.Here, s.Table, quote(s.Table), s.within())
	err = w.db.Q(ctx).QueryRow(ctx, query, b.Above, b.UpTo, before).Scan(&f.rows, &f.again, &f.rejected, &f.merged, &f.here, &f.there, &f.lost, &f.example)
	if err != nil {
		err = fmt.Errorf("%s: %w, in: %s", s.Name, err, firstLines(query))
	}
	return f, err
}

// count adds to what a table's rows came to.
func (w *work) count(ctx context.Context, table, what string, n int64) error {
	if n == 0 {
		return nil
	}
	w.now(table).add(what, n)
	return w.exec(ctx, `insert into original_tally (table_name, what, n) values ($1, $2, $3)
		on conflict (table_name, what) do update set n = original_tally.n + excluded.n`, table, what, n)
}
