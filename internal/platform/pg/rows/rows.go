// Package rows copies all rows of schemas out of databases, in one snapshot, and into empty ones.
//
// It knows tables by the server's catalogue and moves their rows by COPY in text format, which every
// version of PostgreSQL reads, in streams of bounded memory. The schema itself comes from migrations.
package rows

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Table is a table of a schema with the columns that have values of their own: generated ones follow.
type Table struct {
	Name    string
	Columns []string
}

// list is the table and its columns as COPY wants them.
func (t Table) list() string {
	quoted := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		quoted[i] = quote(c)
	}
	return quote(t.Name) + " (" + strings.Join(quoted, ", ") + ")"
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }

// Sequence is where a sequence stands.
type Sequence struct {
	Name   string
	Last   int64
	Called bool
}

// settings make text the same whatever the server is configured for, and let the transaction take its time.
// Rows come in the order in which they lie.
var settings = []string{
	"set local statement_timeout = 0",
	"set local idle_in_transaction_session_timeout = 0",
	"set local client_encoding = 'UTF8'",
	"set local datestyle = 'ISO, YMD'",
	"set local intervalstyle = 'iso_8601'",
	"set local timezone = 'UTC'",
	"set local extra_float_digits = 1",
	"set local bytea_output = 'hex'",
	"set local synchronize_seqscans = off",
}

func execAll(ctx context.Context, tx pgx.Tx, statements []string) error {
	for _, sql := range statements {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// The version tables of migrations are the migrations' own.
const listTables = `select c.relname, array_agg(a.attname::text order by a.attnum)
	from pg_class c join pg_attribute a on a.attrelid = c.oid
	where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
		and c.relname not in ('platform_version', 'module_version')
		and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
	group by c.relname order by c.relname`

// Tables of the connection's schema, by name.
func Tables(ctx context.Context, tx pgx.Tx) ([]Table, error) {
	found, err := tx.Query(ctx, listTables)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(found, pgx.RowToStructByPos[Table])
}

const listSequences = `select c.relname::text from pg_class c
	where c.relnamespace = current_schema()::regnamespace and c.relkind = 'S'
		and c.relname not like 'platform\_version\_%' and c.relname not like 'module\_version\_%'
	order by c.relname`

// Sequences of the connection's schema, by name. They stand at or behind every row that the transaction's
// snapshot has, and often behind later ones, since they belong to no snapshot.
func Sequences(ctx context.Context, tx pgx.Tx) ([]Sequence, error) {
	found, err := tx.Query(ctx, listSequences)
	if err != nil {
		return nil, err
	}
	names, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	all := make([]Sequence, len(names))
	for i, name := range names {
		all[i].Name = name
		if err := tx.QueryRow(ctx, "select last_value, is_called from "+quote(name)).Scan(&all[i].Last, &all[i].Called); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Count returns the number of rows of each table that has some.
func Count(ctx context.Context, tx pgx.Tx) (map[string]int64, error) {
	tables, err := Tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, t := range tables {
		var n int64
		if err := tx.QueryRow(ctx, "select count(*) from "+quote(t.Name)).Scan(&n); err != nil {
			return nil, err
		}
		if n > 0 {
			counts[t.Name] = n
		}
	}
	return counts, nil
}

// Size returns what the tables of the connection's schema take on the server's disk, in bytes, indexes left
// out.
func Size(ctx context.Context, tx pgx.Tx) (bytes int64, err error) {
	err = tx.QueryRow(ctx, `select coalesce(sum(pg_table_size(oid)), 0)::bigint from pg_class
		where relnamespace = current_schema()::regnamespace and relkind = 'r'`).Scan(&bytes)
	return bytes, err
}

// Analyze has the server look at what the tables of the connection's schema have, so that it plans well at once.
func Analyze(ctx context.Context, tx pgx.Tx) error {
	tables, err := Tables(ctx, tx)
	if err != nil {
		return err
	}
	statements := slices.Clone(settings)
	for _, t := range tables {
		statements = append(statements, "analyze "+quote(t.Name))
	}
	return execAll(ctx, tx, statements)
}
