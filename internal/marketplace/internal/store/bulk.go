package store

import (
	"context"
	"time"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/search/pgindex"
)

// What stores adverts by COPY (pg.Bulk): for measuring, and those of another system. It writes no events.

// BulkRow is an advert with its search document.
type BulkRow struct {
	Row
	Document Document // of an active one
}

// Bulk is the tables that are filled.
func (s Store) Bulk() pg.Bulk {
	return pg.Bulk{DB: s.DB, Tables: []string{"add", "listing", "add_transition", "add_price_history", "term", "word"}}
}

// Copy stores adverts that have their ids, with what else there would be of each had it been published.
func (s Store) Copy(ctx context.Context, rows []BulkRow) error {
	var listed []BulkRow
	for _, r := range rows {
		if r.Document.Terms != nil {
			listed = append(listed, r)
		}
	}
	for _, t := range []struct {
		table   string
		columns []string
		rows    []BulkRow
		values  func(BulkRow) []any
	}{
		{"add", addColumns, rows, addValues},
		{"listing", listingColumns, listed, listingValues},
		{"add_transition", []string{"add_id", "version", "at", "actor_id", "previous", "status"}, rows, func(r BulkRow) []any {
			return []any{r.ID, 1, r.CreatedAt, r.PublisherID, "", string(r.Status)}
		}},
		{"add_price_history", []string{"add_id", "version", "at", "price", "currency", "unit", "on_request"}, rows, func(r BulkRow) []any {
			return []any{r.ID, 1, r.CreatedAt, r.Price.Amount, r.Price.Currency, r.Price.Unit, r.Price.OnRequest}
		}},
	} {
		if err := s.Bulk().Copy(ctx, t.table, t.columns, len(t.rows), func(i int) []any { return t.values(t.rows[i]) }); err != nil {
			return err
		}
	}
	return s.copyImages(ctx, rows)
}

func (s Store) copyImages(ctx context.Context, rows []BulkRow) error {
	var images [][]any
	for _, r := range rows {
		if r.MainImageID != 0 {
			images = append(images, []any{r.ID, 0, r.MainImageID})
		}
		for i, id := range r.ImageIDs {
			images = append(images, []any{r.ID, i + 1, id})
		}
	}
	return s.Bulk().Copy(ctx, "add_image", []string{"add_id", "position", "media_id"}, len(images), func(i int) []any { return images[i] })
}

var addColumns = []string{"id", "publisher_id", "version", "title", "description", "condition", "category_id", "root_id", "price", "currency", "unit", "country",
	"quantity", "negotiable", "swap", "on_request", "base_price", "base_unit", "location_name", "latitude", "longitude", "rough_latitude", "rough_longitude",
	"attributes", "status", "created_at", "updated_at", "expires_at"}

func addValues(r BulkRow) []any {
	return []any{r.ID, r.PublisherID, 1, r.Title, r.Description, string(r.Condition), some(r.CategoryID), some(r.RootID), r.Price.Amount, r.Price.Currency,
		r.Price.Unit, r.Price.Country, text(r.Price.Quantity), r.Price.Negotiable, r.Price.Swap, r.Price.OnRequest, text(r.Price.Base), r.Price.BaseUnit,
		r.Place.Name, latitude(r.Place.Exact), longitude(r.Place.Exact), latitude(r.Place.Rough), longitude(r.Place.Rough),
		encode(r.Attributes), string(r.Status), r.CreatedAt, r.UpdatedAt, moment(r.ExpiresAt)}
}

var listingColumns = []string{"add_id", "terms", "title_terms", "publisher_id", "root_id", "category_id", "condition", "price", "currency", "base_price",
	"base_unit", "created_at", "latitude", "longitude"}

func listingValues(r BulkRow) []any {
	return []any{r.ID, pgindex.Bucketed(r.ID, r.Document.Terms), notNil(r.Document.Title), r.PublisherID, some(r.RootID), some(r.CategoryID), string(r.Condition), r.Price.Amount,
		r.Price.Currency, text(r.Price.Base), r.Price.BaseUnit, r.CreatedAt, latitude(r.Place.Rough), longitude(r.Place.Rough)}
}

// Generated tells what there is already of adverts: how many of publishers from the given id on, when the last
// was made, and whether there are any of others than that and the known.
func (s Store) Generated(ctx context.Context, from int64, known []int64) (n int, last time.Time, others bool, err error) {
	return n, last, others, s.DB.Q(ctx).QueryRow(ctx, `select count(*) filter (where publisher_id >= $1), coalesce(max(created_at), 'epoch'),
		count(*) filter (where publisher_id < $1 and publisher_id <> all($2::bigint[])) > 0 from add`, from, notNil(known)).Scan(&n, &last, &others)
}

// KnowPublishers remembers people who publish since the given moment.
func (s Store) KnowPublishers(ctx context.Context, ids []int64, since time.Time) error {
	_, err := s.DB.Q(ctx).Exec(ctx, `insert into publisher (user_id, since, day_from) select unnest($1::bigint[]), $2, $2 on conflict do nothing`, ids, since)
	return err
}

// CountedUpTo is the id up to which search documents have been counted. It stays so until the commit.
func (s Store) CountedUpTo(ctx context.Context) (id int64, err error) {
	return id, s.DB.Q(ctx).QueryRow(ctx, "select add_id from counted for update").Scan(&id)
}
