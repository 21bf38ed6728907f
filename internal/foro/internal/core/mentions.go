package core

import (
	"context"
	"slices"

	"agrovet/internal/foro"
)

// exist asks auth whether there are these people, whom a text speaks of.
//
// Errors: a wrong field; foro.ErrAuthUnavailable.
func (c *Core) exist(ctx context.Context, userIDs []int64) error {
	if len(userIDs) == 0 {
		return nil
	}
	users, err := c.Users.Users(ctx, userIDs...)
	if err != nil {
		return foro.ErrAuthUnavailable.Wrap(err)
	}
	for _, id := range userIDs {
		if _, ok := users[id]; !ok {
			return noKey("mention_ids", id)
		}
	}
	return nil
}

// mentionInComment stores whom a comment mentions, in place of those before: those who are not gone, and
// not the writer.
func (c *Core) mentionInComment(ctx context.Context, m *foro.Comment, before, staying []int64) error {
	m.Mentions = slices.DeleteFunc(slices.Clone(m.Mentions), func(id int64) bool { return id == m.UserID || !slices.Contains(staying, id) })
	if slices.Equal(m.Mentions, before) {
		return nil
	}
	return c.store.MentionInComment(ctx, m.ID, m.Mentions)
}

// mentionsAdded has those told whom an edit mentions for the first time.
func (c *Core) mentionsAdded(ctx context.Context, t foro.Target, userIDs []int64) error {
	if len(userIDs) == 0 {
		return nil
	}
	return c.publish(ctx, foro.MentionsAdded{PostID: t.PostID, CommentID: t.CommentID, UserIDs: userIDs})
}
