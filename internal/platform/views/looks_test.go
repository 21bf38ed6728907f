package views

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func look(n int) View { return View{Day: 1, ObjectID: int64(n)} }

func TestALookIsTakenOnce(t *testing.T) {
	var l looks
	l.add(look(1))
	l.add(look(1))
	all, _ := l.take()
	require.Len(t, all, 1)
	l.add(look(1))
	again, _ := l.take()
	require.Empty(t, again, "it is known to be stored")
	l.back(all)
	again, _ = l.take()
	require.Equal(t, all, again, "it was not stored after all")
}

func TestLooksInMemoryAreBounded(t *testing.T) {
	var l looks
	for n := range maxPending + 7 {
		l.add(look(n))
	}
	l.add(look(0)) // noted already: not lost
	all, lost := l.take()
	require.Len(t, all, maxPending)
	require.Equal(t, 7, lost)
	_, lost = l.take()
	require.Zero(t, lost)
	for n := range 2 * maxKnown {
		l.add(look(n))
		if n%maxPending == maxPending-1 {
			l.take()
			require.LessOrEqual(t, len(l.known), maxKnown)
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
