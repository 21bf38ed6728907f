package foromod_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
	"agrovet/internal/foro/foromod"
	"agrovet/internal/platform/httpx"
)

func TestNotificationPreferences(t *testing.T) {
	w := setup(t)
	w.now = time.Date(2026, 11, 26, 3, 30, 0, 0, time.UTC) // 23:30 in La Paz
	change := func(body object) object {
		t.Helper()
		return w.as(ana, "PATCH", "notifications/preferences/", body).ok(200)
	}
	before := w.as(ana, "GET", "notifications/preferences/", nil).ok(200)
	has(t, before, object{"live": true, "quiet_hours": nil})
	require.Len(t, before["types"], len(foro.NoticeTypes))
	for _, on := range before["types"].(object) {
		require.Equal(t, true, on)
	}
	quiet := object{"from": "22:00", "to": "06:00", "time_zone": "America/La_Paz"}
	after := change(object{"types": object{"post_reply": false, "mention": false}, "quiet_hours": quiet})
	has(t, after, object{"quiet_hours": quiet, "live": true})
	has(t, after["types"].(object), object{"post_reply": false, "mention": false, "post_reaction": true})
	has(t, change(object{"types": object{"mention": true}})["types"].(object), object{"post_reply": false, "mention": true})
	has(t, change(object{}), object{"quiet_hours": quiet})

	id := w.posted(ana)
	w.commented(luis, id)
	w.tell()
	require.Empty(t, w.notices(ana), "it is off")
	w.reactedTo(luis, foro.Target{PostID: id}, foro.Like)
	require.Len(t, w.notices(ana), 1)
	require.Empty(t, w.live(), "it is quiet")
	w.later(6*time.Hour + 30*time.Minute) // 06:00
	w.reactedTo(carla, foro.Target{PostID: id}, foro.Like)
	require.Len(t, w.live(), 1)
	change(object{"live": false})
	w.reactedTo(beto, foro.Target{PostID: id}, foro.Like)
	require.Len(t, w.live(), 1)
	has(t, w.notices(ana)[0], object{"actors_count": 3.})
	has(t, change(object{"live": true, "quiet_hours": nil}), object{"live": true, "quiet_hours": nil})

	for _, wrong := range []object{
		{"types": object{"poke": false}}, {"types": nil}, {"types": object{"mention": "x"}}, {"types": []string{"mention"}}, {"live": nil}, {"live": "x"},
		{"quiet_hours": object{}}, {"quiet_hours": object{"from": "22:00", "to": "06:00"}}, {"quiet_hours": "22:00"},
		{"quiet_hours": with(object{"from": "24:00"}, object{"to": "06:00", "time_zone": "UTC"})}, {"quiet_hours": object{"from": "22:00", "to": "6:00", "time_zone": "UTC"}},
		{"quiet_hours": object{"from": "22:00", "to": "22:00", "time_zone": "UTC"}}, {"quiet_hours": object{"from": "２２:00", "to": "23:00", "time_zone": "UTC"}},
		{"quiet_hours": object{"from": "22:00", "to": "06:00", "time_zone": "America/Atlantis"}}, {"quiet_hours": object{"from": "22:00", "to": "06:00", "time_zone": "Local"}},
		{"quiet_hours": object{"from": "22:00", "to": "06:00", "time_zone": ""}}, {"quiet_hours": object{"from": "22:00", "to": "06:00", "time_zone": "../../etc/passwd"}},
		{"quiet_hours": object{"from": "22:00", "to": "06:00", "time_zone": strings.Repeat("a/", 500)}}, {"quiet_hours": object{"from": "22:00", "to": "06:00", "time_zone": "America"}},
	} {
		require.Equal(t, 400, w.as(ana, "PATCH", "notifications/preferences/", wrong).Status, "%v", wrong)
	}
	require.Equal(t, 401, w.as(0, "GET", "notifications/preferences/", nil).Status)
}

func TestQuietHours(t *testing.T) {
	at := func(clock string) time.Time {
		moment, err := time.Parse("2006-01-02 15:04", "2026-11-26 "+clock)
		require.NoError(t, err)
		return moment
	}
	night, noon := foro.QuietHours{From: 22 * 60, To: 6 * 60, Zone: "UTC"}, foro.QuietHours{From: 12 * 60, To: 13*60 + 30, Zone: "UTC"}
	for clock, want := range map[string][2]bool{"21:59": {false, false}, "22:00": {true, false}, "00:00": {true, false}, "05:59": {true, false},
		"06:00": {false, false}, "12:00": {false, true}, "13:29": {false, true}, "13:30": {false, false}} {
		require.Equal(t, want, [2]bool{night.Within(at(clock)), noon.Within(at(clock))}, clock)
	}
	night.Zone = "America/La_Paz" // UTC-4
	require.True(t, night.Within(at("02:00")))
	require.False(t, night.Within(at("22:00")))
}

// What no client means is refused, and never breaks anything.
func TestHostileNoticesAndFollows(t *testing.T) {
	w := setup(t, func(*foromod.Config) {})
	w.commented(luis, w.posted(ana))
	w.tell()
	hostile := []string{"0", "-1", "1.5", "9223372036854775808", "NaN", "true", "null", "{}", "[]", "%00", "%FF", "🐄", "';drop table watch;--", "..", "%2e%2e", strings.Repeat("9", 300), strings.Repeat("a", 5000)}
	for _, h := range hostile {
		for _, at := range []string{"notifications/%s/", "posts/%s/follow/", "posts/%s/mute/", "people/%s/follow/", "people/%s/mute/", "tags/%s/follow/"} {
			for _, method := range []string{"GET", "POST", "DELETE"} {
				a := w.sent(ana, method, strings.Replace(at, "%s", h, 1))
				require.Less(t, a.Status, 500, "%s %s %q: %s", method, at, h, a.Raw)
			}
		}
		for _, at := range []string{"notifications/?page=", "notifications/?cursor=", "notifications/?unread=", "follows/?kind=", "mutes/?kind=", "follows/?cursor=", "posts/following/?cursor=", "posts/following/?page=", "posts/following/?page_size="} {
			a := w.sent(ana, "GET", at+h)
			require.Less(t, a.Status, 500, "%s%q: %s", at, h, a.Raw)
		}
	}
	for _, position := range []any{object{}, object{"id": -1}, object{"id": 1, "at": "0000-01-01T00:00:00Z"}, object{"id": 1, "at": "9999-12-31T23:59:59.999999999-23:59"}, object{"at": "x"}, []int{1}} {
		for _, at := range []string{"notifications/?cursor=", "notifications/?unread=true&cursor=", "follows/?cursor=", "mutes/?kind=person&cursor=", "posts/following/?cursor="} {
			a := w.as(ana, "GET", at+httpx.EncodeCursor(position), nil)
			require.Less(t, a.Status, 500, "%s %v: %s", at, position, a.Raw)
		}
	}
	for _, body := range []any{object{"ids": "x"}, object{"ids": []any{"x"}}, object{"ids": []any{1.5}}, object{"ids": nil}, object{"ids": []any{nil}}, object{"all": "perhaps"}, object{"up_to": "x"},
		object{"up_to": -1}, object{"ids": make([]int, 1001)}, []int{1}, "x", 5} {
		a := w.as(ana, "POST", "notifications/mark_read/", body)
		require.Less(t, a.Status, 500, "%v: %s", body, a.Raw)
	}
	require.Equal(t, 400, w.as(ana, "POST", "notifications/mark_read/", object{"ids": []any{"x"}}).Status)
	require.Equal(t, 1, w.count("notification where not read"))
}
