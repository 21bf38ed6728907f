package original

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// sqlite is a database file of the original, read in one transaction.
type sqlite struct {
	path string
	db   *sql.DB
	tx   *sql.Tx
	now  time.Time
}

func openSQLite(ctx context.Context, dsn string) (_ *sqlite, err error) {
	path, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(dsn, "sqlite://"), "file:"), "?")
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("the original's database: neither an URL of PostgreSQL nor a file: %w", err)
	}
	s := &sqlite{path: path, now: time.Now()}
	if s.db, err = sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: "mode=ro&_pragma=busy_timeout(10000)"}).String()); err != nil {
		return nil, err
	}
	if s.tx, err = s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err == nil {
		_, err = s.tx.ExecContext(ctx, "select count(*) from sqlite_master") // the moment: a transaction begins with its first read
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

func (s *sqlite) Name() string { return "SQLite " + s.path }

func (s *sqlite) Now() time.Time { return s.now }

func (s *sqlite) Has(ctx context.Context, t Table) (has bool, err error) {
	err = s.tx.QueryRowContext(ctx, "select count(*) > 0 from sqlite_master where type = 'table' and name = ?", t.Name).Scan(&has)
	return has, err
}

func (s *sqlite) Count(ctx context.Context, t Table) (n int64, err error) {
	err = s.tx.QueryRowContext(ctx, "select count(*) from "+quote(t.Name)).Scan(&n)
	return n, err
}

func (s *sqlite) Next(ctx context.Context, t Table, above int64, n int) (last, rows int64, err error) {
	err = s.tx.QueryRowContext(ctx, nextQuery(t, "?1", "?2"), above, n).Scan(&last, &rows)
	return last, rows, err
}

func (s *sqlite) Copy(ctx context.Context, w io.Writer, t Table, span Span) (err error) {
	k := quote(t.key())
	query, args := fmt.Sprintf("select %s from %s where %s > ?1 and %[3]s <= ?2", columnNames(t), quote(t.Name), k), []any{span.Above, span.UpTo}
	if !span.Since.IsZero() { // times stand there as texts, in UTC
		query, args = query+" and "+t.Changed+" > ?3", append(args, span.Since.UTC().Format("2006-01-02 15:04:05.000000"))
	}
	rows, err := s.tx.QueryContext(ctx, query+" order by "+k, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	out := bufio.NewWriterSize(w, 1<<16)
	if err := writeRows(out, rows, len(t.Columns)+1); err != nil {
		return err
	}
	return out.Flush()
}

// Close gives the file back.
func (s *sqlite) Close() {
	if s.tx != nil {
		_ = s.tx.Rollback() // nothing was written
	}
	_ = s.db.Close()
}

func writeRows(w *bufio.Writer, rows *sql.Rows, columns int) error {
	values, into := make([]any, columns), make([]any, columns)
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, v := range values {
			if i > 0 {
				_ = w.WriteByte('\t') // Flush tells
			}
			_, _ = w.WriteString(copyText(v))
		}
		if err := w.WriteByte('\n'); err != nil {
			return err
		}
	}
	return rows.Err()
}

var copyEscapes = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\x00", "")

// copyText is a value of SQLite in COPY's text format. What PostgreSQL cannot hold, NUL and broken UTF-8, is
// taken out.
func copyText(v any) string {
	switch v := v.(type) {
	case nil:
		return `\N`
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case []byte:
		return copyEscapes.Replace(strings.ToValidUTF8(string(v), ""))
	default:
		return copyEscapes.Replace(strings.ToValidUTF8(fmt.Sprint(v), ""))
	}
}
