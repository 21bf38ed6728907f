package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

// Named is a key in the store of bytes that a row names.
type Named struct {
	Key  string
	MIME string // empty: of a part of an upload
	Size int64  // as the row says
}

const listNamed = `select key, mime, size from file
	union all select r->>'key', 'image/webp', (r->>'size')::bigint from file, jsonb_array_elements(renditions) r
	union all select key, '', size from upload_part`

// EachNamed shows every key that a row names. It streams, however many they are, which generated queries do not.
func EachNamed(ctx context.Context, q pg.Querier, each func(Named) error) error {
	rows, err := q.Query(ctx, listNamed)
	if err != nil {
		return err
	}
	var n Named
	_, err = pgx.ForEachRow(rows, []any{&n.Key, &n.MIME, &n.Size}, func() error { return each(n) })
	return err
}
