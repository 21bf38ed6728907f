package httpx

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"

	"agrovet/internal/platform/errs"
)

// DefaultPageSize is the original's fixed page size; MaxPageSize the most a client may ask for
// (decision D10).
const (
	DefaultPageSize = 20
	MaxPageSize     = 100
)

// MaxCount is how far the rows of a list are counted. A page number beyond it does not exist;
// whoever really walks that far follows cursors, whose cost does not grow.
const MaxCount = 10_000

// PageParams are a list's query parameters; embed it in the input of a list's handler.
type PageParams struct {
	Page     string `query:"page" doc:"Page number from 1, or last." example:"1"`
	PageSize int    `query:"page_size" minimum:"1" maximum:"100" doc:"Rows per page, 20 when not given."`
	Cursor   string `query:"cursor" doc:"Instead of page, for long lists: * starts, then take what next carries."`
}

// ByCursor says whether the client walks the list by cursors.
func (p PageParams) ByCursor() bool { return p.Cursor != "" }

// Position decodes the cursor; a walk that starts leaves position as it is.
//
// Errors: errs.ErrCursor.
func (p PageParams) Position(position any) error {
	if p.Cursor == "*" {
		return nil
	}
	return DecodeCursor(p.Cursor, position)
}

// Size is the number of rows of a page.
func (p PageParams) Size() int {
	if p.PageSize == 0 {
		return DefaultPageSize
	}
	return p.PageSize
}

// Page is a list's answer (contract: rest.md §1, pagination).
type Page[T any] struct {
	Count    *int64  `json:"count" doc:"Rows of the whole list, counted up to 10000; null with a cursor."`
	Next     *string `json:"next" format:"uri" doc:"The next page's address."`
	Previous *string `json:"previous" format:"uri" doc:"The previous page's address; null with a cursor."`
	Results  []T     `json:"results"`
}

// Window is the part of a numbered list that a page shows.
type Window struct{ Limit, Offset int }

// Window finds the part that the page asks for, in a list of count rows.
//
// Errors: errs.ErrPage for a page that does not exist.
func (p PageParams) Window(count int64) (Window, error) {
	size := p.Size()
	last := max(1, int((count+int64(size)-1)/int64(size)))
	n, err := p.number(last)
	if err != nil || n < 1 || n > last {
		return Window{}, errs.ErrPage
	}
	return Window{Limit: size, Offset: (n - 1) * size}, nil
}

func (p PageParams) number(last int) (int, error) {
	switch p.Page {
	case "":
		return 1, nil
	case "last":
		return last, nil
	}
	return strconv.Atoi(p.Page)
}

// NumberedPage makes the answer of a numbered page.
func NumberedPage[T any](ctx context.Context, w Window, count int64, rows []T) Page[T] {
	page := Page[T]{Count: &count, Results: notNil(rows)}
	r := requestOf(ctx)
	if r == nil {
		return page
	}
	n := w.Offset/w.Limit + 1
	if int64(w.Offset+w.Limit) < count {
		next := r.withQuery("page", strconv.Itoa(n+1))
		page.Next = &next
	}
	if n > 1 {
		number := strconv.Itoa(n - 1)
		if n == 2 { // the link to page 1 has no page parameter
			number = ""
		}
		previous := r.withQuery("page", number)
		page.Previous = &previous
	}
	return page
}

// CursorPage makes the answer of a page that ended at the given cursor; empty means that nothing
// follows.
func CursorPage[T any](ctx context.Context, end string, rows []T) Page[T] {
	page := Page[T]{Results: notNil(rows)}
	if r := requestOf(ctx); r != nil && end != "" {
		next := r.withQuery("cursor", end, "page")
		page.Next = &next
	}
	return page
}

func notNil[T any](rows []T) []T {
	if rows == nil {
		return []T{}
	}
	return rows
}

// EncodeCursor makes the opaque text of a position, which is a small struct of sort keys.
func EncodeCursor(position any) string {
	b, err := json.Marshal(position)
	if err != nil {
		panic(err) // positions are plain structs
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// DecodeCursor reads what EncodeCursor made.
//
// Errors: errs.ErrCursor.
func DecodeCursor(cursor string, position any) error {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return errs.ErrCursor.Wrap(err)
	}
	var plain any
	if err := json.Unmarshal(b, &plain); err != nil {
		return errs.ErrCursor.Wrap(err)
	}
	if !storableValue(plain) { // a text that PostgreSQL would refuse
		return errs.ErrCursor
	}
	if err := json.Unmarshal(b, position); err != nil {
		return errs.ErrCursor.Wrap(err)
	}
	return nil
}

// storableValue says whether PostgreSQL can hold all texts of a small JSON value.
func storableValue(v any) bool {
	switch v := v.(type) {
	case string:
		return storable(v)
	case []any:
		return !slices.ContainsFunc(v, func(one any) bool { return !storableValue(one) })
	case map[string]any:
		for _, one := range v {
			if !storableValue(one) {
				return false
			}
		}
	}
	return true
}
