package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"agrovet/internal/auth"
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
	return &cobra.Command{
		Use:   "seed",
		Short: "Fill the installation with a demo community in Spanish; running it again changes nothing",
		Args:  cobra.NoArgs,
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
			printSeed(users)
			return nil
		}),
	}
}

func printSeed(users []auth.User) {
	fmt.Printf("%d people are there; all sign in with the password %s\n", len(users), demoPassword)
	for _, u := range users {
		fmt.Printf("  %-4d %-12s %s\n", u.ID, u.Role, u.DisplayName())
	}
}
