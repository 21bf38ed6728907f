package synthetic

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// SQLite copies tables of a filled database into a new file, as the original has them there by default.
func SQLite(ctx context.Context, dsn, path string, tables ...string) (err error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	file, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	tx, err := file.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := copyToSQLite(ctx, conn, tx, t); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", t, err), tx.Rollback())
		}
	}
	return tx.Commit()
}

var definition = regexp.MustCompile(`(?m)^    ([a-z_]+) ([a-z]+(?: precision)?)`)

// copyToSQLite copies one: numbers with decimals become floats there, times texts in UTC.
func copyToSQLite(ctx context.Context, conn *pgx.Conn, tx *sql.Tx, table string) error {
	_, body, _ := strings.Cut(Schema, "create table "+table+" (\n")
	body, _, _ = strings.Cut(body, "\n);")
	var names, columns, read []string
	for _, d := range definition.FindAllStringSubmatch(body, -1) {
		name, kind, as := d[1], d[2], d[1]
		switch {
		case name == "unique" || name == "primary":
			continue
		case name == "id":
			kind = "integer not null primary key autoincrement"
		case kind == "timestamptz":
			kind, as = "datetime", name+" at time zone 'UTC'"
		case kind == "numeric":
			kind, as = "decimal", name+"::double precision"
		case kind == "jsonb":
			kind, as = "text", name+"::text"
		}
		names, columns, read = append(names, name), append(columns, name+" "+kind), append(read, as)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("create table %s (%s)", table, strings.Join(columns, ", "))); err != nil {
		return err
	}
	rows, err := conn.Query(ctx, fmt.Sprintf("select %s from %s order by id", strings.Join(read, ", "), table))
	if err != nil {
		return err
	}
	defer rows.Close()
	insert := fmt.Sprintf("insert into %s (%s) values (%s)", table, strings.Join(names, ", "), strings.Join(slices.Repeat([]string{"?"}, len(names)), ", "))
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		for i, v := range values {
			if at, ok := v.(time.Time); ok {
				values[i] = at.Format("2006-01-02 15:04:05.000000")
			}
		}
		if _, err := tx.ExecContext(ctx, insert, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
