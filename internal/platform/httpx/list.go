package httpx

import (
	"context"
	"encoding/json"
	"net/url"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"agrovet/internal/platform/errs"
)

// Source is where a list's rows come from. P is a position in the list's order: a small struct of sort
// keys.
type Source[R, P any] struct {
	Count func(ctx context.Context, limit int) (int64, error) // up to limit
	Rows  func(ctx context.Context, s Span[P]) (rows []R, more bool, err error)
	End   func(last R) P // where a page ends whose last row this is
	Fits  func(P) bool   // whether a position is one of this list's order; nil: all are
}

// Span is a part of a list.
type Span[P any] struct {
	After *P // behind this; nil: from the beginning
	Skip  int
	Limit int
}

// List answers with a page of a list, by number or by cursor. show makes the JSON of a page's rows.
//
// Errors: errs.ErrPage, errs.ErrCursor; those of the source.
func List[R, P, J any](ctx context.Context, in PageParams, from Source[R, P], show func(context.Context, []R) []J) (page Page[J], err error) {
	if in.ByCursor() {
		return byCursor(ctx, in, from, show)
	}
	count, err := from.Count(ctx, MaxCount)
	if err != nil {
		return page, err
	}
	w, err := in.Window(count)
	if err != nil {
		return page, err
	}
	rows, _, err := from.Rows(ctx, Span[P]{Skip: w.Offset, Limit: w.Limit})
	if err != nil {
		return page, err
	}
	return NumberedPage(ctx, w, count, show(ctx, rows)), nil
}

// Each makes the JSON of all rows from that of one.
func Each[R, J any](one func(context.Context, R) J) func(context.Context, []R) []J {
	return func(ctx context.Context, rows []R) []J {
		out := make([]J, len(rows))
		for i, r := range rows {
			out[i] = one(ctx, r)
		}
		return out
	}
}

// Paged makes the answer of a page.
func Paged[J any](page Page[J], err error) (*Body[Page[J]], error) {
	if err != nil {
		return nil, err
	}
	return OK(page), nil
}

func byCursor[R, P, J any](ctx context.Context, in PageParams, from Source[R, P], show func(context.Context, []R) []J) (page Page[J], err error) {
	span, err := spanOf(in, from.Fits)
	if err != nil {
		return page, err
	}
	rows, more, err := from.Rows(ctx, span)
	if err != nil {
		return page, err
	}
	end := ""
	if more {
		end = EncodeCursor(from.End(rows[len(rows)-1]))
	}
	return CursorPage(ctx, end, show(ctx, rows)), nil
}

func spanOf[P any](in PageParams, fits func(P) bool) (Span[P], error) {
	span := Span[P]{Limit: in.Size()}
	if in.Cursor == "*" {
		return span, nil
	}
	var at P
	if err := DecodeCursor(in.Cursor, &at); err != nil {
		return span, err
	}
	if fits != nil && !fits(at) {
		return span, errs.ErrCursor
	}
	span.After = &at
	return span, nil
}

// MaxArray is how many rows a bare array shows.
const MaxArray = 200

// ArrayOrPage is the answer of a list that the original gave as a bare array, without pages: an array of
// the first MaxArray rows when neither page nor cursor is asked for, else a page.
type ArrayOrPage[J any] struct {
	Array []J
	Page  *Page[J] // nil: the array
}

// ListOrArray is List for such a list.
func ListOrArray[R, P, J any](ctx context.Context, in PageParams, from Source[R, P], show func(context.Context, []R) []J) (*Body[ArrayOrPage[J]], error) {
	if in.ByCursor() || in.Page != "" {
		page, err := List(ctx, in, from, show)
		return OK(ArrayOrPage[J]{Page: &page}), err
	}
	limit := MaxArray
	if in.PageSize != 0 {
		limit = in.PageSize
	}
	rows, _, err := from.Rows(ctx, Span[P]{Limit: limit})
	if err != nil {
		return nil, err
	}
	return OK(ArrayOrPage[J]{Array: notNil(show(ctx, rows))}), nil
}

// MarshalJSON writes the one or the other.
func (a ArrayOrPage[J]) MarshalJSON() ([]byte, error) { return json.Marshal(a.content()) }

func (a ArrayOrPage[J]) content() any {
	if a.Page != nil {
		return a.Page
	}
	return notNil(a.Array)
}

// unwrap is what a body that is one of several is: encoding it as itself would encode it twice, since
// what MarshalJSON returns is read through once more.
func unwrap(_ huma.Context, _ string, body any) (any, error) {
	if b, ok := body.(interface{ content() any }); ok {
		return b.content(), nil
	}
	return body, nil
}

// Schema says that it is the one or the other.
func (a ArrayOrPage[J]) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{r.Schema(reflect.TypeFor[[]J](), true, ""), r.Schema(reflect.TypeFor[Page[J]](), true, "")}}
}

// Query is the request's query parameters, for those whose names are not known beforehand; nil outside a
// request.
func Query(ctx context.Context) url.Values {
	if r := requestOf(ctx); r != nil {
		return r.url.Query()
	}
	return nil
}
