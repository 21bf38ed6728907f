package profilestest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/platform/geo"
	"agrovet/internal/profiles"
)

// Setup makes a service without profiles, and a way to give a user an empty profile of a kind.
type Setup func(t *testing.T) (s profiles.Service, give func(userID int64, kind profiles.Kind))

// TestService runs the checks that every profiles.Service passes.
func TestService(t *testing.T, setup Setup) {
	t.Run("EachKindIsItsOwnCard", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindSpecialist)
		give(2, profiles.KindBusinessman)
		give(3, profiles.KindConsumer)
		cards := cardsOf(t, s, 1, 2, 3)
		require.Len(t, cards, 3)
		for id, kind := range map[int64]profiles.Kind{1: profiles.KindSpecialist, 2: profiles.KindBusinessman, 3: profiles.KindConsumer} {
			require.Equal(t, kind, onlyKind(t, cards[id]))
			require.Equal(t, id, userOf(cards[id]))
		}
	})
	t.Run("NewProfilesAreEmpty", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindSpecialist)
		give(2, profiles.KindBusinessman)
		for id, kind := range map[int64]profiles.Kind{1: profiles.KindSpecialist, 2: profiles.KindBusinessman} {
			want, _ := profiles.Empty(kind, id)
			require.Equal(t, want, withoutID(cardsOf(t, s, id)[id]))
		}
	})
	t.Run("UsersWithoutProfileAreLeftOut", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindConsumer)
		cards := cardsOf(t, s, 1, 404, -1, 0)
		require.Len(t, cards, 1)
		require.Contains(t, cards, int64(1))
	})
	t.Run("RepeatedIDsAreFine", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindConsumer)
		require.Len(t, cardsOf(t, s, 1, 1, 1), 1)
	})
	t.Run("NobodyAskedForIsNobody", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindConsumer)
		require.Empty(t, cardsOf(t, s))
	})
	t.Run("NobodyIsVerifiedUnasked", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindSpecialist)
		require.Equal(t, profiles.Verification{State: profiles.VerificationNone}, cardsOf(t, s, 1)[1].Specialist.Verification)
	})
	t.Run("NobodyIsAnywhereUnasked", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindSpecialist)
		require.Equal(t, profiles.Place{}, cardsOf(t, s, 1)[1].Specialist.Place)
	})
	t.Run("AnswersAreTheCallers", func(t *testing.T) {
		s, give := setup(t)
		give(1, profiles.KindSpecialist)
		mine := cardsOf(t, s, 1)[1].Specialist
		mine.AboutUs, mine.Verification.Verified, mine.Place.Rough = "mine", true, &geo.Point{}
		theirs := cardsOf(t, s, 1)[1].Specialist
		require.Empty(t, theirs.AboutUs)
		require.False(t, theirs.Verification.Verified)
		require.Nil(t, theirs.Place.Rough)
	})
}

func cardsOf(t *testing.T, s profiles.Service, ids ...int64) map[int64]profiles.Card {
	t.Helper()
	cards, err := s.Cards(context.Background(), ids...)
	require.NoError(t, err)
	return cards
}

// onlyKind is the one kind that the card has.
func onlyKind(t *testing.T, c profiles.Card) (kind profiles.Kind) {
	t.Helper()
	set := 0
	for k, there := range map[profiles.Kind]bool{
		profiles.KindSpecialist: c.Specialist != nil, profiles.KindBusinessman: c.Businessman != nil, profiles.KindConsumer: c.Consumer != nil,
	} {
		if there {
			kind, set = k, set+1
		}
	}
	require.Equal(t, 1, set, "a card has one kind")
	return kind
}

// withoutID is the card as it was before it got an id.
func withoutID(c profiles.Card) profiles.Card {
	c = clone(c)
	if c.Specialist != nil {
		c.Specialist.ID = 0
	}
	if c.Businessman != nil {
		c.Businessman.ID = 0
	}
	return c
}
