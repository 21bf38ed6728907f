package store

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"agrovet/internal/marketplace"
	"agrovet/internal/marketplace/internal/measure"
	"agrovet/internal/marketplace/internal/store/marketplacedb"
	"agrovet/internal/platform/geo"
)

// Row is an advert as the table holds it.
type Row struct {
	marketplace.Add
	RootID   int64     // the category's top; 0: none
	WarnedAt time.Time // of the coming expiry; zero: not yet
	KM       *float64  // how far away, in lists by distance

	// Written is the attributes as JSON, in place of Attributes: what is only shown is not taken apart.
	Written json.RawMessage
}

// Get returns one advert, locked until the commit when it is to be changed; ok is false when there is
// none.
func (s Store) Get(ctx context.Context, id int64, lock bool) (row Row, ok bool, err error) {
	if lock {
		rows, err := queries.AddForUpdate(ctx, s.DB.Q(ctx), id)
		if err != nil || len(rows) == 0 {
			return row, false, err
		}
		return rowOf(rows[0].Add, rows[0].Views, rows[0].MainImageID, rows[0].ImageIds), true, nil
	}
	rows, err := queries.AddByID(ctx, s.DB.Q(ctx), id)
	if err != nil || len(rows) == 0 {
		return row, false, err
	}
	return rowOf(rows[0].Add, rows[0].Views, rows[0].MainImageID, rows[0].ImageIds), true, nil
}

// ByIDs returns these adverts in the order of the ids, leaving out what is not there, to be shown: their
// attributes are Written.
func (s Store) ByIDs(ctx context.Context, ids ...int64) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := queries.AddsByID(ctx, s.DB.Q(ctx), ids)
	at := make(map[int64]int, len(found))
	for i := range found {
		at[found[i].Add.ID] = i
	}
	rows := make([]Row, 0, len(found))
	for _, id := range ids {
		if i, ok := at[id]; ok {
			r := &found[i]
			rows = append(rows, bareRow(&r.Add, r.Views, r.MainImageID, r.ImageIds))
			rows[len(rows)-1].Written = r.Add.Attributes
		}
	}
	return rows, err
}

// Insert stores a new advert and its pictures; r gets its id and times.
func (s Store) Insert(ctx context.Context, r *Row) error {
	in, err := queries.AddInsert(ctx, s.DB.Q(ctx), marketplacedb.AddInsertParams{
		PublisherID: r.PublisherID, Title: r.Title, Description: r.Description, Condition: string(r.Condition),
		CategoryID: some(r.CategoryID), RootID: some(r.RootID), Price: r.Price.Amount, Currency: r.Price.Currency, Unit: r.Price.Unit,
		Country: r.Price.Country, Quantity: text(r.Price.Quantity), Negotiable: r.Price.Negotiable, Swap: r.Price.Swap, OnRequest: r.Price.OnRequest,
		BasePrice: text(r.Price.Base), BaseUnit: r.Price.BaseUnit, LocationName: r.Place.Name,
		Latitude: latitude(r.Place.Exact), Longitude: longitude(r.Place.Exact), RoughLatitude: latitude(r.Place.Rough), RoughLongitude: longitude(r.Place.Rough),
		Attributes: encode(r.Attributes), Status: string(r.Status), ExpiresAt: moment(r.ExpiresAt)})
	if err != nil {
		return err
	}
	r.ID, r.Version, r.CreatedAt, r.UpdatedAt = in.ID, 1, in.CreatedAt, in.UpdatedAt
	return s.insertImages(ctx, r)
}

// Update stores a changed advert, and its pictures where they changed; r gets its new version.
func (s Store) Update(ctx context.Context, r *Row, images bool) error {
	up, err := queries.AddUpdate(ctx, s.DB.Q(ctx), marketplacedb.AddUpdateParams{
		ID: r.ID, Title: r.Title, Description: r.Description, Condition: string(r.Condition),
		CategoryID: some(r.CategoryID), RootID: some(r.RootID), Price: r.Price.Amount, Currency: r.Price.Currency, Unit: r.Price.Unit,
		Country: r.Price.Country, Quantity: text(r.Price.Quantity), Negotiable: r.Price.Negotiable, Swap: r.Price.Swap, OnRequest: r.Price.OnRequest,
		BasePrice: text(r.Price.Base), BaseUnit: r.Price.BaseUnit, LocationName: r.Place.Name,
		Latitude: latitude(r.Place.Exact), Longitude: longitude(r.Place.Exact), RoughLatitude: latitude(r.Place.Rough), RoughLongitude: longitude(r.Place.Rough),
		Attributes: encode(r.Attributes), Status: string(r.Status), Removed: r.Removed, ExpiresAt: moment(r.ExpiresAt), WarnedAt: moment(r.WarnedAt)})
	if err != nil {
		return err
	}
	r.Version, r.UpdatedAt = int(up.Version), up.UpdatedAt
	if !images {
		return nil
	}
	if err := queries.ImagesDelete(ctx, s.DB.Q(ctx), r.ID); err != nil {
		return err
	}
	return s.insertImages(ctx, r)
}

func (s Store) insertImages(ctx context.Context, r *Row) error {
	in := marketplacedb.ImagesInsertParams{AddID: r.ID, Positions: []int32{}, MediaIds: []int64{}}
	if r.MainImageID != 0 {
		in.Positions, in.MediaIds = append(in.Positions, 0), append(in.MediaIds, r.MainImageID)
	}
	for i, id := range r.ImageIDs {
		in.Positions, in.MediaIds = append(in.Positions, int32(i+1)), append(in.MediaIds, id)
	}
	if len(in.MediaIds) == 0 {
		return nil
	}
	return queries.ImagesInsert(ctx, s.DB.Q(ctx), in)
}

// Delete removes an advert and everything that hangs on it.
func (s Store) Delete(ctx context.Context, id int64) error {
	_, err := queries.AddDelete(ctx, s.DB.Q(ctx), id)
	return err
}

// OfPublisher are the ids of a publisher's adverts behind one, at most limit.
func (s Store) OfPublisher(ctx context.Context, userID, after int64, limit int) ([]int64, error) {
	return queries.AddsOfPublisher(ctx, s.DB.Q(ctx), marketplacedb.AddsOfPublisherParams{PublisherID: userID, AfterID: after, MaxRows: int32(limit)})
}

// WithImage are the ids of the adverts that show a picture.
func (s Store) WithImage(ctx context.Context, mediaID int64) ([]int64, error) {
	return queries.AddsWithImage(ctx, s.DB.Q(ctx), mediaID)
}

// PlaceKey is the key by which rough places are drawn.
func (s Store) PlaceKey(ctx context.Context) (uuid.UUID, error) {
	return queries.PlaceKey(ctx, s.DB.Q(ctx))
}

// rowOf is a row with its attributes.
func rowOf(a marketplacedb.Add, views, main int64, images []int64) Row {
	r := bareRow(&a, views, main, images)
	r.Attributes = decode(a.Attributes)
	return r
}

// bareRow is a row without them.
func bareRow(a *marketplacedb.Add, views, main int64, images []int64) Row {
	return Row{RootID: or(a.RootID), WarnedAt: or(a.WarnedAt), Add: marketplace.Add{
		ID: a.ID, PublisherID: a.PublisherID, Version: int(a.Version), Title: a.Title, Description: a.Description,
		Condition: marketplace.Condition(a.Condition), CategoryID: or(a.CategoryID),
		Price: marketplace.Price{Amount: amount(a.Price), Currency: a.Currency, Unit: a.Unit, Country: a.Country, Quantity: plain(a.Quantity),
			Negotiable: a.Negotiable, Swap: a.Swap, OnRequest: a.OnRequest, Base: rate(a.BasePrice), BaseUnit: a.BaseUnit},
		Place:       marketplace.Place{Name: a.LocationName, Exact: point(a.Latitude, a.Longitude), Rough: point(a.RoughLatitude, a.RoughLongitude)},
		MainImageID: main, ImageIDs: images, Views: views,
		Status: marketplace.Status(a.Status), Removed: a.Removed, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt, ExpiresAt: or(a.ExpiresAt)}}
}

// Columns of numbers come with the zeros that their type has or, for 0, without any. What is read has to
// be what was written: clients compare, and so does whoever asks whether an advert has changed.

func amount(column string) string {
	var a measure.Amount
	_ = a.Scan(column) // the column is numeric(12,2)
	return a.String()
}

func rate(column *string) string {
	if column == nil {
		return ""
	}
	var r measure.Rate
	_ = r.Scan(*column) // comparable prices have 18 digits, 4 of them decimals
	return r.String()
}

func plain(column *string) string {
	if column == nil {
		return ""
	}
	d, _ := measure.ParseDecimal(*column)
	return d.Plain()
}

func point(latitude, longitude *float64) *geo.Point {
	if latitude == nil || longitude == nil {
		return nil
	}
	return &geo.Point{Latitude: *latitude, Longitude: *longitude}
}

func latitude(p *geo.Point) *float64 {
	if p == nil {
		return nil
	}
	return &p.Latitude
}

func longitude(p *geo.Point) *float64 {
	if p == nil {
		return nil
	}
	return &p.Longitude
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// encode makes the column of attributes; they were checked, so that they always have JSON.
func encode(attributes map[string]any) []byte {
	if len(attributes) == 0 {
		return []byte("{}")
	}
	b, err := json.Marshal(attributes)
	if err != nil {
		panic(err)
	}
	return b
}

// decode reads the column of attributes; numbers stay as they are written.
func decode(column []byte) map[string]any {
	attributes := map[string]any{}
	d := json.NewDecoder(bytes.NewReader(column))
	d.UseNumber()
	_ = d.Decode(&attributes) // the column is jsonb
	return attributes
}
