package profilesmod_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDecisionsExpire(t *testing.T) {
	w := setup(t)
	id := w.submitted("licence_expires_on", inDays(20))
	require.Equal(t, object{"expires_on": []any{"Esta fecha ya pasó."}, "code": "invalid"}, w.decide(id, 400, "expires_on", inDays(-1)))
	has(t, w.decide(id, 200, "expires_on", inDays(40)), object{"expires_on": inDays(20)})
	w.exec("update verification set expires_on = $1", time.Now().UTC().Truncate(24*time.Hour))
	w.exec("update specialist set verified_until = $1", time.Now().UTC().Truncate(24*time.Hour))
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true})
	w.expire(t)
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true})

	w.exec("update verification set expires_on = expires_on - 1")
	w.exec("update specialist set verified_until = verified_until - 1")
	w.exec("delete from outbox")
	for range 2 { // before the job and after it
		has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": false, "verification_state": "none", "verification_type": nil})
		has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"verification_state": "expired"})
		has(t, w.as(ana, "GET", mine, nil).ok(200), object{"state": "expired", "is_verified": false})
		require.Equal(t, 0.0, w.as(jefa, "GET", "verifications/?status=verified", nil).ok(200)["count"])
		expired := w.as(jefa, "GET", "verifications/?status=expired", nil).ok(200)
		has(t, expired["results"].([]any)[0].(object), object{"id": id, "status": "expired"})
		require.Equal(t, 0.0, w.as(beto, "GET", "specialists/?verified=true", nil).ok(200)["count"])
		w.expire(t)
		require.Len(t, w.published(), 1)
		require.Equal(t, []string{"1 expired"}, w.verdicts())
	}
	require.Equal(t, []string{"expired", "verified", "submitted"}, steps(w.as(ana, "GET", mine, nil).ok(200)))
	has(t, w.as(jefa, "POST", path("verifications/%v/revoke/", id), object{"reason": "x"}).ok(409), object{"code": "profiles.verification_not_standing"})
	w.decide(w.submitted(), 200)
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true})
}

// expire runs the daily job.
func (w *world) expire(t *testing.T) {
	t.Helper()
	for _, j := range w.module.Jobs() {
		if j.Name == "profiles.expire-verifications" {
			require.NoError(t, j.Run(t.Context()))
			return
		}
	}
	t.Fatal("no such job")
}

func TestTheJobDoesThemAll(t *testing.T) {
	w := many(t, 250)
	w.exec(`insert into verification (user_id, status, type, expires_on) select 100 + n, 'verified', 'title', current_date - 1 from generate_series(1, 250) n`)
	w.exec(`update specialist set verification_state = 'verified', verified_type = 'title', verified_until = current_date - 1`)
	w.exec("delete from outbox")
	w.expire(t)
	require.Len(t, w.verdicts(), 250)
	require.Len(t, w.published(), 250)
	require.Equal(t, 250, w.count("verification where status = 'expired'"))
}

// A new decision on a pending submission may come before the job has marked the old one.
func TestAnExpiredDecisionIsReplaced(t *testing.T) {
	w := setup(t)
	w.decide(w.submitted(), 200)
	w.exec("update verification set expires_on = current_date - 2")
	w.exec("update specialist set verified_until = current_date - 2")
	w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": otherTitleID}).ok(200)
	standing := w.as(ana, "GET", mine, nil).ok(200)
	has(t, standing, object{"state": "pending", "is_verified": false})
	w.decide(standing["id"], 200)
	w.expire(t)
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true})
	require.Equal(t, 1, w.count("verification where status = 'expired'"))
}
