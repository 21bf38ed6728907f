package core

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"agrovet/internal/marketplace/internal/store"
)

func look(n int) store.View { return store.View{Day: 1, AddID: int64(n)} }

func TestALookIsTakenOnce(t *testing.T) {
	var v views
	v.add(look(1))
	v.add(look(1))
	all, _ := v.take()
	require.Len(t, all, 1)
	v.add(look(1))
	again, _ := v.take()
	require.Empty(t, again, "it is known to be stored")
	v.back(all)
	again, _ = v.take()
	require.Equal(t, all, again, "it was not stored after all")
}

func TestLooksInMemoryAreBounded(t *testing.T) {
	var v views
	for n := range viewsAtOnce + 7 {
		v.add(look(n))
	}
	v.add(look(0)) // noted already: not lost
	all, lost := v.take()
	require.Len(t, all, viewsAtOnce)
	require.Equal(t, 7, lost)
	_, lost = v.take()
	require.Zero(t, lost)
	for n := 0; n < 2*viewsKnown; n++ {
		v.add(look(n))
		if n%viewsAtOnce == viewsAtOnce-1 {
			v.take()
			require.LessOrEqual(t, len(v.known), viewsKnown)
		}
	}
}

func TestAHouseholdIsOneNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.7": "203.0.113.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::9": "2001:db8:1:2::/64", "::ffff:203.0.113.7": "::ffff:203.0.113.7", "": "",
	} {
		require.Equal(t, want, network(address))
	}
}

func TestViewersAreHiddenByTheKeyAndTheDay(t *testing.T) {
	a, b := uuid.New(), uuid.New()
	require.Equal(t, viewer(a, 1, person(7)), viewer(a, 1, person(7)))
	require.NotEqual(t, viewer(a, 1, person(7)), viewer(b, 1, person(7)))
	require.NotEqual(t, viewer(a, 1, person(7)), viewer(a, 2, person(7)))
	require.NotEqual(t, viewer(a, 1, person(7)), viewer(a, 1, person(8)))
}
