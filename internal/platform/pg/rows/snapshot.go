package rows

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"agrovet/internal/platform/pg"
)

// Snapshot is one schema as it stood at a moment. Reading it keeps nobody from writing.
type Snapshot struct {
	Schema string
	// Number is that of the moment: schemas of one database have the same, those of another have another.
	Number int
	Tx     pgx.Tx

	conn *pgxpool.Conn
	id   string // under which others can read what it reads
}

// Snapshots takes one of every database, all at once: as many of them as can be have the same moment.
// Whoever gets them closes each.
func Snapshots(ctx context.Context, dbs []*pg.DB) (all []*Snapshot, err error) {
	defer func() {
		if err != nil {
			for _, s := range all {
				s.Close()
			}
			all = nil
		}
	}()
	for _, db := range dbs {
		s, err := take(ctx, db, all)
		if err != nil {
			return all, fmt.Errorf("snapshot of %s: %w", db.Schema, err)
		}
		all = append(all, s)
	}
	return all, nil
}

// take joins one of the others' moments, or begins one.
func take(ctx context.Context, db *pg.DB, others []*Snapshot) (*Snapshot, error) {
	conn, err := db.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{Schema: db.Schema, conn: conn}
	next := 1
	for _, o := range others {
		if o.Number < next {
			continue // a moment that has been tried
		}
		next = o.Number + 1
		if s.Tx, err = begin(ctx, conn, o.id); err == nil {
			s.Number, s.id = o.Number, o.id
			return s, nil
		}
	}
	s.Number = next
	if s.Tx, err = begin(ctx, conn, ""); err == nil {
		err = s.Tx.QueryRow(ctx, "select pg_export_snapshot()").Scan(&s.id)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// begin fails with an id that is of another database.
func begin(ctx context.Context, conn *pgxpool.Conn, id string) (pgx.Tx, error) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, err
	}
	if id != "" {
		_, err = tx.Exec(ctx, "set transaction snapshot '"+id+"'")
	}
	if err == nil {
		err = execAll(ctx, tx, settings)
	}
	if err != nil {
		return nil, errors.Join(err, tx.Rollback(context.WithoutCancel(ctx)))
	}
	return tx, nil
}

// Close gives the connection back. It may be called twice.
func (s *Snapshot) Close() {
	if s.conn == nil {
		return
	}
	if s.Tx != nil {
		_ = s.Tx.Rollback(context.Background()) // it has written nothing
	}
	s.conn.Release()
	s.conn = nil
}

// Copy writes the rows of a table to w and says how many they are.
func (s *Snapshot) Copy(ctx context.Context, t Table, w io.Writer) (int64, error) {
	tag, err := s.Tx.Conn().PgConn().CopyTo(ctx, w, "copy "+t.list()+" to stdout")
	if err != nil {
		return 0, fmt.Errorf("read %s.%s: %w", s.Schema, t.Name, err)
	}
	return tag.RowsAffected(), nil
}
