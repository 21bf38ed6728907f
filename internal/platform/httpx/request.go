package httpx

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// request is what the platform knows of a request, found through its context.
type request struct {
	id    string
	lang  string // "es" or "en"
	files Files

	url          *url.URL // as routed
	scheme, host string   // as the client sees them
	address      string   // the client's, see Config.TrustedProxies

	conflict error // the database asked for another try
	keep     bool  // see KeepChanges
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	r, _ := ctx.Value(requestKey{}).(*request)
	return r
}

// RequestID is the id under which the request is logged; empty outside a request.
func RequestID(ctx context.Context) string {
	if r := requestOf(ctx); r != nil {
		return r.id
	}
	return ""
}

// KeepChanges has what the handler wrote stay although it answers with an error. Without an
// idempotency key it does anyway; with one, a refused request is rolled back, and without this call a
// guess at a secret would cost nothing. The key itself is not kept.
func KeepChanges(ctx context.Context) {
	if r := requestOf(ctx); r != nil {
		r.keep = true
	}
}

// Address is the client's address; empty outside a request.
func Address(ctx context.Context) string {
	if r := requestOf(ctx); r != nil {
		return r.address
	}
	return ""
}

// Lang is the reader's language: "en" when Accept-Language prefers English, else "es".
func Lang(ctx context.Context) string {
	if r := requestOf(ctx); r != nil {
		return r.lang
	}
	return "es"
}

// language is the one of the product's two languages that the header prefers (RFC 9110 §12.5.4); of
// equals, the first.
func language(h http.Header) string {
	best, weight := "es", 0.0
	for part := range strings.SplitSeq(h.Get("Accept-Language"), ",") {
		tag, parameter, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if q := quality(parameter); (base == "es" || base == "en") && q > weight {
			best, weight = base, q
		}
	}
	return best
}

// quality reads q=0.5; 1 when there is none, 0 when it is no number.
func quality(parameter string) float64 {
	text, given := strings.CutPrefix(strings.TrimSpace(parameter), "q=")
	if !given {
		return 1
	}
	q, _ := strconv.ParseFloat(text, 64)
	return q
}

// withQuery is the request's URL with one query parameter set, or removed when value is empty, and
// others dropped.
func (r *request) withQuery(name, value string, drop ...string) string {
	u := *r.url
	u.Scheme, u.Host = r.scheme, r.host
	q := u.Query()
	for _, d := range drop {
		q.Del(d)
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// Absolute makes a path of this server an address that the client can use from anywhere; other
// addresses, the empty one included, stay as they are.
func Absolute(ctx context.Context, path string) string {
	r := requestOf(ctx)
	if r == nil || !strings.HasPrefix(path, "/") {
		return path
	}
	return r.scheme + "://" + r.host + path
}
