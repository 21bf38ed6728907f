package marketplacemod_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"

	"github.com/stretchr/testify/require"
)

// sent is a request as its bytes.
type sent struct {
	method, path string // below /api/
	kind, body   string // content type
	headers      []string
}

// send sends a request as it is. Without an Authorization header it is anonymous.
func (w *world) send(s sent) answer {
	w.t.Helper()
	r := httptest.NewRequest(s.method, "http://marketplace.localhost/api/"+s.path, strings.NewReader(s.body))
	if s.kind != "" {
		r.Header.Set("Content-Type", s.kind)
	}
	for i := 0; i < len(s.headers); i += 2 {
		r.Header.Set(s.headers[i], s.headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{w.t, rec.Code, rec.Header(), rec.Body.String()}
}

func signed(userID int64) []string { return []string{"Authorization", "Token " + fmt.Sprint(userID)} }

// form sends a form as browsers do.
func (w *world) form(userID int64, method, path string, fields url.Values) answer {
	w.t.Helper()
	return w.send(sent{method, path, "application/x-www-form-urlencoded", fields.Encode(), signed(userID)})
}

// multipart sends the same in parts.
func (w *world) multipart(userID int64, method, path string, fields url.Values) answer {
	w.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, values := range fields {
		for _, v := range values {
			require.NoError(w.t, m.WriteField(name, v))
		}
	}
	require.NoError(w.t, m.Close())
	return w.send(sent{method, path, m.FormDataContentType(), body.String(), signed(userID)})
}

// got reads anonymously and expects 200.
func (w *world) got(path string, args ...any) object {
	w.t.Helper()
	return w.as(0, "GET", fmt.Sprintf(path, args...), nil).ok(200)
}

// titles are those of a page of adverts, in its order.
func titles(page object) []string { return field[string](results(page), "title") }

// ids are those of rows.
func ids(rows []object) []int64 {
	out := make([]int64, len(rows))
	for i, r := range rows {
		out[i] = int64(r["id"].(float64))
	}
	return out
}

// wrongFields expects 400 with these texts, one of each field, and nothing else.
func wrongFields(a answer, want object) {
	a.t.Helper()
	got := a.ok(400)
	require.Equal(a.t, "invalid", got["code"], a.Raw)
	delete(got, "code")
	full := object{}
	for k, v := range want {
		if _, list := v.([]any); !list {
			v = []any{v}
		}
		full[k] = v
	}
	require.Equal(a.t, full, got)
}

// atTheSameTime runs do n times at once.
func atTheSameTime(n int, do func(i int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	wg.Wait()
}

// walk follows a list by its cursors to the end, n rows at a time.
func (w *world) walk(userID int64, path string, n int) (rows []object) {
	w.t.Helper()
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return w.follow(userID, fmt.Sprintf("%s%spage_size=%d&cursor=*", path, separator, n))
}

// follow follows next from a page on.
func (w *world) follow(userID int64, path string) (rows []object) {
	w.t.Helper()
	for range 1000 {
		page := w.as(userID, "GET", path, nil).ok(200)
		rows = append(rows, results(page)...)
		next, more := page["next"].(string)
		if !more {
			return rows
		}
		var found bool
		_, path, found = strings.Cut(next, "/api/")
		require.True(w.t, found, next)
	}
	require.Fail(w.t, "the list has no end")
	return nil
}
