package web

import (
	"context"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/rules"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/media/mediajson"
	"agrovet/internal/platform/httpx"
)

// How moderation looks in answers; its routes are in moderation.go and reports.go.

// ShortAdd is what a queue shows of an advert.
type ShortAdd struct {
	ID            int64            `json:"id"`
	PublisherID   int64            `json:"publisher_id"`
	PublisherName string           `json:"publisher_name"`
	Title         string           `json:"title"`
	Price         string           `json:"price"`
	Currency      string           `json:"currency"`
	Unit          string           `json:"unit"`
	Category      *int64           `json:"category"`
	MainImage     *mediajson.Media `json:"main_image"`
	Status        string           `json:"status"`
	Removed       bool             `json:"removed"`
	CreatedAt     string           `json:"created_at" format:"date-time"`
}

// Case is an advert in staff's queue.
type Case struct {
	Add      ShortAdd  `json:"add"`
	State    string    `json:"state" doc:"open, decided, or none: nothing was ever said against it."`
	Urgent   bool      `json:"urgent" doc:"It is open, and was reported, or somebody may lose money."`
	Since    *string   `json:"since" format:"date-time" doc:"When it came into the queue, or was decided."`
	Version  int64     `json:"version" doc:"Changes with every decision; the next may name it."`
	Reports  Counts    `json:"reports" doc:"The open ones, else those that the last decision closed; and so are the flags."`
	Flags    []Flag    `json:"flags" nullable:"false"`
	Decision *Decision `json:"decision" doc:"The last; null: none."`
}

// Counts are reports by reason.
type Counts struct {
	Count   int           `json:"count"`
	Reasons []ReasonCount `json:"reasons" nullable:"false" doc:"Most frequent first."`
}

// ReasonCount is how many report an advert for a reason.
type ReasonCount struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Flag is what a rule has found in an advert.
type Flag struct {
	ID        int64  `json:"id"`
	Rule      string `json:"rule" doc:"Its code, e.g. advance_payment."`
	Text      string `json:"text" doc:"What it is about, in the reader's language."`
	Evidence  string `json:"evidence" doc:"The piece of the advert's text; of a price: the price and what is usual; of duplicates: how many."`
	Open      bool   `json:"open"`
	CreatedAt string `json:"created_at" format:"date-time"`
}

// Decision is what staff has decided.
type Decision struct {
	ID          int64  `json:"id"`
	AddID       int64  `json:"add_id"`
	PublisherID int64  `json:"publisher_id"`
	ActorID     int64  `json:"actor_id" doc:"Who decided."`
	Decision    string `json:"decision" doc:"dismiss, remove, restore or warn"`
	Reason      string `json:"reason"`
	Reports     int    `json:"reports" doc:"How many of them it closed."`
	Flags       int    `json:"flags"`
	At          string `json:"at" format:"date-time"`
}

// Moderation is what was decided about an advert.
type Moderation struct {
	AddID      int64         `json:"add_id"`
	Moderation Ruling        `json:"moderation"`
	Case       *Case         `json:"case,omitempty" doc:"For staff, and so is the rest."`
	Reports    []StaffReport `json:"reports,omitempty" doc:"Newest first."`
	Flags      []Flag        `json:"flags,omitempty"`
	Decisions  []Decision    `json:"decisions,omitempty"`
}

// Ruling is what the publisher is told.
type Ruling struct {
	State     string  `json:"state" doc:"none, warned, removed or restored"`
	Reason    string  `json:"reason"`
	DecidedAt *string `json:"decided_at" format:"date-time"`
}

// StaffReport is a report as staff sees it.
type StaffReport struct {
	Report
	ReporterID *int64 `json:"reporter_id" doc:"Null: somebody who is gone."`
}

var states = map[marketplace.Decision]string{marketplace.Warn: "warned", marketplace.Remove: "removed", marketplace.Restore: "restored"}

func moderationOf(ctx context.Context, m core.Moderation) Moderation {
	out := Moderation{AddID: m.AddID, Moderation: Ruling{State: "none"}}
	if m.Told != nil {
		out.Moderation = Ruling{states[m.Told.Decision], m.Told.Reason, new(written(m.Told.At))}
	}
	if m.Staff == nil {
		return out
	}
	out.Case = &cases(ctx, []core.Case{m.Staff.Case})[0]
	out.Flags, out.Decisions = flags(ctx, m.Staff.Flags), decisions(m.Staff.Decisions)
	for _, r := range m.Staff.Reports {
		out.Reports = append(out.Reports, StaffReport{report(r), some(r.ReporterID)})
	}
	return out
}

func cases(ctx context.Context, rows []core.Case) []Case {
	out := make([]Case, len(rows))
	for i, c := range rows {
		out[i] = Case{Add: short(ctx, c.Add), State: stateOf(c.Entry), Urgent: c.Entry.Open && c.Entry.Rank == store.Urgent, Version: c.Entry.DecisionID,
			Reports: Counts{Reasons: []ReasonCount{}}, Flags: flags(ctx, c.Flags)}
		if !c.Entry.Since.IsZero() {
			out[i].Since = new(written(c.Entry.Since))
		}
		for _, r := range c.Reasons {
			out[i].Reports.Count += r.N
			out[i].Reports.Reasons = append(out[i].Reports.Reasons, ReasonCount{r.Reason, r.N})
		}
		if c.Decision != nil {
			out[i].Decision = &decisions([]store.Decision{*c.Decision})[0]
		}
	}
	return out
}

func stateOf(c store.Case) string {
	switch {
	case c.Open:
		return "open"
	case c.DecisionID != 0:
		return "decided"
	}
	return "none"
}

func short(ctx context.Context, s core.Shown) ShortAdd {
	a := add(ctx, s)
	return ShortAdd{a.ID, a.PublisherID, a.PublisherName, a.Title, a.Price, a.Currency, a.Unit, a.Category, a.MainImage, a.Status, s.Removed, a.CreatedAt}
}

func flags(ctx context.Context, rows []store.Flag) []Flag {
	out := make([]Flag, len(rows))
	for i, f := range rows {
		rule, _ := rules.Named(f.Rule)
		out[i] = Flag{f.ID, f.Rule, rule.Text.In(httpx.Lang(ctx)), f.Evidence, f.DecisionID == 0, written(f.At)}
	}
	return out
}

func decisions(rows []store.Decision) []Decision {
	out := make([]Decision, len(rows))
	for i, d := range rows {
		out[i] = Decision{d.ID, d.AddID, d.PublisherID, d.ActorID, string(d.Decision), d.Reason, d.Reports, d.Flags, written(d.At)}
	}
	return out
}
