package chatmod_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// entered puts messages into a room, past the rules.
func (w *world) entered(room, who int64, texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		w.exec(`with r as (update room set last_seq = last_seq + 1, last_activity = clock_timestamp() where id = $1 returning last_seq)
			insert into entry (room_id, seq, kind, user_id, content) select $1, last_seq, 'message', $2, $3 from r`, room, who, text)
	}
}

// paired is the private room of two.
func (w *world) paired(a, b int64) int64 {
	w.t.Helper()
	return int64(w.as(a, "POST", "chat/rooms/get_or_create_private/", object{"participants_ids": []int64{a, b}}).ok(200)["id"].(float64))
}

// grouped is a new group of the first one's.
func (w *world) grouped(owner int64, others ...int64) int64 {
	w.t.Helper()
	return int64(w.as(owner, "POST", "chat/rooms/", object{"participants_ids": others, "is_private": false, "name": "Lechería"}).ok(201)["id"].(float64))
}

// log is what happened in a room: kind, who, whom.
func (w *world) log(room int64) []string {
	w.t.Helper()
	return w.texts("select kind || ' ' || user_id || coalesce(' ' || target_id, '') from entry where room_id = $1 order by seq", room)
}

// together runs something n times at once and counts the answers.
func together(n int, do func(int) int) map[int]int {
	var wg sync.WaitGroup
	out := make([]int, n)
	for i := range n {
		wg.Go(func() { out[i] = do(i) })
	}
	wg.Wait()
	counted := map[int]int{}
	for _, status := range out {
		counted[status]++
	}
	return counted
}

func ids(o object, list string) []float64 {
	var rows []object
	for _, r := range o[list].([]any) {
		rows = append(rows, r.(object))
	}
	return field[float64](rows, "id")
}

func TestThePrivateRoomOfTwoIsOneWhoeverAsksAndHowever(t *testing.T) {
	w := setup(t)
	made := w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []any{"1", 2}}).ok(201)
	has(t, made, object{"is_private": true, "name": "Chat: User 1 & User 2", "participants_count": 2.0, "unread_count": 0.0, "role": "member", "created_by": 1.0,
		"muted_until": nil, "about_add_id": nil, "last_seq": 0.0, "messages": []any{}, "last_message": nil})
	require.ElementsMatch(t, []float64{1, 2}, ids(made, "participants"))
	for _, c := range []struct {
		who  int64
		path string
		body object
	}{
		{luis, "chat/rooms/", object{"participants_ids": []int64{1, 2}}},
		{luis, "chat/rooms/", object{"participants": []string{"2", "1"}, "is_private": true, "name": "x"}},
		{ana, "chat/rooms/get_or_create_private/", object{"participants": []int64{2, 1}}},
		{luis, "chat/rooms/get_or_create_private/", object{"participants_ids": []string{"1", "2"}}},
	} {
		require.Equal(t, made["id"], w.as(c.who, "POST", c.path, c.body).ok(200)["id"])
	}
	require.NotEqual(t, made["id"], float64(w.paired(ana, beto)), "of other two another one")
	require.Equal(t, []string{"chat.room.created " + fmt.Sprint(made["id"]), "chat.room.created 2"}, w.events())
	require.Equal(t, 1, w.count(`outbox where type = 'chat.room.created' and data->>'is_private' = 'true' and data->'participants_ids' = '[1, 2]'`))
}

func TestOfManyWhoOpenThePrivateRoomAtOnceOneMakesIt(t *testing.T) {
	w := setup(t)
	require.Equal(t, map[int]int{201: 1, 200: 15}, together(16, func(i int) int {
		return w.as([]int64{ana, luis}[i%2], "POST", "chat/rooms/", object{"participants_ids": []int64{ana, luis}}).Status
	}))
	require.Equal(t, 1, w.count("room"))
	require.Equal(t, 2, w.count("member"))
	require.Len(t, w.events(), 1)
}

func TestRoomsThatCannotBeOpened(t *testing.T) {
	w := setup(t)
	for _, c := range []struct {
		path   string
		body   object
		status int
		code   string
	}{
		{"rooms/", object{"participants_ids": []int64{ana, ana}}, 400, "chat.self"},
		{"rooms/get_or_create_private/", object{"participants_ids": []string{"1", "1"}}, 400, "chat.self"},
		{"rooms/get_or_create_private/", object{"participants_ids": []int64{luis, luis}}, 400, "chat.self"},
		{"rooms/get_or_create_private/", object{"participants_ids": []int64{ana, luis, beto}}, 400, "chat.two_participants"},
		{"rooms/get_or_create_private/", object{}, 400, "chat.two_participants"},
		{"rooms/", object{}, 400, "chat.two_participants"},
		{"rooms/", object{"participants_ids": []int64{}}, 400, "chat.two_participants"},
		{"rooms/", object{"participants_ids": []int64{luis}}, 400, "chat.two_participants"},
		{"rooms/", object{"participants_ids": []int64{ana, luis, beto}, "is_private": true}, 400, "chat.two_participants"},
		{"rooms/", object{"participants_ids": []int64{luis, beto}}, 403, "chat.not_among_them"},
		{"rooms/get_or_create_private/", object{"participants_ids": []int64{luis, beto}}, 403, "chat.not_among_them"},
		{"rooms/", object{"participants_ids": []int64{ana, 99}}, 400, "chat.users_unknown"},
		{"rooms/", object{"participants_ids": []int64{ana, -1}}, 400, "chat.users_unknown"},
		{"rooms/", object{"participants_ids": []int64{98, 99, luis}, "is_private": false}, 400, "chat.users_unknown"},
		{"rooms/", object{"participants_ids": []any{ana, "vaca"}}, 400, "invalid"},
		{"rooms/", object{"participants_ids": []int64{ana, luis}, "name": strings.Repeat("x", 151)}, 400, "invalid"},
		{"rooms/", object{"participants_ids": "99999999999999999999"}, 400, "invalid"},
	} {
		t.Run(path("%s %v", c.path, c.body), func(t *testing.T) {
			a := w.as(ana, "POST", "chat/"+c.path, c.body)
			require.Equal(t, c.status, a.Status, a.Raw)
			require.Equal(t, c.code, a.ok(c.status)["code"])
		})
	}
	got := w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{99, ana, 98}, "is_private": false})
	require.Equal(t, []any{"No existen usuarios con estos ids: 98, 99."}, got.ok(400)["participants_ids"])
	require.Equal(t, "Un usuario no puede chatear consigo mismo.", w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, ana}}).ok(400)["detail"])
	require.Equal(t, "Se requieren exactamente 2 participantes.", w.as(ana, "POST", "chat/rooms/get_or_create_private/", object{"participants": []int64{ana}}).ok(400)["detail"])
	require.Zero(t, w.count("room")+w.count("member"))
	require.Empty(t, w.events())
	w.as(0, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, luis}}).ok(401)
	w.users.away(true)
	require.Equal(t, "auth.unavailable", w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, luis}}).ok(503)["code"])
}

func TestARoomThatIsThereIsFoundAlsoWhileAuthIsAway(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	w.users.away(true)
	require.Equal(t, room, w.paired(luis, ana))
}

func TestARoomIsItsMembersAlone(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	one := path("chat/rooms/%d/", room)
	for _, who := range []int64{beto, jefa} {
		require.Equal(t, "No encontrado.", w.as(who, "GET", one, nil).ok(404)["detail"])
		for _, c := range []struct {
			method, at string
			body       any
		}{
			{"PUT", one, object{"name": "x"}}, {"PATCH", one, object{}}, {"DELETE", one, nil}, {"PUT", one + "mute/", object{}}, {"DELETE", one + "mute/", nil},
			{"GET", one + "members/", nil}, {"GET", one + "members/?cursor=*", nil}, {"POST", one + "members/", object{"user_ids": []int64{who}}},
			{"PATCH", one + "members/1/", object{"role": "owner"}}, {"DELETE", one + "members/1/", nil}, {"DELETE", one + path("members/%d/", who), nil},
		} {
			w.as(who, c.method, c.at, c.body).ok(404)
			w.as(0, c.method, c.at, c.body).ok(401)
		}
		require.Empty(t, results(w.as(who, "GET", "chat/rooms/", nil).ok(200)))
	}
	w.as(ana, "GET", "chat/rooms/987654/", nil).ok(404)
	for _, id := range []string{"abc", "0", "-1", "99999999999999999999"} {
		w.as(ana, "GET", "chat/rooms/"+id+"/", nil).ok(404)
	}
	w.as(0, "GET", "chat/rooms/", nil).ok(401)
	require.Equal(t, 2, w.count("member"))
}

func TestRoomsAreListedByLastActivity(t *testing.T) {
	w := setup(t)
	first, second, third := w.paired(ana, luis), w.paired(ana, beto), w.grouped(ana, luis, beto)
	w.entered(first, luis, "Hola")
	list := func(query string) []float64 {
		return field[float64](results(w.as(ana, "GET", "chat/rooms/"+query, nil).ok(200)), "id")
	}
	want := []float64{float64(first), float64(third), float64(second)}
	require.Equal(t, want, list(""))
	require.Equal(t, want[:2], list("?page_size=2"))
	require.Equal(t, want[2:], list("?page_size=2&page=last"))
	w.exec("update room set last_activity = now()")
	require.Equal(t, []float64{float64(third), float64(second), float64(first)}, list(""), "of equal ones the higher id first")

	var walked []float64
	for next := "http://chat.localhost/api/chat/rooms/?cursor=*&page_size=1"; next != ""; {
		page := w.as(ana, "GET", next[len("http://chat.localhost/api/"):], nil).ok(200)
		walked = append(walked, field[float64](results(page), "id")...)
		next, _ = page["next"].(string)
	}
	require.Equal(t, []float64{float64(third), float64(second), float64(first)}, walked)
	w.as(ana, "GET", "chat/rooms/?page=9", nil).ok(404)
	for _, cursor := range []string{"x", "eyJpZCI6MX0", "e30", "eyJhdCI6Ijk5OTk5LTAxLTAxVDAwOjAwOjAwWiIsImlkIjoxfQ"} {
		w.as(ana, "GET", "chat/rooms/?cursor="+cursor, nil).ok(400)
	}
}

func TestARoomShowsItsNewestMessages(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	for i := range 25 {
		w.entered(room, []int64{ana, luis}[i%2], fmt.Sprint(i))
	}
	got := w.as(ana, "GET", path("chat/rooms/%d/", room), nil).ok(200)
	messages := got["messages"].([]any)
	require.Len(t, messages, 20)
	require.Equal(t, "5", messages[0].(object)["content"])
	require.Equal(t, "24", messages[19].(object)["content"])
	require.Equal(t, messages[19], got["last_message"])
	has(t, got, object{"last_seq": 25.0, "unread_count": 12.0})
	require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$`, got["last_activity"])
}

func TestUnreadCountsWhatOthersWroteAndIsThere(t *testing.T) {
	w := setup(t)
	room := w.grouped(ana, luis, beto) // entry 1
	w.entered(room, luis, "2", "3", "4")
	w.entered(room, ana, "5")
	w.entered(room, beto, "6", "7")
	unread := func(who int64) float64 {
		got := w.as(who, "GET", path("chat/rooms/%d/", room), nil).ok(200)["unread_count"].(float64)
		require.Equal(t, []float64{got}, field[float64](results(w.as(who, "GET", "chat/rooms/", nil).ok(200)), "unread_count"))
		return got
	}
	require.Equal(t, []float64{5, 3, 4}, []float64{unread(ana), unread(luis), unread(beto)})
	w.exec("update member set read_seq = 3, delivered_seq = 3 where user_id = $1", ana)
	w.exec("update entry set deleted_at = now() where room_id = $1 and seq = 6", room)
	require.Equal(t, 2.0, unread(ana))
	w.exec("update member set from_seq = 6 where user_id = $1", ana)
	require.Equal(t, 1.0, unread(ana), "what is not hers to see does not count")

	w.exec(`insert into entry (room_id, seq, kind, user_id) select $1, n, 'message', $2 from generate_series(8, 2000) n`, room, luis)
	w.exec("update room set last_seq = 2000 where id = $1", room)
	require.Equal(t, 100.0, unread(ana))
	w.exec("update entry set user_id = $2 where room_id = $1 and seq > 1000", room, ana)
	require.Equal(t, 0.0, unread(ana), "the newest thousand entries alone are looked at")
}

func TestWhoDeletesAPrivateRoomDoesNotSeeItUntilThereIsMore(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	one := path("chat/rooms/%d/", room)
	w.entered(room, luis, "Hola", "¿Hay leche?")
	listed := func(who int64) int { return len(results(w.as(who, "GET", "chat/rooms/", nil).ok(200))) }
	for range 2 {
		w.as(ana, "DELETE", one, nil).ok(204)
		require.Equal(t, []int{0, 1}, []int{listed(ana), listed(luis)})
	}
	require.Equal(t, 0.0, w.as(ana, "GET", "chat/rooms/", nil).ok(200)["count"])
	require.Len(t, w.as(luis, "GET", one, nil).ok(200)["messages"], 2, "the other one keeps it all")
	require.Empty(t, w.as(ana, "GET", one, nil).ok(200)["messages"])

	w.entered(room, luis, "¿Está?")
	require.Equal(t, 1, listed(ana))
	got := w.as(ana, "GET", one, nil).ok(200)
	require.Len(t, got["messages"], 1)
	has(t, got, object{"unread_count": 1.0, "from_seq": 2.0, "participants_count": 2.0})

	w.as(ana, "DELETE", one, nil).ok(204)
	require.Equal(t, room, w.paired(ana, luis))
	require.Equal(t, 1, listed(ana), "who opens it again has it in the list again")
	require.Empty(t, w.as(ana, "GET", one, nil).ok(200)["messages"], "without what was said before")
	require.Equal(t, 3, w.count("entry"))
}

func TestAPrivateRoomIsNotRenamed(t *testing.T) {
	w := setup(t)
	one := path("chat/rooms/%d/", w.paired(ana, luis))
	require.Equal(t, "chat.private_room", w.as(ana, "PATCH", one, object{"name": "x"}).ok(409)["code"])
	whole := w.as(ana, "GET", one, nil).ok(200)
	whole["participants"], whole["participants_ids"], whole["is_private"] = []int64{ana, beto}, []int64{ana, beto}, false
	got := w.as(ana, "PUT", one, whole).ok(200) // clients send whole objects back
	require.ElementsMatch(t, []float64{1, 2}, ids(got, "participants"))
	require.Equal(t, true, got["is_private"])
}

func TestNumbersAreShownToWhomTheirOwnersWrote(t *testing.T) {
	w := setup(t)
	pair, group := w.paired(ana, luis), w.grouped(ana, luis)
	w.entered(group, luis, "Buenas")
	numbers := func(who, room int64) map[float64]string {
		out := map[float64]string{}
		one := path("chat/rooms/%d/", room)
		for _, p := range w.as(who, "GET", one, nil).ok(200)["participants"].([]any) {
			out[p.(object)["id"].(float64)] = p.(object)["phone_number"].(string)
		}
		for _, p := range results(w.as(who, "GET", one+"members/", nil).ok(200)) {
			require.Equal(t, out[p["id"].(float64)], p["phone_number"])
		}
		return out
	}
	const anas, luiss = "+59170000001", "+59170000002"
	require.Equal(t, map[float64]string{1: anas, 2: ""}, numbers(ana, pair))
	w.entered(pair, luis, "Hola")
	require.Equal(t, map[float64]string{1: anas, 2: luiss}, numbers(ana, pair))
	require.Equal(t, map[float64]string{1: "", 2: luiss}, numbers(luis, pair), "she has not answered")
	require.Equal(t, map[float64]string{1: anas, 2: ""}, numbers(ana, group))
	for _, m := range w.as(ana, "GET", path("chat/rooms/%d/", pair), nil).ok(200)["messages"].([]any) {
		require.Equal(t, "", m.(object)["sender"].(object)["phone_number"])
	}
}

func TestPicturesHaveWholeAddresses(t *testing.T) {
	w := setup(t)
	w.users.put(auth.User{ID: luis, FullName: "Luis Paz", Picture: "/media/luis.jpg"})
	room := w.paired(ana, luis)
	w.entered(room, luis, "Hola")
	got := w.as(ana, "GET", path("chat/rooms/%d/", room), nil).ok(200)
	const whole = "http://chat.localhost/media/luis.jpg"
	require.Equal(t, []float64{1, 2}, ids(got, "participants"))
	require.Equal(t, whole, got["participants"].([]any)[1].(object)["profile_picture"])
	require.Equal(t, whole, got["last_message"].(object)["sender"].(object)["profile_picture_url"])
}

// TestARoomHasTheFieldsOfTheContractAndOurs: clients read these.
func TestARoomHasTheFieldsOfTheContractAndOurs(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	w.entered(room, luis, "Hola")
	got := w.as(ana, "GET", path("chat/rooms/%d/", room), nil).ok(200)
	require.ElementsMatch(t, []string{
		"id", "name", "participants", "is_private", "created_at", "last_activity", "messages", "last_message", // the contract's
		"participants_count", "unread_count", "muted_until", "role", "about_add_id", "last_seq", "from_seq", "read_seq", "delivered_seq", "created_by"},
		slices.Collect(maps.Keys(got)))
	for _, p := range got["participants"].([]any) {
		require.ElementsMatch(t, []string{"id", "full_name", "phone_number", "profile_picture", "profile_picture_url", "role", "joined_at"}, slices.Collect(maps.Keys(p.(object))))
	}
}

func TestMutingIsOnesOwn(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	one := path("chat/rooms/%d/", room)
	muted := func(who int64) any { return w.as(who, "GET", one, nil).ok(200)["muted_until"] }
	for _, forever := range []object{{}, {"until": nil}} {
		require.Equal(t, "9999-12-31T23:59:59.000000Z", w.as(ana, "PUT", one+"mute/", forever).ok(200)["muted_until"])
		require.Equal(t, "9999-12-31T23:59:59.000000Z", muted(ana))
		require.Nil(t, muted(luis))
		w.as(ana, "DELETE", one+"mute/", nil).ok(204)
		require.Nil(t, muted(ana))
	}
	until := w.clock().Add(8 * 3600e9).UTC().Format("2006-01-02T15:04:05Z")
	w.as(ana, "PUT", one+"mute/", object{"until": until}).ok(200)
	require.Equal(t, until[:19]+".000000Z", muted(ana))
	w.later(9 * 3600e9)
	require.Nil(t, muted(ana), "it has passed")
	require.Contains(t, w.as(ana, "PUT", one+"mute/", object{"until": until}).ok(400), "until")
	require.Contains(t, w.as(ana, "PUT", one+"mute/", object{"until": "mañana"}).ok(400), "until")
}

func TestSettingsAreOnesOwn(t *testing.T) {
	w := setup(t)
	w.as(0, "GET", "chat/settings/", nil).ok(401)
	require.Equal(t, object{"hide_last_seen": false}, w.as(ana, "GET", "chat/settings/", nil).ok(200))
	require.Equal(t, object{"hide_last_seen": true}, w.as(ana, "PATCH", "chat/settings/", object{"hide_last_seen": true}).ok(200))
	require.Equal(t, object{"hide_last_seen": true}, w.as(ana, "PATCH", "chat/settings/", object{}).ok(200))
	require.Equal(t, object{"hide_last_seen": true}, w.as(ana, "GET", "chat/settings/", nil).ok(200))
	require.Equal(t, object{"hide_last_seen": false}, w.as(luis, "GET", "chat/settings/", nil).ok(200))
	w.as(ana, "PATCH", "chat/settings/", object{"hide_last_seen": "quizás"}).ok(400)
}

func TestRoomsAreShownWithoutNamesWhileAuthIsAway(t *testing.T) {
	w := setup(t)
	room := w.paired(ana, luis)
	w.users.away(true)
	got := w.as(ana, "GET", path("chat/rooms/%d/", room), nil).ok(200)
	require.ElementsMatch(t, []float64{1, 2}, ids(got, "participants"))
}

func TestOpeningWithAKeyOpensOnce(t *testing.T) {
	w := setup(t)
	body := object{"participants_ids": []int64{luis}, "is_private": false, "name": "Vacunas"}
	first := w.as(ana, "POST", "chat/rooms/", body, "Idempotency-Key", "grupo").ok(201)
	require.Equal(t, first, w.as(ana, "POST", "chat/rooms/", body, "Idempotency-Key", "grupo").ok(201))
	require.Equal(t, 1, w.count("room"))
	require.Len(t, w.events(), 1)
}

func TestTheRoomAboutAnAdvertIsAnotherOne(t *testing.T) {
	w := setup(t)
	ordinary := w.paired(ana, luis)
	about, err := w.module.Service().RoomAbout(t.Context(), luis, ana, 77)
	require.NoError(t, err)
	require.NotEqual(t, ordinary, about)
	again, err := w.module.Service().RoomAbout(t.Context(), ana, luis, 77)
	require.NoError(t, err)
	require.Equal(t, about, again)
	other, err := w.module.Service().RoomAbout(t.Context(), ana, luis, 78)
	require.NoError(t, err)
	require.NotEqual(t, about, other)
	has(t, w.as(ana, "GET", path("chat/rooms/%d/", about), nil).ok(200), object{"about_add_id": 77.0, "is_private": true, "created_by": 2.0})
	require.Equal(t, ordinary, w.paired(luis, ana))
}
