// Package synthetic makes databases as the original's, for tests, measurements and trials: its tables, filled by a generator with all
// the dirt that the original lets in. The same Size gives the same rows.
package synthetic

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Schema is the original's tables, as SQL.
//
//go:embed schema.sql
var Schema string

// Size says how many rows there are, about.
type Size struct{ Users, Adverts, Rooms, Messages, Posts, Comments int }

// Sizes.
var (
	Tiny = Size{Users: 300, Adverts: 200, Rooms: 200, Messages: 3_000, Posts: 100, Comments: 200}
	Full = Size{Users: 20_000, Adverts: 50_000, Rooms: 20_000, Messages: 1_000_000, Posts: 40_000, Comments: 60_000}
)

// Fill makes the tables in an empty database and fills them.
func Fill(ctx context.Context, dsn string, size Size) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, Schema); err != nil {
		return err
	}
	g := &generator{size: size, deleted: map[int]bool{}}
	for _, t := range g.tables() {
		if err := fill(ctx, conn, t); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	_, err = conn.Exec(ctx, "analyze")
	return err
}

// table is rows to be made: put takes the values of one.
type table struct {
	name, columns string
	rows          func(put func(values ...any))
}

func fill(ctx context.Context, conn *pgx.Conn, t table) error {
	r, w := io.Pipe()
	go func() {
		var line strings.Builder
		t.rows(func(values ...any) {
			for i, v := range values {
				if i > 0 {
					line.WriteByte('\t')
				}
				line.WriteString(text(v))
			}
			line.WriteByte('\n')
			if line.Len() > 1<<16 {
				_, _ = io.WriteString(w, line.String()) // fails when the copy has failed, which tells
				line.Reset()
			}
		})
		_, _ = io.WriteString(w, line.String())
		_ = w.Close()
	}()
	_, err := conn.PgConn().CopyFrom(ctx, r, fmt.Sprintf("copy %s (%s) from stdin", t.name, t.columns))
	_ = r.CloseWithError(io.ErrClosedPipe)
	if err != nil || !strings.HasPrefix(t.columns, "id,") || t.name == "django_content_type" {
		return err
	}
	_, err = conn.Exec(ctx, fmt.Sprintf("select setval(pg_get_serial_sequence('%s', 'id'), coalesce((select max(id) from %[1]s), 1))", t.name))
	return err
}

var escapes = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return `\N`
	case int:
		return strconv.Itoa(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	default:
		return escapes.Replace(fmt.Sprint(v))
	}
}
