package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/marketplace/internal/store/marketplacedb"
	"agrovet/internal/platform/search/pgindex"
)

// Listed is an active advert by which searches are found.
type Listed struct {
	AddID       int64
	PublisherID int64
	Title       string
	Terms       []int64 // of its search document, buckets left out
}

// Listed returns one; ok is false when there is none that is active.
func (s Store) Listed(ctx context.Context, addID int64) (one Listed, ok bool, err error) {
	rows, err := queries.Listed(ctx, s.DB.Q(ctx), addID)
	if err != nil || len(rows) == 0 {
		return one, false, err
	}
	r := rows[0]
	return Listed{addID, r.PublisherID, r.Title, pgindex.Plain(r.Terms)}, true, nil
}

// candidates goes from anchor to anchor: an advert has a hundred, of which searches have few, and the
// planner, left alone, would rather read tables of that size whole.
const candidates = `select distinct v.id from unnest($1::bigint[]) has(anchor)
	cross join lateral (select version_id from search_anchor where search_anchor.anchor = has.anchor offset 0) a
	cross join lateral (select search_version.id, search_id, user_id from search_version join search on search.id = search_id
		where search_version.id = a.version_id and from_at <= $2 and (until_at is null or until_at > $2) limit 1) v
	where user_id <> $3 and not exists (select from alert where alert.add_id = $4 and alert.search_id = v.search_id)
	order by v.id`

// Candidates are the ids of the versions that stood at a time and may find the advert by its anchors. Its
// publisher's are left out, and those of searches that have told of it.
func (s Store) Candidates(ctx context.Context, l Listed, anchors []int64, at time.Time) ([]int64, error) {
	rows, err := s.DB.Q(ctx).Query(ctx, candidates, anchors, at, l.PublisherID, l.AddID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// Candidate is a version that may find an advert.
type Candidate struct {
	SearchID int64
	UserID   int64
	Wanted   []byte
}

// CandidatesByID are these versions, without those of searches that are gone.
func (s Store) CandidatesByID(ctx context.Context, ids []int64) ([]Candidate, error) {
	rows, err := queries.VersionsByID(ctx, s.DB.Q(ctx), ids)
	out := make([]Candidate, len(rows))
	for i, r := range rows {
		out[i] = Candidate(r)
	}
	return out, err
}

// Matches says of several searches whether they find the advert as it is now, or, with a version, as it
// was before that version of it. The conditions are those of Find.
func (s Store) Matches(ctx context.Context, addID int64, version int, finds []Find) ([]bool, error) {
	matches := make([]bool, len(finds))
	var b pgx.Batch
	for i, f := range finds {
		q := f.matches(addID, version)
		b.Queue(q.Text(), q.Args()...).QueryRow(func(row pgx.Row) error { return row.Scan(&matches[i]) })
	}
	return matches, s.DB.Q(ctx).SendBatch(ctx, &b).Close()
}

// matches asks whether the document of one advert matches, or, with a version, the one before that.
func (f Find) matches(addID int64, version int) *pgindex.Statement {
	q, attributes := &pgindex.Statement{}, ofAdvert
	if version == 0 {
		q.Add("select exists (select from listing d where d.add_id = %s", q.Arg(addID))
	} else {
		q.Add("select exists (select from listing_before d where d.add_id = %s and d.version = %s", q.Arg(addID), q.Arg(version))
		attributes = "d.attributes"
	}
	q.Match(f.query())
	f.conditions(q, attributes)
	q.Add(")")
	return q
}

// KeepBefore keeps the search document of an active advert, and its attributes, as they were before the
// version that is being made.
func (s Store) KeepBefore(ctx context.Context, before Row, version int) error {
	return queries.BeforeKeep(ctx, s.DB.Q(ctx), marketplacedb.BeforeKeepParams{AddID: before.ID, Version: int32(version), Attributes: encode(before.Attributes)})
}

// Befores are the first two versions of an advert, from one on, before which its document is kept.
func (s Store) Befores(ctx context.Context, addID int64, version int) ([]int32, error) {
	return queries.BeforeVersions(ctx, s.DB.Q(ctx), marketplacedb.BeforeVersionsParams{AddID: addID, Version: int32(version)})
}

// ForgetBefore removes the documents before versions up to one.
func (s Store) ForgetBefore(ctx context.Context, addID int64, version int) error {
	return queries.BeforeDelete(ctx, s.DB.Q(ctx), marketplacedb.BeforeDeleteParams{AddID: addID, Version: int32(version)})
}

// Told is somebody who is told of an advert by an alert.
type Told struct {
	UserID   int64
	SearchID int64
	Search   string // its name
}

// Tell makes the alerts of an advert for those of the searches that have not told of it yet.
func (s Store) Tell(ctx context.Context, addID int64, searchIDs []int64) ([]Told, error) {
	rows, err := queries.AlertsInsert(ctx, s.DB.Q(ctx), marketplacedb.AlertsInsertParams{AddID: addID, SearchIds: searchIDs})
	out := make([]Told, len(rows))
	for i, r := range rows {
		out[i] = Told{r.UserID, r.SearchID, r.Name}
	}
	return out, err
}

// ForgetAlerts removes the alerts of an advert that is gone.
func (s Store) ForgetAlerts(ctx context.Context, addID int64) error {
	return queries.AlertsOfAddDelete(ctx, s.DB.Q(ctx), addID)
}

// Alert is an advert that somebody's search has found.
type Alert struct {
	ID       int64
	SearchID int64
	Search   string // its name
	AddID    int64
	At       time.Time
	Read     bool
}

// Alerts are a person's with ids below one, newest first, of active adverts but those of some publishers.
func (s Store) Alerts(ctx context.Context, userID, below int64, without []int64, skip, limit int) ([]Alert, error) {
	rows, err := queries.Alerts(ctx, s.DB.Q(ctx), marketplacedb.AlertsParams{
		UserID: userID, Below: below, Without: notNil(without), Skip: int32(skip), MaxRows: int32(limit)})
	out := make([]Alert, len(rows))
	for i, r := range rows {
		out[i] = Alert{r.ID, r.SearchID, r.Name, r.AddID, r.At, r.Read}
	}
	return out, err
}

// CountAlerts counts them, or only the unread ones, up to limit.
func (s Store) CountAlerts(ctx context.Context, userID int64, unread bool, without []int64, limit int) (int64, error) {
	if unread {
		return queries.AlertUnreadCount(ctx, s.DB.Q(ctx), marketplacedb.AlertUnreadCountParams{UserID: userID, Without: notNil(without), MaxRows: int32(limit)})
	}
	return queries.AlertCount(ctx, s.DB.Q(ctx), marketplacedb.AlertCountParams{UserID: userID, Without: notNil(without), MaxRows: int32(limit)})
}

// ReadAlerts marks a person's alerts with ids up to one as read.
func (s Store) ReadAlerts(ctx context.Context, userID, upTo int64) error {
	return queries.AlertsRead(ctx, s.DB.Q(ctx), marketplacedb.AlertsReadParams{UserID: userID, UpTo: upTo})
}
