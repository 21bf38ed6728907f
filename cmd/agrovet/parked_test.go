package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestParkedEvent breaks profiles for one user alone, by a trigger in the database. That user's event
// is parked and shown; everybody else's profile is made; once the cause is gone, an operator heals it.
func TestParkedEvent(t *testing.T) {
	ctx := context.Background()
	p := startShared(t, "--auth-register-per-address=0", "--log-level=error")
	db := p.database()
	for _, sql := range []string{
		`create function profiles.refuse() returns trigger language plpgsql as $$ begin raise exception 'broken for a test'; end $$`,
		`create trigger refuse before insert on profiles.specialist for each row when (new.user_id = 2) execute function profiles.refuse()`,
	} {
		_, err := db.Exec(ctx, sql)
		require.NoError(t, err)
	}
	var people []registered
	for i := range 5 {
		r := p.mustCall(http.StatusCreated, http.MethodPost, "/api/auth/register/", map[string]any{
			"phone_number": fmt.Sprint(70000001 + i), "password": "maiz-y-papas", "full_name": "Persona", "role": "specialist"})
		people = append(people, r.registered(t))
	}
	broken := people[1]
	require.EqualValues(t, 2, broken.User.ID)
	made := func() int64 { return count(t, db, "select count(*) from profiles.specialist") }
	require.Eventually(t, func() bool { return made() == 4 }, time.Minute, 20*time.Millisecond, "other keys flow")
	require.Eventually(t, func() bool { return count(t, db, "select count(*) from profiles.parked") == 1 }, time.Minute, 20*time.Millisecond)

	out, err := p.tool("events", "list")
	require.NoError(t, err, out)
	require.Contains(t, out, "user.created")
	require.Contains(t, out, "broken for a test")
	id := out[strings.Index(out, "profiles/"):]
	id = id[:strings.IndexAny(id, " \t")]
	out, err = p.tool("events", "show", id)
	require.NoError(t, err, out)
	require.Contains(t, out, `"user_id": 2`)
	require.Contains(t, p.mustCall(http.StatusOK, http.MethodGet, "/health/detailed/", nil).body, `"parked":1`)
	p.mustCall(http.StatusOK, http.MethodGet, "/api/profiles/specialists/2/", nil, "Authorization", "Token "+broken.Token)

	// It is not tried again by itself before the operator asks for it. With another number of attempts, a try
	// that is under way does not set the time of the next one.
	_, err = db.Exec(ctx, "update profiles.parked set next_try_at = now() + interval '1 hour', attempts = attempts + 100")
	require.NoError(t, err)
	_, err = db.Exec(ctx, "drop trigger refuse on profiles.specialist")
	require.NoError(t, err)
	out, err = p.tool("events", "retry", "--key", "2")
	require.NoError(t, err, out)
	require.Eventually(t, func() bool { return made() == 5 && count(t, db, "select count(*) from profiles.parked") == 0 },
		time.Minute, 20*time.Millisecond, "retry heals")
	out, err = p.tool("events", "retry")
	require.Error(t, err)
	require.Contains(t, out, "No parked event matches")
	p.stop()
}
