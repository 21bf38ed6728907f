// Command agrovet is the whole platform: server, migrations and the tools to look after it.
//
// main.go lists the commands; options.go and config.go say what can be configured; wire.go builds
// the program out of its modules, and is the only place that knows them all; app.go runs it.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"agrovet/internal/platform/observe"
)

// version is set by the build (-ldflags "-X main.version=…").
var version = "dev"

func main() {
	hashCommand = hashHere
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the process at once
	}()
	if err := command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "agrovet:", err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "agrovet",
		Short:         "Platform for agricultural and veterinary communities",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	addFlags(root.PersistentFlags())
	root.AddCommand(serveCommand(), migrateCommand(), superuserCommand(), seedCommand(), importCommand(), returnCommand(),
		backupCommand(), restoreCommand(), verifyCommand(), eventsCommand(), topicsCommand(), configCommand(), doctorCommand(), healthCommand(),
		versionCommand(), hashPasswordsCommand())
	return root
}

// withSettings loads the configuration, sets the log up and runs f.
func withSettings(f func(ctx context.Context, s *settings) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, _ []string) error {
		s, err := load(c.Flags())
		if err != nil {
			return err
		}
		logger, err := observe.NewLogger(os.Stderr, s.Log.Format, s.Log.Level)
		if err != nil {
			return err
		}
		slog.SetDefault(logger)
		return f(c.Context(), s)
	}
}

// withApp builds the program without serving, for commands that work on its data.
func withApp(f func(ctx context.Context, a *app) error) func(*cobra.Command, []string) error {
	return withSettings(func(ctx context.Context, s *settings) error {
		a, err := newApp(ctx, s.Config, true)
		if err != nil {
			return err
		}
		defer a.close()
		return f(ctx, a)
	})
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		Run:   func(c *cobra.Command, _ []string) { fmt.Fprintln(c.OutOrStdout(), "agrovet", version) },
	}
}
