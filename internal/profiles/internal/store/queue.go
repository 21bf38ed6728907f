package store

import (
	"context"
	"time"

	"agrovet/internal/profiles/internal/store/profilesdb"
)

// AnyStatus asks for submissions of every status.
const AnyStatus Status = ""

// QueueSpan is a part of a list of submissions, oldest first.
type QueueSpan struct {
	AfterAt time.Time // only those behind this time and id
	After   int64
	Skip    int
	Limit   int
}

// Queue returns a part of the submissions of one status, or of all.
func (t Verifications) Queue(ctx context.Context, status Status, s QueueSpan) ([]Verification, error) {
	rows, err := t.queue(ctx, status, s)
	out := make([]Verification, len(rows))
	for i, r := range rows {
		out[i] = verificationRow(r)
	}
	return out, err
}

func (t Verifications) queue(ctx context.Context, status Status, s QueueSpan) ([]profilesdb.Verification, error) {
	today, skip, limit := dateOf(Today()), int32(s.Skip), int32(s.Limit)
	switch status {
	case AnyStatus:
		return queries.VerificationsAllPage(ctx, t.DB.Q(ctx), profilesdb.VerificationsAllPageParams{
			AfterAt: s.AfterAt, AfterID: s.After, SkipRows: skip, MaxRows: limit})
	case Expired:
		return queries.VerificationsExpiredPage(ctx, t.DB.Q(ctx), profilesdb.VerificationsExpiredPageParams{
			Today: today, AfterAt: s.AfterAt, AfterID: s.After, SkipRows: skip, MaxRows: limit})
	}
	return queries.VerificationsPage(ctx, t.DB.Q(ctx), profilesdb.VerificationsPageParams{
		Status: string(status), AfterAt: s.AfterAt, AfterID: s.After, Today: today, SkipRows: skip, MaxRows: limit})
}

// QueueCount counts the submissions of one status, or of all, up to limit.
func (t Verifications) QueueCount(ctx context.Context, status Status, limit int) (int64, error) {
	today, most := dateOf(Today()), int32(limit)
	switch status {
	case AnyStatus:
		return queries.VerificationsAllCount(ctx, t.DB.Q(ctx), most)
	case Expired:
		return queries.VerificationsExpiredCount(ctx, t.DB.Q(ctx), profilesdb.VerificationsExpiredCountParams{Today: today, MaxRows: most})
	}
	return queries.VerificationsCount(ctx, t.DB.Q(ctx), profilesdb.VerificationsCountParams{Status: string(status), Today: today, MaxRows: most})
}
