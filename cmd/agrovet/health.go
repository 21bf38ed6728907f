package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func healthCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "health",
		Short: "Ask the agrovet of this configuration whether it answers",
		Long: "Ask the agrovet that serves on the configured address whether it answers, for containers, whose image has\n" +
			"no other program.\nExit status: 0 when it does, 1 otherwise.",
		Args: cobra.NoArgs,
		RunE: withSettings(func(ctx context.Context, s *settings) error {
			if !isAgrovet(ctx, s.Listen) {
				return fmt.Errorf("nothing answers as agrovet on %s", s.Listen)
			}
			return nil
		}),
	}
}
