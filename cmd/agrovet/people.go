package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"agrovet/internal/auth"
	"agrovet/internal/foro/foromod"
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
	var adds marketplacemod.Fill
	var posts foromod.Fill
	c := &cobra.Command{
		Use:   "seed",
		Short: "Fill the installation with a demo community in Spanish; running it again changes nothing",
		Long: `Fill the installation with a demo community in Spanish: people, their profiles, adverts, and what they ask
and answer in the forum. Running it again changes nothing.

With --adds, generated adverts are added until there are that many of them, for measuring, and with --posts
generated posts of the forum with comments, reactions, communities and notifications. They come by COPY,
without events, and take the indexes of the marketplace or the forum away meanwhile, and the forum's
triggers, so nothing is done where there are real adverts or posts. A process that is killed meanwhile leaves
a database without them.

Nobody can sign in as the generated people. So with --posts the demo community, or with --reader other users,
become members of generated communities, follow generated people, posts and tags, and have notifications.`,
		Args: cobra.NoArgs,
		RunE: withApp(func(ctx context.Context, a *app) error {
			if len(a.modules) < len(moduleNames) {
				return errors.New("seed works where all modules run: use --modules=all, with the same databases and without the other processes' addresses")
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
			if err := a.foro.Seed(ctx, users); err != nil {
				return fmt.Errorf("posts: %w", err)
			}
			printSeed(users)
			for _, u := range users {
				adds.Known, posts.Known = append(adds.Known, u.ID), append(posts.Known, u.ID)
			}
			if len(posts.Readers) == 0 {
				posts.Readers = posts.Known
			}
			posts.Force, posts.Without = adds.Force, adds.Without
			if err := filled("adverts", func() (int, error) { return a.marketplace.Fill(ctx, adds) }); err != nil {
				return err
			}
			return filled("posts", func() (int, error) { return a.foro.Fill(ctx, posts) })
		}),
	}
	c.Flags().IntVar(&adds.Total, "adds", 0, "for measuring: generated adverts that there are to be, such as 1000000")
	c.Flags().StringVar(&adds.Without, "without", "", "words that the adverts and posts of this run of --adds and --posts do not have")
	c.Flags().IntVar(&posts.Total, "posts", 0, "for measuring: generated posts that there are to be, such as 1000000")
	c.Flags().Int64SliceVar(&posts.Readers, "reader", nil, "with --posts: ids of users who are to read generated posts (default: the demo community)")
	c.Flags().BoolVar(&adds.Force, "force", false, "let --adds and --posts work although there are adverts or posts of real people")
	return c
}

// filled makes generated things and tells how many and how long it took.
func filled(what string, fill func() (made int, err error)) error {
	begun := time.Now()
	made, err := fill()
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if made > 0 {
		fmt.Printf("%d %s generated in %v\n", made, what, time.Since(begun).Round(time.Second))
	}
	return nil
}

func printSeed(users []auth.User) {
	fmt.Printf("%d people are there; all sign in with the password %s\n", len(users), demoPassword)
	for _, u := range users {
		fmt.Printf("  %-4d %-12s %s\n", u.ID, u.Role, u.DisplayName())
	}
}
