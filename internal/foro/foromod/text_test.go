package foromod_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTextComesBackAsItWasWritten, and is never anything but text.
func TestTextComesBackAsItWasWritten(t *testing.T) {
	w := setup(t)
	for name, text := range map[string]string{
		"Emoji": "🐄💉👩🏽‍🌾🇧🇴", "RightToLeft": "بقرتي مريضة \u202bمساعدة\u202c", "Combining": "Vacunacio\u0301n e\u0301 ñ n\u0303", "HTML": `<script>alert("1")</script><b>&amp;</b>`,
		"SQL": "'; drop table post; --", "Lines": "Uno\n\n\tdos", "Template": "{{.}} ${x} %s %00", "NoBreak": "10\u00a0kg", "Supplementary": "𐍈 𠮷",
	} {
		t.Run(name, func(t *testing.T) {
			made := w.as(ana, "POST", "posts/", object{"title": text, "content": text}).ok(201)
			has(t, made, object{"title": text, "content": text})
			one := path("posts/%.0f/", made["id"])
			has(t, w.as(0, "GET", one, nil).ok(200), object{"title": text, "content": text})
			has(t, results(w.as(0, "GET", "posts/?page_size=1", nil).ok(200))[0], object{"title": text})
			w.as(ana, "PATCH", one, object{"content": "otro"}).ok(200)
			has(t, results(w.as(0, "GET", one+"history/", nil).ok(200))[0], object{"title": text, "content": text})
			has(t, w.as(ana, "POST", "drafts/", object{"title": text, "content": text}).ok(201), object{"title": text, "content": text})
		})
	}
	for name, wrong := range map[string]object{"NoTitle": {"content": "a"}, "Blank": {"title": "  ", "content": "a"}, "LongTitle": {"title": strings.Repeat("ñ", 256), "content": "a"}, "Null": {"title": nil, "content": "a"},
		"LongContent": {"title": "a", "content": strings.Repeat("ñ", 20_001)}, "NUL": {"title": "a\x00b", "content": "a"}} {
		t.Run(name, func(t *testing.T) { w.as(ana, "POST", "posts/", wrong).ok(400) })
	}
	w.as(ana, "POST", "posts/", object{"title": strings.Repeat("🐄", 255), "content": strings.Repeat("ñ", 20_000)}).ok(201)
}

// strange are values that no client means.
var strange = []any{nil, true, 0, -1, 1.5, 1e300, 9223372036854775807, "9223372036854775808", "", "x", "\x00", "\xff", "🐄", "null", "NaN", "Infinity", []any{}, []any{nil}, []any{[]any{}}, []any{-1}, []any{1e300}, []any{"9223372036854775808"},
	object{}, object{"id": nil}, object{"id": object{}}, object{"id": 1e300}, strings.Repeat("9", 400), strings.Repeat("a", 30_000), "';--", "%", "\\", []any{"a\x00"}}

// TestStrangeRequestsAreTheirSendersFault: whatever is sent to the routes of posts, drafts, lists and tags, the
// answer is no server error.
func TestStrangeRequestsAreTheirSendersFault(t *testing.T) {
	w := setup(t)
	post, draft := path("posts/%d/", w.posted(ana, object{"tags": []string{"a"}})), path("drafts/%.0f/", w.as(ana, "POST", "drafts/", object{"title": "a"}).ok(201)["id"])
	sane := func(method, at string, body any, headers ...string) {
		t.Helper()
		got := w.as(ana, method, at, body, headers...)
		require.Less(t, got.Status, 500, "%s %s %v: %s", method, at, body, got.Raw)
	}
	fields := []string{"title", "content", "media_id", "community_id", "community", "is_question", "anonymous", "tags", "mention_ids", "species", "latitude", "longitude"}
	for _, v := range strange {
		for _, f := range fields {
			sane("PATCH", post, object{f: v})
			sane("PATCH", draft, object{f: v})
		}
		sane("PUT", post, v)
		sane("POST", "posts/", v)
		sane("POST", "drafts/", v)
		sane("PATCH", post, object{"latitude": v, "longitude": v})
	}
	for _, text := range []string{"", "0", "-1", "x", "1.5", "9223372036854775807", "9223372036854775808", "\x00", "\xff", "🐄", "last", "*", "'", "%", "\\", strings.Repeat("9", 400), strings.Repeat("a ", 3000)} {
		q := url.QueryEscape(text)
		for _, list := range []string{"posts/", "posts/feed/", "posts/by-community/?id=1", "posts/by-community/?slug=a", "tags/", "tags/?search=a", "drafts/", post + "history/"} {
			join := "?"
			if strings.Contains(list, "?") {
				join = "&"
			}
			for _, p := range []string{"page", "page_size", "cursor", "community", "author", "tag", "question", "id", "slug", "search", "page=2&page_size"} {
				sane("GET", list+join+p+"="+q, nil)
			}
		}
		for _, at := range []string{"posts/", "drafts/"} {
			for _, method := range []string{"GET", "PATCH", "DELETE"} {
				sane(method, at+url.PathEscape(text)+"x/", object{"title": "a"})
			}
		}
		sane("PATCH", post, object{"title": "a"}, "If-Match", strings.Map(printable, text))
	}
	for _, position := range []string{`{}`, `[]`, `null`, `5`, `{"id":-1}`, `{"id":9223372036854775807}`, `{"id":9223372036854775808}`, `{"id":"x"}`, `{"posts":5,"id":1}`, `{"posts":2147483647,"id":9223372036854775807}`,
		`{"posts":2147483648,"id":1}`, `{"posts":-1,"id":1}`, `{"posts":1e99,"id":1}`} {
		for _, list := range []string{"posts/", "posts/feed/", "tags/", "drafts/", post + "history/"} {
			sane("GET", list+"?cursor="+base64.RawURLEncoding.EncodeToString([]byte(position)), nil)
		}
	}
}

func printable(r rune) rune {
	if r < ' ' || r > '~' {
		return 'x'
	}
	return r
}
