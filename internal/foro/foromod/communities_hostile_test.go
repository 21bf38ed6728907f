package foromod_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/httpx"
)

// TestNothingThatIsSentToCommunitiesIsAFault: whatever clients send, they are told, or served.
func TestNothingThatIsWrittenToCommunitiesIsAFault(t *testing.T) {
	for _, v := range []any{nil, true, -1, 0, 1.5, 1e300, "", " ", "\u202e\u0000\ufffd", strings.Repeat("🐄", 70_000), "' or 1=1 --", "%_\\", []any{1}, object{"a": []any{object{}}}} {
		w := setup(t) // so that no limit stops it
		at := path("communities/%d/", w.founded(ana, "Cabras"))
		for _, field := range []string{"name", "slug", "short_description", "description", "role", "user_id", "file"} {
			for _, where := range []struct{ method, at string }{{"POST", "communities/"}, {"PUT", at}, {"PATCH", at}, {"PUT", at + "members/1/"}, {"POST", at + "join/"}, {"POST", at + "upload_cover/"}} {
				got := w.as(ana, where.method, where.at, object{"name": "Cabras", field: v})
				require.Less(t, got.Status, 429, got.Raw)
			}
		}
		w.as(ana, "PATCH", at, []any{v}).ok(400)
	}
}

func TestNothingThatIsAskedOfCommunitiesIsAFault(t *testing.T) {
	w := setup(t)
	at := path("communities/%d/", w.founded(ana, "Cabras"))
	cursors := []string{"x", "*x", httpx.EncodeCursor(object{"members": -1, "id": -1}), httpx.EncodeCursor(object{"members": 1 << 40, "id": 1}), httpx.EncodeCursor(object{"members": "x"}),
		httpx.EncodeCursor(object{"at": "9999-12-31T23:59:59Z", "id": -5}), httpx.EncodeCursor(object{"at": "0000-01-01T00:00:00Z"}), httpx.EncodeCursor([]any{})}
	for _, list := range []string{"communities/?", at + "members/?", at + "bans/?"} {
		for _, c := range cursors {
			require.Contains(t, []int{200, 400}, w.as(ana, "GET", list+"cursor="+url.QueryEscape(c), nil).Status, c)
		}
		for _, q := range []string{"page=0", "page=-1", "page=x", "page=99999999999999999999", "page_size=0", "page_size=101", "page_size=x", "mine=x", "role=x", "page=last", "search=" + strings.Repeat("a+", 5000), "search=%F0%9F%90%84"} {
			require.Contains(t, []int{200, 400, 404}, w.as(ana, "GET", list+q, nil).Status, q)
		}
	}
	for _, slug := range []string{"%00", "a%20b", "%F0%9F%90%84", strings.Repeat("a", 3000), "..", "join"} {
		require.Contains(t, []int{400, 404}, w.as(0, "GET", "communities/by-slug/"+slug+"/", nil).Status, slug)
	}
	for _, id := range []string{"0", "-1", "x", "1.5", "9223372036854775807", "9223372036854775808", "1%00", "%20"} {
		for _, where := range []struct{ method, at string }{{"GET", ""}, {"PATCH", ""}, {"DELETE", ""}, {"POST", "join/"}, {"POST", "leave/"}, {"GET", "members/"}, {"PUT", "members/1/"}, {"DELETE", "members/1/"}, {"GET", "bans/"}, {"DELETE", "bans/1/"}} {
			got := w.as(ana, where.method, "communities/"+id+"/"+where.at, object{})
			require.Contains(t, []int{400, 404}, got.Status, "%s %s: %s", id, where.at, got.Raw)
		}
		require.Contains(t, []int{400, 404}, w.as(ana, "DELETE", at+"members/"+id+"/", nil).Status)
		require.Contains(t, []int{400, 404}, w.as(ana, "PUT", at+"members/"+id+"/", object{"role": "owner"}).Status)
	}
}
