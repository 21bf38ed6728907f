package bus

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"agrovet/internal/platform/pg"
	"agrovet/internal/platform/sched"
)

const (
	purgeEvery = time.Hour
	purgeBatch = 5000 // rows per statement, and so per transaction

	// Only the lowest rows are looked at, so the cost is bounded also when none may go. A cursor that
	// nobody has touched for as long as the retention belongs to a destination that is no more.
	purgeOutbox = `with lowest as (
			select position, occurred_at from outbox
			where position <= (select coalesce(min(position), 9223372036854775807) from outbox_cursor
				where updated_at > now() - make_interval(secs => $1))
			order by position limit $2)
		delete from outbox o using lowest l
		where o.position = l.position and l.occurred_at < now() - make_interval(secs => $1)`

	// Ids grow with time, so the index finds the old ones. What was received late stays as long.
	purgeInbox = `delete from inbox where (event_id, subscription) in (
		select event_id, subscription from inbox
		where event_id < $3 and received_at < now() - make_interval(secs => $1)
		order by event_id limit $2)`

	purgeRejected = `delete from rejected where id in (
		select id from rejected where rejected_at < now() - make_interval(secs => $1) order by id limit $2)`
)

// Purge deletes from db what has served its time: outbox rows older than Config.Retention that every
// destination has been handed, and rows of inbox and rejected older than Config.InboxRetention.
//
// A destination of this bus holds its events back however long it cannot take them. One that no
// process has had for the retention no longer does, and starts with what is left if it comes back.
// Whatever an inbox row guards against must not come back after its retention: so topics on other
// roads have to be kept for less.
//
// Run does this every hour, in one process per schema.
func (b *Bus) Purge(ctx context.Context, db *pg.DB) error {
	for _, f := range b.feeds() {
		if f.source.db != db {
			continue
		}
		if _, err := db.Q(ctx).Exec(ctx, touchCursor, f.destination); err != nil {
			return fmt.Errorf("purge outbox of %s: %w", db.Schema, err)
		}
	}
	if err := purge(ctx, db, purgeOutbox, b.outboxRetention.Seconds(), purgeBatch); err != nil {
		return fmt.Errorf("purge outbox of %s: %w", db.Schema, err)
	}
	if err := purge(ctx, db, purgeRejected, b.inboxRetention.Seconds(), purgeBatch); err != nil {
		return fmt.Errorf("purge rejected messages of %s: %w", db.Schema, err)
	}
	oldest := oldestID(time.Now().Add(-b.inboxRetention))
	if err := purge(ctx, db, purgeInbox, b.inboxRetention.Seconds(), purgeBatch, oldest); err != nil {
		return fmt.Errorf("purge inbox of %s: %w", db.Schema, err)
	}
	return nil
}

// purge runs a statement until it no longer finds a full batch.
func purge(ctx context.Context, db *pg.DB, statement string, args ...any) error {
	for {
		tag, err := db.Q(ctx).Exec(ctx, statement, args...)
		if err != nil || tag.RowsAffected() < purgeBatch {
			return err
		}
	}
}

// oldestID is the lowest UUIDv7 of a time (RFC 9562 §5.7).
func oldestID(t time.Time) (id [16]byte) {
	binary.BigEndian.PutUint64(id[:], uint64(t.UnixMilli())<<16)
	return id
}

// purgeJob is the hourly purge of db.
func (b *Bus) purgeJob(db *pg.DB) sched.Job {
	return sched.Job{Name: "bus.purge", Every: purgeEvery, Run: func(ctx context.Context) error { return b.Purge(ctx, db) }}
}

// databases of hosted modules and of subscribers, each once.
func (b *Bus) databases() (all []*pg.DB) {
	for _, o := range b.sources {
		all = append(all, o.db)
	}
	for _, s := range b.subscribers {
		if !slices.Contains(all, s.db) {
			all = append(all, s.db)
		}
	}
	return all
}
