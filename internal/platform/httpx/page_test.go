package httpx

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/errs"
)

// rows is a server whose GET /rows/ lists the numbers 1 to n.
func rows(t testing.TB, n int64, change ...func(*Config)) *Server {
	s := newServer(t, change...)
	type in struct {
		PageParams
		Search string `query:"search"`
	}
	Handle(s.Module("rows", nil), Route{Method: "GET", Path: "/rows/", ID: "rows.list", Access: Anyone},
		func(ctx context.Context, in *in) (*Body[Page[int64]], error) {
			if in.ByCursor() {
				return walk(ctx, in.PageParams, n)
			}
			w, err := in.Window(n)
			if err != nil {
				return nil, err
			}
			return OK(NumberedPage(ctx, w, n, numbers(int64(w.Offset), int64(w.Limit), n))), nil
		})
	return s
}

type rowPosition struct{ After int64 }

func walk(ctx context.Context, in PageParams, n int64) (*Body[Page[int64]], error) {
	var from rowPosition
	if err := in.Position(&from); err != nil {
		return nil, err
	}
	found, end := numbers(from.After, int64(in.Size()), n), ""
	if last := from.After + int64(len(found)); last < n {
		end = EncodeCursor(rowPosition{last})
	}
	return OK(CursorPage(ctx, end, found)), nil
}

func numbers(offset, limit, n int64) (list []int64) {
	for i := max(0, offset); i < min(n, offset+limit); i++ {
		list = append(list, i+1)
	}
	return list
}

func TestNumberedPages(t *testing.T) {
	t.Parallel()
	s := rows(t, 45)
	for _, c := range []struct {
		query          string
		next, previous any
		rows, first    int
	}{
		{"", "http://example.com/rows/?page=2", nil, 20, 1},
		{"page=1", "http://example.com/rows/?page=2", nil, 20, 1},
		{"page=2&search=a+b%26", "http://example.com/rows/?page=3&search=a+b%26", "http://example.com/rows/?search=a+b%26", 20, 21},
		{"page=3", nil, "http://example.com/rows/?page=2", 5, 41},
		{"page=last", nil, "http://example.com/rows/?page=2", 5, 41},
		{"page_size=100", nil, nil, 45, 1},
		{"page_size=44&page=2", nil, "http://example.com/rows/?page_size=44", 1, 45},
		{"page_size=1&page=44", "http://example.com/rows/?page=45&page_size=1", "http://example.com/rows/?page=43&page_size=1", 1, 44},
	} {
		t.Run(c.query, func(t *testing.T) {
			got := get("/rows?"+c.query).to(t, s)
			require.Equal(t, 200, got.status, got.body)
			page := got.decode()
			require.Equal(t, 45.0, page["count"])
			require.Equal(t, c.next, page["next"])
			require.Equal(t, c.previous, page["previous"])
			require.Len(t, page["results"], c.rows)
			require.EqualValues(t, c.first, page["results"].([]any)[0])
		})
	}
}

func TestPagesThatDoNotExist(t *testing.T) {
	t.Parallel()
	s := rows(t, 45)
	for _, page := range []string{"4", "0", "-1", "x", "1.5", "99999999999999999999", "Last", "9223372036854775807"} {
		get("/rows/?page="+page).to(t, s).is(404, `{"detail":"Página inválida.","code":"invalid_page"}`)
	}
	for size, text := range map[string]string{
		"0": "Asegúrese de que este valor es mayor o igual a 1.", "-1": "Asegúrese de que este valor es mayor o igual a 1.",
		"101": "Asegúrese de que este valor es menor o igual a 100.", "x": "Introduzca un número entero válido.",
	} {
		got := get("/rows/?page_size="+size).to(t, s)
		require.Equal(t, 400, got.status)
		require.Equal(t, []any{text}, got.decode()["page_size"])
	}
}

func TestAnEmptyListIsOnePage(t *testing.T) {
	t.Parallel()
	s := rows(t, 0)
	for _, query := range []string{"", "?page=1", "?page=last"} {
		get("/rows/"+query).to(t, s).is(200, `{"count":0,"next":null,"previous":null,"results":[]}`)
	}
	get("/rows/?cursor=*").to(t, s).is(200, `{"count":null,"next":null,"previous":null,"results":[]}`)
	require.Equal(t, 404, get("/rows/?page=2").to(t, s).status)
}

func TestACursorWalkSeesEveryRowOnce(t *testing.T) {
	t.Parallel()
	s := rows(t, 45)
	var seen []any
	for next := any("http://example.com/rows/?cursor=*&page_size=10&search=x"); next != nil; {
		u, err := url.Parse(next.(string))
		require.NoError(t, err)
		require.Equal(t, "x", u.Query().Get("search"), "other parameters are kept")
		page := get(u.RequestURI()).to(t, s).decode()
		require.Nil(t, page["count"])
		require.Nil(t, page["previous"])
		seen, next = append(seen, page["results"].([]any)...), page["next"]
	}
	require.Len(t, seen, 45)
	for i, v := range seen {
		require.EqualValues(t, i+1, v)
	}
}

func TestCursorsThatNobodyGave(t *testing.T) {
	t.Parallel()
	s := rows(t, 45)
	for _, cursor := range []string{"x", "%20", "e30", "**", "eyJBZnRlciI6IngifQ", "eyJBZnRlciI6MX0x"} {
		got := get("/rows/?cursor="+cursor).to(t, s)
		if cursor == "e30" { // {}: a position all the same
			require.Equal(t, 200, got.status)
			continue
		}
		got.is(400, `{"detail":"Cursor inválido.","code":"invalid_cursor"}`)
	}
	var p struct{ Name string }
	require.ErrorIs(t, DecodeCursor(EncodeCursor(struct{ Name string }{"a\x00b"}), &p), errs.ErrCursor, "PostgreSQL would refuse it")
	require.NoError(t, DecodeCursor(EncodeCursor(struct{ Name string }{`a\u0000b`}), &p))
	require.Equal(t, `a\u0000b`, p.Name)
}

func TestLinksBehindAProxy(t *testing.T) {
	t.Parallel()
	forwarded := get("/rows/").with("X-Forwarded-Proto", "https").with("X-Forwarded-Host", "agrovet.example")
	next := func(s *Server) any { return forwarded.to(t, s).decode()["next"] }
	trust := func(cidr string) func(*Config) { return func(c *Config) { c.TrustedProxies = []string{cidr} } }
	require.Equal(t, "http://example.com/rows/?page=2", next(rows(t, 45)))
	require.Equal(t, "http://example.com/rows/?page=2", next(rows(t, 45, trust("10.0.0.0/8"))))
	require.Equal(t, "https://agrovet.example/rows/?page=2", next(rows(t, 45, trust("192.0.2.1/32"))), "where httptest's requests come from")
	forwarded = forwarded.with("X-Forwarded-Host", "forged.example, agrovet.example").with("X-Forwarded-Proto", "gopher, https")
	require.Equal(t, "https://agrovet.example/rows/?page=2", next(rows(t, 45, trust("192.0.2.0/24"))), "the nearest proxy's word")
	forwarded = forwarded.with("X-Forwarded-Proto", "gopher")
	require.Equal(t, "http://agrovet.example/rows/?page=2", next(rows(t, 45, trust("192.0.2.0/24"))))
}

func TestPagesOutsideARequestHaveNoLinks(t *testing.T) {
	t.Parallel()
	page := NumberedPage[int](t.Context(), Window{Limit: 20}, 45, nil)
	require.Nil(t, page.Next)
	require.Equal(t, []int{}, page.Results)
}

func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "*", "e30", EncodeCursor(rowPosition{7}), "bnVsbA", "W10", "eyJBZnRlciI6MWU5OTl9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		var p struct {
			After int64
			Name  string
		}
		if err := DecodeCursor(cursor, &p); err != nil {
			require.ErrorIs(t, err, errs.ErrCursor)
			return
		}
		require.True(t, storable(p.Name))
		again := p
		require.NoError(t, DecodeCursor(EncodeCursor(p), &again))
		require.Equal(t, p, again)
	})
}

func FuzzWindow(f *testing.F) {
	f.Add("1", 20, int64(45))
	f.Add("last", 1, int64(math.MaxInt32))
	f.Add("-1", 100, int64(0))
	f.Fuzz(func(t *testing.T, page string, size int, count int64) {
		if size < 0 || size > MaxPageSize || count < 0 || count > math.MaxInt32 {
			return
		}
		w, err := PageParams{Page: page, PageSize: size}.Window(count)
		if err != nil {
			require.ErrorIs(t, err, errs.ErrPage)
			return
		}
		ok := w.Offset >= 0 && w.Limit > 0 && (w.Offset == 0 || int64(w.Offset) < count)
		require.True(t, ok, fmt.Sprint(w, count))
	})
}
