package original

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/platform/original"
)

// shower tells media which pictures adverts show.
type shower struct{ *core.Core }

// showing is an advert with pictures of which media was not told.
type showing struct {
	ID       int64
	Pictures []int64
}

func (s shower) tell(ctx context.Context, b original.Batch) error {
	for above := int64(0); ; {
		rows, err := b.DB.Q(ctx).Query(ctx, `select i.add_id, array_agg(distinct i.media_id) from add_image i join original_add o on o.id = i.add_id and not o.told
			where i.add_id > $1 group by i.add_id order by i.add_id limit 1000`, above)
		if err != nil {
			return err
		}
		some, err := pgx.CollectRows(rows, pgx.RowToStructByPos[showing])
		if err != nil || len(some) == 0 {
			return err
		}
		if err := s.some(ctx, b, some); err != nil {
			return err
		}
		above = some[len(some)-1].ID
	}
}

func (s shower) some(ctx context.Context, b original.Batch, some []showing) error {
	shown := make(map[int64][]int64, len(some))
	for _, a := range some {
		shown[a.ID] = a.Pictures
	}
	told, err := s.ShowAdopted(ctx, shown)
	if err != nil {
		return err
	}
	_, err = b.DB.Q(ctx).Exec(ctx, "update original_add set told = true where id = any($1::bigint[])", told)
	return err
}
