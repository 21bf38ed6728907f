package profilestest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"agrovet/internal/profiles"
	"agrovet/internal/profiles/profilestest"
)

func TestFakeIsAService(t *testing.T) {
	profilestest.TestService(t, func(*testing.T) (profiles.Service, func(int64, profiles.Kind)) {
		f := &profilestest.Fake{}
		return f, func(userID int64, kind profiles.Kind) {
			card, _ := profiles.Empty(kind, userID)
			f.Set(card)
		}
	})
}

func TestFakeFails(t *testing.T) {
	f, away := &profilestest.Fake{}, errors.New("away")
	f.Fail(away)
	_, err := f.Cards(context.Background(), 1)
	require.ErrorIs(t, err, away)
	f.Fail(nil)
	_, err = f.Cards(context.Background(), 1)
	require.NoError(t, err)
}
