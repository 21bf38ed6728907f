package store

import (
	"context"

	"agrovet/internal/platform/pg"
	"agrovet/internal/profiles"
	"agrovet/internal/profiles/internal/store/profilesdb"
)

// Businessmen is the table of businessmen.
type Businessmen struct{ DB *pg.DB }

// Of returns the profiles of those users who are businessmen.
func (t Businessmen) Of(ctx context.Context, userIDs ...int64) ([]Row[profiles.Businessman], error) {
	rows, err := queries.BusinessmenOf(ctx, t.DB.Q(ctx), userIDs)
	out := make([]Row[profiles.Businessman], len(rows))
	for i, r := range rows {
		out[i] = businessmanRow(r.Businessman, r.ProductIds)
	}
	return out, err
}

// Stored returns the user's row, if any, whatever kind of profile the user shows.
func (t Businessmen) Stored(ctx context.Context, userID int64) ([]Row[profiles.Businessman], error) {
	rows, err := queries.BusinessmanStored(ctx, t.DB.Q(ctx), userID)
	out := make([]Row[profiles.Businessman], len(rows))
	for i, r := range rows {
		out[i] = businessmanRow(r.Businessman, r.ProductIds)
	}
	return out, err
}

// Page returns a part of the list.
func (t Businessmen) Page(ctx context.Context, s Span) ([]Row[profiles.Businessman], error) {
	rows, err := queries.BusinessmenPage(ctx, t.DB.Q(ctx), profilesdb.BusinessmenPageParams{
		AfterID: s.After, SkipRows: int32(s.Skip), MaxRows: int32(s.Limit)})
	out := make([]Row[profiles.Businessman], len(rows))
	for i, r := range rows {
		out[i] = businessmanRow(r.Businessman, r.ProductIds)
	}
	return out, err
}

// Count counts the list, up to limit.
func (t Businessmen) Count(ctx context.Context, limit int) (int64, error) {
	return queries.BusinessmenCount(ctx, t.DB.Q(ctx), int32(limit))
}

// Insert adds the row and returns its id.
func (t Businessmen) Insert(ctx context.Context, r Row[profiles.Businessman]) (int64, error) {
	p := r.Profile
	id, err := queries.BusinessmanInsert(ctx, t.DB.Q(ctx), profilesdb.BusinessmanInsertParams{
		UserID: r.UserID, Claimed: r.Claimed, BusinessType: p.BusinessType, BusinessName: p.BusinessName,
		Descriptions: p.Descriptions, Contact: p.Contact, OffersLocalProducts: p.OffersLocalProducts,
	})
	if err != nil {
		return 0, err
	}
	return id, t.insertProducts(ctx, r)
}

// Update writes the row anew.
func (t Businessmen) Update(ctx context.Context, r Row[profiles.Businessman]) error {
	p := r.Profile
	err := queries.BusinessmanUpdate(ctx, t.DB.Q(ctx), profilesdb.BusinessmanUpdateParams{
		UserID: r.UserID, Claimed: r.Claimed, BusinessType: p.BusinessType, BusinessName: p.BusinessName,
		Descriptions: p.Descriptions, Contact: p.Contact, OffersLocalProducts: p.OffersLocalProducts,
	})
	if err == nil {
		err = queries.ProductsDelete(ctx, t.DB.Q(ctx), r.UserID)
	}
	if err != nil {
		return err
	}
	return t.insertProducts(ctx, r)
}

func (t Businessmen) insertProducts(ctx context.Context, r Row[profiles.Businessman]) error {
	if len(r.Profile.ProductIDs) == 0 {
		return nil
	}
	return queries.ProductsInsert(ctx, t.DB.Q(ctx), profilesdb.ProductsInsertParams{
		UserID: r.UserID, MediaIds: r.Profile.ProductIDs})
}

// Delete removes the user's row; one that is not there is fine.
func (t Businessmen) Delete(ctx context.Context, userID int64) error {
	return queries.BusinessmanDelete(ctx, t.DB.Q(ctx), userID)
}

func businessmanRow(b profilesdb.Businessman, products []int64) Row[profiles.Businessman] {
	return Row[profiles.Businessman]{ID: b.ID, UserID: b.UserID, Claimed: b.Claimed, Profile: profiles.Businessman{
		ID: b.ID, UserID: b.UserID, BusinessType: b.BusinessType, BusinessName: b.BusinessName,
		Descriptions: b.Descriptions, Contact: b.Contact, OffersLocalProducts: b.OffersLocalProducts,
		ProductIDs: products,
	}}
}
