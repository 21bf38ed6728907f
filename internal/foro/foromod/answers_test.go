package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/bus"
	"agrovet/internal/platform/geo"
	"agrovet/internal/profiles"
)

// asSpecialist has profiles say that somebody is a verified specialist, and returns the event that tells of it.
func asSpecialist(w *world, id int64, change ...func(*profiles.Specialist)) bus.Payload {
	s := profiles.Specialist{ID: id, UserID: id, Profession: "Veterinario", Species: []string{},
		Verification: profiles.Verification{Verified: true, Type: profiles.Title, State: profiles.VerificationVerified}}
	for _, c := range change {
		c(&s)
	}
	w.cards.Set(profiles.Card{Specialist: &s})
	return profiles.VerificationChanged{ProfileID: id, UserID: id, State: s.Verification.State}
}

func knows(species ...string) func(*profiles.Specialist) {
	return func(s *profiles.Specialist) { s.Species = species }
}

func worksAt(latitude, longitude float64) func(*profiles.Specialist) {
	return func(s *profiles.Specialist) { s.Place.Rough = &geo.Point{Latitude: latitude, Longitude: longitude} }
}

func unverified(s *profiles.Specialist) { s.Verification = profiles.Verification{} }

// answered expects of a post which comment was accepted and whether it is answered.
func (w *world) answered(id, accepted int64, answered bool) {
	w.t.Helper()
	p := w.as(jefa, "GET", path("posts/%d/", id), nil).ok(200)
	want := any(nil)
	if accepted != 0 {
		want = float64(accepted)
	}
	has(w.t, p, object{"answered": answered, "accepted_comment_id": want})
	require.Equal(w.t, answered, w.count("open_question where post_id = $1", id) == 0)
}

func TestTheAskerAcceptsAnAnswer(t *testing.T) {
	w := setup(t)
	id, other := w.posted(ana, object{"tags": []string{"mastitis"}}), w.posted(ana)
	first, second, elsewhere := w.commented(luis, id), w.commented(carla, id), w.commented(luis, other)
	w.answered(id, 0, false)
	accept := path("posts/%d/accept/", id)
	for range 2 { // repeatable
		p := w.as(ana, "POST", accept, object{"comment": first}).ok(200)
		has(t, p, object{"answered": true, "accepted_comment_id": float64(first), "tags": []any{"mastitis"}})
		require.Equal(t, true, rows(p, "comments")[1]["is_accepted"])
		require.Equal(t, false, rows(p, "comments")[0]["is_accepted"])
	}
	w.answered(id, first, true)
	w.as(ana, "POST", accept, object{"comment": second}).ok(200) // it moves
	w.answered(id, second, true)
	require.Equal(t, []string{path(`{"post_id": %d, "comment_id": %d}`, id, first), path(`{"post_id": %d, "comment_id": %d}`, id, second)},
		w.texts("select data::text from outbox where type = 'foro.answer.accepted' order by position"))
	for range 2 {
		w.as(ana, "DELETE", accept, nil).ok(204)
	}
	w.answered(id, 0, false)

	w.as(0, "POST", accept, object{"comment": first}).ok(401)
	for _, who := range []int64{luis, jefa} {
		w.as(who, "POST", accept, object{"comment": first}).ok(403)
		w.as(who, "POST", accept, object{}).ok(403)
		w.as(who, "DELETE", accept, nil).ok(403)
	}
	w.as(ana, "POST", "posts/4711/accept/", object{"comment": first}).ok(404)
	w.exec("update comment set state = 'hidden' where id = $1", second)
	for _, body := range []object{{}, {"comment": elsewhere}, {"comment": second}, {"comment": 4711}, {"comment": "x"}, {"comment": nil}, {"comment": -1}, {"comment": 1.5}, {"comment": 1e30}} {
		require.Contains(t, w.as(ana, "POST", accept, body).ok(400), "comment", body)
	}
	tale := w.posted(ana, object{"is_question": false})
	w.as(ana, "POST", path("posts/%d/accept/", tale), object{"comment": w.commented(luis, tale)}).ok(409)
}

func TestVerifiedSpecialistsValidateAnswers(t *testing.T) {
	w := setup(t)
	id := w.posted(luis)
	first := w.commented(carla, id)
	validate := path("comments/%d/validate/", first)
	w.as(ana, "POST", validate, nil).ok(403) // the forum does not know yet that she is one
	w.event(asSpecialist(w, ana))
	w.event(asSpecialist(w, beto, unverified))
	for range 2 {
		c := w.as(ana, "POST", validate, nil).ok(200)
		has(t, c, object{"validations_count": 1.})
		require.Equal(t, "Ana Flores", rows(c, "validated_by")[0]["name"])
	}
	w.answered(id, 0, true)
	require.Equal(t, []string{path(`{"post_id": %d, "user_id": %d, "comment_id": %d}`, id, ana, first)}, w.texts("select data::text from outbox where type = 'foro.answer.validated'"))
	has(t, w.as(beto, "POST", validate, nil).ok(403), object{"code": "foro.not_a_specialist"})
	has(t, w.as(ana, "POST", path("comments/%d/validate/", w.commented(ana, id)), nil).ok(403), object{"code": "foro.own_answer"})
	w.as(0, "POST", validate, nil).ok(401)
	w.as(ana, "POST", "comments/4711/validate/", nil).ok(404)
	tale := w.posted(luis, object{"is_question": false})
	w.as(ana, "POST", path("comments/%d/validate/", w.commented(luis, tale)), nil).ok(409)

	for n := int64(50); n < 55; n++ {
		w.event(asSpecialist(w, n))
		w.as(n, "POST", validate, nil).ok(200)
	}
	c := w.as(0, "GET", path("comments/%d/", first), nil).ok(200)
	has(t, c, object{"validations_count": 6.})
	require.Equal(t, []float64{float64(ana), 50, 51}, field[float64](rows(c, "validated_by"), "id"), "the first three")
	for n := int64(50); n < 55; n++ {
		w.as(n, "DELETE", validate, nil).ok(204)
	}
	w.answered(id, 0, true)
	w.event(asSpecialist(w, ana, unverified)) // what she said she may take back
	for range 2 {
		w.as(ana, "DELETE", validate, nil).ok(204)
	}
	w.answered(id, 0, false)
}

func TestAQuestionIsAnsweredByWhatIsVisibleAlone(t *testing.T) {
	w := setup(t)
	w.event(asSpecialist(w, beto))
	id := w.posted(ana)
	first, second := w.commented(luis, id), w.commented(luis, id)
	w.as(ana, "POST", path("posts/%d/accept/", id), object{"comment": first}).ok(200)
	w.as(beto, "POST", path("comments/%d/validate/", second), nil).ok(200)
	state := func(id int64, to string) { w.exec("update comment set state = $2 where id = $1", id, to) }
	state(first, "hidden")
	w.answered(id, first, true)
	state(second, "removed")
	w.answered(id, first, false)
	state(first, "visible")
	w.answered(id, first, true)
	w.as(luis, "DELETE", path("comments/%d/", first), nil).ok(204)
	w.answered(id, 0, false)
	state(second, "visible")
	w.answered(id, 0, true)
	w.commented(ana, id, object{"parent": second})
	w.as(luis, "DELETE", path("comments/%d/", second), nil).ok(204)
	w.answered(id, 0, false)
	require.Zero(t, w.count("validation"))
}

func TestWhatTheForumKnowsOfSpecialists(t *testing.T) {
	w := setup(t)
	known := func() []string {
		return w.texts("select concat_ws(' ', user_id, role, verified, species::text, latitude, longitude) from person where user_id = $1", beto)
	}
	e := asSpecialist(w, beto, knows("aves", "peces"), worksAt(-17.5, -63))
	w.event(e) // before auth's
	require.Equal(t, []string{"3  t {aves,peces} -17.5 -63"}, known())
	w.event(created(beto, "specialist"))
	w.event(e)
	require.Equal(t, []string{"3 specialist t {aves,peces} -17.5 -63"}, known())
	asSpecialist(w, beto, unverified, knows("aves"))
	w.event(profiles.Updated{ProfileID: beto, UserID: beto})
	require.Equal(t, []string{"3 specialist f {aves}"}, known())
	w.event(roleChanged(beto, "consumer"))
	w.cards.Set(profiles.Card{Consumer: &profiles.Consumer{UserID: beto}})
	w.event(profiles.Created{ProfileID: beto, UserID: beto})
	require.Equal(t, []string{"3 consumer f {}"}, known())
	w.event(deleted(beto))
	asSpecialist(w, beto, knows("aves"))
	w.event(profiles.Updated{ProfileID: beto, UserID: beto})
	w.event(roleChanged(beto, "specialist"))
	require.Equal(t, []string{"3  f {}"}, known(), "nothing late makes somebody of them again")
}
