// Package verify looks for rows that break the invariants of a module, and repairs what is safe to repair.
//
// A module states its invariants beside its SQL (internal/<m>/internal/invariants); [Common] are those of the tables
// that every schema has. [Rows] walks a table in the order of a key, so neither memory nor the time of a statement
// grows with the table; [References] asks another module whether what rows refer to is there; [Statement] is for what
// is small.
//
// All of it may run beside those who write. Each look is one statement, so it sees only what was committed together;
// what it finds is looked at once more a moment later, for what comes by events. A repair locks the rows as writers do,
// looks a last time, and changes those that still are broken. It removes nothing that cannot be made again.
package verify

import (
	"context"
	"fmt"
	"slices"
	"time"

	"agrovet/internal/platform/pg"
)

// Ground is what invariants are looked at on.
type Ground struct {
	DB    *pg.DB
	Alive map[string]Alive // by what is asked for: [Users], [Objects]
}

// Source finds what is broken. What is broken is known by an id.
type Source interface {
	// Find calls suspect with ids that are broken, bit by bit.
	Find(ctx context.Context, g Ground, suspect func(ids []string) error) error
	// Still returns those of the ids that are broken now.
	Still(ctx context.Context, g Ground, ids []string) ([]string, error)
}

// Mender is a source that knows a repair.
type Mender interface {
	Mends() bool
	// Mend repairs those of the ids that are still broken.
	Mend(ctx context.Context, g Ground, ids []string) error
}

// Invariant is something that always holds.
type Invariant struct {
	Broken string // what there is when it does not hold, in words: "posts whose comments are miscounted"
	Source Source
	Note   bool // it only costs something, and mends itself: nothing is wrong
}

// Options of a run.
type Options struct {
	Repair bool
	Pause  time.Duration // until the second look. Defaults to 2 s, in which most events are handled.
}

// Result is what was found of one invariant.
type Result struct {
	Module   string   `json:"module"`
	Broken   string   `json:"broken"`
	Found    int      `json:"found"`
	Examples []string `json:"examples,omitempty"` // the first of them
	Repaired int      `json:"repaired"`
	Note     bool     `json:"note,omitempty"`
	Error    string   `json:"error,omitempty"` // it could not be looked at, or not repaired
}

// Well says whether the invariant holds now.
func (r Result) Well() bool { return r.Error == "" && (r.Note || r.Found == r.Repaired) }

// examples is how many ids a result names.
const examples = 5

// together is how many suspects are looked at once more at a time.
const together = 10_000

// Check looks at one invariant, and repairs it when that is wanted and known.
func Check(ctx context.Context, g Ground, i Invariant, o Options) Result {
	if o.Pause == 0 {
		o.Pause = 2 * time.Second
	}
	c := check{Ground: g, Options: o, source: i.Source, result: Result{Module: g.DB.Schema, Broken: i.Broken, Note: i.Note}}
	err := c.source.Find(ctx, g, func(ids []string) error {
		if c.suspects = append(c.suspects, ids...); len(c.suspects) < together {
			return nil
		}
		return c.settle(ctx)
	})
	if err == nil {
		err = c.settle(ctx)
	}
	if err != nil {
		c.result.Error = err.Error()
	}
	return c.result
}

type check struct {
	Ground
	Options
	source   Source
	suspects []string
	result   Result
}

// settle finds out which suspects are broken for certain, and repairs them.
func (c *check) settle(ctx context.Context) error {
	if len(c.suspects) == 0 {
		return nil
	}
	select {
	case <-time.After(c.Pause):
	case <-ctx.Done():
		return ctx.Err()
	}
	for ids := range slices.Chunk(c.suspects, atOnce) {
		if err := c.part(ctx, ids); err != nil {
			return err
		}
	}
	c.suspects = c.suspects[:0]
	return nil
}

func (c *check) part(ctx context.Context, ids []string) error {
	broken, err := c.source.Still(ctx, c.Ground, ids)
	if err != nil || len(broken) == 0 {
		return err
	}
	c.result.Found += len(broken)
	c.result.Examples = append(c.result.Examples, broken[:min(len(broken), examples-len(c.result.Examples))]...)
	m, ok := c.source.(Mender)
	if !c.Repair || !ok || !m.Mends() {
		return nil
	}
	if err := m.Mend(ctx, c.Ground, broken); err != nil {
		return fmt.Errorf("repair: %w", err)
	}
	left, err := c.source.Still(ctx, c.Ground, broken)
	c.result.Repaired += len(broken) - len(left)
	return err
}
