package web

import (
	"context"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/core"
	"agrovet/internal/marketplace/internal/rules"
	"agrovet/internal/marketplace/internal/store"
	"agrovet/internal/platform/httpx"
)

// What the core says of moderation becomes the JSON of case.go.

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
