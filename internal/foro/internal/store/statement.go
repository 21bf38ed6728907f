package store

import (
	"context"
	"fmt"
	"strings"
)

// statement is a query that is put together, with its arguments.
type statement struct {
	text strings.Builder
	args []any
}

// arg adds an argument and returns its place in the text.
func (q *statement) arg(v any) string {
	q.args = append(q.args, v)
	return fmt.Sprintf("$%d", len(q.args))
}

func (q *statement) add(format string, args ...any) { fmt.Fprintf(&q.text, format, args...) }

// count counts the rows of a query up to limit.
func (s Store) count(ctx context.Context, q *statement, limit int) (n int64, err error) {
	text := fmt.Sprintf("select count(*) from (%s limit %s) bounded", q.text.String(), q.arg(limit))
	return n, s.DB.Q(ctx).QueryRow(ctx, text, q.args...).Scan(&n)
}
