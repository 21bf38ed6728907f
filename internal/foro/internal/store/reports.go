package store

import (
	"context"
	"time"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/store/forodb"
	"agrovet/internal/platform/textrules"
)

// Report is what somebody reports about a post or comment.
type Report struct {
	ID         int64
	CaseID     int64
	ReporterID int64 // 0: somebody who is gone
	Reason     string
	Note       string
	At         time.Time
}

// Flag is what a rule has found in a post or comment.
type Flag struct {
	ID       int64
	CaseID   int64
	Rule     string // its code
	Evidence string
	At       time.Time
}

// Reasons are how many report something for a reason.
type Reasons struct {
	Reason string
	N      int
}

// ReportOf is somebody's report in a case; ok is false when there is none.
func (s Store) ReportOf(ctx context.Context, caseID, userID int64) (r Report, ok bool, err error) {
	rows, err := queries.ReportOf(ctx, s.DB.Q(ctx), forodb.ReportOfParams{CaseID: caseID, ReporterID: userID})
	if err != nil || len(rows) == 0 {
		return r, false, err
	}
	return reportOf(rows[0]), true, nil
}

// InsertReport stores a new report; it gets its id.
func (s Store) InsertReport(ctx context.Context, r *Report) error {
	row, err := queries.ReportInsert(ctx, s.DB.Q(ctx), forodb.ReportInsertParams{CaseID: r.CaseID, ReporterID: r.ReporterID, Reason: r.Reason, Note: r.Note, At: r.At})
	*r = reportOf(row)
	return err
}

// Reports are those of a case, newest first, at most limit.
func (s Store) Reports(ctx context.Context, caseID int64, limit int) ([]Report, error) {
	rows, err := queries.Reports(ctx, s.DB.Q(ctx), forodb.ReportsParams{CaseID: caseID, MaxRows: int32(limit)})
	out := make([]Report, len(rows))
	for i, r := range rows {
		out[i] = reportOf(r)
	}
	return out, err
}

// ReportCount counts the reports of a case up to limit.
func (s Store) ReportCount(ctx context.Context, caseID int64, limit int) (int, error) {
	n, err := queries.ReportCount(ctx, s.DB.Q(ctx), forodb.ReportCountParams{CaseID: caseID, MaxRows: int32(limit)})
	return int(n), err
}

// ReasonsOf are the reports of some cases by reason, the most frequent first.
func (s Store) ReasonsOf(ctx context.Context, caseIDs []int64) (map[int64][]Reasons, error) {
	rows, err := queries.ReasonCounts(ctx, s.DB.Q(ctx), caseIDs)
	out := map[int64][]Reasons{}
	for _, r := range rows {
		out[r.CaseID] = append(out[r.CaseID], Reasons{r.Reason, int(r.N)})
	}
	return out, err
}

// FlagsOf are the flags of some cases, oldest first.
func (s Store) FlagsOf(ctx context.Context, caseIDs []int64) (map[int64][]Flag, error) {
	rows, err := queries.Flags(ctx, s.DB.Q(ctx), caseIDs)
	out := map[int64][]Flag{}
	for _, f := range rows {
		out[f.CaseID] = append(out[f.CaseID], Flag{f.ID, f.CaseID, f.Rule, f.Evidence, f.At})
	}
	return out, err
}

// KnownFlags are what rules have found before in a post or comment: rules and fingerprints.
func (s Store) KnownFlags(ctx context.Context, t foro.Target) (map[string][]int64, error) {
	rows, err := queries.FlagsKnown(ctx, s.DB.Q(ctx), forodb.FlagsKnownParams{PostID: t.PostID, CommentID: t.CommentID})
	known := map[string][]int64{}
	for _, r := range rows {
		known[r.Rule] = append(known[r.Rule], r.Fingerprint)
	}
	return known, err
}

// PutFlags adds what the rules find to a case.
func (s Store) PutFlags(ctx context.Context, caseID int64, found []textrules.Finding, at time.Time) error {
	in := forodb.FlagsPutParams{CaseID: caseID, At: at}
	for _, f := range found {
		in.Rules, in.Evidence, in.Fingerprints = append(in.Rules, f.Rule), append(in.Evidence, f.Evidence), append(in.Fingerprints, f.Fingerprint)
	}
	return queries.FlagsPut(ctx, s.DB.Q(ctx), in)
}

// PutAlike counts that somebody says something once more, and returns how often since dayAgo.
func (s Store) PutAlike(ctx context.Context, userID, alike int64, at, dayAgo time.Time) (int, error) {
	n, err := queries.AlikePut(ctx, s.DB.Q(ctx), forodb.AlikePutParams{UserID: userID, Alike: alike, At: at, DayAgo: dayAgo})
	return int(n), err
}

func reportOf(r forodb.Report) Report {
	return Report{r.ID, r.CaseID, r.ReporterID, r.Reason, r.Note, r.At}
}
