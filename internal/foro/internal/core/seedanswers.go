package core

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/demo"
)

// answers makes comments on the post, or on a comment of it, in the order in which they come.
func (s *seeding) answers(ctx context.Context, all []demo.Answer, to foro.Comment) error {
	for _, a := range all {
		m := foro.Comment{PostID: s.post.ID, ParentID: to.ID, UserID: s.answerer(a, to.UserID), State: foro.Visible, Content: a.Content}
		if m.UserID == 0 {
			continue
		}
		m.Anonymous = s.post.Anonymous && m.UserID == s.post.AuthorID
		as := s.as(ctx, m.UserID)
		if err := s.below(as, &m); err != nil {
			return err
		}
		if err := s.store.InsertComment(as, &m); err != nil {
			return err
		}
		if err := s.answered(as, &m, nil); err != nil {
			return err
		}
		if err := s.judged(ctx, a, m); err != nil {
			return err
		}
		if s.at = s.at.Add(time.Duration(10+s.random.IntN(240)) * time.Minute); s.at.After(s.Now()) {
			s.at = s.Now()
		}
		if err := s.store.BackdateComment(ctx, m.ID, s.at); err != nil {
			return err
		}
		if err := s.answers(ctx, a.Replies, m); err != nil {
			return err
		}
	}
	return s.reactions(ctx, to)
}

// answerer is who answers somebody: of replies it is who asked, if they have the role. Who validates answers does not
// give them.
func (s *seeding) answerer(a demo.Answer, to int64) int64 {
	author := s.post.AuthorID
	if to != author && s.role(author) == a.By {
		return author
	}
	if a.Validated {
		if id := s.somebody(a.By, append([]int64{author, to}, s.verified...)...); id != 0 {
			return id
		}
	}
	return s.somebody(a.By, author, to)
}

// judged has an answer accepted and validated.
func (s *seeding) judged(ctx context.Context, a demo.Answer, m foro.Comment) error {
	if a.Accepted && s.post.Question {
		if _, err := s.Accept(s.as(ctx, s.post.AuthorID), m.PostID, m.ID); err != nil {
			return err
		}
	}
	if !a.Validated || !s.post.Question {
		return nil
	}
	for _, id := range s.verified {
		if id == m.UserID {
			continue
		}
		if _, err := s.Validate(s.as(ctx, id), m.ID); err != nil {
			return err
		}
	}
	return nil
}

// reactions has some people react to a comment, or to the post.
func (s *seeding) reactions(ctx context.Context, to foro.Comment) error {
	t := foro.Target{PostID: s.post.ID}
	if to.ID != 0 {
		t = foro.Target{CommentID: to.ID}
	}
	for i := range s.random.IntN(7) {
		who := s.users[(s.last+1+i*3)%len(s.users)].ID
		how := foro.Like
		if s.random.IntN(3) == 0 {
			how = foro.Heart
		}
		if who == to.UserID {
			continue
		}
		if _, _, err := s.React(s.as(ctx, who), t, how); err != nil {
			return err
		}
	}
	return s.store.BackdateReactions(ctx, s.post.ID, s.at)
}

// follow has some people follow the post, its author, unless they do not show their name, and its tags.
func (s *seeding) follow(ctx context.Context) error {
	for i := range 3 {
		who := s.users[(s.last+1+i*5)%len(s.users)].ID
		if who == s.post.AuthorID {
			continue
		}
		as := s.as(ctx, who)
		if err := s.WatchPost(as, s.post.ID, false); err != nil {
			return err
		}
		if i == 0 && !s.post.Anonymous {
			if err := s.WatchPerson(as, s.post.AuthorID, false); err != nil {
				return err
			}
		}
		if i == 1 && len(s.post.Tags) > 0 {
			if err := s.FollowTag(as, s.post.Tags[0]); err != nil {
				return err
			}
		}
	}
	return nil
}
