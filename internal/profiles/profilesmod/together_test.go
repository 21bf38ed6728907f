package profilesmod_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/auth"
)

// together runs fn n times at once.
func together(n int, fn func(i int)) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			fn(i)
		})
	}
	close(start)
	wg.Wait()
}

func TestFiftyAtOnceMakeOneProfile(t *testing.T) {
	w := setup(t)
	together(50, func(i int) {
		switch i % 4 {
		case 0:
			w.created(ana)
		case 1:
			w.as(ana, "GET", "specialists/1/", nil).ok(200)
		default:
			w.as(ana, "PATCH", "specialists/by-user/1/", object{"experience_years": i, "work_images_ids": []int{47 + i, 48 + i}}).ok(200)
		}
	})
	require.Equal(t, 1, w.profilesOf(ana))
	require.Equal(t, 1, w.count("outbox where type = 'profile.created'"))
	got := w.as(ana, "GET", "specialists/1/", nil).ok(200)
	years := got["experience_years"].(float64)
	require.Equal(t, []any{47 + years, 48 + years}, got["work_images_ids"], "one change as a whole, not a mix of two")
}

func TestOfManyPostsOneWins(t *testing.T) {
	w := setup(t)
	statuses := make([]int, 30)
	together(len(statuses), func(i int) {
		at, body := "specialists/", object{"profession": "Agrónomo"}
		if i%3 == 0 {
			at, body = "consumers/", object{}
		}
		statuses[i] = w.as(nadie, "POST", at, body).Status
	})
	won := 0
	for _, s := range statuses {
		require.Contains(t, []int{201, 400}, s)
		if s == 201 {
			won++
		}
	}
	require.Equal(t, 1, won)
	require.Equal(t, 1, w.profilesOf(nadie))
	require.Len(t, w.published(), 1)
}

func TestRoleChangesAmongWritesLeaveOneActiveKind(t *testing.T) {
	w := setup(t)
	roles := []auth.Role{auth.Specialist, auth.Businessman, auth.Consumer}
	together(48, func(i int) {
		switch i % 4 {
		case 0:
			w.event(auth.RoleChanged{UserID: ana, Role: roles[i/4%3]})
		case 1:
			require.Contains(t, []int{200, 404}, w.as(ana, "PATCH", "specialists/1/", object{"experience_years": i}).Status)
		case 2:
			require.Contains(t, []int{200, 404}, w.as(ana, "PATCH", "businessmen/1/", object{"contact": path("%d", i)}).Status)
		default:
			w.created(ana)
		}
	})
	cards, err := w.module.Service().Cards(t.Context(), ana)
	require.NoError(t, err)
	require.Len(t, cards, 1)
	shown := 0
	for _, at := range []string{"specialists/1/", "businessmen/1/", "consumers/1/"} {
		if w.as(beto, "GET", at, nil).Status == 200 {
			shown++
		}
	}
	require.Equal(t, 1, shown)
}

func TestADeletedUserStaysGoneAmongWrites(t *testing.T) {
	w := setup(t)
	together(40, func(i int) {
		if i == 20 {
			w.event(auth.UserDeleted{UserID: ana})
			return
		}
		require.Contains(t, []int{200, 404}, w.as(ana, "PATCH", "specialists/1/", object{"experience_years": i}).Status)
	})
	require.Zero(t, w.profilesOf(ana))
}

// Every change is of another field, read and written as a whole row: none may undo another.
func TestChangesOfDifferentFieldsAllStay(t *testing.T) {
	for _, user := range []int64{ana, beto} {
		w := setup(t)
		w.created(user)
		full := fullSpecialist()
		fields := make([]string, 0, len(full))
		for field := range full {
			fields = append(fields, field)
		}
		at := path("specialists/%d/", user)
		together(len(fields), func(i int) {
			w.as(user, "PATCH", at, object{fields[i]: full[fields[i]]}).ok(200)
		})
		has(t, w.as(user, "GET", at, nil).ok(200), full)
	}
}
