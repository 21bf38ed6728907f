package core

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
)

// NoticePost tells whom a new post speaks of, and has its followers told.
func (c *Core) NoticePost(ctx context.Context, e foro.PostCreated) error {
	p, ok, err := c.store.Post(ctx, e.PostID, false)
	if err != nil || !ok {
		return err
	}
	mentioned, err := c.store.Mentioned(ctx, foro.Target{PostID: p.ID})
	if err == nil {
		err = c.tell(ctx, p, causeOfPost(p), told(mentioned, foro.Mention, 0))
	}
	if err != nil {
		return err
	}
	return c.followersOf(ctx, p)
}

// NoticeComment tells whom a new comment speaks of, whom it answers and whose post it is on, each of them once,
// and has the post's followers told.
func (c *Core) NoticeComment(ctx context.Context, e foro.CommentAdded) error {
	p, m, ok, err := c.remarkable(ctx, e.CommentID)
	if err != nil || !ok {
		return err
	}
	mentioned, err := c.store.Mentioned(ctx, foro.Target{PostID: p.ID, CommentID: m.ID})
	if err != nil {
		return err
	}
	people := told(mentioned, foro.Mention, m.ID)
	if parent, ok, err := c.store.Comment(ctx, m.ParentID, false); err != nil {
		return err
	} else if ok && parent.State == foro.Visible {
		people = append(people, store.Told{UserID: parent.UserID, Type: foro.CommentReply, CommentID: parent.ID})
	}
	people = append(people, store.Told{UserID: p.AuthorID, Type: foro.PostReply})
	if err := c.tell(ctx, p, causeOfComment(m), people); err != nil {
		return err
	}
	return c.followersDue(ctx, foro.FollowersDue{PostID: p.ID, CommentID: m.ID, Of: string(store.WatchPost)})
}

// NoticeMentions tells those whom an edited post or comment speaks of as well now. Who was told of it before, as
// whatever it is to them, is not told again.
func (c *Core) NoticeMentions(ctx context.Context, e foro.MentionsAdded) error {
	if e.CommentID != 0 {
		p, m, ok, err := c.remarkable(ctx, e.CommentID)
		if err != nil || !ok {
			return err
		}
		return c.tell(ctx, p, causeOfComment(m), told(e.UserIDs, foro.Mention, m.ID))
	}
	p, ok, err := c.store.Post(ctx, e.PostID, false)
	if err != nil || !ok {
		return err
	}
	return c.tell(ctx, p, causeOfPost(p), told(e.UserIDs, foro.Mention, 0))
}

// NoticeReaction tells whose post or comment somebody reacts to: once, however often they do.
func (c *Core) NoticeReaction(ctx context.Context, e foro.ReactionAdded) error {
	r, ok, err := c.store.Reaction(ctx, e.ReactionID)
	if err != nil || !ok {
		return err
	}
	if r.Target.CommentID != 0 {
		return c.noticeAnswer(ctx, r.Target.CommentID, string(foro.CommentReaction), foro.CommentReaction, r.UserID)
	}
	p, ok, err := c.store.Post(ctx, r.Target.PostID, false)
	if err != nil || !ok {
		return err
	}
	cause := store.Cause{Kind: string(foro.PostReaction), ObjectID: p.ID, ActorID: r.UserID, PostID: p.ID}
	return c.tell(ctx, p, cause, []store.Told{{UserID: p.AuthorID, Type: foro.PostReaction}})
}

// NoticeAccepted tells whose answer was accepted.
func (c *Core) NoticeAccepted(ctx context.Context, e foro.AnswerAccepted) error {
	p, ok, err := c.store.Post(ctx, e.PostID, false)
	if err != nil || !ok {
		return err
	}
	return c.noticeAnswer(ctx, e.CommentID, "accepted", foro.AcceptedNotice, p.AuthorID)
}

// NoticeValidated tells whose answer a specialist validated.
func (c *Core) NoticeValidated(ctx context.Context, e foro.AnswerValidated) error {
	return c.noticeAnswer(ctx, e.CommentID, "validated", foro.ValidatedNotice, e.UserID)
}

// noticeAnswer tells a comment's author what somebody did with it.
func (c *Core) noticeAnswer(ctx context.Context, commentID int64, kind string, t foro.NoticeType, actorID int64) error {
	p, m, ok, err := c.remarkable(ctx, commentID)
	if err != nil || !ok {
		return err
	}
	cause := store.Cause{Kind: kind, ObjectID: m.ID, ActorID: actorID, Anonymous: p.Anonymous && p.AuthorID == actorID, PostID: p.ID, OpensID: m.ID}
	return c.tell(ctx, p, cause, []store.Told{{UserID: m.UserID, Type: t, CommentID: m.ID}})
}

// NoticeWaiting tells specialists of a question that nobody has answered.
func (c *Core) NoticeWaiting(ctx context.Context, e foro.QuestionWaiting) error {
	p, ok, err := c.store.Post(ctx, e.PostID, false)
	if err != nil || !ok {
		return err
	}
	cause := causeOfPost(p)
	cause.Kind = "waiting"
	return c.tell(ctx, p, cause, told(e.UserIDs, foro.WaitingNotice, 0))
}

// remarkable is a comment that people are told of, with its post; ok is false when nobody sees it.
func (c *Core) remarkable(ctx context.Context, commentID int64) (p foro.Post, m foro.Comment, ok bool, err error) {
	if m, ok, err = c.store.Comment(ctx, commentID, false); err != nil || !ok || m.State != foro.Visible {
		return p, m, false, err
	}
	p, ok, err = c.store.Post(ctx, m.PostID, false)
	return p, m, ok, err
}

func causeOfPost(p foro.Post) store.Cause {
	return store.Cause{Kind: "post", ObjectID: p.ID, ActorID: p.AuthorID, Anonymous: p.Anonymous, PostID: p.ID}
}

func causeOfComment(m foro.Comment) store.Cause {
	return store.Cause{Kind: "comment", ObjectID: m.ID, ActorID: m.UserID, Anonymous: m.Anonymous, PostID: m.PostID, OpensID: m.ID}
}

func told(userIDs []int64, t foro.NoticeType, commentID int64) []store.Told {
	all := make([]store.Told, len(userIDs))
	for i, id := range userIDs {
		all[i] = store.Told{UserID: id, Type: t, CommentID: commentID}
	}
	return all
}
