package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Decision is what a moderator has decided.
type Decision struct {
	ID          int64
	Target      foro.Target
	CommunityID int64 // in which it was then; 0: in none
	AuthorID    int64 // 0: they are gone
	Anonymous   bool  // others than staff do not learn who the author is
	ActorID     int64 // 0: they are gone
	Staff       bool  // decided as staff, else as a moderator of the community
	Decision    foro.Decision
	Reason      string
	Days        int // of a suspension
	At          time.Time
}

// InsertDecision writes into the log; d gets its id.
func (s Store) InsertDecision(ctx context.Context, d *Decision) error {
	role := "moderator"
	if d.Staff {
		role = "staff"
	}
	row, err := queries.DecisionInsert(ctx, s.DB.Q(ctx), forodb.DecisionInsertParams{PostID: d.Target.PostID, CommentID: d.Target.CommentID, CommunityID: d.CommunityID,
		AuthorID: d.AuthorID, Anonymous: d.Anonymous, ActorID: d.ActorID, Role: role, Decision: string(d.Decision), Reason: d.Reason, Days: int32(d.Days), At: d.At})
	*d = decisionOf(row)
	return err
}

// DecisionsByID are these decisions.
func (s Store) DecisionsByID(ctx context.Context, ids []int64) (map[int64]Decision, error) {
	rows, err := queries.DecisionsByID(ctx, s.DB.Q(ctx), ids)
	byID := make(map[int64]Decision, len(rows))
	for _, d := range decisionsOf(rows) {
		byID[d.ID] = d
	}
	return byID, err
}

// DecisionsAbout are those about a post or comment, newest first, at most limit.
func (s Store) DecisionsAbout(ctx context.Context, t foro.Target, limit int) ([]Decision, error) {
	rows, err := queries.DecisionsAbout(ctx, s.DB.Q(ctx), forodb.DecisionsAboutParams{PostID: t.PostID, CommentID: t.CommentID, MaxRows: int32(limit)})
	return decisionsOf(rows), err
}

// DecisionsOf are those about what somebody wrote, newest first, at most limit.
func (s Store) DecisionsOf(ctx context.Context, authorID int64, limit int) ([]Decision, error) {
	rows, err := queries.DecisionsOf(ctx, s.DB.Q(ctx), forodb.DecisionsOfParams{AuthorID: authorID, MaxRows: int32(limit)})
	return decisionsOf(rows), err
}

// Warnings are those of somebody that stand, newest first, at most limit.
func (s Store) Warnings(ctx context.Context, authorID int64, limit int) ([]Decision, error) {
	rows, err := queries.Warnings(ctx, s.DB.Q(ctx), forodb.WarningsParams{AuthorID: authorID, MaxRows: int32(limit)})
	return decisionsOf(rows), err
}

// Log is a part of all decisions, newest first.
func (s Store) Log(ctx context.Context, span IDSpan) ([]Decision, error) {
	rows, err := queries.DecisionLog(ctx, s.DB.Q(ctx), forodb.DecisionLogParams{BeforeID: span.below(), SkipRows: int32(span.Skip), MaxRows: int32(span.Limit)})
	return decisionsOf(rows), err
}

// LogCount counts the log up to limit.
func (s Store) LogCount(ctx context.Context, limit int) (int64, error) {
	return queries.DecisionLogCount(ctx, s.DB.Q(ctx), int32(limit))
}

// ForgetModeration takes a person out of what moderators see and of the log.
func (s Store) ForgetModeration(ctx context.Context, userID int64) error {
	for _, forget := range []func(context.Context, forodb.DBTX, int64) error{queries.ReportsForget, queries.CasesForget, queries.DecisionsForget, queries.DecidersForget,
		queries.AlikeForget, queries.SuspensionsForget, queries.NewcomerForget} {
		if err := forget(ctx, s.DB.Q(ctx), userID); err != nil {
			return err
		}
	}
	return nil
}

func decisionOf(d forodb.Decision) Decision {
	return Decision{d.ID, foro.Target{PostID: d.PostID, CommentID: d.CommentID}, d.CommunityID, d.AuthorID, d.Anonymous, d.ActorID, d.Role == "staff",
		foro.Decision(d.Decision), d.Reason, int(d.Days), d.At}
}

func decisionsOf(rows []forodb.Decision) []Decision {
	out := make([]Decision, len(rows))
	for i, d := range rows {
		out[i] = decisionOf(d)
	}
	return out
}
