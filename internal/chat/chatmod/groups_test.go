package chatmod_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// roles are who is in a room, as what.
func (w *world) roles(room int64) []string {
	w.t.Helper()
	return w.texts("select user_id || ' ' || role from member where room_id = $1 order by user_id", room)
}

func TestAGroupIsItsMakersAndOthers(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{luis, beto, luis}, "is_private": false, "name": "Lechería"}).ok(201)
	has(t, made, object{"is_private": false, "name": "Lechería", "role": "owner", "participants_count": 3.0, "last_seq": 1.0, "from_seq": 0.0, "created_by": 1.0})
	require.Equal(t, []float64{1, 2, 3}, ids(made, "participants"))
	room := int64(made["id"].(float64))
	require.Equal(t, []string{"create 1"}, w.log(room))
	require.Equal(t, []string{"1 owner", "2 member", "3 member"}, w.roles(room))
	require.Equal(t, "member", w.as(luis, "GET", path("chat/rooms/%d/", room), nil).ok(200)["role"])
	require.NotEqual(t, made["id"], float64(w.grouped(ana, luis, beto)), "groups of the same people are several")

	three := w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, luis, beto}}).ok(201)
	require.Equal(t, false, three["is_private"], "more than two are a group")
	alone := w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{}, "is_private": false}).ok(201)
	require.Equal(t, 1.0, alone["participants_count"])
	require.Equal(t, 4, w.count("outbox where type = 'chat.room.created' and data->>'is_private' = 'false'"))
}

func TestOwnerAndAdminsAddMembersWhoSeeWhatComes(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis)
	one := path("chat/rooms/%d/", room)
	w.entered(room, ana, "antes")
	got := w.as(ana, "POST", one+"members/", object{"user_ids": []any{"3", carla, luis, beto}}).ok(200)
	require.Equal(t, 4.0, got["participants_count"])
	require.Equal(t, []string{"create 1", "message 1", "join 1 3", "join 1 4"}, w.log(room))
	has(t, w.as(carla, "GET", one, nil).ok(200), object{"from_seq": 2.0, "read_seq": 2.0, "delivered_seq": 2.0, "unread_count": 0.0, "messages": []any{}})
	w.entered(room, ana, "después")
	require.Equal(t, 1.0, w.as(carla, "GET", one, nil).ok(200)["unread_count"])

	for range 2 {
		w.as(ana, "POST", one+"members/", object{"user_ids": []int64{luis, beto}}).ok(200) // who is there stays
	}
	require.Len(t, w.log(room), 5)
	require.Equal(t, "chat.may_not", w.as(luis, "POST", one+"members/", object{"user_ids": []int64{nadie}}).ok(403)["code"])
	w.as(ana, "PATCH", one+"members/2/", object{"role": "admin"}).ok(200)
	w.as(luis, "POST", one+"members/", object{"user_ids": []int64{nadie}}).ok(200)

	require.Contains(t, w.as(ana, "POST", one+"members/", object{"user_ids": []int64{99}}).ok(400), "user_ids")
	require.Contains(t, w.as(ana, "POST", one+"members/", object{}).ok(400), "user_ids")
	require.Contains(t, w.as(ana, "POST", one+"members/", object{"user_ids": "vaca"}).ok(400), "user_ids")
	w.users.away(true)
	w.as(ana, "POST", one+"members/", object{"user_ids": []int64{jefa}}).ok(503)
}

func TestWhoMayPutOutWhom(t *testing.T) {
	w := setup(t)
	for _, c := range []struct {
		who, whom int64
		status    int
	}{
		{ana, luis, 204}, {ana, beto, 204}, {ana, carla, 204}, {ana, jefa, 404},
		{luis, ana, 403}, {luis, beto, 403}, {luis, carla, 204}, {luis, jefa, 404},
		{carla, ana, 403}, {carla, luis, 403}, {carla, nadie, 403}, {carla, carla, 204},
		{jefa, carla, 404}, {jefa, jefa, 404},
	} {
		t.Run(path("%d %d", c.who, c.whom), func(t *testing.T) {
			room := w.grouped(ana, luis, beto, carla, nadie)
			w.exec("update member set role = 'admin' where room_id = $1 and user_id in ($2, $3)", room, luis, beto)
			before := w.roles(room)
			w.as(c.who, "DELETE", path("chat/rooms/%d/members/%d/", room, c.whom), nil).ok(c.status)
			if c.status != 204 {
				require.Equal(t, before, w.roles(room))
				require.Len(t, w.log(room), 1)
				return
			}
			require.Equal(t, []string{"create 1", path("leave %d %d", c.who, c.whom)}, w.log(room))
			w.as(c.whom, "GET", path("chat/rooms/%d/", room), nil).ok(404)
			require.NotContains(t, field[float64](results(w.as(c.whom, "GET", "chat/rooms/", nil).ok(200)), "id"), float64(room))
		})
	}
}

func TestWhoComesBackSeesWhatComesFromThenOn(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis)
	w.entered(room, ana, "uno")
	w.as(luis, "DELETE", path("chat/rooms/%d/", room), nil).ok(204)
	w.as(luis, "DELETE", path("chat/rooms/%d/", room), nil).ok(404)
	w.entered(room, ana, "dos")
	w.as(ana, "POST", path("chat/rooms/%d/members/", room), object{"user_ids": []int64{luis}}).ok(200)
	has(t, w.as(luis, "GET", path("chat/rooms/%d/", room), nil).ok(200), object{"from_seq": 4.0, "messages": []any{}})
	require.Equal(t, []string{"create 1", "message 1", "leave 2 2", "message 1", "join 1 2"}, w.log(room))
}

func TestTheNextOwnerIsTheAdminWhoHasBeenThereLongestElseTheMember(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis, beto)
	one := path("chat/rooms/%d/", room)
	w.as(ana, "POST", one+"members/", object{"user_ids": []int64{carla}}).ok(200)
	w.as(ana, "PATCH", one+"members/4/", object{"role": "admin"}).ok(200)
	w.as(ana, "DELETE", one, nil).ok(204)
	require.Equal(t, []string{"2 member", "3 member", "4 owner"}, w.roles(room))
	require.Equal(t, []string{"role 1 4", "role 1 4", "leave 1 1"}, w.log(room)[2:])
	w.as(carla, "DELETE", one+"members/4/", nil).ok(204)
	require.Equal(t, []string{"2 owner", "3 member"}, w.roles(room))
	w.as(luis, "DELETE", one, nil).ok(204)
	require.Equal(t, []string{"3 owner"}, w.roles(room))
}

func TestTheLastOneOutRemovesTheRoom(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis)
	w.exec(`insert into entry (room_id, seq, kind, user_id, content, media_id) select $1, n, 'message', $2, 'Hola', case when n = 700 then 7 end from generate_series(2, 1300) n`, room, ana)
	w.exec("update room set last_seq = 1300")
	kept := w.grouped(ana)
	for _, who := range []int64{ana, luis} {
		w.job("chat.forget")
		require.Equal(t, 2, w.count("room"))
		w.as(who, "DELETE", path("chat/rooms/%d/", room), nil).ok(204)
	}
	w.as(luis, "GET", path("chat/rooms/%d/", room), nil).ok(404)
	shown := w.texts("select id::text from entry where media_id = 7")[0]
	w.job("chat.forget")
	require.Equal(t, []string{fmt.Sprint(kept)}, w.texts("select id::text from room"))
	require.Equal(t, 1, w.count("entry"))
	require.Equal(t, []string{"chat/messages/" + shown}, w.texts("select key from outbox where topic = 'chat.media'"))
}

func TestRolesAreGivenByTheOwner(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis, beto)
	at := func(who int64) string { return path("chat/rooms/%d/members/%d/", room, who) }
	got := w.as(ana, "PATCH", at(luis), object{"role": "admin"}).ok(200)
	require.Equal(t, "admin", got["participants"].([]any)[1].(object)["role"])
	w.as(ana, "PATCH", at(luis), object{"role": "admin"}).ok(200) // as it was
	require.Equal(t, []string{"role 1 2"}, w.log(room)[1:])
	for _, who := range []int64{luis, beto} {
		w.as(who, "PATCH", at(beto), object{"role": "owner"}).ok(403)
	}
	require.Equal(t, "chat.owner_stays", w.as(ana, "PATCH", at(ana), object{"role": "member"}).ok(409)["code"])
	w.as(ana, "PATCH", at(carla), object{"role": "admin"}).ok(404)
	for _, body := range []object{{}, {"role": "king"}, {"role": nil}} {
		require.Contains(t, w.as(ana, "PATCH", at(luis), body).ok(400), "role")
	}
	w.as(ana, "PATCH", at(beto), object{"role": "owner"}).ok(200)
	require.Equal(t, []string{"1 admin", "2 admin", "3 owner"}, w.roles(room))
	require.Equal(t, []string{"role 1 3", "role 1 1"}, w.log(room)[2:])
	w.as(ana, "PATCH", at(luis), object{"role": "member"}).ok(403)
	w.as(beto, "PATCH", at(luis), object{"role": "member"}).ok(200)
}

func TestAGroupIsRenamedByThoseWhoManageIt(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis, beto)
	one := path("chat/rooms/%d/", room)
	w.as(ana, "PATCH", one+"members/2/", object{"role": "admin"}).ok(200)
	require.Equal(t, "Ganado", w.as(luis, "PATCH", one, object{"name": "Ganado", "participants_ids": []int64{1}, "is_private": true}).ok(200)["name"])
	w.as(ana, "PUT", one, object{"name": "Ganado"}).ok(200)
	require.Equal(t, "chat.may_not", w.as(beto, "PUT", one, object{"name": "Mío"}).ok(403)["code"])
	require.Contains(t, w.as(ana, "PATCH", one, object{"name": string(make([]rune, 151))}).ok(400), "name")
	got := w.as(beto, "GET", one, nil).ok(200)
	has(t, got, object{"name": "Ganado", "is_private": false, "participants_count": 3.0})
	require.Equal(t, []string{"role 1 2", "rename 2"}, w.log(room)[1:])
}

func TestInPrivateRoomsNobodyComesOrGoes(t *testing.T) {
	w := setup(t)
	one := path("chat/rooms/%d/", w.paired(ana, luis))
	require.Equal(t, "chat.private_room", w.as(ana, "POST", one+"members/", object{"user_ids": []int64{beto}}).ok(409)["code"])
	require.Equal(t, "chat.private_room", w.as(ana, "DELETE", one+"members/2/", nil).ok(409)["code"])
	require.Equal(t, "chat.private_room", w.as(ana, "DELETE", one+"members/1/", nil).ok(409)["code"])
	require.Equal(t, "chat.private_room", w.as(ana, "PATCH", one+"members/2/", object{"role": "owner"}).ok(409)["code"])
	require.Equal(t, 2.0, w.as(ana, "GET", one+"members/", nil).ok(200)["count"])
}

func TestMembersArePaged(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis)
	w.exec("insert into member (room_id, user_id) select $1, n from generate_series(1001, 1098) n", room)
	at := path("chat/rooms/%d/members/", room)
	before := w.users.asked()
	page := w.as(luis, "GET", at+"?page_size=60", nil).ok(200)
	require.LessOrEqual(t, w.users.asked(), before+1)
	require.Equal(t, 100.0, page["count"])
	require.Len(t, page["results"], 60)
	has(t, results(page)[0], object{"id": 1.0, "full_name": "Ana Flores", "role": "owner"})
	var walked []float64
	for next := "http://chat.localhost/api/" + at + "?cursor=*&page_size=30"; next != ""; {
		page := w.as(luis, "GET", next[len("http://chat.localhost/api/"):], nil).ok(200)
		walked = append(walked, field[float64](results(page), "id")...)
		next, _ = page["next"].(string)
	}
	require.Len(t, walked, 100)

	got := w.as(luis, "GET", path("chat/rooms/%d/", room), nil).ok(200)
	require.Equal(t, 100.0, got["participants_count"])
	require.Len(t, got["participants"], 50)
	w.exec("update member set joined_at = now() + interval '1 hour' where user_id = $1", luis)
	got = w.as(luis, "GET", path("chat/rooms/%d/", room), nil).ok(200)
	require.Len(t, got["participants"], 50)
	require.Contains(t, ids(got, "participants"), 2.0, "the reader is among them")
}

func TestGroupsHaveALimitAlsoWhenAdditionsComeTogether(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana)
	w.exec("insert into member (room_id, user_id) select $1, n from generate_series(1001, 2021) n", room)
	require.Equal(t, map[int]int{200: 2, 409: 3}, together(5, func(i int) int {
		return w.as(ana, "POST", path("chat/rooms/%d/members/", room), object{"user_ids": []int64{[]int64{luis, beto, carla, nadie, jefa}[i]}}).Status
	}))
	require.Equal(t, 1024, w.count("member"))
	require.Equal(t, []string{"1024"}, w.texts("select members::text from room"))
	require.Equal(t, "chat.room_full", w.as(ana, "POST", path("chat/rooms/%d/members/", room), object{"user_ids": []int64{luis, beto, carla, nadie, jefa}}).ok(409)["code"])
}

// TestWhateverHappensAtOnceAGroupHasOneOwnerAndNoHoles: everybody comes, goes, and is given roles.
func TestWhateverHappensAtOnceAGroupHasOneOwnerAndNoHoles(t *testing.T) {
	w := setup(t)
	people := []int64{ana, luis, beto, carla, nadie}
	room := w.grouped(ana, people[1:]...)
	one := path("chat/rooms/%d/", room)
	anybody := func() int64 { return people[rand.IntN(len(people))] }
	together(120, func(i int) int {
		var a answer
		switch i % 6 {
		case 0:
			a = w.as(anybody(), "DELETE", one, nil)
		case 1:
			a = w.as(anybody(), "DELETE", one+path("members/%d/", anybody()), nil)
		case 2:
			a = w.as(anybody(), "PATCH", one+path("members/%d/", anybody()), object{"role": []string{"owner", "admin", "member"}[rand.IntN(3)]})
		case 3:
			a = w.as(anybody(), "PATCH", one, object{"name": fmt.Sprint("Grupo ", i)})
		default:
			a = w.as(anybody(), "POST", one+"members/", object{"user_ids": []int64{anybody(), anybody()}})
		}
		require.Contains(t, []int{200, 204, 403, 404, 409}, a.Status, a.Raw)
		return a.Status
	})
	if n := w.count("member"); n > 0 {
		require.Equal(t, 1, w.count("member where role = 'owner'"), w.roles(room))
		require.Equal(t, []string{fmt.Sprint(n)}, w.texts("select members::text from room"))
	}
	require.Equal(t, w.texts("select last_seq::text from room"), w.texts("select max(seq)::text from entry"))
	require.Equal(t, w.texts("select last_seq::text from room"), w.texts("select count(*)::text from entry"))
}
