package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/spf13/cobra"
)

func serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Run the platform",
		Long: "Run the platform. With nothing configured it brings its own PostgreSQL, keeps everything in the\n" +
			"data directory and needs no other service.",
		Args: cobra.NoArgs,
		RunE: withSettings(serve),
	}
}

func serve(ctx context.Context, s *settings) error {
	start := time.Now()
	l, err := net.Listen("tcp", s.Listen) // first: a taken port must not cost a database start
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer l.Close()
	if err := useTempDir(s.DataDir); err != nil {
		return err
	}
	a, err := newApp(ctx, s.Config, false)
	if err != nil {
		return err
	}
	defer a.close()
	if s.Backup.Dir != "" {
		a.backups = newBackups(s, a.db)
		a.backups.watch(a)
	}
	slog.Info("ready", "address", l.Addr().String(), "modules", s.hosted(), "took", time.Since(start).Round(time.Millisecond))
	a.announce(l)
	go giveBack(ctx)
	if err := a.run(ctx, l); err != nil {
		return err
	}
	slog.Info("stopped")
	return nil
}
