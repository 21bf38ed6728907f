package original

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// BackReport is what went back.
type BackReport struct {
	Dry    bool         `json:"dry_run"`
	Begun  time.Time    `json:"begun"`
	Ended  time.Time    `json:"ended"`
	Tables []*BackTable `json:"tables"`
	Error  string       `json:"error,omitempty"`
}

// BackTable counts rows of one of the original's tables.
type BackTable struct {
	Module  string           `json:"module"`
	Table   string           `json:"table"`
	Rows    int64            `json:"rows"` // that were made or changed here
	New     int64            `json:"new"`
	Changed int64            `json:"changed"`
	Deleted int64            `json:"deleted"`
	Others  []int64          `json:"others"` // ids that are another row's there, and were left alone
	Lost    map[string]int64 `json:"lost"`   // what has no place there
}

// Refused says which rows did not go back since the original has given their ids to others.
func (r BackReport) Refused() error {
	var all []error
	for _, t := range r.Tables {
		if n := len(t.Others); n > 0 {
			all = append(all, fmt.Errorf("%s: %d ids are other rows' in the original, such as %d: somebody has written there since %s moved", t.Table, n, t.Others[0], t.Module))
		}
	}
	return errors.Join(all...)
}

// WriteJSON writes the report for programs.
func (r BackReport) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// Markdown is the report for people.
func (r BackReport) Markdown() string {
	var b strings.Builder
	title := "Return to the original"
	if r.Dry {
		title += ": dry run, nothing was kept"
	}
	fmt.Fprintf(&b, "# %s\n\n%s to %s\n", title, r.Begun.Format(time.RFC3339), r.Ended.Format(time.RFC3339))
	if r.Error != "" {
		fmt.Fprintf(&b, "\n**Not finished**: %s. Run it again.\n", r.Error)
	}
	b.WriteString("\n| module | table | made or changed here | new there | changed there | deleted there | ids of others | what has no place there |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |\n")
	for _, t := range r.Tables {
		var lost []string
		for _, what := range slices.Sorted(maps.Keys(t.Lost)) {
			lost = append(lost, fmt.Sprintf("%d %s", t.Lost[what], what))
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d | %d | %s |\n", t.Module, t.Table, t.Rows, t.New, t.Changed, t.Deleted, len(t.Others), cell(strings.Join(lost, "; ")))
	}
	return b.String()
}
