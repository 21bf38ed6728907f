package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"agrovet/internal/auth"
	"agrovet/internal/marketplace/marketplacemod"
)

func superuserCommand() *cobra.Command {
	var phone, password string
	c := &cobra.Command{
		Use:   "createsuperuser",
		Short: "Make a user who may do everything, or give those rights to an existing one",
		Args:  cobra.NoArgs,
		RunE: withApp(func(ctx context.Context, a *app) error {
			if a.auth == nil {
				return errors.New("createsuperuser works where auth runs: add auth to --modules")
			}
			id, err := a.auth.CreateSuperuser(ctx, phone, password)
			if err != nil {
				return err
			}
			fmt.Printf("superuser %d\n", id)
			return nil
		}),
	}
	c.Flags().StringVar(&phone, "phone", "", "phone number (required)")
	c.Flags().StringVar(&password, "password", "", "password (required)")
	_ = c.MarkFlagRequired("phone")    // fails only for unknown flags
	_ = c.MarkFlagRequired("password") // same
	return c
}

// demoPassword signs in every user of the demo community.
const demoPassword = "agrovet-demo"

func seedCommand() *cobra.Command {
	var fill marketplacemod.Fill
	c := &cobra.Command{
		Use:   "seed",
		Short: "Fill the installation with a demo community in Spanish; running it again changes nothing",
		Long: `Fill the installation with a demo community in Spanish: people, their profiles, and adverts. Running it
again changes nothing.

With --adds, generated adverts are added until there are that many of them, for measuring: they come by
COPY, without events, and take the indexes of the marketplace away meanwhile, so nothing is done where
there are real adverts. A process that is killed meanwhile leaves a database without indexes.`,
		Args: cobra.NoArgs,
		RunE: withApp(func(ctx context.Context, a *app) error {
			if len(a.modules) < len(moduleNames) {
				return errors.New("seed needs all modules in one process")
			}
			users, err := a.auth.Seed(ctx, demoPassword, landscape)
			if err != nil {
				return fmt.Errorf("users: %w", err)
			}
			if err := a.profiles.Seed(ctx, users, landscape); err != nil {
				return fmt.Errorf("profiles: %w", err)
			}
			if err := a.marketplace.Seed(ctx, users, landscape); err != nil {
				return fmt.Errorf("adds: %w", err)
			}
			printSeed(users)
			return fillAdds(ctx, a, fill, users)
		}),
	}
	c.Flags().IntVar(&fill.Total, "adds", 0, "for measuring: generated adverts that there are to be, such as 1000000")
	c.Flags().StringVar(&fill.Without, "without", "", "words that the adverts of this run of --adds do not have")
	c.Flags().BoolVar(&fill.Force, "force", false, "let --adds work although there are adverts of real people")
	return c
}

func fillAdds(ctx context.Context, a *app, fill marketplacemod.Fill, users []auth.User) error {
	for _, u := range users {
		fill.Known = append(fill.Known, u.ID)
	}
	begun := time.Now()
	made, err := a.marketplace.Fill(ctx, fill)
	if err != nil {
		return fmt.Errorf("adds: %w", err)
	}
	if made > 0 {
		fmt.Printf("%d adverts generated in %v\n", made, time.Since(begun).Round(time.Second))
	}
	return nil
}

func printSeed(users []auth.User) {
	fmt.Printf("%d people are there; all sign in with the password %s\n", len(users), demoPassword)
	for _, u := range users {
		fmt.Printf("  %-4d %-12s %s\n", u.ID, u.Role, u.DisplayName())
	}
}
