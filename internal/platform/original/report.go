package original

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Report is what became of everything.
type Report struct {
	Dry          bool            `json:"dry_run"`
	Begun, Ended time.Time       `json:"-"`
	Modules      []*ModuleReport `json:"modules"`
	Error        string          `json:"error,omitempty"` // why it is not all
}

// ModuleReport is what became of one module's tables.
type ModuleReport struct {
	Module  string         `json:"module"`
	Source  string         `json:"source"`
	Seconds float64        `json:"seconds"`
	Tables  []*TableReport `json:"tables"`
}

// TableReport counts rows. Of those read by all runs together, each was taken, there, merged or rejected, or waits for
// the next run.
type TableReport struct {
	Table    string           `json:"table"`
	Absent   bool             `json:"absent,omitempty"` // the original has no such table
	Source   int64            `json:"source"`           // that the original has
	Taken    int64            `json:"taken"`
	There    int64            `json:"there"` // stood there before they came
	Merged   int64            `json:"merged"`
	Rejected int64            `json:"rejected"`
	Waiting  int64            `json:"waiting"`
	Again    int64            `json:"again"`    // looked at once more, since they had changed
	This     map[string]int64 `json:"this_run"` // of this run: read, taken, there, merged, rejected, again
	Rules    []RuleReport     `json:"rules"`
}

// RuleReport is how often a rule was applied. A row may have met several.
type RuleReport struct {
	Fate     string   `json:"fate"`
	Rule     string   `json:"rule"`
	Rows     int64    `json:"rows"`
	Examples []string `json:"examples"`
}

func (t *TableReport) add(what string, n int64) {
	if t.This == nil {
		t.This = map[string]int64{}
	}
	t.This[what] += n
}

// Accounted are the rows of which is known what became of them, or that they wait.
func (t *TableReport) Accounted() int64 {
	return t.Taken + t.There + t.Merged + t.Rejected + t.Waiting
}

// Missing are rows of the original that the report says nothing of. It is not above zero after a whole run;
// below, the original has deleted rows that were read before.
func (t *TableReport) Missing() int64 { return t.Source - t.Accounted() }

// now is what is known of a table so far.
func (w *work) now(table string) *TableReport {
	for _, t := range w.report.Tables {
		if t.Table == table {
			return t
		}
	}
	t := &TableReport{Table: table, This: map[string]int64{}}
	w.report.Tables = append(w.report.Tables, t)
	return t
}

// examples of each rule.
const examples = 5

// tellAll reads what all runs together have come to. It does so also when ctx has ended.
func (w *work) tellAll(ctx context.Context) error {
	if ctx.Err() != nil && !w.db.InTx(ctx) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
	}
	for _, t := range w.part.Tables {
		if r := w.now(t.Name); t.Dropped == "" && !r.Absent {
			if err := w.tx(ctx, func(ctx context.Context) error { return w.total(ctx, r) }); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) total(ctx context.Context, r *TableReport) error {
	q := w.db.Q(ctx)
	if err := q.QueryRow(ctx, "select count(*) from "+quote(r.Table)+" where not again").Scan(&r.Waiting); err != nil {
		return err
	}
	for what, into := range map[string]*int64{"taken": &r.Taken, "there": &r.There, Merged: &r.Merged, Rejected: &r.Rejected, "again": &r.Again} {
		err := q.QueryRow(ctx, "select coalesce(sum(n), 0)::bigint from original_tally where table_name = $1 and what = $2", r.Table, what).Scan(into)
		if err != nil {
			return err
		}
	}
	rows, err := q.Query(ctx, `select fate, rule, count(*), (array_agg(id || case when detail <> '' then ' (' || detail || ')' else '' end order by id))[:$2::integer]
		from original_note where table_name = $1 group by fate, rule order by fate, rule`, r.Table, examples)
	if err != nil {
		return err
	}
	defer rows.Close()
	r.Rules = nil
	for rows.Next() {
		var rule RuleReport
		if err := rows.Scan(&rule.Fate, &rule.Rule, &rule.Rows, &rule.Examples); err != nil {
			return err
		}
		r.Rules = append(r.Rules, rule)
	}
	return rows.Err()
}

// Unaccounted says of which tables rows are missing in the report of a whole run.
func (r Report) Unaccounted() error {
	if r.Error != "" {
		return nil
	}
	var all []error
	for _, m := range r.Modules {
		for _, t := range m.Tables {
			if n := t.Missing(); n > 0 || t.Waiting > 0 {
				all = append(all, fmt.Errorf("%s: %d rows are not accounted for, %d wait", t.Table, max(0, n), t.Waiting))
			}
		}
	}
	return errors.Join(all...)
}
