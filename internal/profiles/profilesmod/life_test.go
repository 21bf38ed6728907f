package profilesmod_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
	"agrovet/internal/media"
)

// Fault 21: reading failed, or made a specialist of the reader.
func TestReadingBeforeTheEventShowsTheEmptyProfileAndWritesNothing(t *testing.T) {
	w := setup(t)
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"id": 0.0, "user_id": 1.0, "user_display": "Ana Flores", "profession": "", "work_images_ids": []any{}})
	has(t, w.as(ana, "GET", "businessmen/3/", nil).ok(200), object{"id": 0.0, "user_display": "Luis Paz", "business_type": "Agroveterinaria", "offers_local_products": true})
	has(t, w.as(beto, "GET", "consumers/4/", nil).ok(200), object{"id": 0.0, "user_display": "Carla Ruiz"})
	has(t, w.as(beto, "GET", "specialists/2/", nil).ok(200), object{"user_display": "User 2"})
	for _, at := range []string{"specialists/", "businessmen/", "consumers/"} {
		require.Equal(t, object{"count": 0.0, "next": nil, "previous": nil, "results": []any{}}, w.as(ana, "GET", at, nil).ok(200))
	}
	require.Zero(t, w.count("owner"))
	require.Empty(t, w.published())
}

func TestAnotherKindIsNotFound(t *testing.T) {
	w := setup(t)
	for _, made := range []bool{false, true} {
		for _, at := range []string{"businessmen/1/", "consumers/1/", "specialists/3/", "specialists/5/"} {
			has(t, w.as(ana, "GET", at, nil).ok(404), object{"code": "profiles.other_kind"})
			has(t, w.as(jefa, "PATCH", at, object{}).ok(404), object{"code": "profiles.other_kind"})
			has(t, w.as(jefa, "DELETE", at, nil).ok(404), object{"code": "profiles.other_kind"})
		}
		require.Equal(t, made, w.count("owner") > 0, "being refused makes nothing")
		w.created(ana)
		w.created(luis)
	}
}

// Fault 22: anybody's profile, and several of them.
func TestPostIsForOneselfAndOnce(t *testing.T) {
	w := setup(t)
	got := w.as(ana, "POST", "specialists/", object{"user_id": beto, "profession": "Agrónomo"}).ok(201)
	has(t, got, object{"user_id": 1.0, "profession": "Agrónomo", "user_display": "Ana Flores"})
	require.NotZero(t, got["id"])
	require.Equal(t, []string{path("profile.created 1 specialist 1 %v", got["id"])}, w.published())
	for _, again := range []struct {
		at   string
		body object
	}{{"specialists/", object{"profession": "Veterinario"}}, {"consumers/", object{}}, {"businessmen/", shop}} {
		has(t, w.as(ana, "POST", again.at, again.body).ok(400), object{"code": "profiles.exists", "detail": "El usuario ya tiene un perfil."})
	}
	require.Equal(t, 1, w.profilesOf(ana))
	require.Zero(t, w.profilesOf(beto))
	require.Len(t, w.published(), 1)
}

func TestPostFillsWhatTheEventMade(t *testing.T) {
	w := setup(t)
	for user, post := range map[int64]struct {
		at, kind string
		body     object
	}{ana: {"specialists/", "specialist", object{"profession": "Agrónomo"}}, luis: {"businessmen/", "businessman", shop}, carla: {"consumers/", "consumer", object{}}} {
		w.created(user)
		id := w.as(user, "GET", path("%s%d/", post.at, user), nil).ok(200)["id"]
		has(t, w.as(user, "POST", post.at, post.body).ok(201), object{"id": id})
		w.as(user, "POST", post.at, post.body).ok(400)
		require.Equal(t, 1, w.profilesOf(user))
		require.Contains(t, w.published(), path("profile.created %d %s %d %v", user, post.kind, user, id))
	}
	require.Len(t, w.published(), 5, "consumers have nothing that changes")
}

func TestPostAfterAChangeIsTheSecondProfile(t *testing.T) {
	w := setup(t)
	w.created(ana)
	w.as(ana, "PATCH", "specialists/1/", object{"about_us": "x"}).ok(200)
	w.as(ana, "POST", "specialists/", object{"profession": "Agrónomo"}).ok(400)
}

func TestUsersWithoutRoleChooseOneKind(t *testing.T) {
	w := setup(t)
	w.created(nadie)
	w.as(nadie, "PATCH", "businessmen/5/", shop).ok(404)
	w.as(nadie, "POST", "businessmen/", shop).ok(201)
	w.as(nadie, "GET", "businessmen/5/", nil).ok(200)
	w.as(nadie, "POST", "consumers/", object{}).ok(400)
	require.Equal(t, 1, w.profilesOf(nadie))
}

func TestBusinessmenCanBePostedByPath(t *testing.T) {
	w := setup(t)
	has(t, w.as(luis, "POST", "businessmen/3/", shop).ok(201), object{"user_id": 3.0, "business_name": "El Corral"})
}

func TestDeleteEmptiesTheProfile(t *testing.T) {
	w := setup(t)
	first := w.as(ana, "POST", "specialists/", fullSpecialist()).ok(201)
	require.Empty(t, w.as(ana, "DELETE", "specialists/1/", nil).Raw)
	require.Zero(t, w.profilesOf(ana))
	require.Zero(t, w.count("work_image"))
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"id": 0.0, "profession": "", "work_images_ids": []any{}})
	w.as(ana, "DELETE", "specialists/1/", nil).ok(204)
	w.created(ana)
	require.Zero(t, w.profilesOf(ana), "a late event does not undo the deletion")
	again := w.as(ana, "POST", "specialists/", fullSpecialist()).ok(201)
	require.NotEqual(t, first["id"], again["id"])
}

func TestEventsOnlyOnRealChange(t *testing.T) {
	w := setup(t)
	w.as(ana, "PATCH", "specialists/1/", object{"about_us": "x"}).ok(200)
	w.as(ana, "PATCH", "specialists/1/", object{"about_us": "x"}).ok(200)
	w.as(ana, "PATCH", "specialists/1/", object{}).ok(200)
	w.as(ana, "PATCH", "specialists/1/", object{"work_images_ids": []int{}}).ok(200)
	require.Len(t, w.published(), 1)
	w.as(ana, "PATCH", "specialists/1/", object{"work_images_ids": []int{2, 1}}).ok(200)
	w.as(ana, "PUT", "specialists/1/", object{"profession": "Agrónomo", "work_images_ids": []int{2, 1}}).ok(200)
	w.as(ana, "PUT", "specialists/1/", object{"profession": "Agrónomo", "work_images_ids": []int{2, 1}}).ok(200)
	id := w.as(ana, "GET", "specialists/1/", nil).ok(200)["id"]
	require.Equal(t, []string{path("profile.created 1 specialist 1 %v", id),
		path("profile.updated 1 specialist 1 %v", id), path("profile.updated 1 specialist 1 %v", id)}, w.published())
}

func TestAKeyedPostHappensOnce(t *testing.T) {
	w := setup(t)
	post := func() answer {
		return w.send("Token 1", "POST", "specialists/", object{"profession": "Agrónomo"}, "Idempotency-Key", "k1")
	}
	first, second := post(), post()
	require.Equal(t, first.ok(201), second.ok(201))
	require.Equal(t, "true", second.Header.Get("Idempotency-Replayed"))
	require.Len(t, w.published(), 1)
}

func TestWhenAuthIsAway(t *testing.T) {
	w := setup(t)
	w.created(ana)
	w.users.away = true
	has(t, w.as(ana, "GET", "specialists/1/", nil).ok(200), object{"user_display": "User 1"})
	has(t, w.as(ana, "PATCH", "specialists/1/", object{"about_us": "x"}).ok(200), object{"about_us": "x", "user_display": "User 1"})
	page := w.as(ana, "GET", "specialists/", nil).ok(200)
	has(t, page["results"].([]any)[0].(object), object{"user_display": "User 1"})
	has(t, w.as(ana, "GET", "specialists/2/", nil).ok(503), object{"code": "auth.unavailable"})
	has(t, w.as(beto, "PATCH", "specialists/2/", object{}).ok(503), object{"code": "auth.unavailable"})
	has(t, w.as(beto, "POST", "specialists/", object{"profession": "Agrónomo"}).ok(503), object{"code": "auth.unavailable"})
	has(t, w.as(beto, "GET", "specialists/?object_id=2", nil).ok(503), object{"code": "auth.unavailable"})
}

func TestSeedFillsOnceAndKeepsWhatOwnersWrote(t *testing.T) {
	w := setup(t)
	users := []auth.User{w.users.known[ana], w.users.known[beto], w.users.known[luis], w.users.known[carla]}
	w.created(ana)
	w.as(beto, "POST", "specialists/", object{"profession": "Agrónomo", "about_us": "mío"}).ok(201)
	require.NoError(t, w.module.Seed(t.Context(), users, demoPicture))
	seeded := w.as(carla, "GET", "specialists/1/", nil).ok(200)
	require.NotEmpty(t, seeded["profession"])
	require.NotEmpty(t, seeded["about_us"])
	require.NotEmpty(t, w.as(carla, "GET", "businessmen/3/", nil).ok(200)["contact"])
	has(t, seeded, object{"is_verified": true, "verification_type": "graduated"})
	require.NotEmpty(t, seeded["species"])
	require.NotEmpty(t, seeded["services"])
	require.NotNil(t, seeded["latitude"])
	require.NotEmpty(t, seeded["location_name"])
	require.Len(t, seeded["work_images_ids"], 2)
	has(t, w.as(carla, "GET", "specialists/2/", nil).ok(200), object{"about_us": "mío", "is_verified": false})
	events := w.published()
	require.NoError(t, w.module.Seed(t.Context(), users, demoPicture))
	require.Equal(t, events, w.published())
	require.Equal(t, seeded, w.as(carla, "GET", "specialists/1/", nil).ok(200))

	other := setup(t)
	require.NoError(t, other.module.Seed(t.Context(), users, demoPicture))
	require.Equal(t, seeded["about_us"], other.as(carla, "GET", "specialists/1/", nil).ok(200)["about_us"], "deterministic")
}

// demoPicture is a picture for the demo community.
func demoPicture(n int64) media.Upload {
	text := fmt.Sprint("paisaje ", n)
	return media.Upload{Name: text, Size: int64(len(text)), Content: strings.NewReader(text)}
}
