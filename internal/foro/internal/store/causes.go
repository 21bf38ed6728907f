package store

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Cause is something that happened, of which each is told once.
type Cause struct {
	Kind      string // with ObjectID and ActorID: what makes it the same thing
	ObjectID  int64
	ActorID   int64 // who did it; 0: nobody in particular
	Anonymous bool  // they do not show their name
	PostID    int64 // where; 0: in no post
	OpensID   int64 // the comment to be opened; 0: none
	Community int64 // what it is about; 0: no community
	Decision  string
	Reason    string
	Must      bool // mutes do not count
}

// Told is somebody who is to be told of a cause: as what, and about which comment (0: the post).
type Told struct {
	UserID    int64
	Type      foro.NoticeType
	CommentID int64
}

// Readers are how those of some people want to be told who may be told of a cause: they are there, and have
// muted neither its post nor who did it, unless that one does not show their name. They stay until the commit.
func (s Store) Readers(ctx context.Context, c Cause, userIDs []int64) (map[int64]foro.NoticePreference, error) {
	in := forodb.NoticeReadersParams{UserIds: userIDs, Must: c.Must, PostID: c.PostID, ActorID: c.ActorID}
	if c.Anonymous { // or whoever mutes somebody would learn that it is them
		in.ActorID = 0
	}
	rows, err := queries.NoticeReaders(ctx, s.DB.Q(ctx), in)
	all := make(map[int64]foro.NoticePreference, len(rows))
	for _, r := range rows {
		all[r.UserID] = preferenceOf(r.Off, r.Live, r.QuietFrom, r.QuietTo, r.TimeZone)
	}
	return all, err
}

// Notify tells people of a cause, each of whom is there once, and returns the notifications of those who were
// not told of it before.
func (s Store) Notify(ctx context.Context, c Cause, people []Told) ([]foro.Noticed, error) {
	in := forodb.NotifyParams{Kind: c.Kind, ObjectID: c.ObjectID, ActorID: c.ActorID, Anonymous: c.Anonymous, PostID: c.PostID, OpensID: c.OpensID, CommunityID: c.Community,
		Decision: c.Decision, Reason: c.Reason}
	about := make(map[int64]int64, len(people))
	for _, p := range people {
		in.RecipientIds, in.Types, in.CommentIds = append(in.RecipientIds, p.UserID), append(in.Types, string(p.Type)), append(in.CommentIds, p.CommentID)
		about[p.UserID] = p.CommentID
	}
	rows, err := queries.Notify(ctx, s.DB.Q(ctx), in)
	out := make([]foro.Noticed, len(rows))
	for i, r := range rows {
		opens := c.OpensID
		if opens == 0 {
			opens = about[r.RecipientID]
		}
		out[i] = foro.Noticed{NotificationID: r.ID, UserID: r.RecipientID, Type: foro.NoticeType(r.Type), PostID: c.PostID, CommentID: opens, CommunityID: c.Community}
	}
	return out, err
}

// Mentioned are those of whom a comment speaks, or, without one, a post itself.
func (s Store) Mentioned(ctx context.Context, t foro.Target) ([]int64, error) {
	if t.CommentID != 0 {
		return queries.MentionedInComment(ctx, s.DB.Q(ctx), &t.CommentID)
	}
	return queries.MentionedInPost(ctx, s.DB.Q(ctx), &t.PostID)
}
