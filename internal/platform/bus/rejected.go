package bus

import (
	"context"
	"time"

	"agrovet/internal/platform/pg"

	"github.com/jackc/pgx/v5"
)

// Rejected is a message that another road brought and that can never be handled: it is no event.
type Rejected struct {
	ID           int64
	Subscription string
	Place        string // where it came from, e.g. "user.events/2/123": a repeat has the same
	Reason       string // at most 1000 characters
	Value        []byte // its beginning, at most 64 KiB
	RejectedAt   time.Time
}

// maxRejected bounds what is kept of a message, in bytes.
const maxRejected = 64 << 10

const (
	insertRejected = `insert into rejected (subscription, place, reason, value) values ($1, $2, $3, $4)
		on conflict (subscription, place) do nothing`

	selectRejected = `select id, subscription, place, reason, value, rejected_at from rejected
		where ($1 = '' or subscription = $1) and id > $2 order by id limit $3`
)

// reject keeps m for people to look at, once.
func (s *subscriber) reject(ctx context.Context, m Rejected) error {
	value := append([]byte{}, m.Value[:min(len(m.Value), maxRejected)]...) // never null
	tag, err := s.db.Q(ctx).Exec(ctx, insertRejected, s.name, m.Place, m.Reason, value)
	if err == nil && tag.RowsAffected() == 1 {
		s.metrics.rejected.WithLabelValues(s.name).Inc()
		s.log.Error("message rejected", "subscription", s.name, "place", m.Place, "reason", m.Reason)
	}
	return err
}

// ListRejected returns the messages of db that were rejected, in the order of their ids. A filter's Key does
// not count.
func ListRejected(ctx context.Context, db *pg.DB, f Filter) ([]Rejected, error) {
	rows, err := db.Q(ctx).Query(ctx, selectRejected, f.Subscription, f.AfterID, or(f.Limit, 100))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Rejected])
}
