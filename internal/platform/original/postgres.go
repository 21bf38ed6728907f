package original

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres is a database of the original, in a transaction that sees one moment of it.
type postgres struct {
	conn *pgx.Conn
	tx   pgx.Tx
	now  time.Time
}

func openPostgres(ctx context.Context, dsn string) (_ *postgres, err error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("the original's database: %w", err) // hides passwords
	}
	for k, v := range map[string]string{"application_name": "agrovet import", "client_encoding": "UTF8", "timezone": "UTC", "datestyle": "ISO",
		"statement_timeout": "0", "idle_in_transaction_session_timeout": "0"} {
		cfg.RuntimeParams[k] = v
	}
	s := &postgres{}
	if s.conn, err = pgx.ConnectConfig(ctx, cfg); err != nil {
		return nil, err
	}
	s.tx, err = s.conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err == nil {
		err = s.tx.QueryRow(ctx, "select now()").Scan(&s.now)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *postgres) Name() string {
	c := s.conn.Config()
	return fmt.Sprintf("PostgreSQL %s:%d/%s", c.Host, c.Port, c.Database)
}

func (s *postgres) Now() time.Time { return s.now }

func (s *postgres) Has(ctx context.Context, t Table) (has bool, err error) {
	err = s.tx.QueryRow(ctx, "select to_regclass($1) is not null", quote(t.Name)).Scan(&has)
	return has, err
}

func (s *postgres) Count(ctx context.Context, t Table) (n int64, err error) {
	err = s.tx.QueryRow(ctx, "select count(*) from "+quote(t.Name)).Scan(&n)
	return n, err
}

func (s *postgres) Next(ctx context.Context, t Table, above int64, n int) (last, rows int64, err error) {
	err = s.tx.QueryRow(ctx, nextQuery(t, "$1", "$2"), above, n).Scan(&last, &rows)
	return last, rows, err
}

func (s *postgres) Copy(ctx context.Context, w io.Writer, t Table, span Span) error {
	k := quote(t.key())
	query := fmt.Sprintf("select %s from %s where %s > %d and %[3]s <= %[5]d", columnNames(t), quote(t.Name), k, span.Above, span.UpTo)
	if !span.Since.IsZero() {
		query += fmt.Sprintf(" and %s > '%s'", t.Changed, span.Since.UTC().Format(time.RFC3339Nano))
	}
	_, err := s.conn.PgConn().CopyTo(ctx, w, "copy ("+query+" order by "+k+") to stdout")
	return err
}

// Close ends the transaction with the connection.
func (s *postgres) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = s.conn.Close(ctx) // nothing was written
}
