package original

import (
	"context"

	"agrovet/internal/platform/original"
)

// notes collects what becomes of a batch's adverts.
type notes struct {
	fates, rules, details []string
	ids                   []int64
}

func (n *notes) add(fate string, id int64, rule, detail string) {
	n.fates, n.ids, n.rules, n.details = append(n.fates, fate), append(n.ids, id), append(n.rules, rule), append(n.details, detail)
}

func (n *notes) write(ctx context.Context, b original.Batch) error {
	_, err := b.DB.Q(ctx).Exec(ctx, `insert into original_note (table_name, fate, id, rule, detail)
		select 'add_add', * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) on conflict do nothing`, n.fates, n.ids, n.rules, n.details)
	return err
}
