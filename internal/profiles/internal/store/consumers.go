package store

import (
	"context"

	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store/profilesdb"
)

// Consumers is the table of consumers.
type Consumers struct{ DB *pg.DB }

// Of returns the profiles of those users who are consumers.
func (t Consumers) Of(ctx context.Context, userIDs ...int64) ([]Row[profiles.Consumer], error) {
	rows, err := queries.ConsumersOf(ctx, t.DB.Q(ctx), userIDs)
	return consumerRows(rows), err
}

// Stored returns the user's row, if any, whatever kind of profile the user shows.
func (t Consumers) Stored(ctx context.Context, userID int64) ([]Row[profiles.Consumer], error) {
	rows, err := queries.ConsumerStored(ctx, t.DB.Q(ctx), userID)
	return consumerRows(rows), err
}

// Page returns a part of the list.
func (t Consumers) Page(ctx context.Context, s Span) ([]Row[profiles.Consumer], error) {
	rows, err := queries.ConsumersPage(ctx, t.DB.Q(ctx), profilesdb.ConsumersPageParams{
		AfterID: s.After, SkipRows: int32(s.Skip), MaxRows: int32(s.Limit)})
	return consumerRows(rows), err
}

// Count counts the list, up to limit.
func (t Consumers) Count(ctx context.Context, limit int) (int64, error) {
	return queries.ConsumersCount(ctx, t.DB.Q(ctx), int32(limit))
}

// Insert adds the row and returns its id.
func (t Consumers) Insert(ctx context.Context, r Row[profiles.Consumer]) (int64, error) {
	return queries.ConsumerInsert(ctx, t.DB.Q(ctx), profilesdb.ConsumerInsertParams{UserID: r.UserID, Claimed: r.Claimed})
}

// Update writes the row anew.
func (t Consumers) Update(ctx context.Context, r Row[profiles.Consumer]) error {
	return queries.ConsumerUpdate(ctx, t.DB.Q(ctx), profilesdb.ConsumerUpdateParams{UserID: r.UserID, Claimed: r.Claimed})
}

// Delete removes the user's row; one that is not there is fine.
func (t Consumers) Delete(ctx context.Context, userID int64) error {
	return queries.ConsumerDelete(ctx, t.DB.Q(ctx), userID)
}

func consumerRows(rows []profilesdb.Consumer) []Row[profiles.Consumer] {
	out := make([]Row[profiles.Consumer], len(rows))
	for i, c := range rows {
		out[i] = Row[profiles.Consumer]{ID: c.ID, UserID: c.UserID, Claimed: c.Claimed,
			Profile: profiles.Consumer{ID: c.ID, UserID: c.UserID}}
	}
	return out
}
