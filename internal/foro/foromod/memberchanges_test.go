package foromod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/foro"
)

// Who becomes something else in a community, is put out of it or may come back is told so, with its name.
func TestPeopleAreToldWhatTheyBecomeInACommunity(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Vacas")
	at := path("communities/%d/", id)
	w.join(id, luis, beto, carla)
	told := func(userID int64, want string) {
		t.Helper()
		w.tell()
		all := w.notices(userID)
		require.Len(t, all, 1)
		has(t, all[0], object{"notif_type": "membership", "summary": want, "content_type": "community", "object_id": float64(id), "post_id": nil, "comment_id": nil, "actors_count": 1.})
		require.Equal(t, object{"id": 0., "name": "Moderación", "avatar": nil}, all[0]["actor"])
	}
	w.as(ana, "PUT", at+"members/2/", object{"role": "moderator"}).ok(200)
	w.as(ana, "PUT", at+"members/2/", object{"role": "moderator"}).ok(200)
	told(luis, "Ahora moderas la comunidad «Vacas»")
	one := w.as(luis, "GET", path("notifications/%d/", int64(w.notices(luis)[0]["id"].(float64))), nil, "Accept-Language", "en").ok(200)
	has(t, one, object{"summary": "You moderate the community “Vacas” now"})
	require.Equal(t, path("2 %d", id), w.texts("select (data->>'user_id') || ' ' || (data->>'community_id') from outbox where type = 'foro.noticed'")[0])
	w.as(ana, "PUT", at+"members/2/", object{"role": "member"}).ok(200)
	told(luis, "Ya no moderas la comunidad «Vacas»")
	w.as(luis, "DELETE", at+"members/4/", nil).ok(403)
	w.as(ana, "DELETE", at+"members/4/", nil).ok(204)
	told(carla, "El equipo de moderación te retiró de la comunidad «Vacas»")
	require.Equal(t, 3, w.count("notice_cause"))
	w.as(ana, "DELETE", at+"members/4/", nil).ok(204) // she is out already
	w.as(ana, "DELETE", at+"bans/4/", nil).ok(204)
	told(carla, "El equipo de moderación te deja volver a la comunidad «Vacas»")
	require.Equal(t, 4, w.count("notice_cause"))

	w.as(jefa, "PUT", at+"members/3/", object{"role": "owner"}).ok(200)
	told(ana, "La comunidad ahora es de otra persona y tú la moderas: «Vacas»")
	told(beto, "La comunidad ahora es tuya: «Vacas»")
	w.as(jefa, "DELETE", at+"members/3/", nil).ok(204)
	told(beto, "El equipo de moderación te retiró de la comunidad «Vacas»")
	told(ana, "La comunidad ahora es tuya: «Vacas»")

	w.exec("delete from inbox") // the bus hands everything over again
	w.tell()
	require.Equal(t, 8, w.count("notice_cause"))
	require.Equal(t, 4, w.count("notification"))
	w.as(ana, "DELETE", at, nil).ok(204)
	require.Equal(t, []string{"La comunidad ahora es tuya"}, w.summaries(ana), "its name is not shown any more")
	w.job("foro.remove-communities")
	require.Empty(t, w.notices(ana))
}

// What happens in one community does not join what is unread of another; who has it off, does it themselves or is gone
// is not told, nor of a community that is gone.
func TestChangesOfMembersAreToldApartAndToWhomItConcerns(t *testing.T) {
	w := setup(t)
	cows, pigs := w.founded(ana, "Vacas"), w.founded(ana, "Cerdos")
	for _, id := range []int64{cows, pigs} {
		w.join(id, luis, carla, beto)
		w.as(ana, "PUT", path("communities/%d/members/2/", id), object{"role": "moderator"}).ok(200)
	}
	w.tell()
	require.ElementsMatch(t, []string{"Ahora moderas la comunidad «Vacas»", "Ahora moderas la comunidad «Cerdos»"}, w.summaries(luis))

	w.as(carla, "PATCH", "notifications/preferences/", object{"types": object{"membership": false}}).ok(200)
	w.as(ana, "DELETE", path("communities/%d/members/%d/", cows, carla), nil).ok(204)
	w.as(luis, "POST", path("communities/%d/leave/", cows), nil).ok(200)
	w.join(cows, jefa)
	w.as(jefa, "PUT", path("communities/%d/members/%d/", cows, jefa), object{"role": "moderator"}).ok(200)
	w.exec("update person set gone = true where user_id = $1", beto)
	w.event(foro.MemberChanged{CommunityID: cows, UserID: beto, Change: foro.PutOut})
	w.exec("update community set gone = true where id = $1", pigs)
	w.event(foro.MemberChanged{CommunityID: pigs, UserID: luis, Change: foro.MadeMember})
	w.event(foro.MemberChanged{CommunityID: 999, UserID: luis, Change: foro.MadeMember})
	w.tell()
	require.Equal(t, 2, w.count("notification"))
}
