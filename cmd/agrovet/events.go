package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/pg"
)

func eventsCommand() *cobra.Command {
	c := &cobra.Command{Use: "events", Short: "Look after parked events: those whose handler failed, and those of the same key behind them"}
	var f bus.Filter
	var module string
	chosen := func(cmd *cobra.Command) *cobra.Command {
		cmd.Flags().StringVar(&f.Subscription, "subscription", "", "only this subscription's")
		cmd.Flags().StringVar(&f.Key, "key", "", "only this key's (the aggregate's id)")
		return cmd
	}
	listCmd := chosen(&cobra.Command{
		Use: "list", Short: "List parked events", Args: cobra.NoArgs,
		RunE: withDatabases(func(ctx context.Context, d *databases, _ []string) error { return listParked(ctx, d, f) }),
	})
	listCmd.Flags().IntVar(&f.Limit, "limit", 100, "how many per module at most")
	retry := chosen(&cobra.Command{
		Use: "retry", Short: "Have parked events tried again now", Args: cobra.NoArgs,
		RunE: withDatabases(func(ctx context.Context, d *databases, _ []string) error { return retryParked(ctx, d, f) }),
	})
	show := &cobra.Command{
		Use: "show MODULE/ID", Short: "Show a parked event whole", Args: cobra.ExactArgs(1),
		RunE: withDatabases(showParked),
	}
	drop := &cobra.Command{
		Use: "drop MODULE/ID", Short: "Give up a parked event: it is never handled", Args: cobra.ExactArgs(1),
		RunE: withDatabases(dropParked),
	}
	rejected := &cobra.Command{
		Use: "rejected", Short: "List messages that came by Kafka and are no events", Args: cobra.NoArgs,
		RunE: withDatabases(func(ctx context.Context, d *databases, _ []string) error { return listRejected(ctx, d, f) }),
	}
	rejected.Flags().StringVar(&f.Subscription, "subscription", "", "only this subscription's")
	rejected.Flags().IntVar(&f.Limit, "limit", 100, "how many per module at most")
	c.PersistentFlags().StringVar(&module, "module", "", "only this subscriber's schema")
	for _, sub := range []*cobra.Command{listCmd, show, retry, drop, rejected} {
		c.AddCommand(sub)
	}
	return c
}

// withDatabases opens the hosted modules' databases, beside a running serve or without one.
func withDatabases(f func(ctx context.Context, d *databases, args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		return withSettings(func(ctx context.Context, s *settings) error {
			cfg := s.Config
			cfg.Database.Migrate = false
			if m, _ := c.Flags().GetString("module"); m != "" {
				cfg.Modules = []string{m}
			}
			d, err := openDatabases(ctx, cfg, true)
			if err != nil {
				return err
			}
			defer d.close()
			return f(ctx, d, args)
		})(c, args)
	}
}

func listParked(ctx context.Context, d *databases, f bus.Filter) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tSUBSCRIPTION\tTYPE\tKEY\tATTEMPTS\tNEXT TRY\tLAST ERROR")
	for _, name := range moduleNames {
		db, ok := d.module[name]
		if !ok {
			continue
		}
		parked, err := bus.ListParked(ctx, db, f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, p := range parked {
			fmt.Fprintf(w, "%s/%d\t%s\t%s\t%s\t%d\t%s\t%s\n", name, p.ID, p.Subscription, p.Event.Type, p.Event.Key,
				p.Attempts, nextTry(p), oneLine(p.LastError))
		}
	}
	return w.Flush()
}

func listRejected(ctx context.Context, d *databases, f bus.Filter) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "SUBSCRIPTION\tPLACE\tREJECTED\tREASON\tBEGINS WITH")
	for _, name := range moduleNames {
		db, ok := d.module[name]
		if !ok {
			continue
		}
		all, err := bus.ListRejected(ctx, db, f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, m := range all {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%q\n", m.Subscription, m.Place, m.RejectedAt.Format(time.RFC3339), oneLine(m.Reason), oneLine(string(m.Value)))
		}
	}
	return w.Flush()
}

func nextTry(p bus.ParkedEvent) string {
	if p.NextTry == nil {
		return "behind"
	}
	if wait := time.Until(*p.NextTry).Round(time.Second); wait > 0 {
		return "in " + wait.String()
	}
	return "now"
}

func oneLine(s string) string {
	const most = 80
	runes := []rune(s)
	for i, r := range runes {
		if r == '\n' || i == most {
			return string(runes[:i]) + "…"
		}
	}
	return s
}

// parkedID reads MODULE/ID as list prints it.
func parkedID(d *databases, arg string) (*pg.DB, string, error) {
	for name, db := range d.module {
		if rest, ok := cutModule(arg, name); ok {
			return db, rest, nil
		}
	}
	return nil, "", fmt.Errorf("%q is not MODULE/ID as `agrovet events list` shows it", arg)
}

func cutModule(arg, name string) (string, bool) {
	if len(arg) > len(name)+1 && arg[:len(name)+1] == name+"/" {
		return arg[len(name)+1:], true
	}
	return "", false
}

func showParked(ctx context.Context, d *databases, args []string) error {
	db, id, err := parkedID(d, args[0])
	if err != nil {
		return err
	}
	parked, err := bus.GetParked(ctx, db, id)
	if err != nil {
		return err
	}
	for _, p := range parked {
		data, err := json.MarshalIndent(p.Event.Data, "", "  ")
		if err != nil {
			return err
		}
		fmt.Printf("event        %s\ntype         %s\ntopic        %s\nkey          %s\nhappened     %s\nsubscription %s\nparked       %s\nattempts     %d\nnext try     %s\nlast error   %s\ndata         %s\n",
			p.Event.ID, p.Event.Type, p.Event.Topic, p.Event.Key, p.Event.OccurredAt.Format(time.RFC3339), p.Subscription,
			p.ParkedAt.Format(time.RFC3339), p.Attempts, nextTry(p), p.LastError, data)
	}
	return nil
}

func retryParked(ctx context.Context, d *databases, f bus.Filter) error {
	total := 0
	for name, db := range d.module {
		n, err := bus.Retry(ctx, db, f)
		if err != nil && !errors.Is(err, bus.ErrNotParked) {
			return fmt.Errorf("%s: %w", name, err)
		}
		total += n
	}
	if total == 0 {
		return bus.ErrNotParked
	}
	fmt.Printf("%d keys will be tried within a second by the running agrovet\n", total)
	return nil
}

func dropParked(ctx context.Context, d *databases, args []string) error {
	db, id, err := parkedID(d, args[0])
	if err != nil {
		return err
	}
	row, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return fmt.Errorf("%q is not MODULE/ID as `agrovet events list` shows it", args[0])
	}
	if err := bus.Drop(ctx, db, row); err != nil {
		return err
	}
	fmt.Printf("dropped %s\n", args[0])
	return nil
}
