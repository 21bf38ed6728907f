package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"agrovet/internal/marketplace"
)

// Order is how a list is ordered. Every order ends with the id, so that it is one order always.
type Order string

// The orders, in the contract's words (rest.md §5) and one more: by the price of one base unit.
const (
	Newest    Order = "-created_at"
	Oldest    Order = "created_at"
	Cheapest  Order = "price"
	Dearest   Order = "-price"
	BaseUp    Order = "base_price"
	BaseDown  Order = "-base_price"
	byPrice         = "price"
	byCreated       = "created_at"
)

// column is what the order compares, and down whether the greatest come first.
func (o Order) column() (column string, down bool) {
	column, down = strings.CutPrefix(string(o), "-")
	return column, down
}

// List is what a list shows: adverts of one status, which an index has in each of the orders.
type List struct {
	Status      marketplace.Status // empty: any; then of one publisher
	CategoryID  int64              // 0: any
	RootID      int64              // 0: any
	PublisherID int64              // 0: any
	Condition   string             // empty: any; of one publisher, as no index has it
	Words       []string           // folded, in the title or the description; of one publisher as well
	Currency    string             // with BaseUp and BaseDown: what is compared, and of a category
	BaseUnit    string
	Without     []int64 // publishers that are left out
	Order       Order
}

// Position is where a page of a list ends.
type Position struct {
	ID    int64     `json:"id"`
	At    time.Time `json:"at,omitzero"`     // in lists by time
	Price string    `json:"price,omitempty"` // in lists by price
}

// Fits says whether the position is one of a list in this order.
func (p Position) Fits(o Order) bool {
	column, _ := o.column()
	return (column == byCreated) == (p.Price == "")
}

// Span is a part of a list.
type Span struct {
	After *Position // behind this; nil: from the beginning
	Skip  int
	Limit int
}

// statement is a query that is put together, with its arguments.
type statement struct {
	text strings.Builder
	args []any
}

// arg adds an argument and returns its place in the text.
func (s *statement) arg(v any) string {
	s.args = append(s.args, v)
	return fmt.Sprintf("$%d", len(s.args))
}

func (s *statement) add(format string, args ...any) { fmt.Fprintf(&s.text, format, args...) }

// where adds the list's conditions. The statuses are written into the text, so that the partial indexes
// are used.
func (s *statement) where(l List) {
	s.add(" where true")
	if l.Status != "" {
		s.add(" and status = '%s'", l.Status)
	}
	for _, c := range []struct {
		column string
		id     int64
	}{{"category_id", l.CategoryID}, {"root_id", l.RootID}, {"publisher_id", l.PublisherID}} {
		if c.id != 0 {
			s.add(" and %s = %s", c.column, s.arg(c.id))
		}
	}
	if l.Condition != "" {
		s.add(" and condition = %s", s.arg(l.Condition))
	}
	for _, w := range l.Words {
		s.add(` and position(%s in translate(lower(title || ' ' || description), 'áéíóúü', 'aeiouu')) > 0`, s.arg(w))
	}
	if column, _ := l.Order.column(); column == "base_price" {
		s.add(" and currency = %s and base_unit = %s and base_price is not null", s.arg(l.Currency), s.arg(l.BaseUnit))
	}
	if len(l.Without) > 0 {
		s.add(" and publisher_id <> all(%s)", s.arg(l.Without))
	}
}

// IDs returns a part of the list, the first first.
func (s Store) IDs(ctx context.Context, l List, span Span) ([]int64, error) {
	column, down := l.Order.column()
	sign, direction := ">", "asc"
	if down {
		sign, direction = "<", "desc"
	}
	var q statement
	q.add("select id from add")
	q.where(l)
	if span.After != nil {
		key := any(span.After.At)
		if column != byCreated {
			key = span.After.Price
		}
		q.add(" and (%s, id) %s (%s, %s)", column, sign, q.arg(key), q.arg(span.After.ID))
	}
	q.add(" order by %s %s, id %s limit %s offset %s", column, direction, direction, q.arg(span.Limit), q.arg(span.Skip))
	return s.ids(ctx, &q)
}

// Count counts the list up to limit.
func (s Store) Count(ctx context.Context, l List, limit int) (n int64, err error) {
	var q statement
	q.add("select count(*) from (select from add")
	q.where(l)
	q.add(" limit %s) bounded", q.arg(limit))
	return n, s.DB.Q(ctx).QueryRow(ctx, q.text.String(), q.args...).Scan(&n)
}

func (s Store) ids(ctx context.Context, q *statement) ([]int64, error) {
	rows, err := s.DB.Q(ctx).Query(ctx, q.text.String(), q.args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// End is where a page of a list in this order ends whose last row is r.
func (r Row) End(o Order) Position {
	switch column, _ := o.column(); column {
	case byCreated:
		return Position{ID: r.ID, At: r.CreatedAt}
	case byPrice:
		return Position{ID: r.ID, Price: r.Price.Amount}
	}
	return Position{ID: r.ID, Price: r.Price.Base}
}
