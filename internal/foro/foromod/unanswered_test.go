package foromod_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
)

// asking makes a question about species at a place, or at none, as the post's author would.
func (w *world) asking(userID int64, species string, place ...float64) int64 {
	w.t.Helper()
	id := w.posted(userID)
	w.exec("update post set species = $2::text[] where id = $1", id, "{"+species+"}")
	if len(place) > 0 {
		w.exec("update post set latitude = $2, longitude = $3 where id = $1", id, place[0], place[1])
	}
	return id
}

// unanswered are the ids that somebody gets.
func (w *world) unanswered(userID int64, query string) []int64 {
	w.t.Helper()
	page := w.as(userID, "GET", "posts/unanswered/"+query, nil).ok(200)
	ids := []int64{}
	for _, id := range field[float64](results(page), "id") {
		ids = append(ids, int64(id))
	}
	if page["count"] != nil {
		require.Equal(w.t, float64(len(ids)), page["count"], query)
	}
	walked := []int64{}
	sep := map[bool]string{true: "?", false: "&"}[query == ""]
	for next := any("/api/foro/posts/unanswered/" + query + sep + "cursor=*&page_size=1"); next != nil; {
		page := w.as(userID, "GET", under(w.t, next), nil).ok(200)
		for _, id := range field[float64](results(page), "id") {
			walked = append(walked, int64(id))
		}
		next = page["next"]
	}
	require.Equal(w.t, ids, walked, query)
	return ids
}

func TestQuestionsWithoutAnAnswer(t *testing.T) {
	w := setup(t)
	cow, hen := w.asking(luis, "bovinos", -17.8, -63.1), w.asking(luis, "aves,bovinos", -17.4, -66.2)
	any, far := w.asking(carla, ""), w.asking(carla, "bovinos", -11, -66)
	own := w.asking(ana, "bovinos")
	tale := w.posted(luis, object{"is_question": false})
	hidden, solved := w.asking(luis, "bovinos"), w.asking(luis, "bovinos")
	w.exec("update post set state = 'hidden' where id = $1", hidden)
	w.as(luis, "POST", path("posts/%d/accept/", solved), object{"comment": w.commented(carla, solved)}).ok(200)
	w.exec("insert into tag (name) values ('fiebre')")
	w.exec("insert into post_tag select p, t.id from tag t, unnest($1::bigint[]) p", []int64{cow, any, tale, solved, own})

	for query, want := range map[string][]int64{
		"":                                     {far, any, hen, cow},
		"?species=bovinos":                     {far, hen, cow},
		"?species=aves":                        {hen},
		"?species=aves&species=bovinos":        {far, hen, cow},
		"?species=aves,bovinos":                {far, hen, cow},
		"?species=peces":                       {},
		"?tag=fiebre":                          {any, cow},
		"?tag=%20FIEBRE":                       {any, cow},
		"?tag=fiebre&species=bovinos":          {cow},
		"?tag=nada":                            {},
		"?near=-17.7,-63.1":                    {cow},
		"?near=-17.7,-63.1&radius_km=400":      {hen, cow},
		"?near=-17.7,-63.1&radius_km=2000":     {far, hen, cow},
		"?near=-17.7,-63.1&species=aves":       {},
		"?near=-17.7,-63.1&tag=fiebre":         {cow},
		"?near=80,100&radius_km=2000&all=true": {},
	} {
		require.Equal(t, want, w.unanswered(ana, query), query)
	}
	require.Equal(t, []int64{own, far}, w.unanswered(luis, "?species=bovinos"), "of others")
	w.event(asSpecialist(w, ana, knows("aves"), worksAt(-17.4, -66)))
	require.Equal(t, []int64{any, hen}, w.unanswered(ana, ""), "what concerns a specialist")
	require.Equal(t, []int64{far, any, hen, cow}, w.unanswered(ana, "?all=true"))
	w.event(asSpecialist(w, ana, knows("bovinos"), worksAt(-17.4, -66)))
	require.Equal(t, []int64{any, hen}, w.unanswered(ana, ""))

	w.as(0, "GET", "posts/unanswered/", nil).ok(401)
	for _, query := range []string{"?species=x", "?near=x", "?near=1", "?near=91,0", "?near=0,181", "?near=NaN,0", "?radius_km=0", "?radius_km=-1", "?radius_km=NaN", "?radius_km=2001", "?radius_km=x",
		"?cursor=x", "?page=x", "?page=9", "?all=x", "?tag=%00"} {
		got := w.as(ana, "GET", "posts/unanswered/"+query, nil)
		require.True(t, got.Status >= 400 && got.Status < 500, "%s: %d %s", query, got.Status, got.Raw)
	}

	// With the question's life goes its place in the list.
	w.exec("update post set state = 'visible' where id = $1", hidden)
	w.as(luis, "DELETE", path("posts/%d/accept/", solved), nil).ok(204)
	w.exec("update post set species = '{peces}' where id = $1", cow)
	w.exec("delete from post where id = $1", hen)
	require.Equal(t, []int64{solved, hidden, far}, w.unanswered(ana, "?species=bovinos"))
	require.Equal(t, []int64{cow}, w.unanswered(ana, "?species=peces"))
	w.agrees()
}

// TestQuestionsThatWaitAreToldOnce: to the nearest specialists who know the species, and never to the asker.
func TestQuestionsThatWaitAreToldOnce(t *testing.T) {
	w := setup(t)
	for n := int64(100); n < 130; n++ {
		w.event(asSpecialist(w, n, knows("bovinos"), worksAt(-17, -63-float64(n-100)/10)))
	}
	w.event(asSpecialist(w, ana, knows("bovinos"), worksAt(-17, -63)))
	w.event(asSpecialist(w, beto, knows("aves"), worksAt(-17, -63)))
	w.event(asSpecialist(w, 140, knows("aves")))
	w.event(asSpecialist(w, 141, knows("aves"), unverified))
	w.event(asSpecialist(w, 142, knows("aves")))
	w.event(deleted(142))
	near, some := w.asking(ana, "bovinos", -17, -65), w.asking(luis, "aves", -11, -66)
	soon, solved := w.asking(luis, "bovinos"), w.asking(luis, "bovinos")
	w.as(luis, "POST", path("posts/%d/accept/", solved), object{"comment": w.commented(carla, solved)}).ok(200)
	w.job("foro.unanswered")
	told := func() map[int64][]int64 {
		all := map[int64][]int64{}
		for _, data := range w.texts("select data::text from outbox where type = 'foro.question.waiting'") {
			var e foro.QuestionWaiting
			require.NoError(t, json.Unmarshal([]byte(data), &e))
			require.NotContains(t, all, e.PostID)
			all[e.PostID] = e.UserIDs
		}
		return all
	}
	require.Empty(t, told())
	w.exec("update post set created_at = now() + interval '1 hour' where id = $1", soon)
	w.later(6*time.Hour + time.Minute)
	for range 2 {
		w.job("foro.unanswered")
	}
	got := told()
	require.Len(t, got, 2)
	require.Equal(t, []int64{120, 119, 121, 118, 122, 117, 123, 116, 124, 115, 125, 114, 126, 113, 127, 112, 128, 111, 129, 110}, got[near])
	require.Equal(t, []int64{beto, 140}, got[some])
	w.later(time.Hour)
	inParallel(4, func(int) {
		for _, j := range w.module.Jobs() {
			if j.Name == "foro.unanswered" {
				require.NoError(t, j.Run(context.Background()))
			}
		}
	})
	require.Len(t, told()[soon], 20)
	w.exec("update post set species = '{aves}'")
	w.job("foro.unanswered")
	require.Len(t, told(), 3)
}
