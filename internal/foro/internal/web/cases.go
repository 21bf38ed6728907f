package web

import (
	"context"

	"agrovet/internal/foro"
	"agrovet/internal/foro/internal/core"
	"agrovet/internal/foro/internal/rules"
	"agrovet/internal/foro/internal/store"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
)

// Case is what moderators look at.
type Case struct {
	ID          int64       `json:"id"`
	Kind        string      `json:"kind" doc:"report, flag: by a rule, appeal: of the author, direct: a moderator began it"`
	Target      TargetJSON  `json:"target"`
	CommunityID *int64      `json:"community_id" doc:"Whose moderators decide; null: staff alone."`
	State       string      `json:"state" enum:"open,decided"`
	Urgent      bool        `json:"urgent" doc:"It is open, and was reported, or somebody may come to harm."`
	Since       string      `json:"since" format:"date-time" doc:"When it came into the queue, or was decided."`
	Version     int         `json:"version" doc:"Grows with what is said against it; If-Match takes it."`
	Hidden      bool        `json:"hidden_by_reports" doc:"So many reported it that it was hidden until somebody decides."`
	Post        Post        `json:"post" doc:"As it is now; of a comment, the post that it is about."`
	Comment     *Comment    `json:"comment"`
	Reports     ReasonsJSON `json:"reports"`
	Flags       []Flag      `json:"flags" nullable:"false"`
	Decision    *LogEntry   `json:"decision" doc:"Null: open."`
	Appeal      *AppealJSON `json:"appeal" doc:"Null: it is no appeal."`
}

// TargetJSON is what a case or decision is about.
type TargetJSON struct {
	Kind      string `json:"kind" enum:"post,comment"`
	PostID    int64  `json:"post_id"`
	CommentID *int64 `json:"comment_id"`
}

// ReasonsJSON are reports by reason.
type ReasonsJSON struct {
	Count   int           `json:"count"`
	Reasons []ReasonCount `json:"reasons" nullable:"false" doc:"Most frequent first."`
}

// ReasonCount is how many report something for a reason.
type ReasonCount struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Flag is what a rule has found.
type Flag struct {
	Rule      string `json:"rule" doc:"Its code, e.g. miracle_cure."`
	Text      string `json:"text" doc:"What it is about, in the reader's language."`
	Evidence  string `json:"evidence" doc:"The piece of text; of duplicates: how many."`
	CreatedAt string `json:"created_at" format:"date-time"`
}

// AppealJSON is what an author says against a decision.
type AppealJSON struct {
	Text     string    `json:"text"`
	Decision *LogEntry `json:"decision"`
}

// CaseDetails are all that moderators learn of a case.
type CaseDetails struct {
	Case
	AllReports []CaseReport `json:"all_reports" nullable:"false" doc:"Newest first."`
	History    []CaseText   `json:"history" nullable:"false" doc:"What it said before it was changed, newest first."`
	Decisions  []LogEntry   `json:"decisions" nullable:"false" doc:"About the same, newest first."`
	Author     []LogEntry   `json:"author_decisions" nullable:"false" doc:"About what else its author wrote; none where the reader does not learn who it is."`
}

// CaseReport is a report as moderators see it.
type CaseReport struct {
	Report
	Reporter *Who `json:"reporter,omitempty" doc:"For staff; not there: somebody who is gone."`
}

// CaseText is what a post or comment said before.
type CaseText struct {
	Version int              `json:"version"`
	Title   string           `json:"title"`
	Content string           `json:"content"`
	Media   *mediajson.Media `json:"media"`
	Until   string           `json:"until" format:"date-time"`
}

func target(t foro.Target) TargetJSON {
	if t.CommentID != 0 {
		return TargetJSON{"comment", t.PostID, &t.CommentID}
	}
	return TargetJSON{"post", t.PostID, nil}
}

func caseOf(ctx context.Context, in core.Case) Case {
	out := Case{ID: in.ID, Kind: string(in.Kind), Target: target(in.Target), CommunityID: some(in.CommunityID), State: "open", Urgent: in.Rank == store.Urgent,
		Since: written(in.Since), Version: in.Version, Hidden: in.Hid, Post: post(ctx, *in.Post), Reports: reasons(in.Reasons), Flags: flags(ctx, in.Flags), Decision: entryOf(ctx, in.Decision)}
	if !in.Open() {
		out.State = "decided"
	}
	if in.Comment != nil {
		out.Comment = new(comment(ctx, in.Comment))
	}
	if in.Appeals != 0 {
		out.Appeal = &AppealJSON{in.Said, entryOf(ctx, in.Against)}
	}
	return out
}

func reasons(rows []store.Reasons) ReasonsJSON {
	out := ReasonsJSON{Reasons: make([]ReasonCount, len(rows))}
	for i, r := range rows {
		out.Count += r.N
		out.Reasons[i] = ReasonCount{r.Reason, r.N}
	}
	return out
}

func flags(ctx context.Context, rows []store.Flag) []Flag {
	out := make([]Flag, len(rows))
	for i, f := range rows {
		rule, _ := rules.Named(f.Rule)
		out[i] = Flag{f.Rule, rule.Text.In(httpx.Lang(ctx)), f.Evidence, written(f.At)}
	}
	return out
}

func details(ctx context.Context, d core.Details) CaseDetails {
	out := CaseDetails{Case: caseOf(ctx, d.Case), AllReports: make([]CaseReport, len(d.Reports)), History: make([]CaseText, len(d.Past)),
		Decisions: entries(ctx, d.About), Author: entries(ctx, d.Author)}
	for i, r := range d.Reports {
		out.AllReports[i] = CaseReport{Report: report(r.Report), Reporter: whoOr(ctx, r.Who)}
	}
	for i, p := range d.Past {
		out.History[i] = CaseText{p.Version, p.Title, p.Content, object(ctx, p.Object), written(p.Until)}
	}
	return out
}

// whoOr is null for nobody.
func whoOr(ctx context.Context, w *core.Who) *Who {
	if w == nil {
		return nil
	}
	return new(who(ctx, *w))
}
