package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func configCommand() *cobra.Command {
	var table bool
	c := &cobra.Command{
		Use:   "config",
		Short: "Print the configuration in force and where each value comes from",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if table {
				fmt.Print(optionsTable())
				return nil
			}
			return withSettings(printConfig)(c, args)
		},
	}
	c.Flags().BoolVar(&table, "table", false, "print all keys with their defaults as a Markdown table instead")
	return c
}

func printConfig(_ context.Context, s *settings) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	for _, o := range options {
		fmt.Fprintf(w, "%s\t%s\t%s\n", o.key, shown(o, s.v.Get(o.key)), s.origin(o.key))
	}
	return w.Flush()
}

// shown is a value for people to read; secrets are hidden.
func shown(o option, value any) string {
	text := fmt.Sprint(value)
	if list, ok := value.([]string); ok {
		text = strings.Join(list, ",")
	}
	switch {
	case text == "":
		return "(empty)"
	case o.secret:
		return "(hidden)"
	}
	return text
}

// optionsTable is the README's table of all keys.
func optionsTable() string {
	var b strings.Builder
	b.WriteString("| key | default | meaning |\n| --- | --- | --- |\n")
	for _, o := range options {
		def := shown(option{}, o.def)
		if def == "(empty)" {
			def = ""
		} else {
			def = "`" + def + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", o.key, def, o.doc)
	}
	return b.String()
}
