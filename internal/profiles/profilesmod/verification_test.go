package profilesmod_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

const (
	mine = "specialists/1/verification/"
	boss = int64(10) // staff, and a specialist
)

// licence is what a specialist submits, with a document.
func licence() object {
	return object{"licence_number": "CMVC-17", "licence_body": "Colegio de Médicos Veterinarios de Cochabamba",
		"licence_country": "bo", "verification_title_id": titleID}
}

// inDays is the day that many days from now.
func inDays(n int) string { return time.Now().UTC().AddDate(0, 0, n).Format(time.DateOnly) }

// submitted is the id of a pending submission of Ana's.
func (w *world) submitted(with ...any) any {
	w.t.Helper()
	body := licence()
	for i := 0; i < len(with); i += 2 {
		body[with[i].(string)] = with[i+1]
	}
	return w.as(ana, "POST", mine, body).ok(201)["id"]
}

func (w *world) decide(id any, status int, with ...any) object {
	w.t.Helper()
	body := object{"decision": "verified"}
	for i := 0; i < len(with); i += 2 {
		body[with[i].(string)] = with[i+1]
	}
	return w.as(jefa, "POST", path("verifications/%v/decide/", id), body).ok(status)
}

// steps are what happened, newest first.
func steps(standing object) (all []string) {
	for _, s := range standing["history"].([]any) {
		all = append(all, s.(object)["what"].(string))
	}
	return all
}

func TestASpecialistIsVerifiedByDecisionAlone(t *testing.T) {
	w := setup(t)
	has(t, w.as(ana, "GET", mine, nil).ok(200), object{"id": nil, "user_id": 1.0, "state": "none", "is_verified": false, "documents": []any{},
		"history": []any{}, "submitted_at": nil, "decided_at": nil})
	until := inDays(30)
	got := w.as(ana, "POST", mine, func() object { l := licence(); l["licence_expires_on"] = until; return l }()).ok(201)
	has(t, got, object{"state": "pending", "is_verified": false, "licence_number": "CMVC-17", "licence_country": "BO", "licence_expires_on": until,
		"documents": []any{object{"kind": "title", "media_id": 40.0, "url": site + "/media/private/40/signed"}}, "type": nil, "decided_by": nil})
	require.NotNil(t, got["submitted_at"])
	others := func() object { return w.as(beto, "GET", "specialists/1/", nil).ok(200) }
	has(t, others(), object{"is_verified": false, "verification_state": "none", "verification_type": nil})
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"verification_state": "pending", "verification_title_id": 40.0})

	w.exec("delete from outbox")
	has(t, w.decide(got["id"], 200, "note", " Bienvenida. ", "type", "graduated", "reason", "ignored"), object{"status": "verified", "type": "graduated",
		"note": "Bienvenida.", "reason": "", "decided_by": 9.0, "expires_on": until, "user_display": "Ana Flores"})
	has(t, others(), object{"is_verified": true, "verification_state": "verified", "verification_type": "graduated", "verification_status": "verified_professional"})
	standing := w.as(ana, "GET", mine, nil).ok(200)
	has(t, standing, object{"state": "verified", "is_verified": true, "type": "graduated", "note": "Bienvenida.", "expires_on": until, "decided_by": nil})
	require.NotNil(t, standing["decided_at"])
	require.Equal(t, []string{"verified", "submitted"}, steps(standing))
	require.Len(t, w.published(), 1)
	require.Equal(t, []string{"1 verified"}, w.verdicts())

	staff := w.as(jefa, "GET", mine, nil).ok(200)
	has(t, staff, object{"decided_by": 9.0})
	has(t, staff["history"].([]any)[0].(object), object{"what": "verified", "by": 9.0, "note": "Bienvenida."})
	has(t, staff["history"].([]any)[1].(object), object{"what": "submitted", "by": 1.0})
	has(t, standing["history"].([]any)[0].(object), object{"by": nil})

	cards, err := w.module.Service().Cards(t.Context(), ana)
	require.NoError(t, err)
	require.True(t, cards[ana].Specialist.Verification.Verified)
}

func TestTypesFollowTheDocuments(t *testing.T) {
	for _, c := range []struct {
		documents object
		kind      string
		status    string
	}{
		{object{"verification_title_id": titleID}, "title", "verified_professional"},
		{object{"verification_title_id": titleID, "verification_student_card_id": cardID}, "student", "verified_student"},
		{object{"verification_title_id": titleID, "verification_student_card_id": cardID, "verification_graduation_letter_id": letterID}, "graduated", "verified_professional"},
	} {
		w := setup(t)
		w.as(ana, "PATCH", "specialists/1/", c.documents).ok(200)
		w.decide(w.submitted("verification_title_id", titleID), 200)
		has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"verification_type": c.kind, "verification_status": c.status})
	}
}

func TestRejectionSaysWhyAndCanBeFollowed(t *testing.T) {
	w := setup(t)
	id := w.submitted()
	require.Equal(t, object{"reason": []any{"Este campo es requerido."}, "code": "invalid"}, w.decide(id, 400, "decision", "rejected", "reason", " "))
	require.Contains(t, w.decide(id, 400, "decision", "rejected", "reason", strings.Repeat("x", 501)), "reason")
	require.Contains(t, w.decide(id, 400, "decision", "maybe"), "decision")
	require.Contains(t, w.decide(id, 400, "type", "doctor"), "type")
	w.exec("delete from outbox")
	has(t, w.decide(id, 200, "decision", "rejected", "reason", "No se lee."), object{"status": "rejected", "reason": "No se lee.", "type": nil})
	require.Equal(t, []string{"1 rejected No se lee."}, w.verdicts())
	require.Empty(t, w.published(), "others see no change")
	has(t, w.as(ana, "GET", mine, nil).ok(200), object{"state": "rejected", "reason": "No se lee.", "is_verified": false})
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"verification_state": "none"})
	has(t, w.decide(id, 409), object{"code": "profiles.verification_decided"})

	w.decide(w.submitted(), 200)
	has(t, w.as(ana, "GET", mine, nil).ok(200), object{"state": "verified", "reason": ""})
}

func TestAVerifiedOneStaysSoUntilTheNextIsDecided(t *testing.T) {
	w := setup(t)
	first := w.submitted()
	w.decide(first, 200)
	second := w.submitted("licence_number", "nueva")
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true, "verification_state": "verified"})
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true, "verification_state": "pending"})
	has(t, w.as(ana, "GET", mine, nil).ok(200), object{"state": "pending", "is_verified": true, "id": second})
	w.decide(second, 200, "type", "student")
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true, "verification_type": "student"})
	require.Equal(t, 1, w.count("verification where id = $1 and status = 'replaced'", first))

	third := w.submitted()
	w.exec("delete from outbox")
	w.decide(third, 200, "decision", "rejected", "reason", "Falsa.")
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": false, "verification_type": nil})
	require.Len(t, w.published(), 1)
	require.Equal(t, []string{"verified", "replaced", "submitted"}, steps(w.as(ana, "GET", mine, nil).ok(200))[3:6])
}

func TestStaffDecidesAboutOthersOnly(t *testing.T) {
	w := setup(t)
	w.users.put(auth.User{ID: boss, FullName: "Jefe", Role: auth.Specialist})
	id := w.as(boss, "POST", "specialists/10/verification/", licence()).ok(201)["id"]
	for _, act := range []string{"decide", "revoke"} {
		got := w.as(boss, "POST", path("verifications/%v/%s/", id, act), object{"decision": "verified", "reason": "x"}).ok(403)
		has(t, got, object{"code": "profiles.own_verification"})
	}
	w.decide(id, 200)
	has(t, w.decide(404, 404), object{"code": "not_found"})
}

func TestOfTwoWhoDecideOneDoes(t *testing.T) {
	w := setup(t)
	id := w.submitted()
	w.exec("delete from outbox")
	statuses := make([]int, 10)
	together(len(statuses), func(i int) {
		body := object{"decision": []string{"verified", "rejected"}[i%2], "reason": "x"}
		statuses[i] = w.as(jefa, "POST", path("verifications/%v/decide/", id), body).Status
	})
	won := 0
	for _, s := range statuses {
		require.Contains(t, []int{200, 409}, s)
		if s == 200 {
			won++
		}
	}
	require.Equal(t, 1, won)
	require.Len(t, w.verdicts(), 1)
	require.Equal(t, 2, w.count("verification_history"))
}

func TestDecisionsCanBeRevoked(t *testing.T) {
	w := setup(t)
	id := w.submitted()
	revoke := func(status int, reason string) object {
		return w.as(jefa, "POST", path("verifications/%v/revoke/", id), object{"reason": reason}).ok(status)
	}
	has(t, revoke(409, "x"), object{"code": "profiles.verification_not_standing"})
	w.decide(id, 200)
	require.Contains(t, revoke(400, ""), "reason")
	w.exec("delete from outbox")
	has(t, revoke(200, "Título falso."), object{"status": "rejected", "reason": "Título falso.", "type": nil, "decided_by": 9.0})
	has(t, revoke(409, "x"), object{"code": "profiles.verification_not_standing"})
	standing := w.as(ana, "GET", mine, nil).ok(200)
	has(t, standing, object{"state": "rejected", "reason": "Título falso.", "is_verified": false})
	require.Equal(t, []string{"revoked", "verified", "submitted"}, steps(standing))
	require.Equal(t, []string{"1 rejected Título falso."}, w.verdicts())
	require.Len(t, w.published(), 1)
}

func TestTheQueueIsOldestFirstAndPaged(t *testing.T) {
	w := many(t, 30)
	w.exec("insert into verification (user_id, title_id, submitted_at) select 100 + n, 40, now() - n * interval '1 hour' from generate_series(1, 25) n")
	want := upTo(25)
	for i, j := 0, len(want)-1; i < j; i, j = i+1, j-1 {
		want[i], want[j] = want[j], want[i]
	}
	queue := func(at string) []int { return walkAs(t, w, jefa, at) }
	require.Equal(t, want, queue("verifications/"))
	require.Equal(t, want, queue("verifications/?cursor=*&page_size=7"))
	require.Equal(t, want, queue("verifications/?status=all&page_size=10"))
	require.Equal(t, want, queue("verifications/?status=all&cursor=*"))
	require.Empty(t, queue("verifications/?status=rejected"))
	require.Empty(t, queue("verifications/?status=expired&cursor=*"))
	w.as(jefa, "GET", "verifications/?status=nonsense", nil).ok(400)
	w.as(jefa, "GET", "verifications/?cursor=x", nil).ok(400)

	w.media.links, w.users.calls = nil, nil
	page := w.as(jefa, "GET", "verifications/", nil).ok(200)
	require.Len(t, w.media.links, 1)
	require.Len(t, w.users.calls, 1)
	has(t, page["results"].([]any)[0].(object), object{"status": "pending", "user_display": "Persona 24",
		"documents": []any{object{"kind": "title", "media_id": 40.0, "url": site + "/media/private/40/signed"}}})

	w.event(auth.RoleChanged{UserID: 125, Role: auth.Consumer, Previous: auth.Specialist})
	require.Equal(t, want[1:], queue("verifications/"), "only specialists wait")
	id := page["results"].([]any)[0].(object)["id"]
	has(t, w.decide(id, 404), object{"code": "profiles.other_kind"})
}

func TestTheHistoryIsBounded(t *testing.T) {
	w := setup(t)
	w.submitted()
	w.exec("insert into verification_history (user_id, verification_id, actor_id, what) select 1, 1, 1, 'replaced' from generate_series(1, 80)")
	require.Len(t, w.as(ana, "GET", mine, nil).ok(200)["history"], 50)
}

func TestVerificationGoesWithTheProfile(t *testing.T) {
	w := setup(t)
	w.decide(w.submitted(), 200)
	w.submitted()
	w.exec("delete from outbox")
	w.as(ana, "DELETE", "specialists/1/", nil).ok(204)
	require.Equal(t, []string{"1 none"}, w.verdicts())
	has(t, w.as(ana, "GET", mine, nil).ok(200), object{"state": "none", "is_verified": false, "id": nil})
	has(t, w.as(ana, "POST", "specialists/", object{"profession": "Agrónomo"}).ok(201), object{"is_verified": false, "verification_state": "none"})
	require.Equal(t, 2, w.count("verification where status = 'withdrawn'"))
	w.decide(w.submitted(), 200)

	w.event(auth.RoleChanged{UserID: ana, Role: auth.Consumer, Previous: auth.Specialist})
	w.as(ana, "GET", mine, nil).ok(404)
	w.event(auth.RoleChanged{UserID: ana, Role: auth.Specialist, Previous: auth.Consumer})
	has(t, w.as(beto, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true})

	w.event(auth.UserDeleted{UserID: ana})
	require.Zero(t, w.count("verification")+w.count("verification_history"))
	w.as(ana, "GET", mine, nil).ok(404)
}
