package foromod_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/foro/foromod"
)

func TestJoiningAndLeavingMayBeRepeated(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	at := path("communities/%d/", id)
	for range 2 {
		require.Equal(t, object{"joined": true}, w.as(luis, "POST", at+"join/", nil).ok(200))
		require.Equal(t, 2, w.counted(id))
	}
	has(t, w.as(luis, "GET", at, nil).ok(200), object{"is_member": true, "role": "member", "members_count": 2.})
	require.Equal(t, object{"joined": true}, w.as(ana, "POST", at+"join/", nil).ok(200))
	has(t, w.as(ana, "GET", at, nil).ok(200), object{"role": "owner"})
	for range 2 {
		require.Equal(t, object{"left": true}, w.as(luis, "POST", at+"leave/", nil).ok(200))
		require.Equal(t, 1, w.counted(id))
	}
	for _, what := range []string{"join/", "leave/"} {
		w.as(luis, "POST", "communities/999/"+what, nil).ok(404)
		w.as(luis, "POST", "communities/abc/"+what, nil).ok(404)
		w.as(luis, "POST", "communities/-1/"+what, nil).ok(404)
		w.as(0, "POST", at+what, nil).ok(401)
		w.as(luis, "GET", at+what, nil).ok(405)
	}
}

// TestMembersAreCountedRightWhenPeopleComeAndGoAtOnce is fault 55, and what must be shown of counts.
func TestMembersAreCountedRightWhenPeopleComeAndGoAtOnce(t *testing.T) {
	w := setup(t)
	id, other := w.founded(ana, "Cabras"), w.standard("general")
	w.exec("insert into person (user_id) select n from generate_series(1000, 1099) n")
	crowd(200, func(i int) {
		userID, what := int64(1000+i/2), []string{"join/", "leave/"}[i%2]
		if i%10 < 2 { // some people do the same from two devices
			what = "join/"
		}
		w.as(userID, "POST", path("communities/%d/", id)+what, nil).ok(200)
		if i%5 == 0 {
			w.as(userID, "POST", path("communities/%d/join/", other), nil).ok(200)
		}
	})
	require.GreaterOrEqual(t, w.counted(id), 21, "those who only joined, and the owner")
	require.Equal(t, 40, w.counted(other))
	crowd(200, func(i int) {
		w.as(int64(1000+i%100), "POST", path("communities/%d/join/", id), nil).ok(200)
	})
	require.Equal(t, 101, w.counted(id))
	crowd(100, func(i int) {
		w.as(int64(1000+i), "POST", path("communities/%d/leave/", id), nil).ok(200)
	})
	require.Equal(t, 1, w.counted(id))
}

func TestNobodyIsInMoreCommunitiesThanTheyMay(t *testing.T) {
	w := setup(t)
	w.posted(luis)
	w.exec("insert into community (name, slug) select 'C ' || n, 'c-' || n from generate_series(1, 510) n")
	w.exec("insert into member (community_id, user_id) select id, $1 from community where slug like 'c-%' order by id limit 495", luis)
	statuses := map[int]int{}
	answers := make([]answer, 10)
	crowd(10, func(i int) {
		answers[i] = w.as(luis, "POST", path("communities/%s/join/", w.texts("select id::text from community where slug = 'c-' || $1::text", fmt.Sprint(501+i))[0]), nil)
	})
	for _, a := range answers {
		statuses[a.Status]++
		if a.Status != 200 {
			require.Equal(t, "foro.too_many_communities", a.ok(409)["code"])
		}
	}
	require.Equal(t, map[int]int{200: 5, 409: 5}, statuses)
	require.Equal(t, "foro.too_many_communities", w.as(luis, "POST", "communities/", object{"name": "Una más"}).ok(409)["code"])
	w.event(auth.RoleChanged{UserID: luis, Role: auth.Consumer})
	require.Equal(t, 502, w.count("member where user_id = $1", luis), "those of the role come all the same")
}

func TestTheOwnerStaysWhileOthersAreThere(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	at := path("communities/%d/", id)
	w.join(id, luis)
	require.Equal(t, "foro.owner_stays", w.as(ana, "POST", at+"leave/", nil).ok(409)["code"])
	require.Equal(t, "foro.owner_stays", w.as(ana, "PUT", at+"members/1/", object{"role": "member"}).ok(409)["code"])
	require.Equal(t, "foro.owner_stays", w.as(ana, "DELETE", at+"members/1/", nil).ok(409)["code"])
	w.as(luis, "POST", at+"leave/", nil).ok(200)
	w.as(ana, "POST", at+"leave/", nil).ok(200)
	has(t, w.as(ana, "GET", at, nil).ok(200), object{"created_by_id": nil, "members_count": 0., "is_member": false})
	w.as(ana, "PATCH", at, object{"name": "X"}).ok(403)
	w.as(jefa, "PATCH", at, object{"name": "X"}).ok(200)
}

func TestAnOwnerNamesModeratorsAndTheNextOwner(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	at := path("communities/%d/", id)
	w.join(id, luis, beto, carla)
	has(t, w.as(ana, "PUT", at+"members/2/", object{"role": "moderator"}).ok(200), object{"role": "moderator"})
	for _, tc := range []struct {
		userID int64
		body   object
		status int
	}{{5, object{"role": "moderator"}, 404}, {999, object{"role": "owner"}, 404}, {2, object{"role": "jefe"}, 400}, {2, object{}, 400}, {2, object{"role": nil}, 400}, {2, object{"role": 7}, 400}} {
		w.as(ana, "PUT", path("communities/%d/members/%d/", id, tc.userID), tc.body).ok(tc.status)
	}
	w.as(luis, "PUT", at+"members/3/", object{"role": "moderator"}).ok(403)
	has(t, w.as(ana, "PUT", at+"members/3/", object{"role": "owner"}).ok(200), object{"role": "owner"})
	has(t, w.as(ana, "GET", at, nil).ok(200), object{"created_by_id": float64(beto), "role": "moderator"})
	w.as(ana, "PATCH", at, object{"name": "Mía"}).ok(403)
	w.as(beto, "PATCH", at, object{"name": "De Beto"}).ok(200)

	list := func(more string) []string {
		var out []string
		for _, m := range results(w.as(carla, "GET", at+"members/?"+more, nil).ok(200)) {
			out = append(out, fmt.Sprint(m["user"].(object)["id"], m["role"]))
		}
		return out
	}
	require.Equal(t, []string{"1moderator", "2moderator", "3owner", "4member"}, list(""))
	require.Equal(t, []string{"1moderator", "2moderator"}, list("role=moderator&cursor=*"))
	require.Equal(t, []string{"3owner"}, list("role=owner"))
	require.Equal(t, []string{"4member"}, list("role=member"))
	require.Equal(t, []string{"1moderator", "2moderator"}, list("cursor=*&page_size=2"))
	for role, n := range map[string]float64{"": 4, "moderator": 2, "owner": 1, "member": 1} {
		page := w.as(carla, "GET", at+"members/?page=1", nil)
		if role != "" {
			page = w.as(carla, "GET", at+"members/?role="+role, nil)
		}
		require.Equal(t, n, page.ok(200)["count"], role)
	}
	next := w.as(carla, "GET", at+"members/?cursor=*&page_size=2", nil).ok(200)["next"].(string)
	require.Equal(t, []string{"3owner", "4member"}, list(next[len("http://foro.localhost/api/foro/"+at+"members/?"):]))
	w.as(carla, "GET", at+"members/?role=x", nil).ok(400)
	w.as(carla, "GET", "communities/999/members/", nil).ok(404)
	w.as(0, "GET", at+"members/", nil).ok(401)
}

func TestWhoIsPutOutDoesNotComeBackUntilLet(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	at := path("communities/%d/", id)
	w.join(id, luis, beto, carla)
	w.posted(nadie) // known, and not in it
	w.as(ana, "PUT", at+"members/2/", object{"role": "moderator"}).ok(200)
	w.as(ana, "PUT", at+"members/3/", object{"role": "moderator"}).ok(200)
	for _, userID := range []int64{ana, beto, luis} { // the owner, another moderator, and oneself
		w.as(luis, "DELETE", path("communities/%d/members/%d/", id, userID), nil).ok(403)
	}
	w.as(carla, "DELETE", at+"members/2/", nil).ok(403)
	w.as(luis, "DELETE", at+"members/999/", nil).ok(404)
	for range 2 {
		w.as(luis, "DELETE", at+"members/4/", nil).ok(204)
	}
	w.as(luis, "DELETE", at+"members/5/", nil).ok(204)
	for _, userID := range []int64{carla, nadie} {
		has(t, w.as(userID, "POST", at+"join/", nil).ok(403), object{"code": "foro.banned"})
		w.as(userID, "POST", at+"leave/", nil).ok(200)
	}
	has(t, w.as(carla, "POST", "posts/", object{"title": "T", "content": "C", "community_id": id}).ok(403), object{"code": "foro.banned"})
	require.Equal(t, 3, w.counted(id))

	for _, method := range []string{"GET", "DELETE"} {
		where := map[string]string{"GET": at + "bans/", "DELETE": at + "bans/4/"}[method]
		w.as(carla, method, where, nil).ok(403)
		w.as(0, method, where, nil).ok(401)
	}
	bans := w.as(luis, "GET", at+"bans/", nil).ok(200)
	require.Equal(t, 2., bans["count"])
	require.Equal(t, float64(nadie), results(bans)[0]["user"].(object)["id"])
	require.Equal(t, float64(luis), results(bans)[1]["by"].(object)["id"])
	first := w.as(luis, "GET", at+"bans/?cursor=*&page_size=1", nil).ok(200)["next"].(string)
	require.Equal(t, "Carla Ruiz", results(w.as(luis, "GET", first[len("http://foro.localhost/api/foro/"):], nil).ok(200))[0]["user"].(object)["name"])

	w.as(beto, "DELETE", at+"bans/4/", nil).ok(204)
	w.as(beto, "DELETE", at+"bans/4/", nil).ok(404)
	w.join(id, carla)

	w.as(jefa, "DELETE", at+"members/1/", nil).ok(204)
	has(t, w.as(ana, "GET", at, nil).ok(200), object{"created_by_id": float64(luis), "role": nil})
}

// TestNobodyIsInACommunityThatHasPutThemOut: joining meets being put out.
func TestNobodyIsInACommunityThatHasPutThemOut(t *testing.T) {
	w := setup(t)
	id := w.founded(ana, "Cabras")
	w.exec("insert into person (user_id) select n from generate_series(1000, 1019) n")
	crowd(60, func(i int) {
		userID := int64(1000 + i/3)
		if i%3 == 0 {
			w.as(ana, "DELETE", path("communities/%d/members/%d/", id, userID), nil).ok(204)
			return
		}
		require.Contains(t, []int{200, 403}, w.as(userID, "POST", path("communities/%d/join/", id), nil).Status)
	})
	require.Equal(t, 1, w.counted(id))
	require.Equal(t, 20, w.count("ban"))
}

func TestADeletedOwnersCommunityIsAnothersThen(t *testing.T) {
	w := setup(t)
	id, alone := w.founded(ana, "Cabras"), w.founded(ana, "Sola")
	w.join(id, luis, beto, carla)
	w.as(ana, "PUT", path("communities/%d/members/3/", id), object{"role": "moderator"}).ok(200)
	w.as(ana, "DELETE", path("communities/%d/members/2/", id), nil).ok(204)
	owner := func(id int64) any {
		return w.as(0, "GET", path("communities/%d/", id), nil).ok(200)["created_by_id"]
	}
	for range 2 {
		w.event(auth.UserDeleted{UserID: ana})
	}
	require.Equal(t, float64(beto), owner(id), "the moderator")
	require.Nil(t, owner(alone))
	require.Equal(t, 2, w.counted(id))
	require.Equal(t, 0, w.counted(alone))
	require.Equal(t, 0., results(w.as(beto, "GET", path("communities/%d/bans/", id), nil).ok(200))[0]["by"].(object)["id"], "it does not say who")
	w.event(auth.UserDeleted{UserID: beto})
	require.Equal(t, float64(carla), owner(id), "the member")
	w.event(auth.UserDeleted{UserID: carla})
	require.Nil(t, owner(id))
	w.as(carla, "POST", path("communities/%d/join/", id), nil).ok(403)
	w.event(auth.UserCreated{UserID: carla, Role: auth.Consumer})
	require.Zero(t, w.count("member where user_id = $1", carla), "nothing late")
}

// TestOwnersWhoGoAtOnceLeaveOneOwnerOrNone: whoever is to be the next owner is going, too.
func TestOwnersWhoGoAtOnceLeaveOneOwnerOrNone(t *testing.T) {
	w := setup(t)
	w.exec("insert into person (user_id) select n from generate_series(1000, 1009) n")
	var ids []int64
	for i := range 3 {
		id := w.founded(1000+int64(i), fmt.Sprint("C ", i))
		for n := int64(1000); n < 1010; n++ {
			w.join(id, n)
		}
		ids = append(ids, id)
	}
	crowd(9, func(i int) { w.event(auth.UserDeleted{UserID: 1000 + int64(i)}) })
	for _, id := range ids {
		require.Equal(t, 1, w.counted(id))
		require.Equal(t, 1, w.count("member join community on id = community_id where id = $1 and user_id = 1009 and role = 'owner' and created_by = user_id", id))
	}
}

func TestEverybodyIsInTheCommunitiesOfTheirRole(t *testing.T) {
	w := setup(t)
	in := func(userID int64) []string {
		return w.texts("select slug from member join community on id = community_id where user_id = $1 order by id", userID)
	}
	for role, slug := range map[auth.Role]string{auth.Consumer: "ganaderos-agricultores-animales", "SPECIALIST": "especialistas-salud", "business": "agronegocios"} {
		id := map[auth.Role]int64{auth.Consumer: carla, "SPECIALIST": ana, "business": luis}[role]
		for range 2 {
			w.event(auth.UserCreated{UserID: id, Role: role})
		}
		require.Equal(t, []string{"general", slug}, in(id))
	}
	w.event(auth.UserCreated{UserID: nadie, Role: ""})
	require.Equal(t, []string{"general"}, in(nadie))
	w.event(auth.RoleChanged{UserID: nadie, Role: auth.Specialist})
	w.event(auth.RoleChanged{UserID: nadie, Role: auth.Businessman, Previous: auth.Specialist})
	require.Equal(t, []string{"general", "especialistas-salud", "agronegocios"}, in(nadie), "it adds, and never removes")
	require.Equal(t, []string{"businessman"}, w.texts("select role from person where user_id = $1", nadie))
	require.Equal(t, 4, w.counted(w.standard("general")))

	w.as(carla, "POST", path("communities/%d/leave/", w.standard("general")), nil).ok(200)
	w.as(jefa, "DELETE", path("communities/%d/members/%d/", w.standard("ganaderos-agricultores-animales"), carla), nil).ok(204)
	w.event(auth.RoleChanged{UserID: carla, Role: auth.Consumer})
	require.Equal(t, []string{"general"}, in(carla), "not where they were put out")
}

func TestProcessesThatStartTogetherMakeTheStandardCommunitiesOnce(t *testing.T) {
	w := setup(t)
	w.exec("delete from community")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	crowd(10, func(i int) {
		if i%2 == 0 {
			require.NoError(t, w.module.Run(ended))
			return
		}
		w.event(auth.UserCreated{UserID: int64(100 + i), Role: auth.Specialist})
	})
	require.Equal(t, []string{"agronegocios", "especialistas-salud", "ganaderos-agricultores-animales", "general"},
		w.texts("select slug from community where standard and created_by = 0 and short_description <> '' order by slug"))
	require.Equal(t, 5, w.counted(w.standard("general")), "an event that comes before the start is done")
	require.Equal(t, 5, w.counted(w.standard("especialistas-salud")))
}

// TestTheInternalRouteIsThereWithItsSecretAlone is fault 57.
func TestTheInternalRouteIsThereWithItsSecretAlone(t *testing.T) {
	const at, secret = "internal/add_user/", "una palabra muy secreta"
	body := object{"user_id": ana, "role": "Specialist"}
	closed := setup(t)
	for _, method := range []string{"POST", "GET"} {
		closed.as(0, method, at, body, "X-Internal-Secret", "").ok(404)
		closed.as(jefa, method, at, body, "X-Internal-Secret", "dev-secret").ok(404)
	}
	w := setup(t, func(c *foromod.Config) { c.InternalSecret = secret })
	w.as(0, "GET", at, nil, "X-Internal-Secret", secret).ok(405)
	for _, wrong := range []string{"", "x", secret + "x", "UNA PALABRA MUY SECRETA"} {
		has(t, w.as(0, "POST", at, body, "X-Internal-Secret", wrong).ok(403), object{"detail": "Forbidden"})
		w.as(jefa, "POST", at, body, "X-Internal-Secret", wrong).ok(403)
	}
	for _, missing := range []object{{}, {"role": "consumer"}, {"user_id": 0}, {"user_id": nil}, {"user_id": -1}} {
		has(t, w.as(0, "POST", at, missing, "X-Internal-Secret", secret).ok(400), object{"detail": "user_id required"})
	}
	added := func(body object) any {
		return w.as(0, "POST", at, body, "X-Internal-Secret", secret).ok(200)["updated"]
	}
	require.Equal(t, []any{float64(w.standard("general")), float64(w.standard("especialistas-salud"))}, added(body))
	require.Equal(t, []any{}, added(body))
	require.Equal(t, []any{float64(w.standard("agronegocios"))}, added(object{"user_id": "1", "role": "BUSINESS_OWNER"}))
	require.Equal(t, []any{float64(w.standard("general"))}, added(object{"user_id": luis, "role": "rey"}))
	w.as(0, "POST", at, object{"user_id": 777}, "X-Internal-Secret", secret).ok(404)
	w.users.away(true)
	w.as(0, "POST", at, body, "X-Internal-Secret", secret).ok(503)
}
