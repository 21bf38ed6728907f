package core

import (
	"slices"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store"
)

// ends is when the last was said.
func (t *thread) ends() time.Time {
	if n := len(t.said); n > 0 {
		return t.said[n-1].CreatedAt
	}
	return t.post.CreatedAt
}

// telling is what people are told of a thread: one thing for all that happens alike to the same post or comment.
type telling struct {
	*thread
	by  map[happening]*store.Notice
	who map[happening][]int64
	all []*store.Notice
}

// happening is what happens alike.
type happening struct {
	userID    int64
	as        foro.NoticeType
	commentID int64
}

// notices are what people are told of a thread, who have read most of it.
func (t *thread) notices() []store.Notice {
	if t.post.State != foro.Visible {
		return nil
	}
	g := telling{thread: t, by: map[happening]*store.Notice{}, who: map[happening][]int64{}}
	by := make(map[int64]*said, len(t.said))
	for _, m := range t.said {
		if by[m.ID] = m; m.State == foro.Visible {
			g.answer(m)
		}
	}
	for _, r := range t.reactions {
		if m := by[r.Target.CommentID]; m != nil {
			g.tell(happening{m.UserID, foro.CommentReaction, m.ID}, r.UserID, m.ID, r.CreatedAt)
		} else {
			g.tell(happening{t.post.AuthorID, foro.PostReaction, 0}, r.UserID, 0, r.CreatedAt)
		}
	}
	out := make([]store.Notice, len(g.all))
	for i, n := range g.all {
		n.Read = t.random.IntN(10) < 7
		out[i] = *n
	}
	return out
}

// answer tells of a comment, and of whose answer it is.
func (g *telling) answer(m *said) {
	parent := int64(0)
	if m.parent != nil && m.parent.State == foro.Visible {
		parent = m.parent.UserID
		g.tell(happening{parent, foro.CommentReply, m.ParentID}, m.UserID, m.ID, m.CreatedAt)
	}
	if parent != g.post.AuthorID {
		g.tell(happening{g.post.AuthorID, foro.PostReply, 0}, m.UserID, m.ID, m.CreatedAt)
	}
	if g.post.AcceptedID == m.ID {
		g.tell(happening{m.UserID, foro.AcceptedNotice, m.ID}, g.post.AuthorID, m.ID, m.CreatedAt)
	}
	for _, id := range m.validators {
		g.tell(happening{m.UserID, foro.ValidatedNotice, m.ID}, id, m.ID, m.CreatedAt)
	}
}

func (g *telling) tell(k happening, actorID, opensID int64, at time.Time) {
	if k.userID == actorID {
		return
	}
	n := g.by[k]
	if n == nil {
		n = &store.Notice{RecipientID: k.userID, Type: k.as, Target: foro.Target{PostID: g.post.ID, CommentID: k.commentID}, CreatedAt: at}
		g.by[k], g.all = n, append(g.all, n)
	}
	if !slices.Contains(g.who[k], actorID) {
		g.who[k] = append(g.who[k], actorID)
		n.Actors++
	}
	n.Anonymous = g.post.Anonymous && actorID == g.post.AuthorID
	n.ActorID, n.OpensID, n.UpdatedAt = known(actorID, n.Anonymous), opensID, at
}
