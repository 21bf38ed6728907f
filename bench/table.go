package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// row is a line of the table.
type row struct {
	what     string
	measured string    // of the product
	peer     string    // of what it is compared with
	rounds   []float64 // their median is what the limit judges
	unit     string    // of rounds; empty for ratios
	limit    limit
}

// limit is what the issue allows; the zero limit allows everything.
type limit struct {
	sign  string // "≥" or "≤"
	bound float64
}

func atLeast(bound float64) limit { return limit{"≥", bound} }
func atMost(bound float64) limit  { return limit{"≤", bound} }

func (l limit) holds(value float64) bool {
	switch l.sign {
	case "≥":
		return value >= l.bound
	case "≤":
		return value <= l.bound
	}
	return true
}

// text is the limit as the table shows it.
func (l limit) text(unit string) string {
	if l.sign == "" {
		return "–"
	}
	return fmt.Sprintf("%s %g%s", l.sign, l.bound, unit)
}

// ratio is the row's ratio column: nothing when what is judged is an absolute.
func (r row) ratio() string {
	if r.unit != "" {
		return "–"
	}
	return spread(r.rounds, "%.2f")
}

func (r row) missed() bool { return !r.limit.holds(median(r.rounds)) }

func (r row) verdict() string {
	switch {
	case r.limit.sign == "":
		return "–"
	case r.missed():
		return "MISSED"
	}
	return "ok"
}

// printTable prints all rows. It returns errMissed when one missed its limit.
func printTable(out io.Writer, rows []row) (err error) {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "what\tmeasured\tpeer\tratio\tlimit\t")
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.measured, r.peer, r.ratio(), r.limit.text(r.unit), r.verdict())
		if r.missed() {
			err = errMissed
		}
	}
	if flushed := t.Flush(); flushed != nil {
		return flushed
	}
	return err
}
