package core

import (
	"context"
	"slices"

	"agrovet/internal/foro/internal/rules"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/platform/textrules"
)

// fewWords is how long a text is at least of which several that are alike mean something: many thank for an
// answer in the same words.
const fewWords = 60

// examine lets the rules look at a post or comment that is new, or that was changed and said something else
// before. What they find is for moderators: it is shown all the same, and its author does not learn of it.
// The post is locked, or new.
func (c *Core) examine(ctx context.Context, x content, before string) error {
	title, said := x.text()
	if title+"\n"+said == before {
		return nil
	}
	text := textrules.Read(title, said)
	others := 0
	if alike := text.Alike(); alike != 0 && len(said) >= fewWords && (before == "" || alike != textrules.Read("", before).Alike()) {
		times, err := c.store.PutAlike(ctx, x.author(), alike, c.Now(), c.Now().Add(-day))
		if err != nil {
			return err
		}
		others = times - 1
	}
	if found := rules.Examine(text, others); len(found) > 0 {
		return c.flag(ctx, x, found, before != "")
	}
	return nil
}

// text is the title and what it says.
func (x content) text() (title, said string) {
	if x.comment != nil {
		return "", x.comment.Content
	}
	return x.post.Title, x.post.Content
}

// flag puts what the rules have found into the moderators' queue, but for what they have found before.
func (c *Core) flag(ctx context.Context, x content, found []textrules.Finding, changed bool) (err error) {
	if changed {
		known, err := c.store.KnownFlags(ctx, x.target())
		if err != nil {
			return err
		}
		found = slices.DeleteFunc(found, func(f textrules.Finding) bool { return slices.Contains(known[f.Rule], f.Fingerprint) })
		if len(found) == 0 {
			return nil
		}
	}
	if x.comment != nil && x.post.ID == 0 {
		if x.post, _, err = c.store.Post(ctx, x.comment.PostID, false); err != nil {
			return err
		}
	}
	rank := store.Usual
	if slices.ContainsFunc(found, func(f textrules.Finding) bool { return f.Fraud }) {
		rank = store.Urgent
	}
	open, ok, err := c.store.OpenCase(ctx, x.target(), false)
	if err == nil && !ok {
		open, err = c.openCase(ctx, x, store.Case{Kind: store.Flagged, Rank: rank})
	} else if err == nil {
		open.Rank = rank
		err = c.store.GrowCase(ctx, open)
	}
	if err != nil {
		return err
	}
	return c.store.PutFlags(ctx, open.ID, found, c.Now())
}
