package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
)

// Case is what moderators look at: what is said against a post or comment, or an appeal of its author.
type Case struct {
	ID          int64
	Kind        Kind
	Target      foro.Target
	CommunityID int64 // whose moderators decide; 0: staff alone
	AuthorID    int64 // 0: they are gone
	Rank        int
	Since       time.Time // when it came into the queue, or was decided
	Version     int       // grows with what is said against it, and when it is decided
	Hid         bool      // so many reported it that it was hidden
	Appeals     int64     // the decision that an appeal is against
	Said        string    // by the author who appeals
	OpenedAt    time.Time
	DecisionID  int64 // 0: open
}

// Open says whether it waits for a decision.
func (c Case) Open() bool { return c.DecisionID == 0 }

// Kind is how a case began.
type Kind string

// The kinds.
const (
	Reported Kind = "report"
	Flagged  Kind = "flag"   // by a rule
	Appeal   Kind = "appeal" // of the author
	Direct   Kind = "direct" // by a moderator
)

// Kinds are all.
var Kinds = []Kind{Reported, Flagged, Appeal, Direct}

// Ranks of cases: those that come first, the others, and those that are decided.
const (
	Urgent  = 0
	Usual   = 1
	Decided = 2
)

// OpenCase is the open case about a post or comment, or the open appeal; ok is false when there is none. The
// post is locked.
func (s Store) OpenCase(ctx context.Context, t foro.Target, appeal bool) (c Case, ok bool, err error) {
	rows, err := queries.CaseOpen(ctx, s.DB.Q(ctx), forodb.CaseOpenParams{PostID: t.PostID, CommentID: t.CommentID, Appeal: appeal})
	if err != nil || len(rows) == 0 {
		return c, false, err
	}
	return caseOf(rows[0]), true, nil
}

// InsertCase stores a new case; it gets its id and version.
func (s Store) InsertCase(ctx context.Context, c *Case) error {
	row, err := queries.CaseInsert(ctx, s.DB.Q(ctx), forodb.CaseInsertParams{Kind: string(c.Kind), PostID: c.Target.PostID, CommentID: some(c.Target.CommentID),
		CommunityID: c.CommunityID, AuthorID: c.AuthorID, Rank: int16(c.Rank), Place: c.OpenedAt.UnixMicro(), Appeals: some(c.Appeals), Said: c.Said, OpenedAt: c.OpenedAt})
	if err == nil {
		*c = caseOf(row)
	}
	return err
}

// GrowCase notes that more is said against what an open case is about; c is what it has become.
func (s Store) GrowCase(ctx context.Context, c Case) error {
	return queries.CaseGrow(ctx, s.DB.Q(ctx), forodb.CaseGrowParams{ID: c.ID, Rank: int16(c.Rank), Hid: c.Hid, Kind: string(c.Kind)})
}

// CloseCase ends an open case by a decision.
func (s Store) CloseCase(ctx context.Context, id int64, d Decision) error {
	if err := queries.NotesForget(ctx, s.DB.Q(ctx), id); err != nil {
		return err
	}
	return queries.CaseDecide(ctx, s.DB.Q(ctx), forodb.CaseDecideParams{ID: id, Place: -d.At.UnixMicro(), DecisionID: d.ID})
}

// Cases are these cases in the order of the ids, leaving out what is not there.
func (s Store) Cases(ctx context.Context, ids ...int64) ([]Case, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := queries.CasesByID(ctx, s.DB.Q(ctx), ids)
	return inOrder(ids, rows, caseOf, func(c Case) int64 { return c.ID }), err
}

// Appealed says whether somebody has appealed against a decision.
func (s Store) Appealed(ctx context.Context, decisionID int64) (bool, error) {
	return queries.CaseAppealing(ctx, s.DB.Q(ctx), decisionID)
}

// Moderated are the communities that somebody moderates.
func (s Store) Moderated(ctx context.Context, userID int64) ([]int64, error) {
	return queries.Moderated(ctx, s.DB.Q(ctx), userID)
}

func caseOf(c forodb.ModerationCase) Case {
	return Case{ID: c.ID, Kind: Kind(c.Kind), Target: foro.Target{PostID: c.PostID, CommentID: or(c.CommentID)}, CommunityID: c.CommunityID, AuthorID: c.AuthorID,
		Rank: int(c.Rank), Since: time.UnixMicro(max(c.Place, -c.Place)), Version: int(c.Version), Hid: c.Hid, Appeals: or(c.Appeals), Said: c.Said,
		OpenedAt: c.OpenedAt, DecisionID: or(c.DecisionID)}
}

// inOrder are rows in the order of ids.
func inOrder[R, V any](ids []int64, rows []R, of func(R) V, id func(V) int64) []V {
	byID := make(map[int64]V, len(rows))
	for _, r := range rows {
		v := of(r)
		byID[id(v)] = v
	}
	all := make([]V, 0, len(rows))
	for _, i := range ids {
		if v, ok := byID[i]; ok {
			all = append(all, v)
		}
	}
	return all
}
