package store

import (
	"context"
	"slices"
	"time"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
)

// Search is a saved search.
type Search struct {
	ID        int64
	UserID    int64
	Name      string
	Wanted    []byte // JSON of the core's Wanted
	Alerts    bool
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Version is what a search looks for while it has alerts.
type Version struct {
	ID      int64
	Wanted  []byte
	Shape   int64 // of what Anchors were chosen from
	Anchors []int64
}

// ForgetSearcher removes the searches and alerts of a person who is gone.
func (s Store) ForgetSearcher(ctx context.Context, userID int64) error {
	return queries.SearchesDelete(ctx, s.DB.Q(ctx), userID)
}

// CountSearches counts a person's searches.
func (s Store) CountSearches(ctx context.Context, userID int64) (int64, error) {
	return queries.SearchCount(ctx, s.DB.Q(ctx), userID)
}

// InsertSearch stores a new search, which gets its id and times.
func (s Store) InsertSearch(ctx context.Context, one *Search) error {
	row, err := queries.SearchInsert(ctx, s.DB.Q(ctx), marketplacedb.SearchInsertParams{
		UserID: one.UserID, Name: one.Name, Wanted: one.Wanted, Alerts: one.Alerts})
	*one = searchOf(row)
	return err
}

// UpdateSearch stores a changed one.
func (s Store) UpdateSearch(ctx context.Context, one *Search) (err error) {
	one.UpdatedAt, err = queries.SearchUpdate(ctx, s.DB.Q(ctx), marketplacedb.SearchUpdateParams{
		ID: one.ID, Name: one.Name, Wanted: one.Wanted, Alerts: one.Alerts})
	return err
}

// Search returns one, locked until the commit when it is to be changed; ok is false when there is none.
func (s Store) Search(ctx context.Context, id int64, lock bool) (one Search, ok bool, err error) {
	get := queries.SearchByID
	if lock {
		get = queries.SearchForUpdate
	}
	rows, err := get(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return one, false, err
	}
	return searchOf(rows[0]), true, nil
}

// Searches are a person's with ids below one, newest first.
func (s Store) Searches(ctx context.Context, userID, below int64, skip, limit int) ([]Search, error) {
	rows, err := queries.Searches(ctx, s.DB.Q(ctx), marketplacedb.SearchesParams{UserID: userID, Below: below, Skip: int32(skip), MaxRows: int32(limit)})
	out := make([]Search, len(rows))
	for i, r := range rows {
		out[i] = searchOf(r)
	}
	return out, err
}

// DeleteSearch removes a search with its versions and alerts.
func (s Store) DeleteSearch(ctx context.Context, id int64) error {
	return queries.SearchDelete(ctx, s.DB.Q(ctx), id)
}

func searchOf(r marketplacedb.Search) Search { return Search(r) }

// EndVersion ends the version of a search that stands; when is nil if none did.
func (s Store) EndVersion(ctx context.Context, searchID int64) (when *time.Time, err error) {
	ends, err := queries.VersionEnd(ctx, s.DB.Q(ctx), searchID)
	if err != nil || len(ends) == 0 {
		return nil, err
	}
	return &ends[0], nil
}

// BeginVersion makes a version of a search stand from a moment on; nil: from now on.
func (s Store) BeginVersion(ctx context.Context, searchID int64, v Version, from *time.Time) error {
	id, err := queries.VersionBegin(ctx, s.DB.Q(ctx), marketplacedb.VersionBeginParams{SearchID: searchID, Wanted: v.Wanted, Shape: v.Shape, FromAt: from})
	if err != nil {
		return err
	}
	return queries.AnchorsInsert(ctx, s.DB.Q(ctx), marketplacedb.AnchorsInsertParams{VersionID: id, Anchors: v.Anchors})
}

// VersionsBehind are versions of all searches in the order of their ids, without their anchors.
func (s Store) VersionsBehind(ctx context.Context, id int64, limit int) ([]Version, error) {
	rows, err := queries.VersionsBehind(ctx, s.DB.Q(ctx), marketplacedb.VersionsBehindParams{AfterID: id, MaxRows: int32(limit)})
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = Version{ID: r.ID, Wanted: r.Wanted, Shape: r.Shape}
	}
	return out, err
}

// Anchor gives a version other anchors. One that is gone meanwhile is left alone.
func (s Store) Anchor(ctx context.Context, v Version) error {
	n, err := queries.VersionShaped(ctx, s.DB.Q(ctx), marketplacedb.VersionShapedParams{ID: v.ID, Shape: v.Shape})
	if err != nil || n == 0 {
		return err
	}
	if err := queries.AnchorsDelete(ctx, s.DB.Q(ctx), v.ID); err != nil {
		return err
	}
	return queries.AnchorsInsert(ctx, s.DB.Q(ctx), marketplacedb.AnchorsInsertParams{VersionID: v.ID, Anchors: v.Anchors})
}

// PurgeVersions removes some versions that ended so many days ago, and says how many.
func (s Store) PurgeVersions(ctx context.Context, days, limit int) (int, error) {
	n, err := queries.VersionsPurge(ctx, s.DB.Q(ctx), marketplacedb.VersionsPurgeParams{Days: int32(days), MaxRows: int32(limit)})
	return int(n), err
}

// Rarest is which of several sets of terms the fewest documents have a term of.
func (s Store) Rarest(ctx context.Context, sets [][]int64) (index int, err error) {
	counts, _, err := s.counts(ctx, notNil(slices.Concat(sets...)))
	fewest := int64(0)
	for i, set := range sets {
		sum := int64(0)
		for _, t := range set {
			sum += counts[t]
		}
		if i == 0 || sum < fewest {
			index, fewest = i, sum
		}
	}
	return index, err
}
