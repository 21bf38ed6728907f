package original

import (
	"context"
	"io"
	"strings"
	"time"
)

// Source is one of the original's databases, at one moment.
type Source interface {
	// Name says which, without secrets.
	Name() string
	// Has says whether there is such a table.
	Has(ctx context.Context, t Table) (bool, error)
	Count(ctx context.Context, t Table) (int64, error)
	// Next is the key of the last of the next n rows above a key, and how many there are.
	Next(ctx context.Context, t Table, above int64, n int) (last, rows int64, err error)
	// Copy writes rows of the span, by key, in the text format of PostgreSQL's COPY: the key, then t.Columns.
	Copy(ctx context.Context, w io.Writer, t Table, s Span) error
	// Now is the moment.
	Now() time.Time
	Close()
}

// Span is rows with keys above one up to another, of those the ones that changed after Since.
type Span struct {
	Above, UpTo int64
	Since       time.Time // zero: all
}

// Open opens a database by its URL: PostgreSQL's, or a path of an SQLite file (file:…).
func Open(ctx context.Context, dsn string) (Source, error) {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") || strings.Contains(dsn, "dbname=") {
		return openPostgres(ctx, dsn)
	}
	return openSQLite(ctx, dsn)
}

// columnNames are the source's columns that are read, quoted, the key first.
func columnNames(t Table) string {
	names := []string{quote(t.key())}
	for _, c := range t.Columns {
		name, _, _ := strings.Cut(c, " ")
		names = append(names, quote(name))
	}
	return strings.Join(names, ", ")
}

// quote makes a name of both databases' SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// nextQuery asks for Next; parameters are the key and n, in the source's own way.
func nextQuery(t Table, above, n string) string {
	k := quote(t.key())
	return "select coalesce(max(k), 0), count(*) from (select " + k + " as k from " + quote(t.Name) + " where " + k + " > " + above +
		" order by " + k + " limit " + n + ") x"
}
