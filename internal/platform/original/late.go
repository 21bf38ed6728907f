package original

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// window is how many ids below the last one may still be of rows that are committed later: the original gives ids
// when rows are written, and shows them when their transactions end.
const window = 1_000

// noteGaps notes which of the last ids of a span that was copied have no rows.
func (w *work) noteGaps(ctx context.Context, t Table, span Span) error {
	if t.Whole {
		return nil
	}
	return w.exec(ctx, fmt.Sprintf(`insert into original_gap select $1, g, $2 from generate_series(greatest($3::bigint, $4::bigint - %d, 0) + 1, $4::bigint) g
		where not exists (select from %s c where c.id = g) on conflict do nothing`, window, quote(t.Name)), t.Name, w.source.Now(), span.Above, span.UpTo)
}

// stageLate copies rows that have come into gaps since, and forgets gaps that are old.
func (w *work) stageLate(ctx context.Context, t Table) error {
	return w.tx(ctx, func(ctx context.Context) error {
		rows, err := w.db.Q(ctx).Query(ctx, "select id from original_gap where table_name = $1 order by id", t.Name)
		if err != nil {
			return err
		}
		gaps, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil {
			return err
		}
		for _, id := range gaps {
			if err := w.stageGap(ctx, t, id); err != nil {
				return err
			}
		}
		return w.exec(ctx, "delete from original_gap where table_name = $1 and since < $2", t.Name, w.source.Now().Add(-overlap))
	})
}

func (w *work) stageGap(ctx context.Context, t Table, id int64) error {
	n, err := w.copyInto(ctx, t, quote(t.Name), Span{Above: id - 1, UpTo: id})
	if err != nil || n == 0 {
		return err
	}
	w.tell(t.Name, n)
	if err := w.count(ctx, t.Name, "read", n); err != nil {
		return err
	}
	return w.exec(ctx, "delete from original_gap where table_name = $1 and id = $2", t.Name, id)
}
