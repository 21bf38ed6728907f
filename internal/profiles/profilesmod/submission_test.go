package profilesmod_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/media"
)

func TestWhatASubmissionNeeds(t *testing.T) {
	w := setup(t)
	required := []any{"Este campo es requerido."}
	for _, c := range []struct {
		body object
		want object
	}{
		{object{"licence_number": "1", "licence_body": "b", "licence_country": "BO"}, object{"non_field_errors": []any{"Adjunte al menos un documento."}}},
		{object{"verification_title_id": titleID}, object{"licence_number": required, "licence_body": required, "licence_country": required}},
		{object{"verification_title_id": titleID, "licence_number": " ", "licence_body": "b", "licence_country": "BO"}, object{"licence_number": required}},
		{object{"verification_student_card_id": cardID, "licence_number": "7"}, object{"licence_body": required, "licence_country": required}},
		{object{"verification_title_id": titleID, "licence_number": "1", "licence_body": "b", "licence_country": "ZZ"}, object{"licence_country": []any{"\"ZZ\" no es una elección válida."}}},
		{object{"verification_title_id": titleID, "licence_number": "1", "licence_body": "b", "licence_country": "UK"}, object{"licence_country": []any{"\"UK\" no es una elección válida."}}},
		{object{"verification_title_id": titleID, "licence_number": "1", "licence_body": "b", "licence_country": "BOL"}, object{"licence_country": []any{"Asegúrese de que este campo no tenga más de 2 caracteres."}}},
		{object{"verification_title_id": titleID, "licence_number": "1", "licence_body": "b", "licence_country": "BO", "licence_expires_on": inDays(-1)}, object{"licence_expires_on": []any{"Esta fecha ya pasó."}}},
		{object{"verification_title_id": titleID, "licence_expires_on": "mañana"}, object{"licence_expires_on": []any{"Fecha con formato erróneo. Use el formato YYYY-MM-DD."}}},
		{object{"verification_title_id": titleID, "licence_number": strings.Repeat("x", 101)}, object{"licence_number": []any{"Asegúrese de que este campo no tenga más de 100 caracteres."}}},
		{object{"verification_title_id": 998}, object{"verification_title_id": []any{"Media 998 no encontrada."}}},
		{object{"verification_title_id": 5}, object{"verification_title_id": []any{"Media 5 no encontrada."}}},
	} {
		c.want["code"] = "invalid"
		require.Equal(t, c.want, w.as(ana, "POST", mine, c.body).ok(400), "%v", c.body)
	}
	require.Zero(t, w.count("verification"))
	require.Zero(t, w.profilesOf(ana), "a refused submission changes nothing")

	has(t, w.as(ana, "POST", mine, object{"verification_student_card_id": cardID}).ok(201), object{"state": "pending", "licence_number": ""})
	has(t, w.as(luis, "POST", "specialists/3/verification/", licence()).ok(404), object{"code": "profiles.other_kind"})
	has(t, w.as(jefa, "POST", mine, licence()).ok(403), object{"code": "forbidden"})
	has(t, w.as(beto, "GET", mine, nil).ok(403), object{"code": "forbidden"})
}

func TestANewSubmissionReplacesThePendingOne(t *testing.T) {
	w := setup(t)
	first, second := w.submitted(), w.submitted("licence_number", "CMVC-18")
	require.NotEqual(t, first, second)
	standing := w.as(ana, "GET", mine, nil).ok(200)
	has(t, standing, object{"id": second, "licence_number": "CMVC-18"})
	require.Equal(t, []string{"submitted", "replaced", "submitted"}, steps(standing))
	require.Equal(t, []string{"1 pending"}, w.verdicts())
	has(t, w.decide(first, 409), object{"code": "profiles.verification_decided"})
	w.decide(second, 200)
}

// Clients of the original know no submissions.
func TestPatchingADocumentSubmitsIt(t *testing.T) {
	w := setup(t)
	state := func() any { return w.as(ana, "GET", mine, nil).ok(200)["state"] }
	patch := func(o object) { w.as(ana, "PATCH", "specialists/1/", o).ok(200) }
	patch(object{"about_us": "x"})
	require.Equal(t, "none", state())
	patch(object{"verification_title_id": titleID})
	require.Equal(t, "pending", state())
	patch(object{"verification_title_id": titleID, "about_us": "y"})
	require.Equal(t, 1, w.count("verification"), "nothing changed")
	require.Equal(t, []string{"1 pending"}, w.verdicts())

	first := w.as(ana, "GET", mine, nil).ok(200)["id"]
	w.decide(first, 200, "decision", "rejected", "reason", "x")
	patch(object{"about_us": "z"})
	require.Equal(t, "rejected", state())
	patch(object{"verification_title_id": otherTitleID})
	require.Equal(t, "pending", state())
	w.decide(w.as(ana, "GET", mine, nil).ok(200)["id"], 200)

	patch(object{"verification_title_id": titleID, "verification_student_card_id": cardID})
	require.Equal(t, "verified", state(), "replacing documents touches no decision")
	patch(object{"verification_title_id": nil, "verification_student_card_id": nil})
	require.Equal(t, "verified", state(), "and neither does removing them")
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"is_verified": true, "verification_title_id": nil})

	has(t, w.as(beto, "POST", "specialists/", object{"profession": "Agrónomo", "verification_student_card_id": 45}).ok(201), object{"verification_state": "pending"})
}

// Staff must never decide on documents that it has not seen.
func TestChangingDocumentsWhilePendingIsANewSubmission(t *testing.T) {
	w := setup(t)
	first := w.submitted()
	w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": otherTitleID}).ok(200)
	standing := w.as(ana, "GET", mine, nil).ok(200)
	require.NotEqual(t, first, standing["id"])
	has(t, standing, object{"state": "pending", "licence_number": "CMVC-17"})
	require.Equal(t, 43.0, standing["documents"].([]any)[0].(object)["media_id"])
	w.decide(first, 409)
	w.decide(standing["id"], 200)
}

func TestASubmissionWithoutDocumentsIsWithdrawn(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", object{"verification_student_card_id": cardID}).ok(200)
	id := w.submitted()
	w.event(media.Deleted{MediaID: titleID})
	second := w.as(ana, "GET", mine, nil).ok(200)
	has(t, second, object{"state": "pending", "licence_number": "CMVC-17"})
	require.NotEqual(t, id, second["id"])
	w.event(media.Deleted{MediaID: cardID})
	standing := w.as(ana, "GET", mine, nil).ok(200)
	has(t, standing, object{"state": "none", "id": nil})
	require.Equal(t, []string{"withdrawn", "submitted", "replaced", "submitted", "replaced", "submitted"}, steps(standing))
	require.Equal(t, []string{"1 pending", "1 none"}, w.verdicts())
	w.decide(second["id"], 409)

	w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": otherTitleID}).ok(200)
	w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": nil}).ok(200)
	has(t, w.as(ana, "GET", mine, nil).ok(200), object{"state": "none"})
}

func TestAKeyedSubmissionHappensOnce(t *testing.T) {
	w := setup(t)
	submit := func() answer { return w.send("Token 1", "POST", mine, licence(), "Idempotency-Key", "k1") }
	require.Equal(t, submit().ok(201), submit().ok(201))
	require.Equal(t, 1, w.count("verification"))
	require.Equal(t, []string{"1 pending"}, w.verdicts())
}

func TestSubmissionsTogetherLeaveOnePending(t *testing.T) {
	w := setup(t)
	together(12, func(i int) {
		if i%3 == 0 {
			w.as(ana, "PATCH", "specialists/1/", object{"verification_title_id": []int64{titleID, otherTitleID}[i/3%2]}).ok(200)
			return
		}
		w.submitted("licence_number", path("%d", i))
	})
	require.Equal(t, 1, w.count("verification where status = 'pending'"))
	require.Equal(t, w.count("verification"), w.count("verification_history where what = 'submitted'"))
}
