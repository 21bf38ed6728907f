package bus

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

// Positions are how far each destination has been handed the schema's outbox. Taken before the snapshots of a
// backup, no snapshot of a destination lacks what they say has been handled, although those of several
// databases are of different moments. See [Moved].
func Positions(ctx context.Context, db *pg.DB) (map[string]int64, error) {
	found, err := db.Q(ctx).Query(ctx, "select destination, position from outbox_cursor")
	if err != nil {
		return nil, fmt.Errorf("cursors of %s: %w", db.Schema, err)
	}
	positions := map[string]int64{}
	var destination string
	var position int64
	_, err = pgx.ForEachRow(found, []any{&destination, &position}, func() error {
		positions[destination] = position
		return nil
	})
	return positions, err
}

const (
	// Destinations live: else [Bus.Purge] would take those of an old backup for gone, and their events with them.
	moveCursors = `update outbox_cursor c set updated_at = now(),
		position = least(c.position, coalesce(($1::jsonb ->> c.destination)::bigint, 0))`

	// The first purge comes when what is handed over again has met its inbox rows, however old they are.
	delayPurge = `insert into job (name, last_run_at) values ('bus.purge', now())
		on conflict (name) do update set last_run_at = excluded.last_run_at`
)

// Moved prepares a schema whose rows have just come from a backup, in the transaction that brought them, for
// feeds that go on at these positions. Nothing else of the bus is bound to the server that it came from:
// fences of gaps are taken anew by every process, and positions that the backup lacks are gaps that nobody
// fills.
func Moved(ctx context.Context, tx pgx.Tx, positions map[string]int64) error {
	if positions == nil {
		positions = map[string]int64{}
	}
	if _, err := tx.Exec(ctx, moveCursors, positions); err != nil {
		return fmt.Errorf("move cursors: %w", err)
	}
	if _, err := tx.Exec(ctx, delayPurge); err != nil {
		return fmt.Errorf("delay the purge: %w", err)
	}
	return nil
}
