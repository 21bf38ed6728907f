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

// count counts the rows of a query up to limit. The order is that of the list, so that its index is read and never
// the table.
func (s Store) count(ctx context.Context, q *statement, order string, limit int) (n int64, err error) {
	text := fmt.Sprintf("select count(*) from (%s order by %s limit %s) bounded", q.text.String(), order, q.arg(limit))
	return n, s.DB.Q(ctx).QueryRow(ctx, text, q.args...).Scan(&n)
}
