package verify

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/platform/pg"
)

const (
	chunk  = 2000 // rows that one statement looks at
	atOnce = 100  // rows that are locked and repaired together
)

// Rows are the rows of a table of which a condition must never be true. Their ids are those of Key; where several rows
// have the same one, they are one thing.
type Rows struct {
	Table  string   // its rows are called r
	Key    string   // a bigint that leads an index. Defaults to id
	Where  string   // what is broken of r
	Lock   string   // of Repair: what writers lock before the rows; $1 is the rows' ids
	Repair []string // statements that mend rows that are locked and broken; $1 is their ids. None: nobody may guess
}

func (r Rows) key() string {
	if r.Key == "" {
		return "id"
	}
	return r.Key
}

// Find walks the table. A statement that takes too long is tried again with fewer rows.
func (r Rows) Find(ctx context.Context, g Ground, suspect func([]string) error) error {
	return Walk(ctx, g.DB, r.Table, r.key(), func(ctx context.Context, above, upTo int64) error {
		sql := fmt.Sprintf("select distinct r.%[2]s::text from %[1]s r where r.%[2]s > $1 and r.%[2]s <= $2 and (%[3]s)", r.Table, r.key(), r.Where)
		ids, err := texts(ctx, g.DB, sql, above, upTo)
		if err != nil || len(ids) == 0 {
			return err
		}
		return suspect(ids)
	})
}

// Still returns those of the rows that are broken.
func (r Rows) Still(ctx context.Context, g Ground, ids []string) ([]string, error) {
	return texts(ctx, g.DB, fmt.Sprintf("select distinct r.%[2]s::text from %[1]s r where r.%[2]s = any($1::text[]::bigint[]) and (%[3]s) order by 1",
		r.Table, r.key(), r.Where), ids)
}

// Mends says whether there is a repair.
func (r Rows) Mends() bool { return len(r.Repair) > 0 }

// Mend locks the rows before it looks: whoever counted them meanwhile has ended then, and whoever comes later counts
// on from what is repaired.
func (r Rows) Mend(ctx context.Context, g Ground, ids []string) error {
	return g.DB.Tx(ctx, func(ctx context.Context) error {
		lock := fmt.Sprintf("select from %[1]s where %[2]s = any($1::text[]::bigint[]) order by %[2]s for no key update", r.Table, r.key())
		for _, sql := range []string{r.Lock, lock} {
			if sql == "" {
				continue
			}
			if _, err := g.DB.Q(ctx).Exec(ctx, sql, ids); err != nil {
				return err
			}
		}
		broken, err := r.Still(ctx, g, ids)
		for _, sql := range r.Repair {
			if err == nil && len(broken) > 0 {
				_, err = g.DB.Q(ctx).Exec(ctx, sql, broken)
			}
		}
		return err
	})
}

// Walk calls look with one part of a table after another, in the order of a key.
func Walk(ctx context.Context, db *pg.DB, table, key string, look func(ctx context.Context, above, upTo int64) error) error {
	size := chunk
	for above := int64(math.MinInt64); ; {
		var upTo *int64
		var n int
		sql := fmt.Sprintf("select max(k), count(*) from (select %[2]s as k from %[1]s where %[2]s > $1 order by %[2]s limit $2) part", table, key)
		if err := db.Q(ctx).QueryRow(ctx, sql, above, size).Scan(&upTo, &n); err != nil || upTo == nil {
			return err
		}
		err := look(ctx, above, *upTo)
		if pg.TimedOut(err) && size > 1 && ctx.Err() == nil {
			size = max(1, size/8)
			continue
		}
		if err != nil || n < size {
			return err
		}
		above = *upTo
	}
}

// careful has statements planned for their values: they look at few rows of large tables, by indexes.
const careful = "select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)"

// texts are the rows of a statement with one column.
func texts(ctx context.Context, db *pg.DB, sql string, args ...any) (all []string, err error) {
	return all, db.Tx(ctx, func(ctx context.Context) error {
		if _, err := db.Q(ctx).Exec(ctx, careful); err != nil {
			return err
		}
		rows, err := db.Q(ctx).Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
}

// among returns those of ids that are in all.
func among(ids, all []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !slices.Contains(all, id) })
}
