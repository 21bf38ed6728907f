// Package leader lets one process at a time do what must not be done by two.
//
// A [Lease] is a session advisory lock together with the connection that holds it. The connection
// is taken out of the pool, so it does not count against the pool's limit, and it lives exactly as
// long as the lease: when it breaks, the server lets go of the lock and another process may win.
// What a leader does on [Lease.Conn] is therefore fenced: it fails once leadership is lost. What it
// does elsewhere may overlap with its successor for a moment.
package leader

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"log/slog"
	"time"

	"agrovet/internal/platform/pg"

	"github.com/jackc/pgx/v5"
)

// Lease is leadership, until [Lease.Release] or until its connection breaks.
type Lease struct{ conn *pgx.Conn }

// Conn is the connection that holds the lock. Like every pgx.Conn it is for one goroutine at a time.
func (l *Lease) Conn() *pgx.Conn { return l.conn }

// Release gives leadership up by closing the connection.
func (l *Lease) Release() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = l.conn.Close(ctx) // a connection that does not close in good order is gone all the same
}

// Try asks for leadership of name within db's schema. Without it the lease is nil.
func Try(ctx context.Context, db *pg.DB, name string) (*Lease, error) {
	conn, err := db.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	hi, lo := lockKey(db.Schema, name)
	var won bool
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock($1, $2)", hi, lo).Scan(&won); err != nil || !won {
		conn.Release()
		return nil, err
	}
	l := &Lease{conn.Hijack()}
	if _, err := l.conn.Exec(ctx, noticeLoss); err != nil {
		l.Release()
		return nil, err
	}
	return l, nil
}

// noticeLoss has the server find out within half a minute, rather than two hours, that the machine
// of the leader is gone.
const noticeLoss = `select set_config('tcp_keepalives_idle', '10', false),
	set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false)`

// Campaign asks for leadership every so often until it is won or ctx ends. A database that is away
// is logged and asked again.
func Campaign(ctx context.Context, db *pg.DB, name string, every time.Duration) (*Lease, error) {
	for {
		lease, err := Try(ctx, db, name)
		if lease != nil {
			return lease, nil
		}
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "cannot ask for leadership", "name", name, "schema", db.Schema, "error", err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(every):
		}
	}
}

// lockKey is 64 bits in the two-number space of advisory locks, which is apart from the one-number
// space that the bus's key locks and the migrations use.
func lockKey(schema, name string) (hi, lo int32) {
	sum := sha256.Sum256([]byte(schema + "\x00" + name))
	return int32(binary.BigEndian.Uint32(sum[:])), int32(binary.BigEndian.Uint32(sum[4:]))
}
