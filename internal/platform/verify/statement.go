package verify

import (
	"context"
	"slices"
)

// Statement is for tables that are small: one statement yields the ids of all that is broken, as text.
type Statement struct {
	SQL    string
	Lock   string // of Repair: what writers lock
	Repair string // mends all that is broken; empty: nobody may guess
}

// Find runs the statement.
func (s Statement) Find(ctx context.Context, g Ground, suspect func([]string) error) error {
	ids, err := texts(ctx, g.DB, s.SQL)
	if err != nil || len(ids) == 0 {
		return err
	}
	return suspect(ids)
}

// Still runs it once more.
func (s Statement) Still(ctx context.Context, g Ground, ids []string) ([]string, error) {
	all, err := texts(ctx, g.DB, s.SQL)
	return among(ids, all), err
}

// Mends says whether there is a repair.
func (s Statement) Mends() bool { return s.Repair != "" }

// Mend repairs all that is still broken.
func (s Statement) Mend(ctx context.Context, g Ground, _ []string) error {
	return g.DB.Tx(ctx, func(ctx context.Context) error {
		for _, sql := range slices.DeleteFunc([]string{hasty, s.Lock, s.Repair}, func(sql string) bool { return sql == "" }) {
			if _, err := g.DB.Q(ctx).Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	})
}

// hasty does not wait long for the lock of a table: others queue behind who waits.
const hasty = "set local lock_timeout = '3s'"
