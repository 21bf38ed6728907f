package chatmod_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

func (w *world) blocked(who, whom int64) {
	w.t.Helper()
	w.as(who, "POST", "chat/blocks/", object{"user_id": whom}).ok(201)
}

func TestBlocksAreListedAndOnesOwn(t *testing.T) {
	w := setup(t)
	w.as(0, "GET", "chat/blocks/", nil).ok(401)
	w.as(0, "POST", "chat/blocks/", object{"user_id": ana}).ok(401)
	w.as(0, "DELETE", "chat/blocks/1/", nil).ok(401)
	for range 2 {
		w.blocked(carla, ana)
	}
	got := w.as(carla, "POST", "chat/blocks/", object{"user_id": "2"}).ok(201)
	has(t, got, object{"user_id": 2.0})
	require.Equal(t, "Luis Paz", got["user"].(object)["full_name"])
	w.blocked(luis, carla)
	before := w.users.asked()
	page := w.as(carla, "GET", "chat/blocks/", nil).ok(200)
	require.LessOrEqual(t, w.users.asked(), before+1)
	require.Equal(t, 2.0, page["count"])
	require.Equal(t, []float64{2, 1}, field[float64](results(page), "user_id"), "the last first")
	require.Equal(t, []float64{2}, field[float64](results(w.as(carla, "GET", "chat/blocks/?cursor=*&page_size=1", nil).ok(200)), "user_id"))
	for range 2 {
		w.as(carla, "DELETE", path("chat/blocks/%d/", ana), nil).ok(204)
	}
	require.Equal(t, []float64{2}, field[float64](results(w.as(carla, "GET", "chat/blocks/", nil).ok(200)), "user_id"))
	require.Equal(t, 1, w.count("block where user_id = $1", luis))
}

func TestWhoCannotBeBlocked(t *testing.T) {
	w := setup(t)
	require.Equal(t, "chat.block_self", w.as(carla, "POST", "chat/blocks/", object{"user_id": carla}).ok(400)["code"])
	for _, id := range []any{987654, "abc", "99999999999999999999", 0, -1, nil} {
		require.Contains(t, w.as(carla, "POST", "chat/blocks/", object{"user_id": id}).ok(400), "user_id")
	}
	require.Contains(t, w.as(carla, "POST", "chat/blocks/", object{}).ok(400), "user_id")
	w.users.away(true)
	w.blocked(carla, ana) // a block does not wait for auth
	require.Equal(t, 1, w.count("block"))
}

func TestWhileOneOfTwoBlocksTheOtherNeitherOpensAPrivateRoom(t *testing.T) {
	w := setup(t)
	before := w.paired(ana, beto)
	w.blocked(ana, luis)
	w.blocked(ana, beto)
	for _, who := range []int64{ana, luis} {
		require.Equal(t, "chat.blocked", w.as(who, "POST", "chat/rooms/", object{"participants_ids": []int64{ana, luis}}).ok(403)["code"])
		require.Equal(t, "chat.blocked", w.as(who, "POST", "chat/rooms/get_or_create_private/", object{"participants_ids": []int64{ana, luis}}).ok(403)["code"])
		_, err := w.module.Service().RoomAbout(t.Context(), who, ana+luis-who, 7)
		require.ErrorContains(t, err, "chat.blocked")
	}
	require.Equal(t, before, w.paired(beto, ana), "the room that there is stays")
	w.as(ana, "DELETE", "chat/blocks/2/", nil).ok(204)
	w.paired(luis, ana)
}

func TestNobodyIsAddedByWhomTheyBlock(t *testing.T) {
	w := setup(t)
	w.blocked(luis, ana)
	require.Equal(t, "chat.cannot_be_added", w.as(ana, "POST", "chat/rooms/", object{"participants_ids": []int64{luis, beto}, "is_private": false}).ok(403)["code"])
	room := w.grouped(ana, beto)
	at := path("chat/rooms/%d/members/", room)
	require.Equal(t, "chat.cannot_be_added", w.as(ana, "POST", at, object{"user_ids": []int64{carla, luis}}).ok(403)["code"])
	require.Len(t, w.roles(room), 2)
	w.as(ana, "PATCH", at+"3/", object{"role": "admin"}).ok(200)
	w.as(beto, "POST", at, object{"user_ids": []int64{luis}}).ok(200)
	w.as(ana, "POST", at, object{"user_ids": []int64{luis}}).ok(200) // he is there already
	require.Equal(t, []string{"1 owner", "2 member", "3 admin"}, w.roles(room), "groups are not affected")
}

func TestBlocksHaveALimitAlsoWhenTheyComeTogether(t *testing.T) {
	w := setup(t)
	w.exec("insert into block (user_id, blocked_id) select $1, n from generate_series(10001, 10998) n", carla)
	for id := int64(100); id < 106; id++ {
		w.users.put(auth.User{ID: id})
	}
	require.Equal(t, map[int]int{201: 2, 409: 4}, together(6, func(i int) int { return w.as(carla, "POST", "chat/blocks/", object{"user_id": 100 + i}).Status }))
	require.Equal(t, 1000, w.count("block"))
}

func TestTwoWhoBlockEachOtherAtOnceBothDo(t *testing.T) {
	w := setup(t)
	for range 10 {
		require.Equal(t, map[int]int{201: 6}, together(6, func(i int) int {
			who := []int64{ana, luis}[i%2]
			return w.as(who, "POST", "chat/blocks/", object{"user_id": ana + luis - who}).Status
		}))
		require.Equal(t, 2, w.count("block"))
		w.exec("delete from block")
	}
}
