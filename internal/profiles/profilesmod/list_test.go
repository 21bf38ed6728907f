package profilesmod_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// many is a world with n specialists (users 101 and on), and some of other kinds in between.
func many(t *testing.T, n int) *world {
	w := setup(t)
	for i := range n {
		u := auth.User{ID: int64(101 + i), FullName: path("Persona %d", i), Role: auth.Specialist}
		w.users.put(u)
		w.created(u.ID)
	}
	w.created(luis)
	w.created(carla)
	w.users.calls = nil
	return w
}

func userIDs(page object) (ids []int) {
	for _, r := range page["results"].([]any) {
		ids = append(ids, int(r.(object)["user_id"].(float64)))
	}
	return ids
}

// walk follows next to the end and returns the users in order.
func walk(t *testing.T, w *world, at string) (ids []int) { return walkAs(t, w, ana, at) }

func walkAs(t *testing.T, w *world, userID int64, at string) (ids []int) {
	for pages := 0; at != ""; pages++ {
		require.Less(t, pages, 20)
		page := w.as(userID, "GET", at, nil).ok(200)
		ids = append(ids, userIDs(page)...)
		next, _ := page["next"].(string)
		at = strings.TrimPrefix(next, "http://profiles.localhost/api/profiles/")
	}
	return ids
}

func upTo(n int) (ids []int) {
	for i := range n {
		ids = append(ids, 101+i)
	}
	return ids
}

func TestPagesByNumber(t *testing.T) {
	w := many(t, 45)
	first := w.as(ana, "GET", "specialists/", nil).ok(200)
	has(t, first, object{"count": 45.0, "previous": nil, "next": "http://profiles.localhost/api/profiles/specialists/?page=2"})
	require.Equal(t, upTo(20), userIDs(first))
	has(t, w.as(ana, "GET", "specialists/?page=2", nil).ok(200), object{"previous": "http://profiles.localhost/api/profiles/specialists/"})
	require.Equal(t, upTo(45)[40:], userIDs(w.as(ana, "GET", "specialists/?page=last", nil).ok(200)))
	require.Equal(t, upTo(45), walk(t, w, "specialists/?page_size=7"))
	for _, bad := range []string{"0", "4", "-1", "x", "99999999999999999999"} {
		has(t, w.as(ana, "GET", "specialists/?page="+bad, nil).ok(404), object{"detail": "Página inválida."})
	}
	w.as(ana, "GET", "specialists/?page_size=101", nil).ok(400)
}

func TestPagesByCursor(t *testing.T) {
	w := many(t, 45)
	require.Equal(t, upTo(45), walk(t, w, "specialists/?cursor=*&page_size=15"), "full pages")
	require.Equal(t, upTo(45), walk(t, w, "specialists/?cursor=*"))
	page := w.as(ana, "GET", "specialists/?cursor=*", nil).ok(200)
	has(t, page, object{"count": nil, "previous": nil})
	has(t, w.as(ana, "GET", "specialists/?cursor=nonsense", nil).ok(400), object{"code": "invalid_cursor"})
}

func TestAWalkIsNotDisturbedByNewProfiles(t *testing.T) {
	w := many(t, 30)
	first := w.as(ana, "GET", "specialists/?cursor=*", nil).ok(200)
	w.as(ana, "PATCH", "specialists/1/", object{"about_us": "x"}).ok(200)
	w.as(jefa, "DELETE", "specialists/105/", nil).ok(204)
	rest := walk(t, w, strings.TrimPrefix(first["next"].(string), "http://profiles.localhost/api/profiles/"))
	require.Equal(t, append(upTo(30)[20:], 1), rest)
}

func TestAPageAsksAuthOnce(t *testing.T) {
	w := many(t, 30)
	for _, at := range []string{"specialists/", "specialists/?cursor=*"} {
		w.users.calls = nil
		page := w.as(ana, "GET", at, nil).ok(200)
		require.Len(t, w.users.calls, 1)
		require.Len(t, w.users.calls[0], 20)
		has(t, page["results"].([]any)[7].(object), object{"user_display": "Persona 7"})
	}
}

func TestObjectIDFiltersByUser(t *testing.T) {
	w := many(t, 3)
	for at, want := range map[string][]int{
		"specialists/?object_id=102":                  {102},
		"specialists/?object_id=102&cursor=*":         {102},
		"specialists/?object_id=1":                    {1}, // not made yet
		"specialists/?object_id=3":                    nil, // a businessman
		"specialists/?object_id=404":                  nil,
		"businessmen/?object_id=3":                    {3},
		"consumers/?object_id=4":                      {4},
		"consumers/?object_id=102":                    nil,
		"specialists/?object_id=102&page=1":           {102},
		"specialists/?object_id=404&page=1&cursor=":   nil,
		"specialists/?object_id=102&page_size=1":      {102},
		"specialists/?object_id=102&ignored=whatever": {102},
	} {
		require.Equal(t, want, userIDs(w.as(ana, "GET", at, nil).ok(200)), at)
	}
	w.as(ana, "GET", "specialists/?object_id=102&page=2", nil).ok(404)
	require.Contains(t, w.as(ana, "GET", "specialists/?object_id=x", nil).ok(400), "object_id")
}
