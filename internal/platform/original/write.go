package original

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// WriteJSON writes the report for programs.
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Begun time.Time `json:"begun"`
		Ended time.Time `json:"ended"`
		Report
	}{r.Begun, r.Ended, r})
}

// Markdown is the report for people.
func (r Report) Markdown() string {
	var b strings.Builder
	title := "Import from the original"
	if r.Dry {
		title += ": dry run, nothing was kept"
	}
	fmt.Fprintf(&b, "# %s\n\n%s to %s\n", title, r.Begun.Format(time.RFC3339), r.Ended.Format(time.RFC3339))
	if r.Error != "" {
		fmt.Fprintf(&b, "\n**Not finished**: %s. Run it again: it goes on where it was.\n", r.Error)
	}
	for _, m := range r.Modules {
		m.markdown(&b)
	}
	return b.String()
}

func (m *ModuleReport) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\nFrom %s, in %.1f s. Each row of the original was taken, was there before, was merged into another one, was rejected, or waits for the next run.\n\n",
		m.Module, m.Source, m.Seconds)
	b.WriteString("| table | original | taken | there before | merged | rejected | waiting | missing | taken now |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, t := range m.Tables {
		if t.Absent {
			fmt.Fprintf(b, "| %s | not there |\n", t.Table)
			continue
		}
		fmt.Fprintf(b, "| %s | %d | %d | %d | %d | %d | %d | %d | %d |\n",
			t.Table, t.Source, t.Taken, t.There, t.Merged, t.Rejected, t.Waiting, t.Missing(), t.This["taken"])
	}
	if !slices.ContainsFunc(m.Tables, func(t *TableReport) bool { return len(t.Rules) > 0 }) {
		return
	}
	b.WriteString("\n| table | rows | rule | ids, such as |\n| --- | ---: | --- | --- |\n")
	for _, t := range m.Tables {
		for _, r := range t.Rules {
			fmt.Fprintf(b, "| %s | %d | %s: %s | %s |\n", t.Table, r.Rows, r.Fate, r.Rule, cell(strings.Join(r.Examples, "; ")))
		}
	}
}

// cell makes a text fit into a table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ").Replace(s)
}
