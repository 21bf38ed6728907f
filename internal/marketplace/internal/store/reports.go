package store

import (
	"context"
	"time"

	"agrovet/internal/marketplace/internal/rules"
	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Report is what a member reports about an advert.
type Report struct {
	ID         int64
	AddID      int64
	ReporterID int64 // 0: somebody who is gone
	Reason     string
	Note       string
	At         time.Time
	DecisionID int64 // which closed it; 0: open
}

// Flag is what a rule has found in an advert.
type Flag struct {
	ID         int64
	AddID      int64
	Rule       string // its code
	Evidence   string
	At         time.Time
	DecisionID int64 // which closed it; 0: open
}

// OpenReport is a person's open report of an advert; ok is false when there is none.
func (s Store) OpenReport(ctx context.Context, addID, userID int64) (r Report, ok bool, err error) {
	rows, err := queries.ReportOpen(ctx, s.DB.Q(ctx), marketplacedb.ReportOpenParams{AddID: addID, ReporterID: userID})
	if err != nil || len(rows) == 0 {
		return r, false, err
	}
	return reportOf(rows[0]), true, nil
}

// AddReport stores a report.
func (s Store) AddReport(ctx context.Context, r Report) (Report, error) {
	row, err := queries.ReportInsert(ctx, s.DB.Q(ctx), marketplacedb.ReportInsertParams{
		AddID: r.AddID, ReporterID: r.ReporterID, Reason: r.Reason, Note: r.Note, At: r.At})
	return reportOf(row), err
}

// Reports are those of an advert, newest first, at most limit.
func (s Store) Reports(ctx context.Context, addID int64, limit int) ([]Report, error) {
	rows, err := queries.Reports(ctx, s.DB.Q(ctx), marketplacedb.ReportsParams{AddID: addID, MaxRows: int32(limit)})
	out := make([]Report, len(rows))
	for i, r := range rows {
		out[i] = reportOf(r)
	}
	return out, err
}

// Flags are those of an advert, newest first, at most limit.
func (s Store) Flags(ctx context.Context, addID int64, limit int) ([]Flag, error) {
	rows, err := queries.Flags(ctx, s.DB.Q(ctx), marketplacedb.FlagsParams{AddID: addID, MaxRows: int32(limit)})
	out := make([]Flag, len(rows))
	for i, r := range rows {
		out[i] = flagOf(r)
	}
	return out, err
}

// PutFlags flags an advert, and returns the rules whose flags are new: what a rule has found before in
// the same text is not found again.
func (s Store) PutFlags(ctx context.Context, addID int64, found []rules.Finding, at time.Time) ([]string, error) {
	in := marketplacedb.FlagsPutParams{AddID: addID, At: at}
	for _, f := range found {
		in.Rules, in.Evidence, in.Fingerprints = append(in.Rules, f.Rule), append(in.Evidence, f.Evidence), append(in.Fingerprints, f.Fingerprint)
	}
	return queries.FlagsPut(ctx, s.DB.Q(ctx), in)
}

// PutText remembers what an active advert says, and counts the publisher's others that say the same
// since then.
func (s Store) PutText(ctx context.Context, addID, publisherID, alike int64, at, since time.Time) (int, error) {
	n, err := queries.TextPut(ctx, s.DB.Q(ctx), marketplacedb.TextPutParams{AddID: addID, PublisherID: publisherID, Alike: alike, At: at, Since: since})
	return int(n), err
}

// UsualPrice is what the cheapest quarter of a category's newest adverts asks at most for the unit, and
// of how many that is.
func (s Store) UsualPrice(ctx context.Context, categoryID int64, currency, baseUnit string) (price float64, n int, err error) {
	row, err := queries.UsualPrice(ctx, s.DB.Q(ctx), marketplacedb.UsualPriceParams{CategoryID: categoryID, Currency: currency, BaseUnit: baseUnit})
	return row.Price, int(row.N), err
}

// ForgetReporter makes a person's reports anonymous, and takes what was written about their adverts out
// of the log.
func (s Store) ForgetReporter(ctx context.Context, userID int64) error {
	if err := queries.ReportsForget(ctx, s.DB.Q(ctx), userID); err != nil {
		return err
	}
	return queries.DecisionsForget(ctx, s.DB.Q(ctx), userID)
}

func reportOf(r marketplacedb.AddReport) Report {
	return Report{r.ID, r.AddID, r.ReporterID, r.Reason, r.Note, r.At, or(r.DecisionID)}
}

func flagOf(f marketplacedb.AddFlag) Flag {
	return Flag{f.ID, f.AddID, f.Rule, f.Evidence, f.At, or(f.DecisionID)}
}
